"""What a fault is: one change to a clean report, and the rule that has to name it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from clean_drafts import ISSUERS
from clean_figures import Size, broken_relations
from layouts import Layout
from rendition import Address, Draft

DraftFault: TypeAlias = Callable[[Draft, random.Random], Draft | None]
"""The draft with the fault, or None where this draft cannot have it."""

ALL_YEARS = tuple(range(2019, 2026))
OLD_YEARS = (2019, 2020)
NEW_YEARS = tuple(range(2021, 2026))

LOST_LAYOUT = frozenset({"ragged-row", "glued-row"})
NARRATIVE = frozenset(
    {
        "applications-in-text",
        "reviews-in-text",
        "procurement-in-text",
        "disclosure-in-text",
        "none-claim",
        "percentage-in-text",
        "unmentioned-applications",
    }
)
"""A changed figure may contradict the prose too; that is a second true finding, not a false one."""


def as_named(rule: str, layout: Layout) -> frozenset[str]:
    """The fault shows the same in every layout."""
    return frozenset({rule})


def as_blank(rule: str, layout: Layout) -> frozenset[str]:
    """A blank figure: without cell borders only the number of figures gives it away."""
    if layout.family in ("markdown", "word_dump", "cell_pipe") or layout.write is not None:
        return frozenset({rule})
    if layout.keeps_blank_cells:
        # The place may be lost: at the edge of a tab row, between padded columns, among empty lines.
        return frozenset({rule, "ragged-row"})
    return LOST_LAYOUT | {rule}


def as_text(rule: str, layout: Layout) -> frozenset[str]:
    """Something else than digits in a cell: where digits run together it spoils the whole row."""
    return frozenset({rule}) if layout.keeps_cell_borders else frozenset({rule}) | LOST_LAYOUT


def as_spaced(rule: str, layout: Layout) -> frozenset[str]:
    """A space inside a figure: not to be told from a border where a space is the border."""
    if layout.family in ("single_spaces", "padded", "run_together"):
        return frozenset({rule}) | LOST_LAYOUT
    return frozenset({rule})


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    rule: str
    level: str
    """The level of the finding: E, W or I."""
    draft: DraftFault | None = None
    text: Callable[[str, random.Random], str] | None = None
    octets: Callable[[bytes, random.Random], bytes] | None = None
    seen: Callable[[str, Layout], frozenset[str]] = as_named
    allow: frozenset[str] = frozenset()
    years: tuple[int, ...] = ALL_YEARS
    sizes: tuple[Size, ...] = tuple(Size)
    issuers: tuple[str, ...] = ISSUERS
    fits: Callable[[Layout], bool] = lambda layout: True
    apart: bool = False
    """Whether the file is named on the command line, because a folder walk passes over it."""

    def shows(self, layout: Layout) -> bool:
        """Whether it can be made in this layout and seen there."""
        return self.fits(layout) and (layout.write is None or self.draft is not None)

    def expected(self, layout: Layout, draft: Draft) -> frozenset[str]:
        """Any of these rule ids names the fault."""
        names = self.seen(self.rule, layout)
        return names | LOST_LAYOUT if glued(layout, draft) else names

    def allowed(self, layout: Layout, draft: Draft) -> frozenset[str]:
        """Rule ids that may fire besides."""
        broken = frozenset(broken_relations(draft)) if self.draft else frozenset()
        return self.allow | broken | self.expected(layout, draft) | ignorable(layout, draft)


def glued(layout: Layout, draft: Draft) -> bool:
    """Whether the layout runs together digits that can be cut apart in more than one way."""
    return not layout.keeps_cell_borders and any(len(figure) != 1 for figure in draft.figures().values())


def ignorable(layout: Layout, draft: Draft) -> frozenset[str]:
    """Rule ids that are right even on a clean report in this layout."""
    return LOST_LAYOUT if glued(layout, draft) else frozenset()


# --- picking and changing figures ----------------------------------------------------------------------------------


def picked(
    draft: Draft, rng: random.Random, wanted: Callable[[str], bool], *tables: str, totals: bool = True
) -> Address | None:
    """One address whose figure is `wanted`; amounts and signed changes are left out."""
    addresses = [
        address
        for address, figure in draft.figures().items()
        if wanted(figure)
        and (not tables or address[0] in tables)
        and address[2] not in ("fees", "procurement", "items-change")
        and (totals or not (address[2].endswith("total") or address[1] in ("received", "carried-in", "handled")))
    ]
    return rng.choice(addresses) if addresses else None


def changed(rule: Callable[[str], str], wanted: Callable[[str], bool], *tables: str) -> DraftFault:
    """A fault that rewrites one figure."""

    def apply(draft: Draft, rng: random.Random) -> Draft | None:
        address = picked(draft, rng, wanted, *tables)
        return draft.with_figures({address: rule(draft.figures()[address])}) if address else None

    return apply


def bumped(draft: Draft, steps: Mapping[Address, int]) -> Draft:
    """The draft with these figures raised or lowered."""
    figures = draft.figures()
    return draft.with_figures({address: str(int(figures[address]) + step) for address, step in steps.items()})
