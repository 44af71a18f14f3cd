"""Faults in the form: title, sections, tables, rows, columns and labels that are not the prescribed ones."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from clean_drafts import GOVERNMENTS, NUMERALS, composed
from clean_figures import (
    APPLICANTS,
    Size,
    applications_table,
    disclosure_table,
    outcome_rows,
    reviews_table,
)
from fault import NARRATIVE, NEW_YEARS, OLD_YEARS, DraftFault, Fault
from rendition import Block, Column, Draft, Row, Section, Table, with_labels

# --- title and sections --------------------------------------------------------------------------------------------


def title(pattern: str) -> DraftFault:
    return lambda draft, rng: replace(draft, title=(pattern.format(issuer=draft.issuer, year=draft.year),))


def without_section(key: str) -> DraftFault:
    return lambda draft, rng: replace(draft, sections=tuple(s for s in draft.sections if s.key != key))


def section_twice(draft: Draft, rng: random.Random) -> Draft:
    """Section five once more behind itself."""
    five = draft.sections[4]
    return replace(draft, sections=(*draft.sections[:5], five, *draft.sections[5:]))


def sections_swapped(first: int, second: int) -> DraftFault:
    """Two sections in each other's place, numbered as they should stand or as they do stand."""

    def apply(draft: Draft, rng: random.Random) -> Draft:
        sections = list(draft.sections)
        sections[first], sections[second] = sections[second], sections[first]
        if rng.random() < 0.5:
            sections = [
                replace(section, heading=NUMERALS[place] + section.heading[1:])
                for place, section in enumerate(sections)
            ]
        return replace(draft, sections=tuple(sections))

    return apply


def heading(key: str, text: str) -> DraftFault:
    return lambda draft, rng: draft.with_section(key, lambda section: replace(section, heading=text))


def prose(key: str, *paragraphs: str) -> DraftFault:
    """Other prose in a section, its table left as it is."""

    def change(section: Section, year: int) -> Section:
        return replace(section, before=tuple(text.format(year=year) for text in paragraphs), after=())

    return lambda draft, rng: draft.with_section(key, lambda section: change(section, draft.year))


def without_topic(number: int) -> DraftFault:
    """总体情况 without one of its five topics, the others numbered anew."""

    def change(section: Section) -> Section:
        opening, *topics = section.before
        kept = [re.sub("^（.）", "", text) for place, text in enumerate(topics) if place != number]
        return replace(section, before=(opening, *(f"（{NUMERALS[place]}）{text}" for place, text in enumerate(kept))))

    return lambda draft, rng: draft.with_section("overview", change)


def long_overview(draft: Draft, rng: random.Random) -> Draft:
    more = "".join(
        f"第{number}季度，对已公布内容逐条复核，补充说明材料，方便群众理解，并把复核结果告知经办人员。"
        for number in "一二三四" * 7
    )
    return draft.with_section("overview", lambda section: replace(section, before=(*section.before, more)))


def without_government_topics(draft: Draft, rng: random.Random) -> Draft:
    def change(text: str) -> str:
        return re.sub(r"工作考核[^。]*社会评议[^。]*责任追究[^。]*。", "", text)

    return draft.with_section("overview", lambda section: replace(section, before=tuple(map(change, section.before))))


# --- tables --------------------------------------------------------------------------------------------------------


def without_table(key: str) -> DraftFault:
    def change(section: Section) -> Section:
        if section.table is None or section.table.key != key:
            return section
        return replace(section, table=None)

    return lambda draft, rng: replace(draft, sections=tuple(map(change, draft.sections)))


def _with_rows(
    draft: Draft, table_key: str, keep: frozenset[str] | None, extra: tuple[str, Row] | None = None
) -> Draft:
    """The draft with only the rows `keep` names, and an extra row behind the one it is given with."""

    def change(table: Table, block: Block) -> Block:
        if table.key != table_key:
            return block
        rows: list[Row] = []
        for row in block.rows:
            if keep is None or row.key in keep:
                rows.append(row)
            if extra and row.key == extra[0]:
                rows.append(replace(extra[1], figures=("0",) * len(block.columns)))
        return replace(block, rows=tuple(rows))

    return draft.with_blocks(change)


def without_row(table: str, *keys: str) -> DraftFault:
    """One of these rows gone, or any detail row of table three."""

    def apply(draft: Draft, rng: random.Random) -> Draft:
        gone = rng.choice(keys or tuple(outcome_rows(draft.edition)))
        present = {row for _, row, _ in draft.figures()}
        return _with_rows(draft, table, frozenset(present - {gone}))

    return apply


def without_group(draft: Draft, rng: random.Random) -> Draft:
    """（五）不予处理 gone with its five rows."""
    gone = {"petition", "repeated", "publication", "excessive", "reconfirmation"}
    return _with_rows(draft, "applications", frozenset({row for _, row, _ in draft.figures()} - gone))


def extra_row(table: str, behind: str, *path: str) -> DraftFault:
    return lambda draft, rng: _with_rows(draft, table, None, (behind, Row("foreign", path, ())))


