"""Builds the official tables from what was found: rows to the form's rows, values to its columns."""

from __future__ import annotations

from collections.abc import Sequence

from gip_lint.annual_report import Cell, FoundLabel, State, Table
from gip_lint.document import Location, SourceNote
from gip_lint.form import Block, Column, Form, Row, TableForm
from gip_lint.recognition.characters import label_key
from gip_lint.recognition.fit import Fitted, Shape, fit
from gip_lint.recognition.found import FoundRow, FoundTable, Header, Leaf
from gip_lint.recognition.header_order import ordered_leaves

LONGEST_SHOWN = 80
_new = tuple.__new__  # half the time of the named tuple's own; a report has two hundred cells
ABSENT = Cell(State.ABSENT)


def build_table(found: FoundTable, form: Form) -> tuple[Table, list[SourceNote]]:
    """The table of that edition, and what had to be left unread in it."""
    return _Builder(found, form.tables[found.key], form.edition).build()


class _Builder:
    def __init__(self, found: FoundTable, form: TableForm, edition: str) -> None:
        self.found = found
        self.form = form
        self.edition = edition
        self.cells: list[Cell] = [ABSENT] * len(form.cells)
        self.notes: list[SourceNote] = []
        self.reworded: list[FoundLabel] = []
        self.extra: list[FoundLabel] = []
        self.units: dict[str, tuple[str | None, int | None]] = {}
        self.headings: dict[str, Leaf] = {}
        self.taken: dict[str, FoundRow] = {}
        self.official: Sequence[Column | None] = ()  # the columns of the block at hand, in the form's order
        self.lost_labels = 0
        self.strays: list[FoundRow] = []  # rows of figures in a table without lines, beside words of no official row

    def build(self) -> tuple[Table, list[SourceNote]]:
        self._match_rows()
        missing_columns: list[Column] = []
        missing_rows: list[Row] = []
        for block in self.form.blocks:
            rows = [(row, self.taken[row.key]) for row in block.rows if row.key in self.taken]
            # a row without a label cannot be missing, only blank
            missing_rows += [row for row in block.rows if row.key not in self.taken and row.label]
            columns = self._columns(block, [found for _, found in rows])
            present = {column.key for column in columns if column is not None}
            missing_columns += [column for column in block.columns if column.key not in present]
            shape = Shape([found for _, found in rows], len(columns))
            for row, found in rows:
                self._place(row, found, columns, fit(found, shape), shape)
        self._reword_groups()
        if self.found.is_scrambled:
            missing_rows, missing_columns = [], []
            self._leave_unread()
        elif missing_rows or not self.taken:
            missing_rows = self._not_understood(missing_rows)
        if self.lost_labels or self.strays:
            missing_rows = self._unlabelled(missing_rows)
        values = [cell.value for cell in self.cells]
        irregular = [
            i for i, cell in enumerate(self.cells) if type(cell.value) is not int or cell.value < 0 or cell.oddities
        ]
        for i in irregular:
            if not _is_sound(self.cells[i], self.form.cells[i][1]):
                values[i] = None
        table = Table(
            form=self.form,
            edition=self.edition,
            cells=tuple(self.cells),
            values=tuple(values),
            irregular=tuple(irregular),
            location=self.found.location,
            reworded=tuple(self.reworded),
            extra=tuple(self.extra),
            missing_rows=tuple(missing_rows),
            missing_columns=tuple(missing_columns),
            note=self.found.note,
            units=self.units,
            column_locations={key: leaf.location for key, leaf in self.headings.items()} if missing_columns else {},
        )
        return table, self.notes

    # -- rows ---------------------------------------------------------------------------------------------------------

    def _match_rows(self) -> None:
        by_key = self.form.rows
        inexact: list[FoundRow] = []
        foreign: list[FoundRow] = []
        for found in self.found.rows:
            key = found.key
            if key in by_key and found.exact:
                earlier = self.taken.get(key)
                if earlier is None or (not earlier.figures and found.figures):
                    self.taken[key] = found
                else:
                    foreign.append(found)
            elif key in by_key or found.candidate in by_key:
                inexact.append(found)
            else:
                foreign.append(found)
        for found in inexact:
            key = found.key if found.key in by_key else found.candidate
            assert key is not None
            if key not in self.taken:
                self.taken[key] = found
            else:
                foreign.append(found)
        for found in foreign:
            # Words behind a row's label (行政处罚 in a list of links) make no row.
            if any(slot.figure.state is State.NUMBER for slot in found.figures):
                self._foreign(found)
        for key, found in self.taken.items():
            if found.text != by_key[key].label:
                self._reword("row", by_key[key].label, found.text, found.location, by_key[key].address, found.exact)

    def _foreign(self, found: FoundRow) -> None:
        if not found.text:
            self.lost_labels += 1
            self._note_unlabelled(found)
        elif not found.ruled and len(found.figures) > 1:
            self.strays.append(found)
        else:
            self._note_extra(found)

    def _note_unlabelled(self, found: FoundRow) -> None:
        first, last = found.figures[0], found.figures[-1]
        location = Location(first.line, first.column, last.line, last.column + len(last.text) - 1)
        if len(found.figures) > 1:
            self.notes.append(SourceNote("unlabelled-row", location, {"values": len(found.figures)}, self.form.name))

    def _note_extra(self, found: FoundRow) -> None:
        address = f"{self.form.name}/{found.text}"
        self.extra.append(FoundLabel("row", None, found.text, found.location, address))

    def _leave_unread(self) -> None:
        """Of a scrambled table only what stands beside its label is read; nothing else in it is blank or missing."""
        rows = self.form.rows.keys() - {key for key, found in self.taken.items() if _is_in_one_place(found)}
        place = self.found.astray[0].location
        self.notes = [note for note in self.notes if note.kind not in ("ragged-row", "glued-row", "unlabelled-row")]
        self.notes.append(SourceNote("unread-figures", place, {"rows": len(rows)}, self.form.name))
        for i, (row, _) in enumerate(self.form.cells):
            if row.key in rows:
                self.cells[i] = Cell(State.UNREADABLE, None, "", place.line, place.column)
        self.reworded, self.extra = [], []

    def _not_understood(self, missing: list[Row]) -> list[Row]:
        """Where figures stand in the table that were not understood, its rows are unreadable, not missing or blank."""
        place = self.found.unread
        if place is not None:
            facts: dict[str, object] = {"rows": len(missing) or 1}
            self.notes.append(SourceNote("unread-figures", place, facts, self.form.name))
            lost = {row.key for row in missing} or self.form.rows.keys()
            for i, (row, _) in enumerate(self.form.cells):
                if row.key in lost:
                    self.cells[i] = Cell(State.UNREADABLE, None, "", place.line, place.column)
            return []
        if not self.taken and not missing:  # 表四: a header without a row of values
            where = self.found.location
            self.cells = [Cell(State.BLANK, None, "", where.line, where.column)] * len(self.cells)
        return missing

    def _unlabelled(self, missing: list[Row]) -> list[Row]:
        """Rows whose label was lost are not missing, nor blank: figures stand there that cannot be told apart.

        In a table without lines the label may have run together with another one.
        """
        lost = {row.key for row in missing} | {key for key, found in self.taken.items() if not found.slots}
        all_are_lost = len(lost) <= self.lost_labels + len(self.strays)
        for stray in self.strays:
            if lost and all_are_lost:
                self._note_unlabelled(stray)
            else:
                self._note_extra(stray)
        if not all_are_lost:
            return missing
        for i, (row, _) in enumerate(self.form.cells):
            if row.key in lost:
                self.cells[i] = Cell(State.UNREADABLE)
        return []

    def _reword(self, kind: str, official: str, text: str, location: Location, address: str, exact: bool) -> None:
        if not text or text == official:
            return
        number, words = label_key(text)
        official_number, official_words = label_key(official)
        if words == official_words and (not number or number == official_number):
            return
        if words[:1] == official_number and words[1:] == official_words:
            return
        self.reworded.append(
            FoundLabel(kind, official, " ".join(text.split()), location, f"{self.form.name}/{address}")
        )

    def _reword_groups(self) -> None:
        official = {key or label: label for key, label, _ in self.form.row_groups}
        seen = set()
        for key, text, location in self.found.groups:
            if key in official and key not in seen:
                seen.add(key)
                self._reword("group", official[key], text, location, official[key], True)
        above = {key or label: label for key, label in self.form.column_groups}
        for header in self.found.headers:
            for leaf in header.leaves:
                key = (leaf.key or "").removeprefix("+")
                if leaf.is_group and key in above and key not in seen:
                    seen.add(key)
                    self._reword("group", above[key], leaf.text, leaf.location, above[key], leaf.exact)

    # -- columns ------------------------------------------------------------------------------------------------------

    def _columns(self, block: Block, rows: Sequence[FoundRow]) -> list[Column | None]:
        """The columns in the order of their values; None stands for a column the form does not have."""
        header = self._header(block, rows)
        official: list[Column | None] = list(block.columns)
        self.official = official
        widths = [_values_of(row) for row in rows if row.figures]
        usual = max(set(widths), key=widths.count) if widths else 0
        leaves = ordered_leaves(block, header) if header else []
        found = [column for column, _ in leaves]
        known = [column for column in found if column is not None]
        for column, leaf in leaves:
            if column is not None:
                self._note_column(column, leaf)
        if len(known) == len(official):
            if len(found) > len(official) and usual == len(found):
                for column, leaf in leaves:
                    if column is None:
                        self.extra.append(
                            FoundLabel("column", None, leaf.text, leaf.location, f"{self.form.name}/{leaf.text}")
                        )
                return found
            if all(a is b for a, b in zip(known, official, strict=True)):
                return official
            return list(known) if len({column.key for column in known}) == len(known) else official
        if known and usual == len(found) and len(found) < len(official) and len(known) == len(found):
            return list(known)
        return official

    def _header(self, block: Block, rows: Sequence[FoundRow]) -> Header | None:
        for row in rows:
            if row.header.leaves:
                return row.header
        if len(self.form.blocks) == 1:
            return next((header for header in self.found.headers if header.leaves), None)
        return next((h for h in self.found.headers if h.leaves and h.caption == block.caption), None)

    def _note_column(self, column: Column, leaf: Leaf) -> None:
        if column.key in self.headings:
            return
        self.headings[column.key] = leaf
        if column.kind == "amount":
            self.units[column.key] = (leaf.unit, leaf.decimals)
            if label_key(leaf.text)[1].startswith(label_key(column.label)[1]):
                return
        if leaf.text != column.label:
            self._reword("column", column.label, leaf.text, leaf.location, column.address, leaf.exact)

    # -- cells --------------------------------------------------------------------------------------------------------

    def _place(self, row: Row, found: FoundRow, columns: Sequence[Column | None], fitted: Fitted, shape: Shape) -> None:
        if fitted.slots is None:
            figures = found.figures
            last = figures[-1]
            location = Location(found.line, found.column, last.line, last.column + len(last.text) - 1)
            facts: dict[str, object] = {
                "row": row.label or self.form.name,
                "values": len(figures),
                "columns": shape.width,
                "text": _shortened(" ".join(slot.text for slot in figures)),
            }
            address = "/".join(part for part in (self.form.name, row.address) if part)
            self.notes.append(SourceNote(f"{fitted.problem}-row", location, facts, address))
            cells = [Cell(State.UNREADABLE, None, "", found.line, found.column)] * len(columns)
        else:
            cells = [
                _new(Cell, (*slot.figure[:2], slot.text, slot.line, slot.column, *slot.figure[2:]))
                if slot is not None
                else Cell(State.BLANK, None, "", found.line, found.column)
                for slot in fitted.slots
            ]
        if columns is self.official:
            start = self.form.positions[row.key, columns[0].key]  # type: ignore[union-attr]
            self.cells[start : start + len(cells)] = cells
            return
        for column, cell in zip(columns, cells, strict=True):
            if column is not None:
                self.cells[self.form.positions[row.key, column.key]] = cell


def _is_in_one_place(row: FoundRow) -> bool:
    """Whether the values stand on the line of their label, or each in its own cell of that row."""
    return bool(row.slots) and (row.ruled or row.slots[-1].line == row.line)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def _is_sound(cell: Cell, column: Column) -> bool:
    """Half an application or fewer than none is a fault of that cell; no sum is made of it."""
    if column.kind != "amount" and cell.decimals:
        return False
    return column.kind == "signed" or cell.value is None or cell.value >= 0


def _values_of(row: FoundRow) -> int:
    """How many values a row has; digits run together count one each."""
    figures = row.figures
    alone = figures[0].text if len(figures) == 1 and not row.ruled else ""
    return len(alone) if alone.isascii() and alone.isdigit() else len(figures)
