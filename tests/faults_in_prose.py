"""Faults in the prose: a figure, year, claim or list of an office's text that no longer agrees with the tables or itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from clean_figures import TOTAL, Size
from fault import NEW_YEARS, OLD_YEARS, DraftFault, Fault
from layouts import Layout
from marked_prose import Author, Mark, marks, unmarked
from prose_edits import (
    ATTEMPTS,
    Edit,
    at_mark,
    exchanged,
    figure,
    free_figure,
    item_added,
    item_dropped,
    money,
    one_more,
    share,
    texts,
    title_dropped,
    unit_mixed,
)
from prose_of_offices import written
from rendition import Address, Draft, with_prose

SOME_CASES = (Size.SINGLE_DIGITS, Size.SMALL, Size.LARGE)
PROSE = frozenset(
    {
        "itemised-total",
        "applications-in-text",
        "percentage-in-text",
        "none-claim",
        "all-claim",
        "unmentioned-applications",
        "reviews-in-text",
        "disclosure-in-text",
    }
)
"""A wrong figure may be a wrong total, a wrong share and a denied case at once."""


# --- years ---------------------------------------------------------------------------------------------------------


def year(step: int) -> Edit:
    def apply(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str:
        return exchanged(text, mark, str(draft.year + step))

    return apply


def year_without_its_word(draft: Draft, text: str, mark: Mark, rng: random.Random) -> str | None:
    """2021下一步 for 2021年下一步."""
    rest = text[mark.end :]
    return text[: mark.end] + "下一步" + rest.removeprefix("年，") if rest.startswith("年，") else None


def title_year(draft: Draft, rng: random.Random) -> Draft | None:
    """The year of the title wrong, every other year right."""
    prose = written(draft, rng)
    if not any(mark.name in ("period", "year") for text in texts(prose) for mark in marks(text)):
        return None  # nothing else says which year it is
    # A year of the other form would be another fault: the tables would be those of the wrong edition.
    wrong = draft.year - 1 if draft.year not in (2019, 2021) else draft.year + 1
    return replace(unmarked(prose), title=tuple(line.replace(str(draft.year), str(wrong)) for line in draft.title))


# --- claims --------------------------------------------------------------------------------------------------------


def false_claim(
    name: str, *cells: Address, moved_to: str = "", suits: Callable[[Draft], bool] = lambda draft: True
) -> DraftFault:
    """A claim that nothing happened, or that all ended well, by an author who takes these cells for 0.

    `moved_to` is the column of the same table and row where the author believes them to be counted.
    """

    def apply(draft: Draft, rng: random.Random) -> Draft | None:
        figures = draft.figures()
        hidden = {cell: Decimal(figures[cell]) for cell in cells if cell in figures}
        if not any(hidden.values()) or not suits(draft):
            return None
        believed = draft.with_figures(dict.fromkeys(hidden, "0"))
        for (table, row, column), count in hidden.items():
            if moved_to and count:
                place = (table, row, f"{column.rpartition('/')[0]}/{moved_to}")
                believed = believed.with_figures({place: str(int(believed.figures()[place]) + int(count))})
        for _ in range(ATTEMPTS):
            prose = written(believed, rng)
            if any(mark.name == name for text in texts(prose) for mark in marks(text)):
                return with_tables_of(draft, unmarked(prose))
        return None

    return apply


def more_left_than_before(draft: Draft) -> bool:
    """Whether some of the new applications are left over: if not, all the new ones are done and the others are the old ones."""
    author = Author(draft, random.Random(0))
    return author.value("carried-out") > author.value("carried-in")


def with_tables_of(draft: Draft, prose: Draft) -> Draft:
    tables = {section.key: section.table for section in draft.sections}
    return replace(prose, sections=tuple(replace(section, table=tables[section.key]) for section in prose.sections))


def of_applications(row: str) -> Address:
    return ("applications", row, TOTAL)


def of_reviews(
    *blocks: str, columns: tuple[str, ...] = ("upheld", "corrected", "other-outcome", "pending", TOTAL)
) -> tuple[Address, ...]:
    return tuple(("reviews", "cases", f"{block}/{column}") for block in blocks for column in columns)


LAWSUITS = ("litigation-direct", "litigation-after-review")
NOT_UPHELD = ("corrected", "other-outcome", "pending")


def silent(draft: Draft, rng: random.Random) -> Draft | None:
    """Applications in 表三 and not a word on them, not even as a topic."""
    if draft.figures()["applications", "received", TOTAL] == "0":
        return None
    prose = unmarked(written(draft, rng, applications_spoken_of=False))
    mute = with_prose(prose, lambda text: text.replace("依申请公开", "便民服务"))
    return None if any("申请" in text for text in texts(mute)) else mute


def duty_denied(draft: Draft, rng: random.Random) -> Draft:
    """Instead of how applications were handled, that none concern this body."""
    sentence = rng.choice(
        (
            "本机关不涉及依申请公开事项。",
            "我单位权责不涉及依申请公开。",
            "依申请公开工作不涉及本单位。",
            "本单位无依申请公开职责。",
            "我单位不属于依申请公开的受理单位。",
            "本机关无依申请公开事项职能，不受理政府信息公开申请。",
        )
    )
    return unmarked(written(draft, rng, applications_spoken_of=False, instead=sentence))


# --- the catalogue -------------------------------------------------------------------------------------------------


def figures_of(rule: str, level: str, names: str, years: tuple[int, ...] = (*OLD_YEARS, *NEW_YEARS)) -> Iterator[Fault]:
    for name in names.split():
        yield Fault(f"prose-{name}", rule, level, at_mark(name, figure), allow=PROSE, years=years, sizes=SOME_CASES)


def claims(**given: tuple[str, DraftFault]) -> Iterator[Fault]:
    for name, (rule, fault) in given.items():
        level = "W" if rule == "all-claim" else "E"
        yield Fault(f"claim-{name.replace('_', '-')}", rule, level, fault, allow=PROSE, sizes=SOME_CASES)


def either_year_rule(rule: str, layout: Layout) -> frozenset[str]:
    """A wrong year in a sentence disagrees with the others and is out of place."""
    return frozenset({"reporting-year", "stale-year"})


APPLICATION_FIGURES = (
    "received cases carried-in handled carried-out granted partly-granted refused lacking unprocessed otherwise "
    "received.natural received.enterprise received.legal"
)
REVIEW_FIGURES = (
    "review litigation disputes direct after-review review.upheld review.corrected review.other-outcome review.pending"
)
NARRATIVE_FAULTS = (
    Fault("list-total", "itemised-total", "E", at_mark("sum", free_figure), allow=PROSE),
    Fault("list-item", "itemised-total", "E", at_mark("part", free_figure), allow=PROSE),
    Fault("list-without-item", "itemised-total", "E", at_mark("list", item_dropped), allow=PROSE),
    Fault("list-with-more", "itemised-total", "E", at_mark("list", item_added), allow=PROSE),
    Fault("inner-list-without-item", "itemised-total", "E", at_mark("inner-list", item_dropped), allow=PROSE),
    Fault("titles-counted", "listed-count", "W", at_mark("titles", one_more)),
    Fault("title-dropped", "listed-count", "W", at_mark("titles-list", title_dropped)),
    *figures_of("applications-in-text", "E", APPLICATION_FIGURES),
    *figures_of("reviews-in-text", "W", REVIEW_FIGURES),
    *figures_of("disclosure-in-text", "W", "issued repealed in-force", NEW_YEARS),
    *figures_of("disclosure-in-text", "W", "made newly-disclosed disclosed-in-all", OLD_YEARS),
    *figures_of("disclosure-in-text", "W", "licences penalties measures"),
    *figures_of("procurement-in-text", "E", "purchases", OLD_YEARS),
    Fault("prose-amount", "procurement-in-text", "E", at_mark("procurement procurement-yuan", money), years=OLD_YEARS),
    Fault(
        "prose-unit",
        "procurement-in-text",
        "E",
        at_mark("procurement procurement-yuan", unit_mixed),
        years=OLD_YEARS,
        allow=frozenset({"implausible-amount"}),
    ),
    Fault("prose-fees", "disclosure-in-text", "W", at_mark("fees fees-yuan", money), years=NEW_YEARS),
    Fault("prose-share", "percentage-in-text", "W", at_mark("percent", share)),
    Fault("prose-growth", "growth-rate", "W", at_mark("growth", share)),
    *claims(
        none_carried_in=("none-claim", false_claim("none-carried-in", of_applications("carried-in"))),
        none_carried_out=("none-claim", false_claim("none-carried-out", of_applications("carried-out"))),
        no_applications=(
            "none-claim",
            false_claim("none-applications", of_applications("received"), of_applications("carried-in")),
        ),
        no_disputes=("none-claim", false_claim("none-disputes", *of_reviews("review", *LAWSUITS))),
        no_review=("none-claim", false_claim("none-review", *of_reviews("review"))),
        no_lawsuit=("none-claim", false_claim("none-litigation", *of_reviews(*LAWSUITS))),
        none_issued=("none-claim", false_claim("none-issued", ("disclosure", "normative-documents", "issued"))),
        none_repealed=("none-claim", false_claim("none-repealed", ("disclosure", "normative-documents", "repealed"))),
        none_made=("none-claim", false_claim("none-made", ("disclosure", "normative-documents", "made"))),
        no_penalties=("none-claim", false_claim("none-penalties", ("disclosure", "penalties", "decisions"))),
        no_measures=("none-claim", false_claim("none-measures", ("disclosure", "compulsory-measures", "decisions"))),
        no_licences=("none-claim", false_claim("none-licences", ("disclosure", "licences", "decisions"))),
        no_purchases=("none-claim", false_claim("none-purchases", ("disclosure", "central-procurement", "projects"))),
        no_fees=("none-claim", false_claim("none-fees", ("disclosure", "administrative-fees", "fees"))),
        all_done=("all-claim", false_claim("all-done", of_applications("carried-out"), suits=more_left_than_before)),
        both_done=("all-claim", false_claim("both-done", of_applications("carried-out"))),
        reviews_upheld=(
            "all-claim",
            false_claim("reviews-upheld", *of_reviews("review", columns=NOT_UPHELD), moved_to="upheld"),
        ),
        all_upheld=(
            "all-claim",
            false_claim("all-upheld", *of_reviews("review", *LAWSUITS, columns=NOT_UPHELD), moved_to="upheld"),
        ),
    ),
    Fault(
        "applications-unmentioned",
        "unmentioned-applications",
        "I",
        silent,
        sizes=SOME_CASES,
        allow=frozenset({"overview-topics"}),
    ),
    Fault("duty-denied", "duty-denied", "W", duty_denied, allow=PROSE),
    Fault(
        "title-year",
        "reporting-year",
        "E",
        title_year,
        allow=frozenset({"late-publication", "premature-date", "stale-year", "document-number"}),
    ),
    Fault("period-year", "reporting-year", "E", at_mark("period", year(-1))),
    Fault("period-next-year", "reporting-year", "E", at_mark("period", year(1))),
    Fault("sentence-year", "reporting-year", "E", at_mark("year", year(-1)), seen=either_year_rule),
    Fault("sentence-earlier-year", "reporting-year", "E", at_mark("year", year(-2)), seen=either_year_rule),
    Fault("opening-year", "reporting-year", "E", at_mark("opening-year", year(-1)), seen=either_year_rule),
    Fault("problem-year", "stale-year", "W", at_mark("problem-year", year(-1)), seen=either_year_rule),
    Fault("heading-year", "stale-year", "W", at_mark("heading-year", year(-1)), seen=either_year_rule),
    Fault("year-without-word", "stale-year", "W", at_mark("following-year", year_without_its_word)),
)