def _with_columns(draft: Draft, table_key: str, gone: str, extra: Column | None = None) -> Draft:
    """The draft without the column `gone`, or with an extra column of zeros behind it."""

    def change(table: Table, block: Block) -> Block:
        place = next((number for number, column in enumerate(block.columns) if column.key == gone), None)
        if table.key != table_key or place is None:
            return block
        after = place + 1
        kept = after if extra else place
        added, figure = ((extra,), ("0",)) if extra else ((), ())
        return replace(
            block,
            columns=(*block.columns[:kept], *added, *block.columns[after:]),
            rows=tuple(
                replace(row, figures=(*row.figures[:kept], *figure, *row.figures[after:])) for row in block.rows
            ),
        )

    return draft.with_blocks(change)


def without_column(table: str, key: str) -> DraftFault:
    return lambda draft, rng: _with_columns(draft, table, key)


def extra_column(table: str, behind: str, *path: str) -> DraftFault:
    return lambda draft, rng: _with_columns(draft, table, behind, Column("foreign", path))


def label(official: str, printed: str) -> DraftFault:
    def apply(draft: Draft, rng: random.Random) -> Draft | None:
        faulty = with_labels(draft, lambda text: printed if text == official else text)
        return faulty if faulty != draft else None

    return apply


def wrong_edition(draft: Draft, rng: random.Random) -> Draft:
    """The tables of the other edition in a report that is right in everything else."""
    other = "2019" if draft.edition == "2021" else "2021"
    tables = {
        "disclosure": disclosure_table(other, Size.SINGLE_DIGITS, rng),
        "applications": applications_table(other, Size.SINGLE_DIGITS, rng),
        "reviews": reviews_table(other, Size.SINGLE_DIGITS, rng),
    }
    faulty = replace(composed(other, draft.year, draft.issuer, tables, rng), preface=())
    # Section six has to suit the year, not the tables.
    words = f"{draft.year}年未收取信息处理费。" if draft.year > 2020 else "无。"
    return faulty.with_section("other", lambda section: replace(section, before=(words,)))


