"""Reads plain text and Markdown: decodes the bytes and finds grids by their separators, never by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gip_lint.document import Document, Grid, GridCell, Location, Paragraph, SourceNote, display_width
from gip_lint.errors import UnreadableFile
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.memory import Memory
from gip_lint.readers.comment import without_comments
from gip_lint.readers.composition import MAX_CELLS, too_many_cells
from gip_lint.readers.drawn_table import drawn_table
from gip_lint.readers.tagged_table import tagged_table

MAX_BYTES = 20_000_000
MAX_LINES = 200_000
LONGEST_PLAIN_LINE = 10_000
MOST_ROWS = 4_000

_CONTROL = LazyPattern(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_BOOKMARK = LazyPattern(r"\[bookmark: [^\]]*\]")
_RULE_LINE = LazyPattern(r"[\s|:+=\-─━┄┈┌┬┐├┼┤└┴┘│┃]+")
_CORNERS = frozenset("+┌┏╔╭╒╓")
_PADDED = LazyPattern(r"[^ \u3000]+(?: [^ \u3000]+)*")
_TAGS_ONLY = LazyPattern(r"(?:\s*</?(?:div|center|p|br|hr|span|font)\b[^<>]*>)+\s*", re.IGNORECASE)
_STYLE_TAG = LazyPattern(r"</?(?:span|font|b|i|u|s|em|strong|sup|sub|small|big|mark|o:p)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = LazyPattern(r"<br\s*/?>", re.IGNORECASE)
_new = tuple.__new__  # half the time of the named tuple's own; a report has hundreds of cells and paragraphs
_EDGES = " \t\u3000\xa0\f\u200b\ufeff"
_PIPES = str.maketrans("｜│┃", "|||")
_PAGE_OF_PAGES = LazyPattern(r"[\d\s/—–－·-]*\d[\d\s/—–－·-]*")
_NUMBERED = LazyPattern(r"[一二三四五六七八九十]+、|[#*]")


def decode(data: bytes) -> tuple[str, list[SourceNote]]:
    """The text of a file and what had to be assumed to read it.

    UTF-8 (with or without BOM), UTF-16 with BOM, GB18030. Raises `UnreadableFile` for binary data.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), [_encoding_note("UTF-16")]
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                f"UTF-16 文本在第 {error.start} 字节处损坏", f"broken UTF-16 at byte {error.start}"
            ) from error
    if b"\x00" in data:
        raise UnreadableFile("是二进制文件，不是文本", "a binary file, not text")
    notes = []
    if data.startswith(b"\xef\xbb\xbf"):
        notes.append(_encoding_note("UTF-8 BOM"))
        data = data[3:]
    try:
        return data.decode("utf-8"), notes
    except UnicodeDecodeError:
        pass
    lossy = data.decode("utf-8", "replace")
    strange = _beyond_ascii(lossy)
    lost = lossy.count("\ufffd")
    if lost * 20 > strange:  # more than one character in twenty is no UTF-8: another encoding, not damage
        try:
            return data.decode("gb18030"), [_encoding_note("GB18030")]
        except UnicodeDecodeError:
            as_gb = data.decode("gb18030", "replace")
            if as_gb.count("\ufffd") * 20 > _beyond_ascii(as_gb):
                raise UnreadableFile(
                    "不是 UTF-8、UTF-16 或 GB18030 文本", "neither UTF-8, UTF-16 nor GB18030 text"
                ) from None
            lossy, notes = as_gb, [_encoding_note("GB18030")]
    return lossy, notes + _undecodable(lossy)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _encoding_note(name: str) -> SourceNote:
    return SourceNote("encoding", Location(1, 1, 1, 1), {"encoding": name})


def _undecodable(text: str) -> list[SourceNote]:
    notes = []
    for number, line in enumerate(_split_lines(text), 1):
        column = line.find("\ufffd")
        if column >= 0:
            location = Location(number, column + 1, number, column + 1)
            notes.append(SourceNote("undecodable", location, {"count": line.count("\ufffd")}))
    return notes


def _split_lines(text: str) -> list[str]:
    # Not str.splitlines: it also breaks at characters that no editor counts as a line end.
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n")


def source_text(data: bytes) -> str:
    """The text as it stands in the file, comments and all. Raises `UnreadableFile`."""
    return decode(data)[0]


