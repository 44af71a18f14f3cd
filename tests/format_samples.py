"""Drafts with one known fault each, for rendering into any format that keeps cells and their borders."""

from __future__ import annotations

from collections.abc import Iterator

from faults import FAULTS
from layouts import LAYOUTS
from samples import Sample, sample

# The fault's own rule is expected where a cell keeps its borders and a row its line, as in this layout.
_CELLS = next(layout for layout in LAYOUTS if layout.name == "markdown/plain")


def faulty_samples(times: int, seed: int) -> Iterator[Sample]:
    """Every fault that is in the draft rather than in its text or bytes, `times` over."""
    for fault in FAULTS.values():
        if fault.draft is None or fault.text or fault.octets or fault.apart or not fault.fits(_CELLS):
            continue
        for number in range(times):
            made = sample(f"{seed}-{number}-{fault.name}", _CELLS, fault, ())
            if made is not None:
                yield made