SECTION_FAULTS = (
    Fault("title-without-issuer", "report-title", "W", title("{year}年政府信息公开工作年度报告")),
    Fault("title-without-year", "report-title", "W", title("{issuer}政府信息公开工作年度报告")),
    Fault("title-year-doubled", "report-title", "W", title("{issuer}{year}年度政府信息公开工作年度报告")),
    Fault("title-without-work", "report-title", "W", title("{issuer}{year}年政府信息公开年度报告")),
    Fault("no-overview", "missing-section", "E", without_section("overview"), allow=NARRATIVE | {"overview-topics"}),
    Fault("no-disclosure", "missing-section", "E", without_section("disclosure"), allow=frozenset({"missing-table"})),
    Fault(
        "no-applications", "missing-section", "E", without_section("applications"), allow=NARRATIVE | {"missing-table"}
    ),
    Fault("no-reviews", "missing-section", "E", without_section("reviews"), allow=frozenset({"missing-table"})),
    Fault(
        "no-problems",
        "missing-section",
        "E",
        without_section("problems"),
        allow=frozenset({"problems-and-improvements"}),
    ),
    Fault("no-other-matters", "missing-section", "E", without_section("other"), allow=frozenset({"fee-statement"})),
    Fault(
        "section-twice",
        "duplicate-section",
        "W",
        section_twice,
        allow=frozenset({"section-order", "numbering", "doubled-words", "copied-narrative"}),
    ),
    Fault(
        "sections-five-six",
        "section-order",
        "W",
        sections_swapped(4, 5),
        allow=frozenset({"numbering", "section-heading"}),
    ),
    Fault(
        "sections-three-four",
        "section-order",
        "W",
        sections_swapped(2, 3),
        allow=frozenset({"numbering", "section-heading"}),
    ),
    Fault("heading-five", "section-heading", "W", heading("problems", "五、主要问题及改进措施")),
    Fault("heading-six", "section-heading", "W", heading("other", "六、其他需要报告事项")),
    Fault(
        "heading-three-none",
        "section-heading",
        "W",
        heading("applications", "三、收到和处理政府信息公开申请情况（无）"),
        allow=NARRATIVE,
    ),
    Fault(
        "heading-four-long",
        "section-heading",
        "I",
        heading("reviews", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    ),
    Fault(
        "overview-empty",
        "empty-section",
        "W",
        prose("overview"),
        allow=NARRATIVE | {"overview-topics", "government-topics"},
    ),
    Fault("problems-empty", "empty-section", "W", prose("problems"), allow=frozenset({"problems-and-improvements"})),
    Fault("other-empty", "empty-section", "W", prose("other"), allow=frozenset({"fee-statement"})),
    *(
        Fault(f"topic-{name}", "overview-topics", "W", without_topic(number), allow=NARRATIVE | {"government-topics"})
        for number, name in enumerate(("disclosure", "applications", "management", "platform", "supervision"))
    ),
    Fault("overview-long", "overview-length", "I", long_overview, years=NEW_YEARS),
    Fault("no-appraisal", "government-topics", "I", without_government_topics, issuers=GOVERNMENTS),
    Fault("problems-none", "problems-and-improvements", "E", prose("problems", "无。")),
    Fault(
        "problems-only",
        "problems-and-improvements",
        "W",
        prose("problems", "{year}年的工作仍有不足，主要问题是栏目更新偏慢、解读形式单一，与群众期待存在差距。"),
    ),
    Fault(
        "improvements-only",
        "problems-and-improvements",
        "W",
        prose("problems", "下一步将丰富解读形式，逐栏落实更新责任，改进检索功能，加强经办人员培训，按季度检查成效。"),
    ),
    Fault("fees-not-mentioned", "fee-statement", "W", prose("other", "无。"), years=NEW_YEARS),
    Fault(
        "fees-not-mentioned-long",
        "fee-statement",
        "W",
        prose("other", "{year}年没有其他需要报告的事项。"),
        years=NEW_YEARS,
    ),
)

_NO_TABLE = NARRATIVE | {"empty-section"}
_BLURRED = frozenset({"ragged-row", "glued-row"})
TABLE_FAULTS = (
    Fault("no-table-two", "missing-table", "E", without_table("disclosure"), allow=_NO_TABLE),
    Fault("no-table-three", "missing-table", "E", without_table("applications"), allow=_NO_TABLE | {"balance-note"}),
    Fault("no-table-four", "missing-table", "E", without_table("reviews"), allow=_NO_TABLE),
    Fault("no-detail-row", "missing-row", "E", without_row("applications")),
    Fault("no-first-row", "missing-row", "E", without_row("applications", "received"), allow=NARRATIVE),
    Fault("no-third-total", "missing-row", "E", without_row("applications", "handled"), allow=NARRATIVE),
    Fault("no-last-row", "missing-row", "E", without_row("applications", "carried-out"), allow=NARRATIVE),
    Fault(
        "no-penalties", "missing-row", "E", without_row("disclosure", "licences", "penalties", "compulsory-measures")
    ),
    Fault("no-group-five", "missing-row", "E", without_group),
    Fault(
        "row-nine",
        "extra-row",
        "W",
        extra_row(
            "applications", "administrative-enquiry", "三、本年度办理结果", "（三）不予公开", "9.属于商业秘密事项"
        ),
        seen=lambda rule, layout: frozenset({rule}) | (frozenset() if layout.keeps_cell_borders else _BLURRED),
    ),
    Fault("row-levies", "extra-row", "W", extra_row("disclosure", "compulsory-measures", "行政征收征用")),
    Fault("no-last-column", "missing-column", "E", without_column("reviews", "litigation-after-review/total")),
    Fault("no-review-total", "missing-column", "E", without_column("reviews", "review/total")),
    Fault("no-research-column", "missing-column", "E", without_column("applications", APPLICANTS[2])),
    Fault("no-total-column", "missing-column", "E", without_column("applications", "total"), allow=NARRATIVE),
    Fault(
        "no-repealed-column",
        "missing-column",
        "E",
        without_column("disclosure", "repealed"),
        years=NEW_YEARS,
        allow=NARRATIVE,
    ),
    Fault("no-change-column", "missing-column", "E", without_column("disclosure", "items-change"), years=OLD_YEARS),
    Fault(
        "column-foreigners",
        "extra-column",
        "W",
        extra_column("applications", "other-organisations", "申请人情况", "法人或其他组织", "境外机构"),
    ),
    Fault("column-drafted", "extra-column", "W", extra_column("disclosure", "issued", "本年起草件数"), years=NEW_YEARS),
    Fault("label-social", "label-wording", "W", label("社会公益组织", "社会组织")),
    Fault("label-forbidden", "label-wording", "W", label("2.其他法律行政法规禁止公开", "2.其他法律法规禁止公开")),
    Fault(
        "label-reconfirm",
        "label-wording",
        "W",
        label("5.要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或重新出具已获取的信息"),
    ),
    Fault("label-documents-2021", "label-wording", "W", label("行政规范性文件", "规范性文件"), years=NEW_YEARS),
    Fault("label-documents-2019", "label-wording", "W", label("规范性文件", "行政规范性文件"), years=OLD_YEARS),
    Fault(
        "label-misspelt",
        "label-wording",
        "W",
        label("未经复议直接起诉", "未经复讼直接起诉"),
        seen=lambda rule, layout: frozenset({rule, "known-misspelling"}),
    ),
    Fault("old-form-in-new-year", "wrong-edition", "E", wrong_edition, years=NEW_YEARS),
    Fault("new-form-in-old-year", "wrong-edition", "E", wrong_edition, years=OLD_YEARS),
    Fault(
        "no-note",
        "balance-note",
        "I",
        label("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", ""),
    ),
    Fault(
        "note-changed",
        "balance-note",
        "I",
        label(
            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
            "（本列数据的勾稽关系为：第一项等于第三项加第四项之和）",
        ),
    ),
)
