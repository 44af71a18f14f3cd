"""Figures of clean reports: every cell filled, every relation of the form held."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from enum import StrEnum

from rendition import Address, Block, Draft, Row, Table, empty_table

APPLICANTS = (
    "natural-persons",
    "enterprises",
    "research-institutions",
    "public-interest-organisations",
    "legal-service-institutions",
    "other-organisations",
)
TOTAL = "total"
OUTCOMES = ("upheld", "corrected", "other-outcome", "pending")
REVIEW_BLOCKS = ("review", "litigation-direct", "litigation-after-review")
NOT_OUTCOMES = ("received", "carried-in", "handled", "carried-out")


class Size(StrEnum):
    """How much a report has to tell."""

    ZERO = "zero"
    SINGLE_DIGITS = "single-digits"
    SMALL = "small"
    LARGE = "large"


def outcome_rows(edition: str) -> list[str]:
    """Keys of the rows that add up to （七）总计."""
    return [row.key for row in empty_table(edition, "applications").blocks[0].rows if row.key not in NOT_OUTCOMES]


def filled(table: Table, figures: dict[tuple[str, str], str]) -> Table:
    """The table with `figures` by row and column key, and 0 wherever none is given."""

    def fill(block: Block, row: Row) -> Row:
        return replace(row, figures=tuple(figures.get((row.key, column.key), "0") for column in block.columns))

    return replace(
        table,
        blocks=tuple(replace(block, rows=tuple(fill(block, row) for row in block.rows)) for block in table.blocks),
    )


def applications_table(edition: str, size: Size, rng: random.Random) -> Table:
    """Table three: every application is dealt to an applicant, a way in and a way out, then counted."""
    cases = {
        Size.ZERO: 0,
        Size.SINGLE_DIGITS: rng.randint(1, 9),
        Size.SMALL: rng.randint(5, 60),
        Size.LARGE: rng.randint(200, 3000),
    }[size]
    outcomes = outcome_rows(edition)
    ways_out = [*outcomes, "carried-out"]
    likely = {"granted": 30, "partly-granted": 8, "not-held": 15, "carried-out": 4, "administrative-enquiry": 5}
    out_weights = [likely.get(key, rng.choice((0, 1, 2))) for key in ways_out]
    applicant_weights = (60, 12, rng.randint(0, 2), rng.randint(0, 2), 3, rng.randint(0, 3))
    counts: Counter[tuple[str, str]] = Counter()
    for applicant, way_out in zip(
        rng.choices(APPLICANTS, applicant_weights, k=cases), rng.choices(ways_out, out_weights, k=cases), strict=True
    ):
        way_in = "carried-in" if rng.random() < 0.06 else "received"
        through = ("handled",) if way_out != "carried-out" else ()
        for row in (way_in, way_out, *through):
            counts[row, applicant] += 1
            counts[row, TOTAL] += 1
    return filled(empty_table(edition, "applications"), {key: str(count) for key, count in counts.items()})


def reviews_table(edition: str, size: Size, rng: random.Random) -> Table:
    highest = {Size.ZERO: 0, Size.SINGLE_DIGITS: 2, Size.SMALL: 3, Size.LARGE: 40}[size]
    figures: dict[tuple[str, str], str] = {}
    for block in REVIEW_BLOCKS:
        counts = [rng.choice((0, 0, rng.randint(0, highest))) for _ in OUTCOMES]
        figures |= {("cases", f"{block}/{key}"): str(count) for key, count in zip(OUTCOMES, counts, strict=True)}
        figures["cases", f"{block}/{TOTAL}"] = str(sum(counts))
    return filled(empty_table(edition, "reviews"), figures)


def disclosure_table(edition: str, size: Size, rng: random.Random) -> Table:
    highest = {Size.ZERO: 0, Size.SINGLE_DIGITS: 9, Size.SMALL: 40, Size.LARGE: 5000}[size]
    figures: dict[tuple[str, str], str] = {}

    def up_to(most: int) -> int:
        return rng.choice((0, rng.randint(0, most)))

    if edition == "2021":
        in_force = up_to(min(highest, 60))
        issued = rng.randint(0, in_force)
        figures = {
            ("normative-documents", "issued"): str(issued),
            ("normative-documents", "repealed"): str(up_to(min(highest, 12))),
            ("normative-documents", "in-force"): str(in_force),
            ("administrative-fees", "fees"): amount(size, rng),
        }
        for row in ("licences", "penalties", "compulsory-measures"):
            figures[row, "decisions"] = str(up_to(highest))
        return filled(empty_table(edition, "disclosure"), figures)

    disclosed = up_to(min(highest, 90))
    made = rng.randint(0, disclosed)
    figures = {
        ("normative-documents", "made"): str(made),
        ("normative-documents", "newly-disclosed"): str(rng.randint(0, made)),
        ("normative-documents", "disclosed-in-all"): str(disclosed),
    }
    for row in ("licences", "other-services", "penalties", "compulsory-measures", "administrative-fees"):
        items = up_to(min(highest, 300))
        # A signed change would be one more digit or sign in a layout that glues cells together.
        change = 0 if size is Size.SINGLE_DIGITS else rng.choice((0, 0, rng.randint(-items, items)))
        figures[row, "items-last-year"] = str(items)
        figures[row, "items-change"] = rng.choice((str(change), f"{change:+d}" if change else "0"))
        figures[row, "decisions"] = str(up_to(highest)) if items + change else "0"
    bought = amount(size, rng)
    figures["central-procurement", "procurement"] = bought
    figures["central-procurement", "projects"] = "0" if bought == "0" else str(rng.randint(1, max(1, highest // 8)))
    return filled(with_procurement_unit(empty_table(edition, "disclosure"), "（单位：万元）"), figures)


def with_procurement_unit(table: Table, unit: str) -> Table:
    """Table two with this unit behind 采购总金额; the later edition has no such column and stays as it is."""
    return replace(
        table,
        blocks=tuple(
            replace(
                block,
                columns=tuple(
                    replace(column, path=(f"采购总金额{unit}",)) if column.key == "procurement" else column
                    for column in block.columns
                ),
            )
            for block in table.blocks
        ),
    )


def amount(size: Size, rng: random.Random) -> str:
    """An amount in 万元 with four decimals, or 0."""
    if size in (Size.ZERO, Size.SINGLE_DIGITS) or rng.random() < 0.3:
        return "0"
    whole = rng.randint(1, 90 if size is Size.SMALL else 9000)
    return f"{whole}.{rng.randint(1, 9999):04d}"


# --- the arithmetic, worked out once more without the linter -------------------------------------------------------


def broken_relations(draft: Draft) -> set[str]:
    """Rule ids of group `balance` that fail on the draft, among relations all of whose operands are plain counts."""
    figures = {address: int(text) for address, text in draft.figures().items() if text.removeprefix("-").isdecimal()}
    broken: set[str] = set()

    def relation(rule: str, left: list[Address], right: list[Address]) -> None:
        complete = all(address in figures for address in left + right)
        if complete and sum(figures[a] for a in left) != sum(figures[a] for a in right):
            broken.add(rule)

    rows = outcome_rows(draft.edition)
    for column in (*APPLICANTS, TOTAL):
        third = {row: ("applications", row, column) for row in (*NOT_OUTCOMES, *rows)}
        relation(
            "application-balance",
            [third["received"], third["carried-in"]],
            [third["handled"], third["carried-out"]],
        )
        relation("outcome-total", [third[row] for row in rows], [third["handled"]])
    for row in (*NOT_OUTCOMES, *rows):
        relation(
            "applicant-total",
            [("applications", row, column) for column in APPLICANTS],
            [("applications", row, TOTAL)],
        )
    for block in REVIEW_BLOCKS:
        relation(
            "review-total" if block == "review" else "litigation-total",
            [("reviews", "cases", f"{block}/{key}") for key in OUTCOMES],
            [("reviews", "cases", f"{block}/{TOTAL}")],
        )
    return broken
