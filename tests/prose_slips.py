"""Ways to spoil the words of one paragraph of an office's prose."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import TypeAlias

from fault import DraftFault
from marked_prose import unmarked
from prose_edits import ATTEMPTS, texts, with_text
from prose_of_offices import written
from rendition import Draft

Slip: TypeAlias = Callable[[str, random.Random], str | None]
"""A paragraph with the fault; None where it cannot have it."""


def in_text(slip: Slip) -> DraftFault:
    """A fault in one paragraph of the prose, the signature left alone."""

    def apply(draft: Draft, rng: random.Random) -> Draft | None:
        for _ in range(ATTEMPTS):
            prose = unmarked(written(draft, rng))
            places = list(enumerate(texts(prose)))[: -len(prose.signature) or None]
            rng.shuffle(places)
            for number, text in places:
                faulty = slip(text, rng)
                if faulty is not None:
                    return with_text(prose, number, faulty)
        return None

    return apply


def in_place_of(right: str, wrong: str) -> Slip:
    """One of the places where a pattern is found, written otherwise."""
    pattern = re.compile(right)

    def apply(text: str, rng: random.Random) -> str | None:
        found = list(pattern.finditer(text))
        if not found:
            return None
        place = rng.choice(found)
        return text[: place.start()] + place.expand(wrong) + text[place.end() :]

    return apply


def any_of(*slips: Slip) -> Slip:
    def apply(text: str, rng: random.Random) -> str | None:
        made = [faulty for slip in slips if (faulty := slip(text, rng)) is not None]
        return rng.choice(made) if made else None

    return apply


def added(*sentences: str) -> Slip:
    """One of these sentences behind another one."""

    def apply(text: str, rng: random.Random) -> str | None:
        stops = [place.end() for place in re.finditer("。", text)]
        place = rng.choice(stops) if stops else None
        return None if place is None else text[:place] + rng.choice(sentences) + text[place:]

    return apply
