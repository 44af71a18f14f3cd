"""The official labels of all editions as one vocabulary: exact words, their beginnings, and near matches."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from gip_lint.annual_report import State
from gip_lint.form import Column, Form, TableForm
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.memory import Memory
from gip_lint.recognition.characters import distance, fold, label_key
from gip_lint.recognition.figure import BLANK, Figure, read_figure


class Meaning(NamedTuple):
    """What a label is in one table; a wording may be a column and a row at once (总计, 其他).

    `under` is the group of rows with sums of its own (（六）其他处理) that the row stands in, if any.
    """

    row: str | None = None
    group: str | None = None  # of rows
    column: str | None = None  # + before the key of a group of columns
    head: str | None = None  # note, corner or caption
    caption: str = ""
    under: str | None = None


class Label(NamedTuple):
    """One wording, `words`, without its numbering, and what it means in each table.

    `strong`: only a table has it; `goes_on`: a longer label begins with it.
    """

    words: str
    meanings: dict[str, Meaning]
    strong: bool = False
    goes_on: bool = False
    amount: bool = False  # heads a column of money, so that a unit may follow
    unit: str | None = None
    decimals: int | None = None

    def within(self, table: str | None) -> Meaning | None:
        """What it means in that table."""
        return self.meanings.get(table) if table is not None else None


class Token(NamedTuple):
    """A piece of a line or cell: a label, a figure, or other text."""

    text: str
    column: int  # 0-based start within the text it was cut from
    label: Label | None
    figure: Figure | None


PROSE = Token("", 0, None, None)
"""What a line too long for a cell is read as."""
LONGEST_CELL = 60


def all_known(tokens: Sequence[Token]) -> bool:
    """Whether each of them is a label or a figure."""
    return all(token.label is not None or token.figure is not None for token in tokens)


class RowRead(NamedTuple):
    """The cells of a row as tokens; `plain` are labels, the last of them at `last_label`, and nothing but figures behind.

    `whole`: the only figure has spaces in it, beside other cells: it may be those of the whole row in one cell.
    """

    tokens: tuple[Token, ...]
    labels: tuple[Label, ...]
    last_label: int
    plain: bool
    known: bool
    whole: bool


def _meanings(table: TableForm) -> Iterator[tuple[str, Meaning]]:
    """Every wording of a table's form and what it is there."""
    if table.corner:
        yield table.corner, Meaning(head="corner")
    if table.note:
        yield table.note, Meaning(head="note")
    for key, label, _ in table.row_groups:
        yield label, Meaning(group=key or label)
    for key, label in table.column_groups:
        yield label, Meaning(column=f"+{key or label}")
    for block in table.blocks:
        if block.caption:
            yield block.caption, Meaning(head="caption", caption=block.caption)
        for column in block.columns:
            for wording in (column.label, *column.variants):
                yield wording, Meaning(column=column.key.rpartition(".")[2])
        for row in block.rows:
            for wording in (row.label, *row.variants) if row.label else ():
                yield wording, Meaning(row=row.key, under=row.group_key or None)


def _amount_columns(forms: Collection[Form]) -> Iterator[Column]:
    for form in forms:
        for table in form.tables.values():
            yield from (table.cells[i][1] for i in table.amounts)


