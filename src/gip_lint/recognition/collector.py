"""Collects the tables: labels open headers and rows, whatever follows a row's label is kept as its values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gip_lint.document import GridCell, Location
from gip_lint.form import UNLABELLED_ROW
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.numerals import chinese_number
from gip_lint.recognition.characters import label_key
from gip_lint.recognition.figure import BLANK, read_figure
from gip_lint.recognition.found import Astray, FoundRow, FoundTable, Header, Leaf, Slot
from gip_lint.recognition.fragments import Completed, Fragment, Fragments, overlap
from gip_lint.recognition.header_units import awaits_unit, extend_unit
from gip_lint.recognition.vocabulary import Label, Token, Vocabulary

LONGEST_LABEL = 48
LONGEST_FOREIGN_COLUMN = 12
LONGEST_VALUE = 10
MANY_DIGITS = 8  # so many in one piece are the values of a whole row
CLOSING_MARKS = "”’」』）)》】，。、\"'"

_new = tuple.__new__  # half the time of the named tuple's own; a report has hundreds of values
_WORD = LazyPattern(r"[\u4e00-\u9fff]")

Piece = tuple[GridCell, Token, int]  # a cell or part of one, what it is, and its cell's place in the source row


class Collector:
    """The state of the table at hand, and all tables so far."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.tables: dict[str, FoundTable] = {}
        self.context: str | None = None  # key of the table at hand
        self.row: FoundRow | None = None
        self.header: Header | None = None
        self.in_header = True
        self.fragments = Fragments(vocabulary)
        self.source = 0  # number of the source row at hand
        self._astray: dict[str, list[Astray]] = {}

    def enter(self, table: str | None) -> None:
        """Leave the table at hand for another one or for none."""
        if self.fragments.open:
            self.fragments.close(self.context)
        self.context = table
        self.row = None
        self.header = None
        self.in_header = True

    def stray(self, text: str, line: int, column: int) -> None:
        """Note a figure that is no value where it stands."""
        if self.context is not None:
            place = Location(line, column, line, column + len(text) - 1)
            self._astray.setdefault(self.context, []).append(Astray(text, place, self.source))

    def take_back(self, row: FoundRow) -> None:
        """Take the last figure out of a row again: it is none of its values."""
        slot = row.figures.pop()
        row.slots.remove(slot)
        self.stray(slot.text, slot.line, slot.column)

    def finish(self) -> dict[str, FoundTable]:
        """All tables, with the figures in their midst that nobody took."""
        self.enter(None)
        for key, places in self._astray.items():
            if key in self.tables:
                self.tables[key].astray = places
        return self.tables

    def take(self, pieces: Iterable[Piece], *, ruled: bool, width: int, labelled: bool = True) -> None:
        """Take a source row of `width` cells; `labelled` tells whether a label is among them."""
        self.source += 1
        before_label = width > 1  # blanks before the label are label columns, not values
        leading: list[Slot] = []
        fragments = self.fragments
        for cell, token, index in pieces:
            label = token.label
            if label is not None and self.context in label.meanings:
                begun = fragments.open and fragments.has_number
                if (begun or (label.goes_on and self._vocabulary.only_begins(cell.text))) and (
                    self._take_fragment(cell, index, ruled, width)
                ):
                    before_label = False
                    continue
                row = self.row
                if row is not None and before_label and row.source == self.source and not row.figures:
                    row.slots.clear()
                leading = []
                self._take_label(cell, label, index, ruled, width)
                before_label = False
                continue
            figure = token.figure
            row = self.row
            beside = row is not None and row.source == self.source and not self.in_header and not before_label
            if beside and row is not None and figure is not None and not fragments.open:
                # the common case: one value after another behind a label
                row.add(_new(Slot, (cell.text, figure, cell.line, cell.column, cell.offset, self.source)))
                continue
            if figure is None:
                if not cell.text.strip(CLOSING_MARKS):
                    if self.in_header:
                        self._extend_unit(cell)
                    continue  # 三安全一稳定 was complete without the mark on the next line
                if (
                    cell.text
                    and not self.is_odd_value(cell.text)
                    and self._take_text(cell, index, ruled, width, pieces)
                ):
                    before_label = False
                    continue
                figure = read_figure(cell.text)
            slot = Slot(cell.text, figure, cell.line, cell.column, cell.offset, self.source)
            if before_label and ruled and figure is BLANK:
                leading.append(slot)
                continue
            if self.in_header and labelled and figure is BLANK:
                continue  # the rest of a merged header cell
            self._take_slot(slot, leading if before_label else [], ruled, width)
            before_label = False
        if before_label and leading:
            self._take_blanks(leading, ruled, width)

    def take_plain(self, cells: Sequence[GridCell], tokens: Sequence[Token], first: int) -> None:
        """Take a row of separated cells that is labels (and blanks) before `first` and figures from there on."""
        self.source += 1
        source = self.source
        width = len(cells)
        for index in range(first):
            label = tokens[index].label
            if label is not None:
                self._take_label(cells[index], label, index, True, width)
        row = self.row
        if row is None or row.source != source or row.slots:
            return
        row.slots = [
            _new(Slot, (cell.text, figure, cell.line, cell.column, 0, source))
            for index, (cell, (_, _, _, figure)) in enumerate(zip(cells, tokens, strict=True))
            if index >= first and figure is not None
        ]
        row.figures = [slot for slot in row.slots if slot.figure is not BLANK]

    def add_figure(self, slot: Slot) -> None:
        """Take a line that is one value of the row at hand, and nothing else."""
        assert self.row is not None  # the scan asks first
        self.row.add(slot)
        self.row.ruled = False

    def is_odd_value(self, text: str) -> bool:
        """Text with digits and without a word where values are due is one, however odd; so is a Chinese numeral."""
        if self.in_header:
            # table four has no row label: its values follow the header
            digits = sum(char.isdigit() for char in text)
            return self._awaits_values() and text[0].isdigit() and (digits >= MANY_DIGITS or not _WORD.search(text))
        if self.row is None:
            return False
        if text[0].isdigit():
            # behind a full row words with a figure before them are prose: 2024年，收到因政府信息公开…
            prose = self.row.is_full and len(text) > LONGEST_VALUE and _WORD.search(text)
            return not prose and not label_key(text)[0]
        return self.expects_value() and (chinese_number(text) is not None or not _WORD.search(text))

    def _awaits_values(self) -> bool:
        """Whether values may follow the header at once, in a table whose row has no label."""
        return (
            self.in_header
            and self.context in self._vocabulary.unlabelled
            and self.header is not None
            and bool(self.header.leaves)
        )

    def table(self, cell: GridCell) -> FoundTable:
        """The table at hand; begun at this cell if it is new."""
        assert self.context is not None
        table = self.tables.get(self.context)
        if table is None:
            place = Location(cell.line, cell.column, cell.line, cell.column + max(len(cell.text), 1) - 1)
            table = self.tables[self.context] = FoundTable(self.context, place)
        return table

    # -- labels -------------------------------------------------------------------------------------------------------

    def _take_label(
        self, cell: GridCell, label: Label, index: int, ruled: bool, width: int,
        *, exact: bool = True, tail: str = "", whole: bool = True,
    ) -> None:  # fmt: skip
        table = self.table(cell)
        meaning = label.meanings[table.key]
        if meaning.head is not None:
            if meaning.head == "note":
                table.note = cell.text
            if meaning.head != "corner" or self.header is None or not self.in_header:
                self._start_header(table, ruled).caption = meaning.caption
        elif meaning.column is not None and (meaning.row is None or (self.in_header and not label_key(cell.text)[0])):
            header = self._header_at_hand(table, ruled)
            header.add(
                Leaf(
                    meaning.column, cell.text, cell.line, cell.column, cell.offset,
                    label.unit, label.decimals, exact, tail, whole,
                )
            )  # fmt: skip
        elif meaning.column is None or label_key(cell.text)[0] or self._stands_in(table, meaning.under):
            if meaning.group is not None:
                place = Location(cell.line, cell.column, cell.line, cell.column + len(cell.text) - 1)
                table.groups.append((meaning.group, cell.text, place))
            key = meaning.row or meaning.group
            row = self._start_row(table, key, cell, index, ruled, width, exact=exact, group=meaning.row is None)
            if exact and label.goes_on and self._vocabulary.begins(cell.text):
                # （二）部分公开 may go on: （区分处理的…）
                self.fragments.begin(Fragment(cell, index, row), table.key)

    @staticmethod
    def _stands_in(table: FoundTable, group: str | None) -> bool:
        """Whether a row of that group may come now; 其他 without its number before （六） is a piece of a repeated header."""
        return group is None or any(key == group for key, _, _ in table.groups)

    def _header_at_hand(self, table: FoundTable, ruled: bool) -> Header:
        row = self.row
        if not self.in_header and row is not None and not row.text and row.is_lone_page_number:
            self.take_back(row)
        if not self.in_header and row is not None and not row.text and not row.figures:
            # blanks of the header's merged cells, or a page number, taken for a row of values too early
            table.rows.remove(row)
            self.header, self.in_header, self.row = row.header, True, None
        if not self.in_header or self.header is None:
            return self._start_header(table, ruled)
        return self.header

    def _start_header(self, table: FoundTable, ruled: bool) -> Header:
        self.header = Header(ruled)
        table.headers.append(self.header)
        self.in_header = True
        self.row = None
        return self.header

    def _start_row(
        self, table: FoundTable, key: str | None, cell: GridCell, index: int, ruled: bool, width: int,
        *, exact: bool = True, group: bool = False,
    ) -> FoundRow:  # fmt: skip
        if self.header is None:
            self.header = Header(ruled)
            table.headers.append(self.header)
        before = self.row
        if (
            before is not None
            and key is not None
            and before.key == key
            and before.source == self.source
            and not before.figures
        ):
            before.index = index  # a merged label repeated in every cell that it spans
            return before
        self.in_header = False
        self.row = FoundRow(key, cell, index, self.source, width, self.header, ruled=ruled, exact=exact, group=group)
        table.rows.append(self.row)
        return self.row

    # -- text that is no exact label ----------------------------------------------------------------------------------

    def _take_text(self, cell: GridCell, index: int, ruled: bool, width: int, pieces: Iterable[Piece]) -> bool:
        """Take part of a label, a misspelt or a foreign one. False: the text stands where a value is due."""
        table = self.table(cell)
        text = cell.text
        row = self.row
        is_value = row is not None and row.source == self.source and not row.group and width > 1 and row.index < index
        if is_value and row is not None and row.is_full:
            is_value = False
        if is_value and row is not None and row.figures:
            return False
        if self.in_header and (self._extend_unit(cell) or (not ruled and self._extend_foreign(cell))):
            return True
        if self._take_fragment(cell, index, ruled, width):
            return True
        roles = ("column", "head", "row", "group") if self.in_header or len(text) > 6 else ("head", "row", "group")
        near = self._vocabulary.near(text, table.key, roles)
        if near is not None:
            self._take_label(cell, near, index, ruled, width, exact=False)
            return True
        if len(text) < 8 and self._vocabulary.is_fragment(text, table.key):
            return True
        if is_value:
            return False
        figures = any(token.figure is not None and token.figure is not BLANK for _, token, _ in pieces)
        if figures and self._awaits_values():
            return False
        if self.in_header and not (self.header is None or figures):
            if len(text) <= LONGEST_FOREIGN_COLUMN:
                self.header.add(Leaf(None, text, cell.line, cell.column, cell.offset))
            return True
        if width == 1 and self.expects_value():
            return False
        if len(text) <= LONGEST_LABEL and (figures or width == 1 or (ruled and width > 3)):
            self._start_row(table, None, cell, index, ruled, width, exact=False)
            return True
        return not self.expects_value()

    def expects_value(self) -> bool:
        """Whether the row at hand is still short of values."""
        return self.row is not None and not self.row.group and not self.row.is_full

    def _extend_foreign(self, cell: GridCell) -> bool:
        """The rest of a foreign column's label, printed below its beginning."""
        if self.header is None or self.fragments.above(cell.text, cell.offset):
            return False
        for leaf in self.header.leaves:
            if leaf.key is None and leaf.line < cell.line and overlap(leaf.text, leaf.offset, cell.text, cell.offset):
                leaf.text += cell.text
                return True
        return False

    def _extend_unit(self, cell: GridCell) -> bool:
        header = self.header
        return header is not None and extend_unit(header, cell, self._vocabulary, self.fragments)

    def awaits_unit(self, text: str) -> bool:
        """Whether the text goes on with a unit begun behind a column label."""
        return self.in_header and self.header is not None and awaits_unit(self.header, text, self._vocabulary)

    def _take_fragment(self, cell: GridCell, index: int, ruled: bool, width: int) -> bool:
        table = self.table(cell)
        done = self.fragments.extend(cell.text, cell.offset, table.key)
        if isinstance(done, Completed):
            fragment = done.fragment
            meaning = done.label.meanings[table.key]
            if fragment.row is not None and meaning.row is not None:
                fragment.row.key, fragment.row.text = meaning.row, fragment.text
                fragment.row.exact, fragment.row.group = True, False
            else:
                self._take_label(fragment.cell, done.label, fragment.index, ruled, width, tail=done.tail, whole=False)
            return True
        if done:
            return True
        if self._vocabulary.begins_within(cell.text, table.key):
            self.fragments.begin(Fragment(cell, index), table.key)
            return True
        return False

    # -- values -------------------------------------------------------------------------------------------------------

    def _take_slot(self, slot: Slot, leading: Sequence[Slot], ruled: bool, width: int) -> None:
        if self.context is None:
            return
        row = self.row
        fragment = self._fragment_for(slot)
        if fragment is not None:
            cell = fragment.cell
            row = fragment.row = self._start_row(
                self.table(cell), None, cell, fragment.index, ruled, width, exact=False
            )
        elif self.in_header and self._awaits_values():
            row = self._start_unlabelled(UNLABELLED_ROW, slot, ruled, width)
        elif self.in_header or row is None:
            if slot.figure is not BLANK:
                self.stray(slot.text, slot.line, slot.column)
            return
        elif width > 1 and row.figures and row.slots[-1].source != slot.source != row.source:
            if row.is_lone_page_number:
                self.take_back(row)
            else:
                row = self._start_unlabelled(None, slot, ruled, width)  # its label was lost
        row.slots += leading
        row.add(slot)
        row.ruled = ruled
        row.width = max(row.width, width)

    def _start_unlabelled(self, key: str | None, slot: Slot, ruled: bool, width: int) -> FoundRow:
        cell = GridCell("", slot.line, slot.column, slot.offset)
        return self._start_row(self.table(cell), key, cell, -1, ruled, width, exact=key is not None)

    def _fragment_for(self, slot: Slot) -> Fragment | None:
        """The half-read label that the values belong to, unless a label further to the right has them."""
        fragment = self.fragments.rightmost_row(self.context or "")
        row = self.row
        if fragment is not None and row is not None and not row.group and row.key and row.line > fragment.line:
            return None  # another row has begun since
        if fragment is None or row is None or self.in_header or row.source != slot.source:
            return fragment
        if row.figures or (row.offset >= fragment.offset and row.line >= fragment.line):
            return None
        return fragment

    def _take_blanks(self, blanks: Sequence[Slot], ruled: bool, width: int) -> None:
        """A row of nothing but blanks: the values of a label above, of table four, or a merged header's."""
        row = self.row
        if row is not None and not row.group and not self.in_header and not row.slots:
            row.slots += blanks
        elif self._awaits_values():
            for slot in blanks:
                self._take_slot(slot, [], ruled, width)
