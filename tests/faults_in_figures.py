"""Faults in the figures: cells that are no figure, tables that do not add up, amounts in the wrong unit."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

from clean_figures import APPLICANTS, OUTCOMES, TOTAL, Size, outcome_rows, with_procurement_unit
from fault import (
    NARRATIVE,
    NEW_YEARS,
    OLD_YEARS,
    DraftFault,
    Fault,
    as_blank,
    as_spaced,
    as_text,
    bumped,
    changed,
    picked,
)
from rendition import Address, Column, Draft

BUSY = (Size.SINGLE_DIGITS, Size.SMALL, Size.LARGE)
LOCAL = ("青石县财政局", "青石县柳河镇人民政府", "云岭市青石区东湖街道办事处", "临溪县自然资源和规划局")
NUMERALS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _any(figure: str) -> bool:
    return True


def _is(figure: str) -> bool:
    return figure.isdecimal()


def _zero(figure: str) -> bool:
    return figure == "0"


def _one_digit(figure: str) -> bool:
    return len(figure) == 1


def _positive(figure: str) -> bool:
    return _is(figure) and int(figure) > 0


def becoming(text: str, *tables: str) -> DraftFault:
    """One figure, whichever it is, gives way to this text."""
    return changed(lambda _: text, _any, *tables)


# --- cells ---------------------------------------------------------------------------------------------------------


def blank_neighbours(draft: Draft, rng: random.Random) -> Draft:
    row = rng.choice(outcome_rows(draft.edition))
    return draft.with_figures({("applications", row, column): "" for column in APPLICANTS[2:4]})


def blank_row(draft: Draft, rng: random.Random) -> Draft:
    row = rng.choice(outcome_rows(draft.edition))
    return draft.with_figures({("applications", row, column): "" for column in (*APPLICANTS, TOTAL)})


def blank_table(key: str) -> DraftFault:
    def apply(draft: Draft, rng: random.Random) -> Draft:
        return draft.with_figures({address: "" for address in draft.figures() if address[0] == key})

    return apply


CELL_FAULTS = (
    Fault("blank-cell", "blank-cell", "E", becoming(""), seen=as_blank),
    Fault("blank-cell-reviews", "blank-cell", "E", becoming("", "reviews"), seen=as_blank),
    Fault("blank-neighbours", "blank-cell", "E", blank_neighbours, seen=as_blank),
    Fault("blank-row", "blank-cell", "E", blank_row),
    Fault("blank-table-applications", "blank-table", "E", blank_table("applications"), allow=NARRATIVE),
    # A table whose only row has no label leaves nothing behind where blank cells leave nothing behind.
    Fault(
        "blank-table-reviews",
        "blank-table",
        "E",
        blank_table("reviews"),
        seen=lambda rule, layout: frozenset(
            {rule} if layout.keeps_blank_cells else {rule, "missing-row", "missing-table"}
        ),
        allow=NARRATIVE,
    ),
    Fault("blank-table-disclosure", "blank-table", "E", blank_table("disclosure"), allow=NARRATIVE),
    *(
        Fault(f"placeholder-{name}", "placeholder-cell", "E", becoming(text), seen=as_text)
        for name, text in {
            "hyphen": "-",
            "dash": "—",
            "slash": "/",
            "none": "无",
            "empty": "空",
            "n-a": "N/A",
            "star": "*",
        }.items()
    ),
    Fault("counter-in-cell", "not-a-number", "E", changed(lambda figure: f"{figure}件", _is), seen=as_text),
    Fault("letter-o", "not-a-number", "E", changed(lambda _: "O", _zero), seen=as_text),
    Fault(
        "letter-l", "not-a-number", "E", changed(lambda _: "l", lambda figure: figure == "1"), seen=as_text, sizes=BUSY
    ),
    Fault(
        "chinese-numeral", "not-a-number", "E", changed(lambda figure: NUMERALS[int(figure)], _one_digit), seen=as_text
    ),
    Fault("half-a-case", "fractional-count", "E", changed(lambda figure: f"{figure}.5", _is), seen=as_text),
    Fault("decimal-zero", "fractional-count", "E", changed(lambda figure: f"{figure}.0", _is), seen=as_text),
    Fault("negative", "negative-count", "E", changed(lambda _: "-1", _zero), seen=as_text, allow=NARRATIVE),
    Fault(
        "full-width-digits", "number-form", "I", changed(lambda figure: figure.translate(FULL_WIDTH), _is), seen=as_text
    ),
    Fault(
        "leading-zero", "number-form", "I", changed(lambda figure: f"0{figure}", _positive), seen=as_text, sizes=BUSY
    ),
    Fault(
        "thousands-separator",
        "number-form",
        "I",
        changed(lambda figure: f"{int(figure):,}", lambda figure: _is(figure) and int(figure) >= 1000),
        seen=as_text,
        sizes=(Size.LARGE,),
        fits=lambda layout: layout.keeps_cell_borders,
    ),
    Fault(
        "space-in-number",
        "number-form",
        "I",
        changed(lambda figure: " ".join(figure), lambda figure: _is(figure) and int(figure) >= 10),
        seen=as_spaced,
        sizes=(Size.LARGE,),
    ),
)


# --- balance -------------------------------------------------------------------------------------------------------


def _third(row: str, column: str) -> Address:
    return "applications", row, column


def detail_off_by_one(draft: Draft, rng: random.Random) -> Draft:
    """One detail cell changed: its row and its column break together."""
    return bumped(draft, {_third(rng.choice(outcome_rows(draft.edition)), rng.choice(APPLICANTS)): 1})


def row_total_off_by_one(draft: Draft, rng: random.Random) -> Draft:
    return bumped(draft, {_third(rng.choice(outcome_rows(draft.edition)), TOTAL): 1})


def grand_total_off_by_one(draft: Draft, rng: random.Random) -> Draft:
    return bumped(draft, {_third("handled", TOTAL): 1})


def rows_only(draft: Draft, rng: random.Random) -> Draft:
    """A case entered in all rows of its column and in no row total: columns hold, rows do not."""
    outcome, applicant = rng.choice(outcome_rows(draft.edition)), rng.choice(APPLICANTS)
    return bumped(draft, {_third(row, applicant): 1 for row in ("received", outcome, "handled")})


def outcome_only(draft: Draft, rng: random.Random) -> Draft:
    """A result counted with its row total and not in （七）总计: rows and the case balance hold."""
    outcome, applicant = rng.choice(outcome_rows(draft.edition)), rng.choice(APPLICANTS)
    return bumped(draft, {_third(outcome, applicant): 1, _third(outcome, TOTAL): 1})


def balance_only(draft: Draft, rng: random.Random) -> Draft:
    """An application received with its row total and never answered: rows and result columns hold."""
    applicant = rng.choice(APPLICANTS)
    row = rng.choice(("received", "carried-in", "carried-out"))
    return bumped(draft, {_third(row, applicant): 1, _third(row, TOTAL): 1})


def figures_swapped(draft: Draft, rng: random.Random) -> Draft | None:
    """Two different figures of a column changed places: every column holds, two rows do not."""
    figures, rows = draft.figures(), outcome_rows(draft.edition)
    pairs = [
        (_third(first, column), _third(second, column))
        for column in APPLICANTS
        for first, second in pairwise(rows)
        if figures[_third(first, column)] != figures[_third(second, column)]
    ]
    if not pairs:
        return None
    first, second = rng.choice(pairs)
    return draft.with_figures({first: figures[second], second: figures[first]})


def review_off_by_one(block: str) -> DraftFault:
    def apply(draft: Draft, rng: random.Random) -> Draft:
        return bumped(draft, {("reviews", "cases", f"{block}/{rng.choice((*OUTCOMES, TOTAL))}"): 1})

    return apply


def second_table(row: str, **figures: str) -> DraftFault:
    """Figures set in a row of table two, with `_` for the `-` of a column key."""
    texts = {column.replace("_", "-"): text for column, text in figures.items()}

    def apply(draft: Draft, rng: random.Random) -> Draft:
        return draft.with_figures({("disclosure", row, column): text for column, text in texts.items()})

    return apply


def many_carried_out(draft: Draft, rng: random.Random) -> Draft:
    """Thirty more applications, none of them answered: balanced, and a large share left over."""
    more = max(30, int(draft.figures()[_third("handled", TOTAL)]))
    rows, columns = ("received", "carried-out"), ("natural-persons", TOTAL)
    return bumped(draft, {_third(row, column): more for row in rows for column in columns})


BALANCE_FAULTS = tuple(
    replace(fault, allow=fault.allow | NARRATIVE)
    for fault in (
        Fault("detail-off-by-one", "outcome-total", "E", detail_off_by_one),
        Fault("row-total-off-by-one", "applicant-total", "E", row_total_off_by_one),
        Fault("grand-total-off-by-one", "application-balance", "E", grand_total_off_by_one),
        Fault("rows-only", "applicant-total", "E", rows_only),
        Fault("outcome-only", "outcome-total", "E", outcome_only),
        Fault("balance-only", "application-balance", "E", balance_only),
        Fault("figures-swapped", "applicant-total", "E", figures_swapped, sizes=BUSY),
        Fault("review-off-by-one", "review-total", "E", review_off_by_one("review")),
        Fault("litigation-off-by-one", "litigation-total", "E", review_off_by_one("litigation-direct")),
        Fault("litigation-after-off-by-one", "litigation-total", "E", review_off_by_one("litigation-after-review")),
        Fault(
            "fewer-disclosed-than-new",
            "disclosed-total",
            "E",
            second_table("normative-documents", made="5", newly_disclosed="5", disclosed_in_all="4"),
            years=OLD_YEARS,
        ),
        Fault(
            "more-items-cut-than-there-were",
            "items-not-negative",
            "E",
            second_table("licences", items_last_year="2", items_change="-3", decisions="0"),
            years=OLD_YEARS,
            seen=as_text,
        ),
        Fault(
            "fewer-in-force-than-kept",
            "in-force-total",
            "E",
            second_table("normative-documents", issued="5", repealed="1", in_force="3"),
            years=NEW_YEARS,
        ),
        Fault(
            "fewer-in-force-than-issued",
            "in-force-total",
            "W",
            second_table("normative-documents", issued="5", repealed="3", in_force="3"),
            years=NEW_YEARS,
        ),
        Fault(
            "regulations-of-a-county",
            "regulation-power",
            "W",
            second_table("regulations", issued="1", repealed="0", in_force="1"),
            years=NEW_YEARS,
            issuers=LOCAL,
        ),
        Fault(
            "regulations-of-a-county-2019",
            "regulation-power",
            "W",
            second_table("regulations", made="1", newly_disclosed="1", disclosed_in_all="1"),
            years=OLD_YEARS,
            issuers=LOCAL,
        ),
        Fault("many-carried-out", "carry-forward-share", "I", many_carried_out),
    )
)


# --- amounts -------------------------------------------------------------------------------------------------------


def procurement(projects: str, text: str, unit: str) -> DraftFault:
    def apply(draft: Draft, rng: random.Random) -> Draft:
        draft = draft.with_tables(lambda table: with_procurement_unit(table, unit))
        row = ("disclosure", "central-procurement")
        return draft.with_figures({(*row, "projects"): projects, (*row, "procurement"): text})

    return apply


def fees(text: str, label: str = "本年收费金额（单位：万元）") -> DraftFault:
    def relabelled(column: Column) -> Column:
        return replace(column, path=(label,)) if column.key == "fees" else column

    def apply(draft: Draft, rng: random.Random) -> Draft:
        draft = draft.with_blocks(lambda _, block: replace(block, columns=tuple(map(relabelled, block.columns))))
        return draft.with_figures({("disclosure", "administrative-fees", "fees"): text})

    return apply


def _amount(
    name: str, rule: str, level: str, draft: DraftFault, years: tuple[int, ...], allow: frozenset[str] = frozenset()
) -> Fault:
    return Fault(
        name, rule, level, draft, seen=as_text, years=years, issuers=LOCAL, allow=allow | NARRATIVE | {"label-wording"}
    )


WAN, WAN_4 = "（单位：万元）", "（单位：万元，保留4位小数）"
AMOUNT_FAULTS = (
    _amount("procurement-without-unit", "amount-without-unit", "E", procurement("3", "12.3456", ""), OLD_YEARS),
    _amount("fees-without-unit", "amount-without-unit", "E", fees("12.3456", "本年收费金额"), NEW_YEARS),
    _amount("procurement-unit-conflict", "unit-conflict", "E", procurement("3", "572830元", WAN), OLD_YEARS),
    _amount("fees-unit-conflict", "unit-conflict", "E", fees("125000元"), NEW_YEARS),
    _amount("yuan-in-cell", "nonstandard-unit", "W", procurement("3", "5728300（单位：元）", ""), OLD_YEARS),
    _amount("yuan-behind-amount", "nonstandard-unit", "W", procurement("3", "963626.14元", ""), OLD_YEARS),
    _amount("yuan-in-header", "nonstandard-unit", "W", procurement("3", "963626.14", "（单位：元）"), OLD_YEARS),
    _amount("two-decimals-for-four", "amount-precision", "W", procurement("3", "6.93", WAN_4), OLD_YEARS),
    _amount("three-decimals", "amount-precision", "I", procurement("3", "6.933", WAN), OLD_YEARS),
    _amount("yuan-under-wan", "implausible-amount", "W", procurement("3", "5728300.0000", WAN), OLD_YEARS),
    _amount("fees-yuan-under-wan", "implausible-amount", "W", fees("1250000.0000"), NEW_YEARS),
    _amount("amount-without-project", "count-amount-mismatch", "E", procurement("0", "12.3456", WAN), OLD_YEARS),
    _amount("project-without-amount", "count-amount-mismatch", "E", procurement("3", "0", WAN), OLD_YEARS),
)


# --- figures lost in reading ---------------------------------------------------------------------------------------


def _with_row_figures(draft: Draft, key: str, figures: tuple[str, ...]) -> Draft:
    return draft.with_blocks(
        lambda table, block: replace(
            block,
            rows=tuple(
                replace(row, figures=figures) if (table.key, row.key) == ("applications", key) else row
                for row in block.rows
            ),
        )
    )


def _row_figures(draft: Draft, key: str) -> tuple[str, ...]:
    return tuple(draft.figures()[_third(key, column)] for column in (*APPLICANTS, TOTAL))


def figure_lost(draft: Draft, rng: random.Random) -> Draft | None:
    """Six figures in a row of seven columns; a zero is lost, so that no figure shows which."""
    address = picked(draft, rng, _zero, "applications", totals=False)
    if address is None:
        return None
    figures, place = _row_figures(draft, address[1]), (*APPLICANTS, TOTAL).index(address[2])
    return _with_row_figures(draft, address[1], figures[:place] + figures[place + 1 :])


def figure_too_many(draft: Draft, rng: random.Random) -> Draft:
    row = rng.choice(outcome_rows(draft.edition))
    return _with_row_figures(draft, row, (*_row_figures(draft, row), "0"))


def figures_glued(draft: Draft, rng: random.Random) -> Draft:
    """Six figures of several digits as one, the seventh apart."""
    figures = _row_figures(draft, "received")
    return _with_row_figures(draft, "received", ("".join(figures[:-1]), figures[-1]))


ROW_FAULTS = (
    Fault(
        "figure-lost",
        "ragged-row",
        "W",
        figure_lost,
        # Where columns keep their place or separators fill up the row, it may look like a blank at its end.
        seen=lambda rule, layout: frozenset({rule, "blank-cell", "glued-row"}),
    ),
    Fault(
        "figure-too-many", "ragged-row", "W", figure_too_many, seen=lambda rule, layout: frozenset({rule, "glued-row"})
    ),
    Fault(
        "figures-glued",
        "glued-row",
        "W",
        figures_glued,
        sizes=(Size.LARGE,),
        seen=lambda rule, layout: frozenset({rule, "ragged-row"}),
    ),
)
