"""Faults in names of laws and numbers of notices that the prose cites."""

from __future__ import annotations

import random

from fault import NEW_YEARS, OLD_YEARS, Fault
from marked_prose import Mark
from prose_edits import Edit, at_mark, exchanged
from prose_of_offices import NUMBER
from prose_slips import added, in_text
from rendition import Draft


def becomes(*wrong: str) -> Edit:
    return lambda draft, text, mark, rng: exchanged(text, mark, rng.choice(wrong))


WRONG_LAWS = {
    "short": "《中华人民共和国信息公开条例》",
    "work": "《中华人民共和国政府信息公开工作条例》",
    "without-public": "《中华人民共和国政府信息条例》",
    "information-work": "《中华人民共和国信息公开工作条例》",
    "affairs": "《中华人民共和国政务信息公开条例》",
    "open-government": "《中华人民共和国政务公开条例》",
    "misspelt": "《中华人民共和国政府信息公开条列》",
    "letters-missing": "《中华人民共和国政府信息公条例》",
    "state": "《中华人民政府信息公开条例》",
    "law": "《中华人民共和国政府信息公开法》",
    "bare-work": "《政府信息公开工作条例》",
    "rules": "《中华人民共和国政府信息公开管理条例》",
    "twice": "《中华人民共和国政府政府信息公开条例》",
    "without-marks": "中华人民共和国信息公开条例",
}
WRONG_FEE_RULES = (
    "《政府信息公开处理费管理办法》",
    "《政府信息公开信息处理费管理规定》",
    "《政府信息处理费管理办法》",
    "《政府信息公开信息处理费管理方法》",
)


def misquoted_number(*wrong: str) -> Edit:
    """Another 文号 than that of the form; `{own}` is the right one."""
    return lambda draft, text, mark, rng: exchanged(text, mark, rng.choice(wrong).format(own=NUMBER[draft.edition]))


def brackets(opening: str, closing: str) -> Edit:
    def apply(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str:
        right = text[mark.inner_start : mark.inner_end]
        return exchanged(text, mark, right.replace("〔", opening).replace("〕", closing))

    return apply


NAME_FAULTS = (
    *(
        Fault(f"law-{name}", "law-name", "E", at_mark("law", becomes(law)), allow=frozenset({"doubled-words"}))
        for name, law in WRONG_LAWS.items()
    ),
    *(
        Fault(f"fee-rule-{number}", "law-name", "W", at_mark("fee-rule", becomes(rule)), years=NEW_YEARS)
        for number, rule in enumerate(WRONG_FEE_RULES)
    ),
    Fault(
        "other-law",
        "law-name",
        "E",
        in_text(
            added(
                "认真落实《中华人民共和国保密法》的要求。",
                "严格执行《中华人民共和国个人信息保障法》。",
                "组织学习《中华人民共和国行政复义法》。",
                "对照《中华人民共和国行政诉颂法》规范答复。",
            )
        ),
        allow=frozenset({"known-misspelling"}),
    ),
    Fault(
        "number-issuer",
        "document-number",
        "W",
        at_mark("number", misquoted_number("国办发〔2021〕30号")),
        years=NEW_YEARS,
    ),
    Fault(
        "number-of-old-form",
        "document-number",
        "W",
        at_mark("number", misquoted_number("国办公开办函〔2019〕60号")),
        years=NEW_YEARS,
    ),
    Fault(
        "number-other",
        "document-number",
        "W",
        at_mark("number", misquoted_number("国办公开办函〔2021〕31号", "国办公开办函〔2020〕30号")),
        years=NEW_YEARS,
    ),
    Fault("number-square", "document-number", "W", at_mark("number", brackets("[", "]"))),
    Fault("number-round", "document-number", "W", at_mark("number", brackets("（", "）"))),
    Fault("number-corner", "document-number", "W", at_mark("number", brackets("【", "】"))),
    Fault("number-bare", "document-number", "W", at_mark("number", brackets("", ""))),
    Fault("number-ordinal", "document-number", "W", at_mark("number", brackets("〔", "〕第"))),
    Fault("order-of-2007", "document-number", "W", at_mark("order", becomes("国务院令第492号", "国务院令第492号"))),
    Fault("order-other", "document-number", "W", at_mark("order", becomes("国务院令第771号", "国令第717号"))),
    Fault(
        "local-number",
        "document-number",
        "W",
        in_text(
            added(
                "落实《县政务公开工作要点》（临政办发[2019]12号）的部署。",
                "落实《县政务公开工作要点》（临政办发（2019）12号）的部署。",
                "落实《县政务公开工作要点》（临政办发2019年12号）的部署。",
            )
        ),
        years=OLD_YEARS,
    ),
)
