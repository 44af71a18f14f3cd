"""Claims of the prose without a figure: that there is none (未收到…, 无…), or that all went one way (均已办结, 均获维持)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gip_lint.annual_report import AnnualReport
from gip_lint.lazy_pattern import compiled
from gip_lint.prose import prose_of
from gip_lint.recognition.prose_figures import SectionProse
from gip_lint.recognition.statement_heads import column_of, named
from gip_lint.recognition.statement_reader import Reader, Statement
from gip_lint.recognition.statement_words import Family, StatementWords

_NEAR = 60
_LONGEST_WORD = 16


def section_claims(report: AnnualReport, words: StatementWords) -> Iterator[Statement]:
    """Sections that say 无 in the heading or as their only word."""
    whole = prose_of(report)
    for section, heading, start, end in whole.sections:
        family = next((f for f in words.families if f.home == section.form.key and f.home_claims), None)
        if family is None:
            continue
        text = "".join(whole.text[start:end].split())
        if compiled(words.heading_none).search(section.heading):
            prose = SectionProse(section, whole, heading, section.heading, ())
        elif len(text) < _LONGEST_WORD and compiled(words.section_none).fullmatch(text):
            prose = SectionProse(section, whole, start, whole.text[start:end].rstrip("。\n"), ())
        else:
            continue
        yield _none(family.table, family.home_claims, prose, 0, len(prose.text))


def _none(
    table: str, about: Sequence[str], prose: SectionProse, start: int, end: int, column: str = "",
    period: str = "", scope: str = "",
) -> Statement:  # fmt: skip
    span = (start, end)
    return Statement(table, tuple(about), 0, "", column, period, scope, False, "", prose, span, span)


def none_claims(reader: Reader) -> list[Statement]:
    """Statements that there is nothing: 未收到…, 无…, …均未发生."""
    text = reader.text
    found: list[Statement] = []
    families = [family for family in reader.families if family.claim]
    if not families or not any(word in text for word in ("未", "无", "没有", "为零")):
        return found
    for match in compiled(reader.words.claims).finditer(text):
        words = reader.plain(match["object"])
        found += _about_nothing(reader, families, words, match["verbs"], match.start(), match.end())
    for match in compiled(reader.words.denied).finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in "，。；：\n") + 1
        words = reader.plain(text[start : match.start()]).rstrip("均都也").lstrip("也并")
        found += _about_nothing(reader, families, words, "", start, match.end())
    return found


def _about_nothing(
    reader: Reader, families: Sequence[Family], words: str, verbs: str, start: int, end: int
) -> Iterator[Statement]:
    """The claim that there is none of what some words name, if they name nothing but what a family knows."""
    family = next((family for family in families if compiled(family.claim).search(words)), None)
    if family is None or not compiled(family.claim_whole).fullmatch(words):
        return
    sentence = max(reader.text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    near = reader.text[max(sentence - _NEAR, 0) : end]
    if family.home != reader.prose.section.form.key and not any(word in near for word in family.context):
        return
    parts, topics, columns = named(family, verbs + words)
    column = column_of(family, columns)
    topic = topics[-1] if topics else family.itself
    own = [topic for topic in topics if topic in family.claim_topics][-1:]
    about = own or [family.claim_topic] if family.claim_topic else [f"{part}.{topic}" for part in dict.fromkeys(parts)]
    if column is None or not about:
        return
    left = reader.plain(reader.text[sentence:start])
    yield _none(
        family.table,
        about,
        reader.prose,
        start,
        end,
        column,
        reader.whose.period(left + words),
        reader.whose.scope(left),
    )


def all_claims(reader: Reader, found: Sequence[Statement]) -> list[Statement]:
    """Claims that all that some statements count went one way, so that nothing else can have become of any of it.

    Only where they directly follow figures of the whole, and the section tells of no exception.
    """
    text = reader.text
    made: list[Statement] = []
    for family in reader.families:
        wholly = family.wholly
        if wholly is None or not any(word in text for word in ("均", "全部", "都")):
            continue
        if compiled(wholly.unless).search(text):
            continue
        known = wholly.of | wholly.beside
        for match in compiled(wholly.says).finditer(text):
            begins = max(text.rfind(mark, 0, match.start()) for mark in "。！？；\n")
            before = [one for one in found if begins < one.figure[0] and one.figure[1] <= match.start()]
            counted = [f for f in reader.prose.figures if begins < f.start and f.end <= match.start()]
            if (
                not before
                or len(before) != len(counted)
                or not all(one.table == family.table and one.plain and one.holds for one in before)
                or not all(known.issuperset(one.about) for one in before)
                or not any(wholly.of.intersection(one.about) for one in before)
                or re.search(r"[^，、）)\s]", text[before[-1].figure[1] : match.start()])
            ):
                continue
            together = any(wholly.beside.intersection(one.about) for one in before)
            topic = wholly.together if together else wholly.topic
            whole = dict.fromkeys(about for one in before for about in one.about if about in wholly.of)
            about = [f"{of.partition('.')[0]}.{topic}" for of in whole] if family.parts else [topic]
            made.append(_none(family.table, about, reader.prose, before[0].words[0], match.end()))
    return made
