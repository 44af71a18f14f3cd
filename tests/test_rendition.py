"""The generator is right by itself: clean figures add up, every layout shows them, every fault is a fault."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest

from clean_drafts import clean_draft
from clean_figures import broken_relations
from fault import Fault
from faults import FAULTS, GROUPS
from layouts import LAYOUTS, Layout
from mangling import MANGLINGS
from rendition import empty_table
from samples import sample, samples

TOPIC_WORDS = {
    "disclosure": "主动公开",
    "applications": "依申请|政府信息公开申请",
    "management": "信息管理",
    "platform": "平台|网站|新媒体",
    "supervision": "监督|保障|考核|培训",
}


def digits(text: str) -> str:
    return "".join(re.findall(r"\d", unicodedata.normalize("NFKC", text)))


@pytest.mark.parametrize(("edition", "cells"), [("2019", (22, 161, 15)), ("2021", (10, 175, 15))])
def test_the_form_has_as_many_cells_as_the_notice(edition: str, cells: tuple[int, ...]) -> None:
    tables = [empty_table(edition, key) for key in ("disclosure", "applications", "reviews")]
    counted = [sum(len(row.figures) for block in table.blocks for row in block.rows) for table in tables]
    assert tuple(counted) == cells


def test_clean_drafts_are_filled_and_add_up() -> None:
    for seed in range(150):
        draft = clean_draft(random.Random(seed))
        assert "" not in draft.figures().values()
        assert broken_relations(draft) == set()


def test_overview_has_every_topic_in_its_own_paragraph_and_is_short() -> None:
    for seed in range(150):
        opening, *topics = clean_draft(random.Random(seed)).sections[0].before
        assert len("".join([opening, *topics])) < 1000
        for place, words in enumerate(TOPIC_WORDS.values()):
            assert [bool(re.search(words, text)) for text in topics] == [number == place for number in range(5)]
            assert not re.search(words, opening)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_layout_shows_every_figure_in_order(layout: Layout) -> None:
    for seed in range(12):
        draft = clean_draft(random.Random(seed))
        text = layout.render(draft, random.Random(seed))
        figures = iter(re.findall(r"[-+\d.]+", text) if layout.keeps_cell_borders else digits(text))
        for (table, _, _), figure in draft.figures().items():
            # Wrapped labels of padded columns stand between figures, so only their order can be asked for.
            for part in [figure] if layout.keeps_cell_borders else digits(figure):
                assert part in figures, (table, figure)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.name)
def test_every_fault_can_be_made_and_changes_the_report(fault: Fault) -> None:
    layouts = [layout for layout in LAYOUTS if fault.fits(layout)]
    for seed, layout in enumerate(random.Random(fault.name).sample(layouts, 6)):
        one = sample(str(seed), layout, fault, ())
        assert one is not None
        assert fault.rule in one.expected
        if fault.draft:
            again = fault.draft(clean_draft(random.Random(seed), year=fault.years[0]), random.Random(seed))
            assert again != clean_draft(random.Random(seed), year=fault.years[0])


def test_faults_of_the_balance_break_the_relation_they_name() -> None:
    worked_out = {"application-balance", "applicant-total", "outcome-total", "review-total", "litigation-total"}
    for fault in GROUPS["balance"]:
        for seed in range(8):
            one = sample(str(seed), LAYOUTS[0], fault, ())
            assert one is not None
            assert broken_relations(one.draft) & worked_out >= {fault.rule} & worked_out, fault.name
            if fault.rule not in worked_out:
                assert broken_relations(one.draft) == set(), fault.name


def test_cell_and_amount_faults_leave_the_rest_of_the_figures_balanced() -> None:
    for fault in (*GROUPS["cells"], *GROUPS["amounts"]):
        if fault.rule == "negative-count":
            continue
        for seed in range(4):
            one = sample(str(seed), LAYOUTS[0], fault, ())
            assert one is not None
            assert broken_relations(one.draft) == set(), fault.name


def test_every_mangling_works_on_every_layout_it_fits() -> None:
    for mangling in MANGLINGS:
        for layout in LAYOUTS:
            if mangling.fits(layout):
                for seed in range(2):
                    assert sample(str(seed), layout, None, (mangling,)) is not None


def test_the_same_seed_makes_the_same_bytes() -> None:
    first, second = (samples(60, 7, None, None, "some") for _ in range(2))
    assert [(one.name, one.octets) for one in first] == [(one.name, one.octets) for one in second]
    assert len(first) == 60
