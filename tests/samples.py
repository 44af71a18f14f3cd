"""Generated report files: a clean draft, at most one fault, a layout and what converting did to it, as bytes."""

from __future__ import annotations

import random
from dataclasses import dataclass

from clean_drafts import clean_draft
from clean_figures import Size
from fault import Fault, ignorable
from faults import CATALOGUES
from layouts import LAYOUTS, Layout
from mangling import MANGLINGS, Mangling, chosen
from marked_prose import unmarked
from prose_of_offices import written
from rendition import Draft
from web_rendition import WEB_LAYOUTS
from word_rendition import WORD_LAYOUTS

TRIES = 40
FORMATS = {"text": LAYOUTS, "html": WEB_LAYOUTS, "docx": WORD_LAYOUTS}


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    octets: bytes
    layout: Layout
    manglings: tuple[Mangling, ...]
    fault: Fault | None
    draft: Draft
    """With the fault, before mangling."""
    expected: frozenset[str]
    """Any of these rule ids names the fault; empty for a clean report."""
    allowed: frozenset[str]

    @property
    def label(self) -> str:
        manglings = "+".join(mangling.name for mangling in self.manglings)
        return f"{self.name} [{self.layout.name}{', ' + manglings if manglings else ''}]"


def sample(
    seed: str, layout: Layout, fault: Fault | None, manglings: tuple[Mangling, ...], *, by_office: bool = False
) -> Sample | None:
    """One file, the same for the same seed; None where no draft takes the fault. `by_office`: in one office's prose."""
    rng = random.Random(seed)
    for _ in range(TRIES):
        draft = _draft(rng, layout, fault)
        draft = unmarked(written(draft, rng)) if by_office else draft
        faulty = fault.draft(draft, rng) if fault and fault.draft else draft
        if faulty is not None:
            break
    else:
        return None
    return Sample(
        name=f"{seed}-{layout.family}-{layout.variant}-{fault.name if fault else 'clean'}{layout.suffix}",
        octets=_octets(faulty, layout, fault, manglings, rng),
        layout=layout,
        manglings=manglings,
        fault=fault,
        draft=faulty,
        expected=fault.expected(layout, faulty) if fault else frozenset(),
        allowed=fault.allowed(layout, faulty) if fault else ignorable(layout, faulty),
    )


def _draft(rng: random.Random, layout: Layout, fault: Fault | None) -> Draft:
    sizes = list(fault.sizes if fault else Size)
    if not layout.keeps_cell_borders and Size.SINGLE_DIGITS in sizes and (fault or rng.random() < 0.7):
        # Longer figures run together are rightly called glued, which would hide every other fault.
        sizes = [Size.SINGLE_DIGITS]
    return clean_draft(
        rng,
        size=rng.choice(sizes),
        year=rng.choice(fault.years) if fault else None,
        issuer=rng.choice(fault.issuers) if fault else None,
    )


def _octets(
    draft: Draft, layout: Layout, fault: Fault | None, manglings: tuple[Mangling, ...], rng: random.Random
) -> bytes:
    for mangling in manglings:
        if mangling.draft:
            draft = mangling.draft(draft, rng)
    if layout.write is not None:
        return layout.write(draft, rng)
    text = layout.render(draft, rng)
    if fault and fault.text:
        text = fault.text(text, rng)
    for mangling in manglings:
        if mangling.text:
            text = mangling.text(text, draft, rng)
    encode = next((mangling.encode for mangling in manglings if mangling.encode), str.encode)
    octets = encode(text)
    return fault.octets(octets, rng) if fault and fault.octets else octets


def selected_layouts(name: str | None, form: str = "text") -> list[Layout]:
    """Layouts of a family, or one `family/variant`, or all of a format."""
    layouts = [layout for layout in FORMATS[form] if name in (None, layout.family, layout.name)]
    if not layouts:
        raise ValueError(f"no layout {name}; there are {', '.join(layout.name for layout in FORMATS[form])}")
    return layouts


def selected_manglings(rng: random.Random, layout: Layout, fault: Fault | None, name: str) -> tuple[Mangling, ...]:
    """`some` (at random, fewer beside a fault), `none`, or the one named; only what fits layout and fault."""
    if name == "none":
        return ()
    if name == "some":
        picked = chosen(rng, layout, 1 if fault else 3)
    else:
        picked = tuple(mangling for mangling in MANGLINGS if mangling.name == name and mangling.fits(layout))
    if layout.write is not None:
        picked = tuple(mangling for mangling in picked if mangling.draft)
    # A fault in the bytes or around the text has to stay as it was made.
    return () if fault and not fault.draft else picked


def samples(
    count: int | None,
    seed: int,
    layout: str | None,
    fault: str | None,
    mangling: str,
    form: str = "text",
    catalogue: str = "tables",
) -> list[Sample]:
    """`count` files, every other one clean; without a count every fault and three clean files in every layout."""
    layouts = selected_layouts(layout, form)
    known = CATALOGUES[catalogue]
    faults = [known[fault]] if fault and fault != "clean" else list(known.values())
    faults = [each for each in faults if any(each.shows(one) for one in layouts)]
    pairs: list[tuple[Layout, Fault | None]] = []
    if count is None:
        for one in layouts:
            pairs += [] if fault and fault != "clean" else [(one, None)] * 3
            pairs += [] if fault == "clean" else [(one, each) for each in faults if each.shows(one)]
    else:
        rng = random.Random(seed)
        while len(pairs) < count and (faults or fault == "clean"):
            one = rng.choice(layouts)
            clean = fault == "clean" or (fault is None and len(pairs) % 2 == 0)
            each = None if clean else rng.choice(faults)
            if each is None or each.shows(one):
                pairs.append((one, each))
    made = []
    for number, (one, each) in enumerate(pairs):
        name = f"{seed}-{number:05d}"
        manglings = selected_manglings(random.Random(f"{name} manglings"), one, each, mangling)
        by_office = each is None and (catalogue == "prose" or (catalogue == "all" and number % 4 == 0))
        made.append(sample(name, one, each, manglings, by_office=by_office))
    return [one for one in made if one is not None]
