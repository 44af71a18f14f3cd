"""Collects what belongs to the official tables: header labels, rows with their labels and whatever follows them.

The labels are the anchors; what stands between two of them are the values of the first. This works alike for
tab-separated rows, Markdown, padded columns, one cell a line and text without any separator.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gip_lint.annual_report import State
from gip_lint.document import GridCell, Location
from gip_lint.recognition.characters import fold, label_key
from gip_lint.recognition.figure import BLANK, Figure, read_figure
from gip_lint.recognition.vocabulary import Label, Token, Vocabulary

LONGEST_LABEL = 48
MOST_PARTIALS = 24  # a header of fifteen columns over several lines, and the labels beside it
PROSE_MARKS = frozenset("。；！？")
_UNIT_PART = re.compile(r"单位|万元|元|保留|小数")


class Slot(NamedTuple):
    """A possible value: a figure, a blank between two separators, or text where a figure is due."""

    text: str
    figure: Figure
    line: int
    column: int
    offset: int  # display column in padded tables
    index: int  # cell within its source row
    source: int  # number of that source row


@dataclass(slots=True)
class Leaf:
    """A column label in the header; `key` is None for a column that the form does not have."""

    key: str | None
    text: str
    line: int
    column: int
    offset: int
    index: int
    unit: str | None = None
    decimals: int | None = None
    exact: bool = True
    tail: str = ""  # the rest of a label that was broken off


@dataclass(slots=True)
class Header:
    """The labels above a run of rows."""

    caption: str = ""
    leaves: list[Leaf] = field(default_factory=list)
    ruled: bool = True
    due: int = 0  # how many values the labels announce; counted when the first row begins


@dataclass(slots=True)
class FoundRow:
    """A row label and the slots that follow it. `key` is None while the label is incomplete or in no form."""

    key: str | None
    text: str
    line: int
    column: int
    index: int
    header: Header
    ruled: bool
    exact: bool = True
    group: bool = False
    slots: list[Slot] = field(default_factory=list)
    filled: list[Slot] = field(default_factory=list)  # the slots that hold anything
    width: int = 0
    source: int = 0
    offset: int = 0
    candidate: str | None = None  # what an inexact label resembles

    @property
    def location(self) -> Location:
        """Where the label stands."""
        return Location(self.line, self.column, self.line, self.column + max(len(self.text), 1) - 1)

    def add(self, slot: Slot) -> None:
        """Append what stands after the label."""
        self.slots.append(slot)
        if slot.figure is not BLANK:
            self.filled.append(slot)

    def figures(self) -> list[Slot]:
        """The slots that hold anything."""
        return self.filled


@dataclass(slots=True)
class _Partial:
    """The beginning of a label that goes on in a later line or cell."""

    text: str
    line: int
    column: int
    offset: int
    index: int
    row: FoundRow | None = None


@dataclass(slots=True)
class FoundTable:
    """Everything collected for one official table."""

    key: str
    headers: list[Header] = field(default_factory=list)
    rows: list[FoundRow] = field(default_factory=list)
    note: str | None = None
    location: Location | None = None
    groups: list[tuple[str, str, Location]] = field(default_factory=list)


class TableScan:
    """Feeds on the lines and rows of a report in reading order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.tables: dict[str, FoundTable] = {}
        self.context: str | None = None
        self.strong = False  # a label that only a table has was met since the context began
        self._row: FoundRow | None = None
        self._header: Header | None = None
        self._heading_columns = True
        self._partials: list[_Partial] = []
        self._source_row = 0

    def enter(self, table: str | None) -> None:
        """A section heading says which table, if any, comes next."""
        self._close_partials()
        self.context = table
        self.strong = False
        self._row = None
        self._header = None
        self._heading_columns = True

    # -- what belongs to a table --------------------------------------------------------------------------------------

    def feed_row(self, cells: Sequence[GridCell], *, ruled: bool) -> bool:
        """Take a row of a grid; False if it is none of an official table's."""
        read = self._vocabulary.read
        tokens = [read(cell.text) for cell in cells]
        if not ruled:
            return self._feed_padded(cells, tokens)
        known = False
        for token in tokens:
            if token.label is not None:
                known = True
                if self.context is None or not token.label.within(self.context):
                    self._switch(token.label)
        if self.context is None:
            return False
        if not known and not self._belongs(cells, tokens):
            return False
        self._source_row += 1
        placed = []
        for index, (cell, token) in enumerate(zip(cells, tokens, strict=True)):
            if token.label is None and token.figure is None and cell.text and not self._joins(cell.text):
                cut = self._cut(cell.text)
                if cut is not None:
                    for piece in cut:
                        if piece.label is not None:
                            self._switch(piece.label)
                        place = cell._replace(text=piece.text, column=cell.column + piece.column)
                        placed.append((place, piece, index))
                    continue
            placed.append((cell, token, index))
        self._take(placed, ruled=True, width=len(cells))
        return True

    def _cut(self, text: str) -> tuple[Token, ...] | None:
        """A cell that holds several labels, or a label and figures; None when it is none of that."""
        if len(text) > LONGEST_LABEL * 2 and not any(char.isdigit() for char in text):
            return None
        tokens = self._vocabulary.cut(text)
        known = all(token.label is not None or token.figure is not None for token in tokens)
        return tokens if known and (len(tokens) > 2 or any(token.label is not None for token in tokens)) else None

    def _feed_padded(self, cells: Sequence[GridCell], tokens: Sequence[Token]) -> bool:
        placed: list[tuple[GridCell, Token, int]] = []
        labels = figures = others = 0
        cells = [part for cell in cells for part in self._parted(cell)]
        tokens = [self._vocabulary.read(cell.text) for cell in cells]
        for cell, token in zip(cells, tokens, strict=True):
            if token.label is None and token.figure is None and not self._joins(cell.text):
                cut = self._vocabulary.cut(cell.text)
                if len(cut) > 1:
                    for piece in cut:
                        offset = cell.offset + sum(2 if ord(c) >= 0x1100 else 1 for c in cell.text[: piece.column])
                        placed.append(
                            (GridCell(piece.text, cell.line, cell.column + piece.column, offset), piece, len(placed))
                        )
                        labels += piece.label is not None
                        figures += piece.figure is not None
                        others += piece.label is None and piece.figure is None
                    continue
            placed.append((cell, token, len(placed)))
            labels += token.label is not None
            figures += token.figure is not None
            others += token.label is None and token.figure is None
        text = "".join(cell.text for cell in cells)
        if any(mark in text for mark in PROSE_MARKS):
            return False
        for _, token, _ in placed:
            if token.label is not None and (self.context is None or not token.label.within(self.context)):
                self._switch(token.label)
        if self.context is None:
            return False
        if not labels and not self._belongs([cell for cell, _, _ in placed], [token for _, token, _ in placed]):
            return False
        self._source_row += 1
        self._take(placed, ruled=False, width=len(placed))
        return True

    def feed_figure(self, text: str, line: int, column: int) -> bool:
        """Take a line that is one value of a row still short of values; False if it is anything else."""
        row = self._row
        if row is None or self._heading_columns or self._partials or row.group or len(row.filled) >= self._due(row):
            return False
        figure = self._vocabulary.read(text).figure
        if figure is None or figure.state is not State.NUMBER or "spaced" in figure.oddities or row.width > 1:
            return False
        self._source_row += 1
        row.add(Slot(text, figure, line, column, column - 1, 0, self._source_row))
        row.ruled = False
        return True

    def _parted(self, cell: GridCell) -> list[GridCell]:
        """Two cells with a single space between them, the first of which completes a label."""
        head, space, tail = cell.text.partition(" ")
        if not space or not tail or not any(self._vocabulary.find(p.text + head) for p in self._partials):
            return [cell]
        return [
            cell._replace(text=head),
            GridCell(tail, cell.line, cell.column + len(head) + 1, cell.offset + 2 * len(head) + 1),
        ]

    def feed_line(
        self, text: str, line: int, column: int, following: str | None = None
    ) -> list[tuple[str, int]] | None:
        """Take a line without separators; `following` is the next one.

        Returns the prose left over with its position, None if none of the line is the table's.
        """
        token = self._vocabulary.read(text)
        if token.label is not None:
            self._switch(token.label)
            if self.context is None:
                return None
            if not self._open() and not self._is_strong(token.label):
                return None
        elif token.figure is not None:
            if not self._open() or self._is_stray(text, line):
                return None
            if "spaced" in token.figure.oddities and not self._is_stream():
                token = token._replace(figure=None)  # several figures in a row, not one with a space in it
        if token.label is not None or token.figure is not None:
            self._source_row += 1
            self._take([(GridCell(text, line, column, column - 1), token, 0)], ruled=False, width=1)
            return []
        if self.context is None and not self._vocabulary_hint(text):
            return None
        tokens = _joined_head(self._vocabulary.cut(text), text)
        labels = [t for t in tokens if t.label is not None]
        if len(text) <= LONGEST_LABEL and self._open() and self._is_piece(text, tokens, following):
            self._source_row += 1
            self._take([(GridCell(text, line, column, column - 1), token, 0)], ruled=False, width=1)
            return []
        if not labels and not (self._open() and len(tokens) > 1 and all(t.figure is not None for t in tokens)):
            if self._open() and len(tokens) > 1 and self._is_unlabelled(tokens, text):
                labels = []
            else:
                return None
        prose: list[tuple[str, int]] = []
        start = _table_start(tokens)
        if len(labels) >= 6 and start is not None and self._mostly_labels(tokens[start:]):
            tokens = self._trim(tokens, start, text, prose)
            labels = [t for t in tokens if t.label is not None]
        elif any(mark in text for mark in "。；！？，,") and not self._only_table(tokens):
            return None
        elif (
            tokens[0].label is None
            and tokens[0].figure is None
            and not self._fragment(tokens[0].text)
            and not self._is_unlabelled(tokens, text)
        ):
            return None
        for t in labels:
            if t.label is not None and (self.context is None or not t.label.within(self.context)):
                self._switch(t.label)
        if self.context is None or not (self._open() or any(t.label and self._is_strong(t.label) for t in labels)):
            return None
        self._source_row += 1
        placed = [(GridCell(t.text, line, column + t.column), t, i) for i, t in enumerate(tokens)]
        self._take(placed, ruled=False, width=len(placed))
        return prose

    def _is_stray(self, text: str, line: int) -> bool:
        """A lone figure that is no value: 无 under a table, or a page number after a row that has all its values."""
        row = self._row
        if row is None or row.group:
            return text == "无"
        if not row.slots:
            return False
        due = self._due(row)
        full = len(row.figures()) >= due
        return full and (row.ruled or row.width >= due > 1 or line - row.slots[-1].line > 1)

    def _is_stream(self) -> bool:
        """Whether the figures of the row at hand stand on lines of their own."""
        row = self._row
        return row is not None and (not row.slots and row.width <= 1 or len({s.line for s in row.slots}) > 1)

    def _is_piece(self, text: str, tokens: Sequence[Token], following: str | None) -> bool:
        """Whether a line is one cell of a table with a cell a line: part of a label, a foreign label, or a value."""
        if any(mark in text for mark in PROSE_MARKS):
            return False
        if self._vocabulary.begins(text) or self._joins(text):
            return True
        if self._heading_columns and self._header is not None and _UNIT_PART.search(text):
            return any(leaf.tail and leaf.unit is None for leaf in self._header.leaves)
        if any(token.figure is not None for token in tokens):
            return False
        if any(token.label is not None for token in tokens):
            return False
        if self._fragment(text):
            return True
        row = self._row
        if row is not None and not row.group and len(row.figures()) < self._due(row):
            return len(text) <= 10 and not any(token.label is not None for token in tokens)
        after = self._vocabulary.read(following) if following is not None else None
        if after is None or len(text) > 30:
            return False
        if self._heading_columns:
            return bool(self._header and self._header.leaves) and len(text) <= 10 and after.label is not None
        return after.figure is not None and after.figure.state is State.NUMBER

    @staticmethod
    def _due(row: FoundRow) -> int:
        """How many values the row's header announces."""
        header = row.header
        if not header.due:
            header.due = sum(leaf.key is None or leaf.key[0] != "+" for leaf in header.leaves) or 1
        return header.due

    @staticmethod
    def _vocabulary_hint(text: str) -> bool:
        """Words only a table has: a table may stand under no heading at all."""
        return any(
            word in text
            for word in ("第二十条第", "申请人情况", "信息内容", "本年新收政府信息", "结果维持", "予以公开", "结转下年度继续")
        )

    @staticmethod
    def _mostly_labels(tokens: Sequence[Token]) -> bool:
        """A table run together, not a sentence that names several of its rows."""
        places = [i for i, token in enumerate(tokens) if token.label is not None]
        middle = tokens[places[0] : places[-1] + 1]
        labelled = sum(len(token.text) for token in middle if token.label is not None)
        other = sum(len(token.text) for token in middle if token.label is None and token.figure is None)
        return other * 4 <= labelled

    def _only_table(self, tokens: Sequence[Token]) -> bool:
        return all(token.label is not None or token.figure is not None for token in tokens)

    def _is_unlabelled(self, tokens: Sequence[Token], text: str) -> bool:
        """A row whose label no form has: text first, then nothing but figures."""
        return (
            len(text) <= LONGEST_LABEL + 30
            and tokens[0].figure is None
            and len(tokens) >= 3
            and all(token.figure is not None for token in tokens[1:])
        )

    @staticmethod
    def _trim(tokens: tuple[Token, ...], start: int, text: str, prose: list[tuple[str, int]]) -> tuple[Token, ...]:
        """Leave out the sentences before the header and after the last figure of a table run into its text."""
        if start:
            prose.append((text[: tokens[start].column].strip(), 0))
        last = len(tokens)
        while last > start and tokens[last - 1].label is None and tokens[last - 1].figure is None:
            last -= 1
        if last < len(tokens):
            prose.append((text[tokens[last].column :].strip(), tokens[last].column))
        return tokens[start:last]

    def _open(self) -> bool:
        return self.context is not None and (self.strong or self._header is not None or self._row is not None)

    def _expects_value(self) -> bool:
        row = self._row
        return row is not None and not row.group and len(row.figures()) < self._due(row)

    def _fragment(self, text: str) -> bool:
        """Whether the text could be part of a label of the table at hand."""
        if self.context is None or any(mark in text for mark in PROSE_MARKS):
            return False
        vocabulary = self._vocabulary
        return (
            self._joins(text)
            or vocabulary.begins(text)
            or vocabulary.is_fragment(text, self.context)
            or vocabulary.near(text, self.context, ("row", "column", "group", "caption", "column-group")) is not None
        )

    def _joins(self, text: str) -> bool:
        """Whether the text continues a label begun before."""
        vocabulary = self._vocabulary
        return any(vocabulary.find(p.text + text) or vocabulary.begins(p.text + text) for p in self._partials)

    def _belongs(self, cells: Sequence[GridCell], tokens: Sequence[Token]) -> bool:
        """Whether a row without a known label is one of the table at hand."""
        if not self._open():
            return False
        texts = [cell.text for cell, token in zip(cells, tokens, strict=True) if token.figure is None and cell.text]
        if any(len(text) > LONGEST_LABEL or any(mark in text for mark in PROSE_MARKS) for text in texts):
            return False
        figures = sum(token.figure is not None and token.figure is not BLANK for token in tokens)
        if not texts or figures > 0 or len(cells) > 3:
            return True
        odd_value = self._expects_value() and all(len(text) <= 10 for text in texts)
        return odd_value or all(self._fragment(text) for text in texts)

    @staticmethod
    def _is_strong(label: Label) -> bool:
        return any(
            ref.kind in ("caption", "corner", "note", "group") or (ref.kind in ("row", "column") and len(label.words) > 6)
            or (ref.table == "reviews" and ref.kind == "column" and label.words != "总计")
            for ref in label.refs
        )  # fmt: skip

    def _switch(self, label: Label) -> None:
        """A label of another table ends the one at hand; words that several tables share do not."""
        if self.context is not None and label.within(self.context):
            self.strong = self.strong or self._is_strong(label)
            return
        if not self._is_strong(label):
            return
        tables = {ref.table for ref in label.refs}
        if len(tables) == 1:
            self.enter(tables.pop())
            self.strong = True

    # -- taking -------------------------------------------------------------------------------------------------------

    def _table(self, cell: GridCell) -> FoundTable:
        assert self.context is not None
        table = self.tables.get(self.context)
        if table is None:
            table = self.tables[self.context] = FoundTable(self.context)
        if table.location is None:
            table.location = Location(cell.line, cell.column, cell.line, cell.column + max(len(cell.text), 1) - 1)
        return table

    def _take(self, placed: Sequence[tuple[GridCell, Token, int]], *, ruled: bool, width: int) -> None:
        context = self.context
        if len(self._partials) > MOST_PARTIALS:
            self._close_partials(keep=MOST_PARTIALS)
        fresh = width > 1  # in a row of several cells, cells before the label are label columns, not values
        leading: list[Slot] = []
        labelled = any(token.label is not None for _, token, _ in placed)
        for cell, token, index in placed:
            label = token.label
            if label is not None:
                if not label.within(context or "") and not label.within(self.context or ""):
                    label = None  # a word that is a label of another table only
            if label is not None:
                leading = []
                if self._row is not None and fresh and self._row.slots and self._row.source == self._source_row and not self._row.figures():
                    self._row.slots.clear()
                self._take_label(cell, label, index, ruled, width)
                fresh = False
                continue
            figure = token.figure
            row = self._row
            if figure is not None and not fresh and not self._partials and not self._heading_columns:
                if row is not None and row.source == self._source_row and row.width >= width:
                    # the common case: one value after another behind a label
                    row.add(Slot(cell.text, figure, cell.line, cell.column, cell.offset, index, row.source))
                    row.ruled = ruled
                    continue
            if figure is None:
                if cell.text and not self._is_value(cell.text) and self._take_text(cell, index, ruled, width, placed):
                    fresh = False
                    continue
                figure = read_figure(cell.text)
            slot = Slot(cell.text, figure, cell.line, cell.column, cell.offset, index, self._source_row)
            if fresh and ruled and figure is BLANK:
                leading.append(slot)
                continue
            if self._heading_columns and figure is BLANK and labelled:
                continue  # the rest of a merged header cell
            self._take_slot(slot, leading if fresh else [], ruled, width, len(placed))
            fresh = False
        if fresh and leading:
            # nothing but blanks: a row without label, or the header's merged cells
            if self._row is not None and not self._row.group and not self._heading_columns and not self._row.slots:
                self._row.slots += leading
            elif self.context == "reviews" and self._header is not None and self._header.leaves:
                for slot in leading:
                    self._take_slot(slot, [], ruled, width, len(placed))

    def _is_value(self, text: str) -> bool:
        """Text that begins with a digit after a row's label is a value, however odd."""
        return text[0].isdigit() and self._row is not None and not self._heading_columns and not label_key(text)[0]

    def _take_label(self, cell: GridCell, label: Label, index: int, ruled: bool, width: int, *, exact: bool = True) -> None:
        table = self._table(cell)
        refs = label.within(table.key)
        kinds = {ref.kind for ref in refs}
        place = Location(cell.line, cell.column, cell.line, cell.column + len(cell.text) - 1)
        if "note" in kinds:
            table.note = cell.text
            self._start_header(table, ruled)
        elif "caption" in kinds:
            self._start_header(table, ruled).caption = refs[0].key
        elif "corner" in kinds:
            if self._header is None or self._header.leaves or not self._heading_columns:
                self._start_header(table, ruled)
        elif kinds & {"column", "column-group"} and ("row" not in kinds or self._heading_columns):
            if not self._heading_columns:
                if self._row is not None and not self._row.text and not self._row.figures():
                    # blanks of the header's merged cells, taken for a row of values too early
                    table.rows.remove(self._row)
                    self._header, self._heading_columns, self._row = self._row.header, True, None
                else:
                    self._start_header(table, ruled)
            header = self._header or self._start_header(table, ruled)
            ref = next(ref for ref in refs if ref.kind in ("column", "column-group"))
            header.due = 0
            header.leaves.append(
                Leaf(
                    f"+{ref.key}" if ref.kind == "column-group" else ref.key,
                    cell.text, cell.line, cell.column, cell.offset, index, label.unit, label.decimals, exact,
                )
            )  # fmt: skip
        else:
            row_ref = next((ref for ref in refs if ref.kind == "row"), None)
            group_ref = next((ref for ref in refs if ref.kind == "group"), None)
            if group_ref is not None:
                table.groups.append((group_ref.key, cell.text, place))
            ref = row_ref or group_ref
            assert ref is not None
            row = self._start_row(table, ref.key, cell, index, ruled, width, exact=exact, group=row_ref is None)
            if exact and self._vocabulary.begins(cell.text):  # （二）部分公开 may go on: （区分处理的…）
                self._partials.append(_Partial(cell.text, cell.line, cell.column, cell.offset, index, row))

    def _start_header(self, table: FoundTable, ruled: bool) -> Header:
        self._header = Header(ruled=ruled)
        table.headers.append(self._header)
        self._heading_columns = True
        self._row = None
        return self._header

    def _start_row(
        self, table: FoundTable, key: str | None, cell: GridCell, index: int, ruled: bool, width: int,
        *, exact: bool = True, group: bool = False,
    ) -> FoundRow:  # fmt: skip
        if self._header is None:
            self._header = Header(ruled=ruled)
            table.headers.append(self._header)
        previous = self._row
        if (
            previous is not None and previous.key == key and key is not None and not previous.figures()
            and previous.source == self._source_row
        ):  # fmt: skip
            previous.index, previous.source = index, self._source_row  # a merged label repeated in every cell that it spans
            return previous
        self._heading_columns = False
        row = FoundRow(key, cell.text, cell.line, cell.column, index, self._header, ruled, exact, group, width=width)
        row.source, row.offset = self._source_row, cell.offset
        table.rows.append(row)
        self._row = row
        return row

    def _take_text(
        self, cell: GridCell, index: int, ruled: bool, width: int, placed: Sequence[tuple[GridCell, Token, int]]
    ) -> bool:
        """Take text that is no exact label: part of one, a misspelt one, or a foreign one. False: it is a value."""
        vocabulary = self._vocabulary
        table = self._table(cell)
        text = cell.text
        row = self._row
        is_value = row is not None and row.source == self._source_row and not row.group and width > 1 and row.index < index
        if is_value and row is not None and row.figures():
            return False
        if self._heading_columns and self._extend_unit(text, cell):
            return True
        partials = sorted(self._partials, key=lambda p: (abs(p.offset - cell.offset) if not ruled else 0, -p.line))
        for partial in partials:
            joined = partial.text + text
            label = vocabulary.find(joined)
            if label is not None and label.within(table.key):
                self._partials.remove(partial)
                self._complete(partial, joined, label, ruled, width)
                return True
            if vocabulary.begins(joined):
                partial.text = joined
                return True
            head, bracket, tail = fold(joined).partition("(")
            label = vocabulary.find(head) if bracket and _UNIT_PART.search(tail) else None
            if label is not None and label.within(table.key) and self._heading_columns:
                self._partials.remove(partial)
                self._complete(partial, head, label, ruled, width)
                if self._header is not None and self._header.leaves:
                    self._header.leaves[-1].tail = bracket + tail
                return True
        if vocabulary.begins(text) and any(label.within(table.key) for label in vocabulary.beginnings(text, table.key)):
            self._partials.append(_Partial(text, cell.line, cell.column, cell.offset, index))
            return True
        kinds = ("column", "column-group", "caption", "row", "group", "corner", "note") if self._heading_columns else ("row", "group", "caption")
        near = vocabulary.near(text, table.key, kinds)
        if near is not None:
            self._take_label(cell, near, index, ruled, width, exact=False)
            return True
        if len(text) > 6 and not self._heading_columns:
            column = vocabulary.near(text, table.key, ("column-group", "caption"))
            if column is not None:
                self._take_label(cell, column, index, ruled, width, exact=False)
                return True
        if vocabulary.is_fragment(text, table.key) and len(text) < 8 and not is_value:
            return True
        if is_value:
            return False
        if self._heading_columns and not (self._header is None or self._has_figures(placed)):
            if self._header is not None and len(text) <= 12:
                self._header.leaves.append(Leaf(None, text, cell.line, cell.column, cell.offset, index))
            return True
        if width > 1 or not self._expects_value():
            if len(text) <= LONGEST_LABEL and (self._has_figures(placed) or (ruled and width > 3) or width == 1):
                self._start_row(table, None, cell, index, ruled, width, exact=False)
                return True
            if not self._expects_value():
                return True
        return False

    def _extend_unit(self, text: str, cell: GridCell) -> bool:
        """（单位：万元，保留4位小数） broken off from the column label it belongs to."""
        if self._header is None or not _UNIT_PART.search(text):
            return False
        leaves = sorted(
            self._header.leaves,
            key=lambda leaf: (not leaf.tail or leaf.unit is not None, abs(leaf.offset - cell.offset)),
        )
        for leaf in leaves:
            label = self._vocabulary.find(leaf.text + leaf.tail + text)
            if label is not None and label.unit is not None:
                leaf.tail += text
                leaf.unit, leaf.decimals = label.unit, label.decimals
                return True
            if leaf.key is not None and text.startswith(("（", "(")) and self._vocabulary.find(f"{leaf.text}（单位：元）"):
                leaf.tail += text
                return True
        return False

    @staticmethod
    def _has_figures(placed: Sequence[tuple[GridCell, Token, int]]) -> bool:
        return any(token.figure is not None and token.figure is not BLANK for _, token, _ in placed)

    def _complete(self, partial: _Partial, text: str, label: Label, ruled: bool, width: int) -> None:
        row = partial.row
        ref = next((ref for ref in label.refs if ref.kind == "row"), None)
        if row is not None and ref is not None:
            row.key, row.text, row.exact, row.group = ref.key, text, True, False
            return
        cell = GridCell(text, partial.line, partial.column, partial.offset)
        self._take_label(cell, label, partial.index, ruled, width)

    def _take_slot(self, slot: Slot, leading: list[Slot], ruled: bool, width: int, count: int) -> None:
        if self.context is None:
            return
        row = self._row
        partial = self._open_partial(slot)
        if partial is not None:
            table = self.tables[self.context]
            cell = GridCell(partial.text, partial.line, partial.column, partial.offset)
            row = partial.row = self._start_row(table, None, cell, partial.index, ruled, width, exact=False)
        if row is None or self._heading_columns:
            if self._heading_columns and self.context == "reviews" and self._header is not None and self._header.leaves:
                table = self.tables[self.context]
                cell = GridCell("", slot.line, slot.column, slot.offset)
                row = self._start_row(table, "cases", cell, -1, ruled, width)
            elif self._heading_columns:
                return
            else:
                return
        elif slot.source != row.source and width > 1 and count > 1 and row.figures() and row.slots[-1].source != slot.source:
            # a row of figures after one that has its own: its label was lost
            table = self.tables[self.context]
            cell = GridCell("", slot.line, slot.column, slot.offset)
            row = self._start_row(table, None, cell, -1, ruled, width, exact=False)
        row.slots += leading
        row.add(slot)
        row.ruled = ruled
        if row.width < width:
            row.width = width

    def _open_partial(self, slot: Slot) -> _Partial | None:
        """The half-read label that the values belong to: the rightmost one without values of its own.

        A complete label in the same line and further to the right has the values instead.
        """
        if not self._partials:
            return None
        open_ones = [p for p in self._partials if p.row is None and self._could_be_row(p)]
        if not open_ones:
            return None
        partial = max(open_ones, key=lambda p: (p.offset, p.line))
        row = self._row
        if row is None or self._heading_columns:
            return partial
        if row.source == slot.source and (row.figures() or row.offset >= partial.offset and row.line >= partial.line):
            return None
        return partial

    def _could_be_row(self, partial: _Partial) -> bool:
        assert self.context is not None
        found = self._vocabulary.beginnings(partial.text, self.context)
        return any(ref.kind == "row" for label in found for ref in label.within(self.context or ""))

    def _close_partials(self, keep: int = 0) -> None:
        """A label that never was completed is taken for what it alone can begin."""
        closed = self._partials[: len(self._partials) - keep]
        self._partials = self._partials[len(closed) :]
        for partial in closed:
            if self.context is None or partial.row is None or partial.row.key is not None:
                continue
            found = self._vocabulary.beginnings(partial.text, self.context)
            rows = {ref.key for label in found for ref in label.within(self.context) if ref.kind == "row"}
            if len(rows) == 1:
                partial.row.candidate = rows.pop()

    def finish(self) -> dict[str, FoundTable]:
        """What was collected, by table key."""
        self._close_partials()
        return self.tables


def _table_start(tokens: Sequence[Token]) -> int | None:
    """Where a table run into its text begins: three labels with nothing between them, as only a header has."""
    for i in range(len(tokens) - 2):
        if all(
            token.label is not None and (not j or token.column == tokens[i + j - 1].column + len(tokens[i + j - 1].text))
            for j, token in enumerate(tokens[i : i + 3])
        ):
            return i
    return 0 if tokens and tokens[0].label is not None else None


def _joined_head(tokens: tuple[Token, ...], text: str) -> tuple[Token, ...]:
    """Text before the first figure or label as one token: `5. 要求…` is one label, not two."""
    end = next((i for i, token in enumerate(tokens) if token.label is not None or token.figure is not None), len(tokens))
    if end < 2:
        return tokens
    last = tokens[end - 1]
    head = text[tokens[0].column : last.column + len(last.text)]
    return (Token(head, tokens[0].column, None, None), *tokens[end:])