def read(data: bytes, path: str) -> Document:
    """Read the bytes of one text or Markdown file.

    Raises `UnreadableFile` when there is nothing to read, the data is no text, or a limit is exceeded.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            f"文件 {len(data):,} 字节，超过 {MAX_BYTES:,} 字节的上限，未读取",
            f"{len(data):,} bytes, more than the limit of {MAX_BYTES:,}; not read",
        )
    text, notes = decode(data)
    if not text.strip("\ufeff \t\r\n\u3000\xa0"):
        raise UnreadableFile("文件是空的", "the file is empty")
    text = without_comments(text)
    lines = _split_lines(text)
    if len(lines) > MAX_LINES:
        raise UnreadableFile(f"超过 {MAX_LINES:,} 行，不是年度报告，未读取", f"more than {MAX_LINES:,} lines; not read")
    notes += conversion_marks(lines)
    blocks = text_blocks(_split_lines(_without_styles(text)) if "</" in text else lines)
    return Document(path, tuple(blocks), tuple(lines), tuple(notes))


def _without_styles(text: str) -> str:
    """The text with nothing in the places of tags that only say how words look; every character stays where it is."""
    return _STYLE_TAG.sub(lambda tag: re.sub(r"[^\n\r]", "\u200b", tag.group()), text)


def text_blocks(lines: list[str]) -> list[Paragraph | Grid]:
    """The paragraphs and grids in lines of text. Raises `UnreadableFile` when there are too many cells."""
    return _Blocks(lines).blocks


def conversion_marks(lines: Sequence[str]) -> list[SourceNote]:
    """What converters left in the text: a note for each kind in each line."""
    text = "\n".join(lines)
    if "[bookmark:" not in text and not _CONTROL.search(text):
        return []
    notes = []
    for number, line in enumerate(lines, 1):
        for pattern in (_BOOKMARK, _CONTROL):
            mark = pattern.search(line)
            if mark:
                shown = mark.group() if mark.group().isprintable() else f"U+{ord(mark.group()):04X}"
                place = Location(number, mark.start() + 1, number, mark.end())
                notes.append(SourceNote("conversion-mark", place, {"mark": shown}))
    return notes


class _Blocks:
    """Groups the lines of one text into paragraphs and grids."""

    def __init__(self, lines: list[str]) -> None:
        self.blocks: list[Paragraph | Grid] = []
        self._rows: list[tuple[GridCell, ...]] = []
        self._ruled = True
        self._cells = 0
        self._read(lines)

    def _read(self, lines: list[str]) -> None:
        whole = "\n".join(lines)
        # what no line has need not be looked for in each
        tagged, drawn = "<" in whole, any(corner in whole for corner in _CORNERS)
        barred = "│" in whole or "｜" in whole or "┃" in whole
        i = 0
        count = len(lines)
        while i < count:
            line = lines[i]
            if line[:1] == ">":  # a Markdown quotation
                line = " " * (len(line) - len(line.lstrip("> "))) + line.lstrip("> ")
            if len(line) > LONGEST_PLAIN_LINE:
                self._count_cells(line)
            if tagged and "<" in line and (table := tagged_table(lines, i)) is not None:
                self._close()
                blocks, i = table
                self.blocks += blocks
                continue
            if "\t" in line:
                if _is_lone_cell(line) and _starts_dump(lines, i):
                    i = self._dump(lines, i)
                    continue
                self._row(_split_cells(line, i + 1, "\t"), ruled=True)
            elif not line or line.isspace():
                pass
            elif drawn and line.lstrip()[:1] in _CORNERS and (rows_drawn := drawn_table(lines, i)) is not None:
                rows, i = rows_drawn
                for cells in rows:
                    self._row(cells, ruled=True)
                self._close()
                continue
            elif "|" in line:
                self._pipes(line, i + 1)
            elif barred and ("│" in line or "｜" in line or "┃" in line):
                self._pipes(line.translate(_PIPES), i + 1)
            elif ("  " in line or "\u3000" in line) and (cells := _split_padded(line, i + 1)):
                self._row(cells, ruled=False)
            elif ("---" in line and _RULE_LINE.fullmatch(line)) or ("<" in line and _TAGS_ONLY.fullmatch(line)):
                pass
            else:
                self._paragraph(line, i + 1)
            i += 1
        self._close()

    def _count_cells(self, line: str) -> None:
        """A single line may be a million cells: counted before any of them is made."""
        if self._cells + max(line.count("\t"), line.count("|"), line.count("  ")) > MAX_CELLS:
            raise too_many_cells()

    def _paragraph(self, line: str, number: int) -> None:
        self._close()
        text = line.strip(" \t\u3000\xa0\f\ufeff\u200b")
        if text:
            start = line.find(text) + 1 if line[0] != text[0] else 1
            self.blocks.append(_new(Paragraph, (text, number, start)))

    def _row(self, cells: tuple[GridCell, ...], *, ruled: bool) -> None:
        if self._rows and self._ruled != ruled:
            self._close()
        self._ruled = ruled
        self._rows.append(cells)
        self._cells += len(cells)
        if self._cells > MAX_CELLS:
            raise too_many_cells()

    def _close(self) -> None:
        if self._rows:
            self.blocks.append(Grid(tuple(self._rows), self._ruled))
            self._rows = []

    def _pipes(self, line: str, number: int) -> None:
        if _RULE_LINE.fullmatch(line) and ("--" in line or " " not in line.strip()) and line.strip() != "|":
            return
        cells = list(_split_cells(line, number, "|"))
        stripped = line.strip()
        if stripped[-1] == "|":
            cells.pop()
        if stripped[0] == "|" and len(cells) > 1:
            cells = cells[1:]
        self._row(tuple(cells), ruled=True)

    def _dump(self, lines: list[str], start: int) -> int:
        """Read a word processor's dump: a tab leads every cell, a blank line ends every row. Returns the next line."""
        row: list[GridCell] = []
        i = start
        while i < len(lines):
            line = lines[i]
            if _is_lone_cell(line):
                text = _clean(line)
                row.append(GridCell(text, i + 1, line.find(text or "\t") + 1))
            elif not line.strip():
                if row:
                    self._row(tuple(row), ruled=True)
                row = []
                following = i + 1
                while following < len(lines) and not lines[following].strip(" \r\f"):
                    following += 1
                if following >= len(lines) or not _is_lone_cell(lines[following]):
                    self._close()
                    return following
                i = following
                continue
            elif row and row[-1].text and _continues(line, row[-1].text):
                text = line.strip()
                if "\t" in text or text.isdigit():  # cells that ran together on a line, or a figure that lost its tab
                    row += [cell for cell in _split_cells(line, i + 1, "\t") if cell.text]
                else:
                    row[-1] = row[-1]._replace(text=f"{row[-1].text}\n{text}")
            else:
                break
            i += 1
        if row:
            self._row(tuple(row), ruled=True)
        self._close()
        return i