_UNIT_TAIL = LazyPattern(
    r"(?P<words>.+?)(?:单位)?(?P<unit>万元|亿元|元)(?:人民币)?(?:保留(?P<decimals>[1-9一二两三四五六])位小数)?"
)
_UNIT_AFTER = LazyPattern(r"\s*\((?:单位[:,]?)?\s*(万元|元)\s*,?\s*(?:保留(.)位小数)?\s*\)")
_DECIMALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_NUMBER_BEFORE = LazyPattern(
    r"(?:[一二三四五六七八九十]{1,2}\s*[、.,:]|\(\s*[一二三四五六七八九十]{1,2}\s*\)|\d\s*[、.,)])[\s*]*$"
)
_BARE_NUMBER = LazyPattern(r"\s*\d[\s*]*")
_PIECE = LazyPattern(r"[\d.,+\-]+(?=[\u4e00-\u9fff]{3})|[^\s|\d]{3,}(?=\d)|[^\s|]+")
_DIGITS_AND_NUMBER = LazyPattern(r"(\d+)\d[.、]")
_LOOSE_UNIT = LazyPattern(r"\(?(?:单位[:,]?)?(?:万元|元)\)?")
_MARKS = frozenset(' \t\r\n-()、,.:;"/·*#_`')
_HAN = LazyPattern(r"[\u4e00-\u9fff]")
_OF_FIGURES = LazyPattern(r"[\d\ufffd]|^\s+$")  # digits, what may have been digits, blanks
LONGEST_PLACEHOLDER = 4
MOST_TEXTS = 50_000
MOST_PARTS = 5_000


class _Node(dict[str, "_Node"]):
    __slots__ = ("label",)

    def __init__(self) -> None:
        super().__init__()
        self.label: Label | None = None


