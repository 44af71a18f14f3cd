"""The opinion sheet (核查意见表) for signature: a Word document, one sheet a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from gip_lint.finding import Audit, Run
from gip_lint.reporters import Request
from gip_lint.reporters.headings import headings
from gip_lint.reporters.sheet import Opinion, gaps_by_cause, not_audited, opinions, result, unit
from gip_lint.reporters.word_document import (
    HEADING_FONT,
    WIDTH,
    Element,
    Look,
    cell,
    paragraph,
    row,
    table,
    word_document,
)

# Key of the heading, width in twips, alignment.
_COLUMNS = (
    ("number", 520, "center"),
    ("severity", 640, "center"),
    ("matter", 1500, "left"),
    ("opinion", 3150, "left"),
    ("place", 2250, "left"),
    ("reported", 900, "right"),
    ("computed", 760, "right"),
    ("difference", 640, "right"),
    ("suggestion", 2010, "left"),
    ("basis", 2200, "left"),
)
_SIGNATURES = (1900, 3000, 1900, 3000, 1000, WIDTH - 10800)

_TITLE = Look(40, HEADING_FONT, bold=True, align="center", after=160, keep=True)
_ABOUT = Look(keep=True, after=80)
_RESULT = Look(before=160, after=80, keep=True)
_SMALL = Look(19, after=120, keep=True)
_CELL = Look(19)
_CELL_HEADING = Look(19, HEADING_FONT, bold=True, align="center")
_SIGNATURE = Look(font=HEADING_FONT, align="center", keep=True)


def report(request: Request) -> bytes:
    """The document as a file."""
    words = headings(request.language)
    return word_document(_blocks(request.run, request.language, words), words["page-of"])


def _blocks(run: Run, language: str, words: dict[str, str]) -> Iterator[Element]:
    for number, audit in enumerate(run.audits):
        yield from _sheet(audit, language, words, new_page=number > 0)
    if not run.audits:
        yield paragraph(words["title"], _TITLE)
        yield paragraph(words["no-reports"], Look())
    yield from _closing_page(words["not-audited"], ["　".join(item) for item in not_audited(run, language)])
    yield from _closing_page(words["problems"], [problem.in_language(language) for problem in run.problems])


def _closing_page(title: str, lines: Sequence[str]) -> Iterator[Element]:
    """What concerns no report but has to be known before any is signed."""
    if lines:
        yield paragraph(title, _TITLE._replace(new_page=True))
        yield from (paragraph(line, Look()) for line in lines)


def _sheet(audit: Audit, language: str, words: dict[str, str], *, new_page: bool) -> Iterator[Element]:
    """Title, whose report, the table, how much was checked, and the place to sign, which never stands alone."""
    colon, semicolon = (": ", "; ") if language == "en" else ("：", "；")
    yield paragraph(words["title"], _TITLE._replace(new_page=new_page))
    about = [("unit", unit(audit, language))]
    if audit.checked:
        about += [("year", str(audit.year or "—")), ("edition", audit.edition or "—")]
    about.append(("file", audit.path))
    yield paragraph("　　".join(f"{words[key]}{colon}{value}" for key, value in about), _ABOUT)
    rows = list(opinions(audit, language))
    if rows:
        yield _opinions(rows, words, semicolon)
    yield paragraph(result(audit, language), _RESULT)
    unchecked = gaps_by_cause(audit, language)
    if unchecked:
        stop = ". " if language == "en" else "。"
        yield paragraph(f"{words['gaps']}{colon}{stop.join(unchecked)}", _SMALL)
    yield _signatures(words)


def _opinions(rows: Sequence[Opinion], words: dict[str, str], semicolon: str) -> Element:
    lines = [row([cell(words[key], width, _CELL_HEADING, shade="E7EBF0") for key, width, _ in _COLUMNS], header=True)]
    for opinion in rows:
        texts = (
            str(opinion.number),
            opinion.severity,
            opinion.title,
            semicolon.join(part for part in (opinion.message, opinion.note) if part),
            semicolon.join(part for part in (opinion.address, opinion.source) if part),
            _shown(opinion.reported),
            _shown(opinion.computed),
            _shown(opinion.difference),
            opinion.suggestion,
            opinion.basis,
        )
        lines.append(
            row(
                cell(text, width, _CELL._replace(align=align))
                for text, (_, width, align) in zip(texts, _COLUMNS, strict=True)
            )
        )
    return table([width for _, width, _ in _COLUMNS], lines)


def _shown(value: str | int | Decimal) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _signatures(words: dict[str, str]) -> Element:
    """The unit's reply, then who checked, who reviewed, and when."""
    first, *others = _SIGNATURES
    reply = [cell(words["reply"], first, _SIGNATURE), cell("", sum(others), _SIGNATURE, span=len(others))]
    texts = (words["checked-by"], "", words["reviewed-by"], "", words["date"], words["date-blank"])
    signing = [
        cell(text, width, _SIGNATURE._replace(keep=False)) for text, width in zip(texts, _SIGNATURES, strict=True)
    ]
    return table(_SIGNATURES, [row(reply, height=1300), row(signing, height=850)])
