"""A table of contents typed above a report: its lines are headings, yet open no section."""

from __future__ import annotations

from gip_lint.document import Paragraph
from gip_lint.recognition.walk import OpenSection

FEWEST_ENTRIES = 3
LONGEST_ENTRY = 30


def leave_out_contents(sections: list[OpenSection], preface: list[Paragraph]) -> None:
    """Move to the preface what stands in first sections that are bare headings and all come again below."""
    keys = [section.heading.key for section in sections]
    end = keys.index(keys[0], 1) if keys and keys[0] in keys[1:] else 0
    listed = sections[:end]
    if (
        end < FEWEST_ENTRIES
        or not set(keys[end:]).issuperset(keys[:end])
        or any(section.has_table for section in listed)
        or not all(_is_entry(line.text) for section in listed[:-1] for line in section.paragraphs)
    ):
        return
    del sections[:end]
    for section in listed:
        preface += section.paragraphs


def _is_entry(text: str) -> bool:
    """Whether it may stand in a table of contents: a few words, or what divides the entries, no sentence."""
    text = text.strip("；。")
    return len(text) <= LONGEST_ENTRY and "。" not in text and "；" not in text
