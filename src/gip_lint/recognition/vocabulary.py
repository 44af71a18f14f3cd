"""The official labels of all editions as one vocabulary: exact words, their beginnings, and near matches."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from gip_lint.annual_report import State
from gip_lint.form import Form
from gip_lint.recognition.characters import distance, fold, label_key
from gip_lint.recognition.figure import Figure, read_figure


class Ref(NamedTuple):
    """What a label may stand for. `kind`: row, group, column, column-group, caption, corner or note."""

    table: str
    kind: str
    key: str


class Label(NamedTuple):
    """The refs of one wording, by table; `words` is the wording without its numbering."""

    words: str
    refs: tuple[Ref, ...]
    tables: dict[str, tuple[Ref, ...]]
    unit: str | None = None
    decimals: int | None = None

    def within(self, table: str | None) -> tuple[Ref, ...]:
        """The refs that belong to that table."""
        return self.tables.get(table or "", ())


def _label(words: str, refs: Iterable[Ref]) -> Label:
    unique = tuple(dict.fromkeys(refs))
    tables = {ref.table: tuple(other for other in unique if other.table == ref.table) for ref in unique}
    return Label(words, unique, tables)


class Token(NamedTuple):
    """A piece of a line or cell: a label, a figure, or other text."""

    text: str
    column: int  # 0-based start within the text it was cut from
    label: Label | None
    figure: Figure | None


_UNIT_TAIL = re.compile(r"(?P<words>.+?)(?:单位)?(?P<unit>万元|亿元|元)(?:人民币)?(?:保留(?P<decimals>[1-9一二两三四五六])位小数)?")
_UNIT_AFTER = re.compile(r"\s*\((?:单位[:,]?)?\s*(万元|元)\s*,?\s*(?:保留(.)位小数)?\s*\)")
_DECIMALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_NUMBER_BEFORE = re.compile(r"(?:[一二三四五六七八九十]{1,2}\s*[、.,:]|\(\s*[一二三四五六七八九十]{1,2}\s*\)|\d\s*[、.,)])[\s*]*$")
_BARE_NUMBER = re.compile(r"\s*\d[\s*]*")
_PIECE = re.compile(r"[\d.,+\-]+(?=[\u4e00-\u9fff]{3})|[^\s|\d]{3,}(?=\d)|[^\s|]+")
_DIGITS_AND_NUMBER = re.compile(r"(\d+)\d[.、]")
_LOOSE_UNIT = re.compile(r"\(?(?:单位[:,]?)?(?:万元|元)\)?")
_MARKS = frozenset(" \t\r\n-()、,.:;\"/·*#_`")
_HAN = re.compile(r"[\u4e00-\u9fff]")
MEMO_LIMIT = 50_000


class _Node(dict[str, "_Node"]):
    __slots__ = ("label",)

    def __init__(self) -> None:
        super().__init__()
        self.label: Label | None = None


class Vocabulary:
    """Looks up labels of any edition."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self._refs: dict[str, list[Ref]] = {}
        self._numbers: dict[str, set[str]] = {}
        for form in forms:
            self._add_form(form)
        self._labels = {words: _label(words, refs) for words, refs in self._refs.items()}
        self._root = _Node()
        for words, label in self._labels.items():
            node = self._root
            for char in words:
                node = node.setdefault(char, _Node())
            node.label = label
        self._memo: dict[str, Token] = {}
        self._segmented: dict[str, tuple[Token, ...]] = {}

    def _add(self, table: str, kind: str, key: str, *wordings: str) -> None:
        for wording in wordings:
            number, words = label_key(wording)
            self._refs.setdefault(words, []).append(Ref(table, kind, key))
            self._numbers.setdefault(words, set()).add(number)

    def _add_form(self, form: Form) -> None:
        for table in form.tables.values():
            if table.corner:
                self._add(table.key, "corner", "corner", table.corner)
            if table.note:
                self._add(table.key, "note", "note", table.note)
            for key, label, _ in table.row_groups:
                self._add(table.key, "group", key or label, label)
            for key, label in table.column_groups:
                self._add(table.key, "column-group", key or label, label)
            for block in table.blocks:
                if block.caption:
                    self._add(table.key, "caption", block.caption, block.caption)
                for column in block.columns:
                    self._add(table.key, "column", column.key.rpartition(".")[2], column.label, *column.variants)
                for row in block.rows:
                    if row.label:
                        self._add(table.key, "row", row.key, row.label, *row.variants)

    # -- looking up -------------------------------------------------------------------------------------------------

    def read(self, text: str) -> Token:
        """The whole of a cell as one token."""
        token = self._memo.get(text)
        if token is None:
            if len(self._memo) > MEMO_LIMIT:
                self._memo.clear()
            token = self._memo[text] = self._read(text)
        return token

    def _read(self, text: str) -> Token:
        if len(text) <= 60:
            label = self.find(text)
            if label:
                return Token(text, 0, label, None)
        figure = read_figure(text) if len(text) <= 40 else None
        return Token(text, 0, None, figure if figure and figure.state is not State.TEXT else None)

    def find(self, text: str) -> Label | None:
        """The label that the text is, whatever its spaces, marks and numbering; a unit in brackets is kept apart."""
        number, words = label_key(text)
        label = self._labels.get(words)
        if label or not words:
            return label
        if words[0].isdigit() and words[1:] in self._labels:  # numbering that lost its full stop
            return self._labels[words[1:]]
        unit = _UNIT_TAIL.fullmatch(words)
        if unit and unit["words"] in self._labels:
            printed = unit["decimals"]
            decimals = None if printed is None else int(_DECIMALS.get(printed, printed))
            return self._labels[unit["words"]]._replace(unit=unit["unit"], decimals=decimals)
        return None

    def begins(self, text: str) -> bool:
        """Whether a label begins with this text and goes on."""
        number, words = label_key(text)
        if not words:
            return bool(number) and any(number in numbers for numbers in self._numbers.values())
        node = self._root
        for char in words:
            following = node.get(char)
            if following is None:
                return False
            node = following
        return bool(node) and (not number or bool(self._beginning(number, words)))

    def _beginning(self, number: str, words: str) -> list[Label]:
        return [
            label
            for w, label in self._labels.items()
            if w.startswith(words) and w != words and (not number or number in self._numbers[w])
        ]

    def beginnings(self, text: str, table: str) -> list[Label]:
        """The labels of a table that begin with this text; its numbering, if printed, must be theirs."""
        number, words = label_key(text)
        return [label for label in self._beginning(number, words) if label.within(table)] if words or number else []

    def is_fragment(self, text: str, table: str) -> bool:
        """Whether the text is some part of a label of that table."""
        words = label_key(text)[1]
        return bool(words) and any(words in w and label.within(table) for w, label in self._labels.items())

    def near(self, text: str, table: str, kinds: tuple[str, ...]) -> Label | None:
        """The one label of the table that the text most resembles; None when none or several are close enough."""
        words = label_key(text)[1]
        unit = _UNIT_TAIL.fullmatch(words)
        if unit:
            words = unit["words"]
        if len(words) < 3:
            return None
        best: list[tuple[int, Label]] = []
        for other, label in self._labels.items():
            refs = tuple(ref for ref in label.refs if ref.table == table and ref.kind in kinds)
            if not refs or len(other) < 3:
                continue
            limit = max(1, int(max(len(words), len(other)) * 0.34))
            d = distance(words, other, limit)
            if d <= limit:
                best.append((d, _label(other, refs)))
        best.sort(key=lambda pair: pair[0])
        if not best or (len(best) > 1 and best[0][0] == best[1][0] and best[0][1].refs != best[1][1].refs):
            return None
        return best[0][1]

    # -- cutting up -------------------------------------------------------------------------------------------------

    def cut(self, text: str) -> tuple[Token, ...]:
        """Cut a line into labels, figures and other text, whatever separates them, even nothing."""
        tokens = self._segmented.get(text)
        if tokens is None:
            if len(self._segmented) > MEMO_LIMIT // 10:
                self._segmented.clear()
            tokens = self._segmented[text] = tuple(self._cut(text))
        return tokens

    def _cut(self, text: str) -> list[Token]:
        folded = fold(text)
        tokens: list[Token] = []
        start = 0
        i = 0
        while i < len(folded):
            if folded[i] not in self._root:
                i += 1
                continue
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
        return tokens

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
