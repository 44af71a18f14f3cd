"""What `gip-lint show` says of the prose: every statement and list of items with its words and its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gip_lint.annual_report import AnnualReport
from gip_lint.document import Place
from gip_lint.linter import Settings, what_is_said
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from gip_lint.reporters.lines import plain
from gip_lint.reporters.said import said_lines
from gip_lint.reporters.show import json_view
from prose_reports import report, rule_set

TEXT = report(
    "（二）依申请公开。2024年收到政府信息公开申请12件，2023年收到申请9件，全县共收到申请320件，其中自然人申请约10件。\n"
    "共公开信息30条，其中公告18条、动态10条、图解2篇等。政府信息公开方面未发生行政复议。"
)


Places = Mapping[int, tuple[tuple[int, Place], ...]]


def recognised(places: Places | None = None) -> AnnualReport:
    document = read_document(TEXT.encode(), "report.txt")
    return Recogniser(rule_set().forms).recognise(document._replace(places=places or {}))


def shown(language: str = "zh", places: Places | None = None) -> str:
    made = recognised(places)
    return plain(said_lines(made, what_is_said(made, Settings()), language, 80))


def as_data(places: Places | None = None) -> Any:
    made = recognised(places)
    return json.loads(json_view(made, what_is_said(made, Settings())))


def test_statements_and_items_are_listed_by_section() -> None:
    assert shown() == (
        "\n"
        "文中的数字和说法  5 条\n"
        "一、总体情况\n"
        "       12 件  收到  “2024年收到政府信息公开申请12件”  第 4 行第 25 列\n"
        "        9 件  收到  “2023年收到申请9件”  〔上年〕  第 4 行第 38 列\n"
        "      320 件  收到  “全县共收到申请320件”  〔上年〕  〔全县〕  第 4 行第 48 列\n"
        "       10 件  申请人  “其中自然人申请约10件”  〔自然人〕  〔上年〕  〔全县〕\n"
        "              〔约〕  第 4 行第 61 列\n"
        "        没有  行政复议件数  “未发生行政复议”  第 5 行第 38 列\n"
        "\n"
        "文中的分项  1 条\n"
        "一、总体情况\n"
        "       30 条  18 条、10 条、2 篇  “共公开信息30条”  〔没有列全〕  第 5 行第 6 列\n"
    )


def place(**known: object) -> dict[str, object]:
    empty = dict.fromkeys(
        ("line", "column", "end_line", "end_column", "page", "box", "paragraph", "table", "row", "cell")
    )
    return {**empty, **known}


def test_statements_as_data() -> None:
    data = as_data()
    assert data["statements"][3] == {
        "table": "applications",
        "about": ["applicants"],
        "amount": 10,
        "counter": "件",
        "column": "natural-persons",
        "scope": "全县",
        "period": "上年",
        "polarity": "some",
        "exactness": "约",
        "text": "其中自然人申请约10件",
        "address": "一、总体情况",
        "place": place(line=4, column=61, end_line=4, end_column=63),
    }


def test_places_are_those_of_the_source() -> None:
    places: Places = {4: ((1, Place(page=2, box=(72.0, 90.5, 520.0, 104.0))),), 5: ((1, Place(paragraph=7)),)}
    data = as_data(places)
    assert [one["place"] for one in data["statements"]] == [
        *[place(page=2, box=[72.0, 90.5, 520.0, 104.0])] * 4,
        place(paragraph=7),
    ]
    assert "“2024年收到政府信息公开申请12件”  第 2 页\n" in shown(places=places)


def test_every_topic_has_a_name() -> None:
    words = rule_set().statement_words
    topics = {part for family in words.families for subject in family.subjects for part in subject.split(".")}
    assert topics == set(words.names)
    assert words.name("review.upheld") == "行政复议维持"