class Vocabulary:
    """Looks up labels of any edition."""

    def __init__(self, forms: Collection[Form]) -> None:
        # the tables whose one row has no label: their values follow the header
        self.unlabelled = frozenset(
            table.key
            for form in forms
            for table in form.tables.values()
            if not any(row.label for row in table.rows.values())
        )
        self._numbers: dict[str, set[str]] = {}
        meanings: dict[str, dict[str, Meaning]] = {}
        for form in forms:
            for table in form.tables.values():
                for wording, meaning in _meanings(table):
                    number, words = label_key(wording)
                    self._numbers.setdefault(words, set()).add(number)
                    known = meanings.setdefault(words, {}).get(table.key, Meaning())
                    meanings[words][table.key] = Meaning._make(
                        new or old for new, old in zip(meaning, known, strict=True)
                    )
        longer = {words[:end] for words in meanings for end in range(1, len(words))}
        amounts = {label_key(column.label)[1] for column in _amount_columns(forms)}
        self._labels = {
            words: Label(words, own, self._is_strong(words, own), words in longer, words in amounts)
            for words, own in meanings.items()
        }
        self._root = _Node()
        for words, label in self._labels.items():
            node = self._root
            for char in words:
                node = node.setdefault(char, _Node())
            node.label = label
        self._first = LazyPattern("[" + re.escape("".join(self._root)) + "]")
        # The same texts come in report after report, so that each is looked up by a dictionary alone.
        self.read = Memory(self._read, MOST_TEXTS).__getitem__
        """The whole of a cell as one token."""
        self.read_row = Memory(self._read_row, MOST_PARTS).__getitem__
        """The cells of a row by their texts."""
        self.find = Memory(self._find, MOST_PARTS).__getitem__
        """The label that the text is, whatever its spaces, marks and numbering; a unit in brackets is kept apart."""
        self.begins = Memory(self._begins, MOST_TEXTS).__getitem__
        """Whether a label begins with this text and goes on."""
        self.cut = Memory(self._cut, MOST_PARTS).__getitem__
        """A line cut into labels, figures and other text, whatever separates them, even nothing."""
        self.cut_line = Memory(self._cut_line, MOST_PARTS).__getitem__
        """A line cut likewise, what stands before its first label or figure in one piece."""
        self._beginning = Memory(self._find_beginning, MOST_TEXTS).__getitem__

    def _is_strong(self, words: str, meanings: dict[str, Meaning]) -> bool:
        """Whether only a table has these words: captions, long labels, and outcomes of cases."""
        if len(meanings) > 1:
            return False
        table, meaning = next(iter(meanings.items()))
        leaf = meaning.column is not None and not meaning.column.startswith("+")
        return bool(meaning.head or meaning.group or len(words) > 6 or (table in self.unlabelled and leaf))

    # -- looking up -------------------------------------------------------------------------------------------------

    def _read(self, text: str) -> Token:
        if len(text) <= LONGEST_CELL:
            label = self.find(text)
            if label and not (text[-1] == "。" and all(meaning.head is None for meaning in label.meanings.values())):
                return Token(text, 0, label, None)  # else the end of a sentence that speaks of it
        may_be = len(text) <= LONGEST_PLACEHOLDER or (len(text) <= 40 and _OF_FIGURES.search(text))
        figure = read_figure(text) if may_be else None
        return Token(text, 0, None, figure if figure and figure.state is not State.TEXT else None)

    def _read_row(self, texts: tuple[str, ...]) -> RowRead:
        tokens = tuple(map(self.read, texts))
        labels = [(i, token.label) for i, token in enumerate(tokens) if token.label is not None]
        figures = [(i, t.figure) for i, t in enumerate(tokens) if t.figure is not None and t.figure is not BLANK]
        known = all_known(tokens)
        last_label = labels[-1][0] if labels else -1
        return RowRead(
            tokens=tokens,
            labels=tuple(label for _, label in labels),
            last_label=last_label,
            plain=known and bool(labels and figures) and figures[0][0] > last_label,
            known=known,
            whole=len(tokens) > 1 and len(figures) == 1 and "spaced" in figures[0][1].oddities,
        )

    def _find(self, text: str) -> Label | None:
        words = label_key(text)[1]
        label = self._labels.get(words)
        if label or not words:
            return label
        if words[0].isdigit() and words[1:] in self._labels:  # numbering that lost its full stop
            return self._labels[words[1:]]
        unit = _UNIT_TAIL.fullmatch(words)
        if unit and unit["words"] in self._labels and self._labels[unit["words"]].amount:
            printed = unit["decimals"]
            decimals = None if printed is None else int(_DECIMALS.get(printed, printed))
            return self._labels[unit["words"]]._replace(unit=unit["unit"], decimals=decimals)
        return None

    def _begins(self, text: str) -> bool:
        return bool(self._beginning(label_key(text)))

    def only_begins(self, text: str) -> bool:
        """Whether the number before the text is that of a longer label: （六）其他 begins （六）其他处理 and is no 3.其他."""
        number, words = label_key(text)
        return bool(number) and number not in self._numbers.get(words, ()) and self.begins(text)

    def _find_beginning(self, key: tuple[str, str]) -> list[Label]:
        number, words = key
        if not words:
            return [label for w, label in self._labels.items() if number and number in self._numbers[w]]
        node = self._root
        for char in words:
            following = node.get(char)
            if following is None:
                return []
            node = following
        return [
            label
            for w, label in self._labels.items()
            if w.startswith(words) and w != words and (not number or number in self._numbers[w])
        ]

    def rows_begun(self, text: str, table: str) -> set[str]:
        """The rows of a table whose label begins with this text; its numbering, if printed, must be theirs."""
        found = (label.within(table) for label in self._beginning(label_key(text)))
        return {meaning.row for meaning in found if meaning is not None and meaning.row}

    def begins_within(self, text: str, table: str) -> bool:
        """Whether a label of that table begins with this text."""
        return self.begins(text) and any(label.within(table) for label in self._beginning(label_key(text)))

    def is_fragment(self, text: str, table: str, least: int = 2) -> bool:
        """Whether the text, of at least so many characters, is some part of a label of that table."""
        words = label_key(text)[1]
        return len(words) >= least and any(words in w and table in label.meanings for w, label in self._labels.items())

    def near(self, text: str, table: str, roles: tuple[str, ...]) -> Label | None:
        """The one label of the table that the text most resembles; None when none or several are close enough.

        `roles` are the fields of `Meaning` that come into question.
        """
        words = label_key(text)[1]
        unit = _UNIT_TAIL.fullmatch(words)
        if unit:
            words = unit["words"]
        if len(words) < 3:
            return None
        best: list[tuple[int, Label]] = []
        for other, label in self._labels.items():
            meaning = label.within(table)
            if meaning is None or len(other) < 3 or not any(getattr(meaning, role) for role in roles):
                continue
            limit = max(1, int(max(len(words), len(other)) * 0.34))
            d = distance(words, other, limit)
            if d <= limit:
                best.append((d, label))
        best.sort(key=lambda pair: pair[0])
        if not best or (len(best) > 1 and best[0][0] == best[1][0] and best[0][1].meanings != best[1][1].meanings):
            return None
        return best[0][1]

    # -- cutting up -------------------------------------------------------------------------------------------------

    def _cut(self, text: str) -> tuple[Token, ...]:
        folded = fold(text)
        tokens: list[Token] = []
        start = 0
        i = 0
        while (first := self._first.search(folded, i)) is not None:
            i = first.start()
            end, label = self._longest(folded, i)
            if label is None:
                i += 1
                continue
            begin = i
            numbering = _NUMBER_BEFORE.search(folded, start, i)
            if numbering:
                begin = numbering.start()
            elif _BARE_NUMBER.fullmatch(folded, start, i) and not tokens:
                begin = start  # numbering that lost its full stop; after a figure it would be a digit of that figure
            tokens += self._pieces(text, folded, start, begin)
            unit = _UNIT_AFTER.match(folded, end)
            if unit:
                digit = unit[2]
                decimals = None if digit is None else int(_DECIMALS.get(digit, digit if digit.isdigit() else 0))
                label = label._replace(unit=unit[1], decimals=decimals)
                end = unit.end()
            tokens.append(Token(text[begin:end], begin, label, None))
            start = i = end
        tokens += self._pieces(text, folded, start, len(folded))
        return tuple(tokens)

    def _cut_line(self, text: str) -> tuple[Token, ...]:
        tokens = self.cut(text)
        end = next((i for i, token in enumerate(tokens) if token.label or token.figure), len(tokens))
        if end < 2:
            return tokens
        last = tokens[end - 1]
        head = text[tokens[0].column : last.column + len(last.text)]
        return (Token(head, tokens[0].column, None, None), *tokens[end:])

    def _longest(self, folded: str, i: int) -> tuple[int, Label | None]:
        node = self._root
        found: tuple[int, Label | None] = (i, None)
        while i < len(folded):
            char = folded[i]
            following = node.get(char)
            if following is not None:
                node = following
                if node.label is not None:
                    found = (i + 1, node.label)
            elif char not in _MARKS:
                break
            i += 1
        end, label = found
        if label is not None:
            opened = folded.count("(", 0, end) - folded.count(")", 0, end)
            while end < len(folded) and folded[end] in '")' and (folded[end] == '"' or opened > 0):
                opened -= folded[end] == ")"
                end += 1
        return end, label

    def _pieces(self, text: str, folded: str, start: int, end: int) -> list[Token]:
        tokens: list[Token] = []
        for piece in _PIECE.finditer(folded, start, end):
            raw = text[piece.start() : piece.end()]
            numbered = _DIGITS_AND_NUMBER.fullmatch(piece.group())
            if numbered and piece.end() < end and _HAN.match(folded, piece.end()):
                # 0000000 and the 5. of the label that follows
                cut = piece.start() + numbered.end(1)
                tokens.append(Token(text[piece.start() : cut], piece.start(), None, read_figure(numbered[1])))
                tokens.append(Token(text[cut : piece.end()], cut, None, None))
                continue
            if tokens and tokens[-1].text[-1] in ".、．" and tokens[-1].figure is None and _HAN.match(piece.group()):
                before = tokens.pop()
                tokens.append(Token(text[before.column : piece.end()], before.column, None, None))
                continue
            if tokens and _LOOSE_UNIT.fullmatch(piece.group()) and tokens[-1].figure is not None:
                joined = text[tokens[-1].column : piece.end()]
                tokens[-1] = Token(joined, tokens[-1].column, None, read_figure(joined))
                continue
            figure = read_figure(raw) if len(raw) <= 40 else None
            known = figure is not None and figure.state is not State.TEXT
            if not known and not _HAN.search(piece.group()) and not any(char.isalnum() for char in raw):
                continue  # a lone bracket or comma
            tokens.append(Token(raw, piece.start(), None, figure if known else None))
        return tokens