def _is_lone_cell(line: str) -> bool:
    return line.count("\t") == 1 and (line[0] == "\t" or line.lstrip(" ")[0] == "\t")


def _starts_dump(lines: list[str], i: int) -> bool:
    """Three such cells with nothing but blank or wrapped lines between them are a dump, not a ragged row."""
    seen = 0
    for line in lines[i : i + 12]:
        if "\t" in line:
            if not _is_lone_cell(line):
                return False
            seen += 1
            if seen == 3:
                return True
    return False


def _continues(line: str, before: str) -> bool:
    """A short line without a tab is the rest of a wrapped cell, unless it could begin something of its own."""
    text = line.strip()
    return (
        len(text) <= 20
        and not _NUMBERED.match(text)
        and not any(mark in text for mark in "。；！？：")
        and not before[-1:].isdigit()
        and (text.isdigit() or not _PAGE_OF_PAGES.fullmatch(text))
    )


def _clean(text: str) -> str:
    text = text.strip(_EDGES)
    if "*" in text:
        text = text.strip("*").strip() or text
    if "<" in text:
        text = _TAG.sub("\n", text).strip()
    return text.replace("\u200b", "")


def _split_cells(line: str, number: int, separator: str) -> tuple[GridCell, ...]:
    return tuple([_new(GridCell, (text, number, column, 0)) for text, column in _SPLIT[line, separator]])


def _split(asked: tuple[str, str]) -> list[tuple[str, int]]:
    """The texts of the cells in a line and their columns."""
    line, separator = asked
    cells = []
    column = 1
    for piece in line.split(separator):
        text = piece.strip(_EDGES)
        if "*" in text or "<" in text or "\u200b" in text:
            text = _clean(text)
        start = column + piece.find(text[0]) if text and piece[0] != text[0] else column
        cells.append((text, start))
        column += len(piece) + 1
    return cells


_SPLIT = Memory(_split, MOST_ROWS)  # the rows of most reports are the official labels and zeros


def _split_padded(line: str, number: int) -> tuple[GridCell, ...]:
    """Cells separated by two or more spaces (or an ideographic one), with their display position; empty if only one."""
    cells = []
    ideographic = "\u3000" in line
    wide = end = 0  # wide characters so far, and where the last cell ended
    for piece in _PADDED.finditer(line):
        start = piece.start()
        if ideographic:
            wide += line.count("\u3000", end, start)
        text = piece.group()
        bare = text.strip("\f\xa0")
        if bare:
            cells.append(GridCell(bare, number, start + text.find(bare) + 1, start + wide))
        end = start + len(text)
        if not text.isascii():
            wide += display_width(text) - len(text)
    return tuple(cells) if len(cells) > 1 else ()
