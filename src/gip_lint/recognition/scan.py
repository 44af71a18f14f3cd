"""Decides which lines and rows belong to an official table, in whatever layout, and hands them to the collector.

The labels are the anchors; what stands between two of them are the values of the first. This works alike for
tab-separated rows, Markdown, padded columns, one cell a line and text without any separator.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gip_lint.annual_report import State
from gip_lint.document import GridCell, Location, Paragraph, display_width
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.recognition.characters import label_key
from gip_lint.recognition.collector import LONGEST_LABEL, LONGEST_VALUE, Collector, Piece
from gip_lint.recognition.cut_line import (
    COUNTERS,
    LINE_MARK,
    PROSE_MARK,
    is_foreign_row,
    is_sentence,
    mostly_labels,
    table_start,
    trimmed,
)
from gip_lint.recognition.figure import BLANK, Figure
from gip_lint.recognition.found import FoundTable, Slot
from gip_lint.recognition.fragments import UNIT_PART
from gip_lint.recognition.lone_figures import is_stray, is_stream
from gip_lint.recognition.vocabulary import Label, Token, Vocabulary, all_known

FEWEST_LABELS_RUN_TOGETHER = 6
FEWEST_DIGITS_OF_A_ROW = 5
SHORTEST_RUNNING_TITLE = 4
FEWEST_PAGES = 3
# Words only a table has: it may stand under no heading at all.
_HINT = LazyPattern("第二十条第|申请人情况|信息内容|本年新收政府信息|结果维持|予以公开|结转下年度继续")
_DIGIT = LazyPattern(r"\d")


class TableScan:
    """Feeds on the lines and rows of a report in reading order."""

    def __init__(self, vocabulary: Vocabulary, lines: Sequence[str]) -> None:
        self._vocabulary = vocabulary
        self._lines = lines
        self._times: Counter[str] | None = None  # how often a line stands in the document
        self._collector = Collector(vocabulary)
        self._strong = False  # a label that only a table has was met since the context began

    @property
    def context(self) -> str | None:
        """The key of the table at hand."""
        return self._collector.context

    def opens_with(self, label: Label) -> bool:
        """Whether the table at hand, of which nothing certain was met, begins with this label."""
        return label.strong and self.context in label.meanings and not self._open()

    def open(self) -> None:
        """What comes next is the table's."""
        self._strong = True

    def enter(self, table: str | None) -> None:
        """A section heading says which table, if any, comes next."""
        self._collector.enter(table)
        self._strong = False

    def finish(self) -> dict[str, FoundTable]:
        """What was collected, by table key."""
        return self._collector.finish()

    def stray(self, text: str, line: int, column: int) -> None:
        """Note a figure on a line of its own that was not taken."""
        self._collector.stray(text, line, column)

    def leave(self, text: str, line: int, column: int) -> None:
        """Note a line that was not taken: with figures and no sentence in it, it may be a row that was not understood."""
        if self.context is None:
            return
        figures = text.replace("|", " ").split()
        if len(figures) > 1 and all(self._vocabulary.read(figure).figure is not None for figure in figures):
            for figure in figures:
                self.stray(figure, line, column)
        table = self._collector.tables.get(self.context)
        if table is None or table.unread is not None or PROSE_MARK.search(text):
            return
        if len(_DIGIT.findall(text)) >= FEWEST_DIGITS_OF_A_ROW:
            table.unread = Location(line, column, line, column + len(text) - 1)

    def _switch(self, label: Label) -> None:
        """A label of another table ends the one at hand; words that several tables share do not."""
        if self._collector.context in label.meanings:
            self._strong = self._strong or label.strong
        elif label.strong:
            self.enter(next(iter(label.meanings)))
            self._strong = True

    def _open(self) -> bool:
        """Whether part of the table at hand was met, so that lines without a label may belong to it."""
        collector = self._collector
        return collector.context is not None and (
            self._strong or collector.header is not None or collector.row is not None
        )

    # -- rows of grids ------------------------------------------------------------------------------------------------

    def feed_row(self, cells: Sequence[GridCell], *, ruled: bool, following: str | None = None) -> bool:
        """Take a row of a grid; False if it is none of an official table's. `following` is the first cell after it."""
        if not ruled:
            return self._feed_padded(cells)
        if len(cells) == 1 and self._feed_cell(cells[0]):
            return True
        read = self._vocabulary.read_row(tuple([text for text, _, _, _ in cells]))
        collector = self._collector
        for label in read.labels:
            if collector.context not in label.meanings or not self._strong:
                self._switch(label)
        tokens: Sequence[Token] = read.tokens
        header = collector.header
        split = read.whole and header is not None and header.due > 1
        if split:  # the figures of a whole row in one cell, not one figure with spaces in it
            tokens = [t._replace(figure=None) if t.figure is not None and t.figure is not BLANK else t for t in tokens]
        labelled = bool(read.labels)
        if collector.context is None or not (labelled or self._belongs(cells, tokens, following)):
            return False
        if read.plain and not split and not collector.fragments.open:
            meanings = [label.within(collector.context) for label in read.labels]
            last = meanings[-1]
            if all(meanings) and last is not None and last.column is None and last.head is None:
                collector.take_plain(cells, tokens, read.last_label + 1)
                return True
        pieces: Sequence[Piece] = list(zip(cells, tokens, range(len(cells)), strict=True))
        if split or not read.known:
            pieces = [part for piece in pieces for part in self._cut_cell(piece)]
        self._collector.take(pieces, ruled=True, width=len(cells), labelled=labelled)
        return True

    def _feed_cell(self, cell: GridCell) -> bool:
        """Take a cell alone in its row that is one more value of the row at hand."""
        collector = self._collector
        row = collector.row
        if row is None or collector.in_header or row.width > 1 or not row.ruled or collector.fragments.open:
            return False
        figure = self._vocabulary.read(cell.text).figure
        if figure is None:
            return False
        collector.source += 1
        row.add(Slot(cell.text, figure, cell.line, cell.column, 0, collector.source))
        return True

    def _cut_cell(self, piece: Piece) -> Sequence[Piece]:
        """The parts of a cell that holds several labels, or a label and figures."""
        cell, token, index = piece
        text = cell.text
        if token.label is not None or token.figure is not None or self._collector.fragments.joins(text):
            return [piece]
        if len(text) > LONGEST_LABEL * 2 and not _DIGIT.search(text):
            return [piece]
        tokens = self._vocabulary.cut(text)
        if not all_known(tokens) or not (len(tokens) > 2 or any(token.label is not None for token in tokens)):
            return [piece]
        for token in tokens:
            if token.label is not None:
                self._switch(token.label)
        return [(cell._replace(text=t.text, column=cell.column + t.column), t, index) for t in tokens]

    def _feed_padded(self, cells: Sequence[GridCell]) -> bool:
        if any(PROSE_MARK.search(cell.text) for cell in cells):
            return False
        pieces: list[tuple[GridCell, Token]] = []
        read = self._vocabulary.read
        goes_on = self._is_begun
        for whole in cells:
            token = read(whole.text)
            if token.label is not None or token.figure is not None:
                pieces.append((whole, token))
                continue
            for cell in self._parted(whole):
                token = read(cell.text)
                if token.label is not None or token.figure is not None or goes_on(cell.text):
                    pieces.append((cell, token))
                    continue
                for part in self._vocabulary.cut(cell.text) or (token,):
                    offset = cell.offset + display_width(cell.text[: part.column])
                    pieces.append((GridCell(part.text, cell.line, cell.column + part.column, offset), part))
        labelled = False
        for _, token in pieces:
            if token.label is not None:
                labelled = True
                self._switch(token.label)
        if self.context is None:
            return False
        if not labelled and not self._belongs([cell for cell, _ in pieces], [token for _, token in pieces]):
            return False
        placed = [(cell, token, i) for i, (cell, token) in enumerate(pieces)]
        self._collector.take(placed, ruled=False, width=len(placed), labelled=labelled)
        return True

    def _is_begun(self, text: str) -> bool:
        """Whether the text begins a label, or goes on with one or with its unit."""
        collector = self._collector
        return self._vocabulary.begins(text) or collector.fragments.joins(text) or collector.awaits_unit(text)

    def _parted(self, cell: GridCell) -> Sequence[GridCell]:
        """Two cells with a single space between them, the first of which completes a label, or with none at all."""
        text = cell.text
        if " " not in text and not text[-1].isdigit():
            return (cell,)
        head, space, tail = text.partition(" ")
        if not space or not tail or not self._collector.fragments.completes(head):
            head = text.rstrip("0123456789")
            space, tail = "", text[len(head) :]
            begun = label_key(head)[1] and self._vocabulary.begins(head)
            if not tail or not begun or self._vocabulary.begins(text):
                return (cell,)
        start = len(head + space)
        return (
            cell._replace(text=head),
            GridCell(tail, cell.line, cell.column + start, cell.offset + display_width(head + space)),
        )

    def _belongs(self, cells: Sequence[GridCell], tokens: Sequence[Token], following: str | None = None) -> bool:
        """Whether a row without a known label is one of the table at hand."""
        if not self._open():
            return False
        texts = [cell.text for cell, token in zip(cells, tokens, strict=True) if token.figure is None and cell.text]
        if any(len(text) > LONGEST_LABEL or PROSE_MARK.search(text) for text in texts):
            return False
        figures = any(token.figure is not None and cell.text for cell, token in zip(cells, tokens, strict=True))
        if not texts or figures or len(cells) > 3:
            return True
        if len(cells) == 1:
            return self._is_piece(texts[0], self._vocabulary.cut(texts[0]), following)
        odd_value = self._collector.expects_value() and all(len(text) <= LONGEST_VALUE for text in texts)
        return odd_value or all(self._is_part_of_label(text) for text in texts)

    # -- lines --------------------------------------------------------------------------------------------------------

    def feed_figure(self, text: str, figure: Figure, line: int, column: int) -> bool:
        """Take a line, a figure by itself, as one value of a row still short of values; False if it is none."""
        collector = self._collector
        row = collector.row
        if row is None or collector.in_header or row.group or row.width > 1 or row.is_full or collector.fragments.open:
            return False
        if row.ruled and row.figures:
            return False  # a line of text among cells that have their separators
        if figure.state is not State.NUMBER or self._is_whole_row(text):
            return False
        collector.source += 1
        collector.add_figure(Slot(text, figure, line, column, column - 1, collector.source))
        return True

    def feed_line(
        self, paragraph: Paragraph, token: Token, following: str | None = None
    ) -> list[tuple[str, int]] | None:
        """Take a line without separators, read as `token`; `following` is the next one.

        Returns the prose left over with its position, None if none of the line is the table's.
        """
        text, line, column = paragraph
        if token.label is not None:
            self._switch(token.label)
            if self.context is None or not (self._open() or token.label.strong):
                return None
        elif token.figure is not None:
            if not self._open() or is_stray(self._collector, self._vocabulary, text, line, following):
                return None
            if "spaced" in token.figure.oddities and (not is_stream(self._collector.row) or self._is_whole_row(text)):
                token = token._replace(figure=None)  # several figures in a row, not one with a space in it
        elif self.context is None and not _HINT.search(text):
            return None
        if token.label is None and token.figure is None:
            tokens = self._vocabulary.cut_line(text)  # 5. 要求… is one label, not two
            if PROSE_MARK.search(text) and " " not in text and len(tokens) < FEWEST_LABELS_RUN_TOGETHER:
                return None  # a sentence
            if " " in text and not all_known(tokens) and self._feed_spaced(text, line, column):
                return []
            if len(text) > LONGEST_LABEL or not self._open() or not self._is_piece(text, tokens, following):
                return self._feed_cut(text, tokens, line, column, following)
        cell = GridCell(text, line, column, column - 1)
        parts = self._parted(cell) if token.label is None and token.figure is None else (cell,)
        pieces = (
            [(part, self._vocabulary.read(part.text), 0) for part in parts] if len(parts) > 1 else [(cell, token, 0)]
        )
        self._collector.take(pieces, ruled=False, width=1, labelled=token.label is not None)
        return []

    def is_running_title(self, text: str) -> bool:
        """Whether a line amid the table at hand stands in the document again and again, as above every page."""
        if not self._open() or not SHORTEST_RUNNING_TITLE <= len(text) <= LONGEST_LABEL or LINE_MARK.search(text):
            return False
        if self._times is None:
            self._times = Counter(map(str.strip, self._lines))
        return self._times[text] >= FEWEST_PAGES and not self._is_part_of_label(text)

    def _feed_spaced(self, text: str, line: int, column: int) -> bool:
        """Take a line whose cells stand a single space apart, labels wrapped in their cells among them.

        Only where every piece is a figure, a label, or part of one that is begun or goes on here.
        """
        if not self._open() or self._is_begun(text):
            return False
        cells = []
        at = 0
        for piece in text.split(" "):
            if piece:
                cells.append(GridCell(piece, line, column + at, column - 1 + display_width(text[:at])))
            at += len(piece) + 1
        tokens = [self._vocabulary.read(cell.text) for cell in cells]
        known = [token.label is not None or token.figure is not None for token in tokens]
        goes_on = self._collector.is_odd_value if self._is_whole_row(text) and any(known) else self._is_begun
        if all(known) or not all(k or goes_on(cell.text) for k, cell in zip(known, cells, strict=True)):
            return False
        self._collector.take(
            list(zip(cells, tokens, range(len(cells)), strict=True)), ruled=False, width=len(cells), labelled=any(known)
        )
        return True

    def _feed_cut(
        self, text: str, tokens: tuple[Token, ...], line: int, column: int, following: str | None
    ) -> list[tuple[str, int]] | None:
        """Take a line cut into labels and figures, without the sentences before and after."""
        labels = [token.label for token in tokens if token.label is not None]
        header = self._collector.header
        counted = following is not None and following[0] in COUNTERS  # 因“放管服”改革减少6 / 项，…
        foreign_row = (
            self._open() and not counted and is_foreign_row(tokens, text, header.due if header is not None else 0)
        )
        only_figures = self._open() and len(tokens) > 1 and all(token.figure is not None for token in tokens)
        if not (labels or foreign_row or only_figures):
            return None
        prose: list[tuple[str, int]] = []
        start = table_start(tokens)
        if len(labels) >= FEWEST_LABELS_RUN_TOGETHER and start is not None and mostly_labels(tokens[start:]):
            tokens = trimmed(tokens, start, text, prose)
            labels = [token.label for token in tokens if token.label is not None]
        elif is_sentence(text, tokens) or not (
            foreign_row
            or tokens[0].label is not None
            or tokens[0].figure is not None
            or self._is_part_of_label(tokens[0].text)
        ):
            return None
        for label in labels:
            self._switch(label)
        if self.context is None or not (self._open() or any(label.strong for label in labels)):
            return None
        pieces = [(GridCell(t.text, line, column + t.column), t, i) for i, t in enumerate(tokens)]
        self._collector.take(pieces, ruled=False, width=len(pieces), labelled=bool(labels))
        return prose

    def _is_whole_row(self, text: str) -> bool:
        """Whether a line of figures has one for every column."""
        header = self._collector.header
        return header is not None and header.due > 1 and len(text.split()) == header.due

    def _is_piece(self, text: str, tokens: Sequence[Token], following: str | None) -> bool:
        """Whether a line is one cell of a table with a cell a line: part of a label, a foreign label, or a value."""
        collector = self._collector
        if PROSE_MARK.search(text):
            return False
        if self._vocabulary.begins(text) or collector.fragments.joins(text):
            return True
        if collector.fragments.open and collector.fragments.completes(text.partition(" ")[0]):
            return True
        if collector.awaits_unit(text):
            return True
        if any(token.figure is not None or token.label is not None for token in tokens):
            return False
        if self._is_part_of_label(text):
            return True
        if collector.is_odd_value(text):
            return True
        if collector.expects_value():
            return len(text) <= LONGEST_VALUE
        after = self._vocabulary.read(following) if following is not None else None
        if after is None or len(text) > 30:
            return False
        if collector.in_header:
            header = collector.header
            return bool(header and header.leaves) and len(text) <= LONGEST_VALUE and after.label is not None
        return after.figure is not None and after.figure.state is State.NUMBER

    def _is_part_of_label(self, text: str) -> bool:
        """Whether the text could be a label of the table at hand, part of one, or one misspelt."""
        context = self.context
        if context is None or PROSE_MARK.search(text):
            return False
        return (
            self._collector.fragments.joins(text)
            or self._vocabulary.begins(text)
            or (self._collector.in_header and UNIT_PART.search(text) is not None)
            or self._vocabulary.is_fragment(text, context)
            or self._vocabulary.near(text, context, ("row", "column", "group", "head")) is not None
        )
