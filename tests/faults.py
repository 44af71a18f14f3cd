"""The catalogue of faults: each puts one known fault into a clean report and names the rule that must find it."""

from __future__ import annotations

import random
from collections.abc import Mapping

from fault import Fault
from faults_in_dates import DATE_FAULTS
from faults_in_figures import AMOUNT_FAULTS, BALANCE_FAULTS, CELL_FAULTS, ROW_FAULTS
from faults_in_form import SECTION_FAULTS, TABLE_FAULTS
from faults_in_names import NAME_FAULTS
from faults_in_prose import NARRATIVE_FAULTS
from faults_in_words import WORD_FAULTS

NOTICE = """关于召开全县防汛工作会议的通知

各乡镇人民政府，县直各单位：
定于6月3日上午9时在县政府三楼会议室召开全县防汛工作会议，请各单位主要负责人参加。
会议材料请于会前一天送县应急管理局。

临溪县应急管理局
2023年5月30日
"""


FIRST_TOPIC = "（一）主动公开情况"


def before_first_topic(text: str, mark: str) -> str:
    return text.replace(FIRST_TOPIC, mark + FIRST_TOPIC, 1)


def bookmark(text: str, rng: random.Random) -> str:
    return before_first_topic(text, "[bookmark: _GoBack]")


def control_character(text: str, rng: random.Random) -> str:
    return before_first_topic(text, rng.choice(("\x07", "\x0b", "\x13")))


def page_number(text: str, rng: random.Random) -> str:
    return text.replace("（三）政府信息管理情况", "\n- 2 -\n（三）政府信息管理情况", 1)


def another_text(text: str, rng: random.Random) -> str:
    return NOTICE


def undecodable(octets: bytes, rng: random.Random) -> bytes:
    """Two bytes no encoding of Chinese text has, inside the first topic of 总体情况."""
    place = octets.index(FIRST_TOPIC.encode()) + len(FIRST_TOPIC.encode())
    return octets[:place] + b"\xff\xff" + octets[place:]


def recoded(codec: str) -> Fault:
    return Fault(f"encoding-{codec}", "text-encoding", "I", octets=lambda octets, rng: octets.decode().encode(codec))


READING_FAULTS = (
    *ROW_FAULTS,
    Fault("bookmark", "conversion-mark", "I", text=bookmark),
    Fault("control-character", "conversion-mark", "I", text=control_character),
    Fault("page-number", "conversion-mark", "I", text=page_number, fits=lambda layout: not layout.one_line),
    recoded("utf-8-sig"),
    recoded("gb18030"),
    recoded("utf-16"),
    Fault("undecodable-bytes", "text-encoding", "E", octets=undecodable),
    Fault("another-text", "not-an-annual-report", "E", text=another_text, apart=True),
    Fault("empty-file", "unreadable-file", "E", octets=lambda octets, rng: b"", apart=True),
    Fault(
        "damaged-pdf",
        "unreadable-file",
        "E",
        octets=lambda octets, rng: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
        apart=True,
    ),
)

GROUPS: dict[str, tuple[Fault, ...]] = {
    "reading": READING_FAULTS,
    "form": (*SECTION_FAULTS, *TABLE_FAULTS),
    "cells": CELL_FAULTS,
    "balance": BALANCE_FAULTS,
    "amounts": AMOUNT_FAULTS,
}
PROSE_GROUPS: dict[str, tuple[Fault, ...]] = {
    "narrative": NARRATIVE_FAULTS,
    "wording": (*NAME_FAULTS, *WORD_FAULTS),
    "publication": DATE_FAULTS,
}


def _by_name(groups: Mapping[str, tuple[Fault, ...]]) -> dict[str, Fault]:
    return {fault.name: fault for faults in groups.values() for fault in faults}


FAULTS: dict[str, Fault] = _by_name(GROUPS)
PROSE_FAULTS: dict[str, Fault] = _by_name(PROSE_GROUPS)
"""In prose of many offices; they show much the same in every layout."""
CATALOGUES: dict[str, dict[str, Fault]] = {"tables": FAULTS, "prose": PROSE_FAULTS, "all": FAULTS | PROSE_FAULTS}
