"""One report rendered to text, Markdown, web page, Word, ODT, PDF and OFD: read back, they are the same report.

Held together by `compare` itself: title, headings, labels, every cell, and the prose between them.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from clean_drafts import clean_draft
from gip_lint.annual_report import AnnualReport
from gip_lint.builtin_rules import load_rules
from gip_lint.comparison import compare
from gip_lint.engine import audit
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from layouts import LAYOUTS, Layout
from odt_rendition import rendered as odt
from ofd_rendition import ofd_of
from pdf_rendition import Style, pdf_of
from rendition import Draft
from web_rendition import WEB_LAYOUTS as PAGES
from word_rendition import Habits, render

RULES = load_rules()
RECOGNISER = Recogniser(RULES.forms)

# Text whose separators are lost is not told apart from what might have stood there otherwise.
TEXTS = [layout for layout in LAYOUTS if layout.keeps_cell_borders and layout.keeps_blank_cells]


def text(layout: Layout) -> Callable[[Draft, random.Random], tuple[bytes, str]]:
    suffix = ".md" if layout.family == "markdown" else ".txt"
    return lambda draft, rng: (layout.render(draft, rng).encode(), suffix)


def file(layout: Layout) -> Callable[[Draft, random.Random], tuple[bytes, str]]:
    assert layout.write is not None
    write = layout.write
    return lambda draft, rng: (write(draft, rng), layout.suffix)


RENDITIONS: dict[str, Callable[[Draft, random.Random], tuple[bytes, str]]] = {
    **{layout.name: text(layout) for layout in TEXTS},
    **{layout.name: file(layout) for layout in PAGES},
    "word": lambda draft, rng: (render(draft, Habits.some(rng), rng), ".docx"),
    "odt": lambda draft, rng: (odt(draft, rng), ".odt"),
    "pdf": lambda draft, rng: (pdf_of(draft, Style.any(rng)), ".pdf"),
    "ofd": lambda draft, rng: (ofd_of(draft, Style.any(rng), rng), ".ofd"),
}


def recognised(name: str, draft: Draft, rng: random.Random) -> AnnualReport:
    data, suffix = RENDITIONS[name](draft, rng)
    return RECOGNISER.recognise(read_document(data, f"report{suffix}"))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**9), name=st.sampled_from(sorted(RENDITIONS)))
def test_every_rendition_says_the_same(seed: int, name: str) -> None:
    draft = clean_draft(random.Random(seed))
    original = recognised("markdown/plain", draft, random.Random(seed))
    other = recognised(name, draft, random.Random(seed))
    comparison = compare(original, other)
    assert [(d.kind.value, d.address, d.left.text, d.right.text) for d in comparison.differences] == []
    assert comparison.not_compared == ()
    assert comparison.cells == len(draft.figures())
    assert (original.issuer, original.year) == (other.issuer, other.year)
    coverage = [audit("", report, RULES.rules, {}).coverage for report in (original, other)]
    assert coverage[0] == coverage[1]
