"""Finds the article among navigation, metadata, links and footer of a web page, by where its text and tables stand.

Sentences and tables count for the article, links against it; the stretch of the page with the greatest sum is its
core. The core is widened to the box that holds it and to what stands before it, for nothing of a report may be lost:
rather too much than too little.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.web.block import Block, Stretch, TableBlock, TextBlock, Unread

if TYPE_CHECKING:
    from lxml.etree import _Element

LEAST_CELLS = 12  # a table of fewer may be a menu or a calendar's head
WORTH_OF_CELL = 5  # characters
COST_OF_LINKS = 10  # and two for each of their characters: a few words behind them are none of the article
LONGEST_NAME = 12
LONG = 80  # characters without a full stop that are a sentence all the same
PREFACE = 30  # lines before the box of the article: its title, date and source
LEAST_ARTICLE = 150  # characters, where there is no table
MOST_OF_FOOTER = 300
MOST = 0.8  # of the core's characters stand in the box of the article

_SENTENCE = LazyPattern(r"[。；！？]")
_FOOTER = LazyPattern(r"(?:^|[\s_-])(?:page|site|web)?(?:foot(?:er)?|copyright|banquan)(?:$|[\s_\d-])", 2)


class Article(NamedTuple):
    """The blocks of the article; `size` is what its sentences and tables amount to, in characters."""

    blocks: Sequence[Block]
    size: int
    has_table: bool

    @property
    def is_enough(self) -> bool:
        """Whether there is an article at all, and not only the page around one that stands elsewhere."""
        return self.has_table or self.size >= LEAST_ARTICLE


class _Weight(NamedTuple):
    """What a block says for (or against) its being of the article."""

    worth: int
    is_link: bool
    is_table: bool


_NOTHING = _Weight(0, False, False)


def find_article(blocks: Sequence[Block]) -> Article:
    """The article of a page; the whole page when nothing in it looks like one."""
    in_footer = _Around(_is_footer)
    weights = [_weigh(block) for block in blocks]
    below = [i for i, weight in enumerate(weights) if weight.worth > 0 and in_footer(blocks[i].container)]
    if sum(weights[i].worth for i in below) <= MOST_OF_FOOTER:
        for i in below:
            weights[i] = _NOTHING
    else:
        in_footer = _Around(lambda box: False)  # what calls itself so holds too much to be one
    first, last = _greatest_sum([weight.worth for weight in weights])
    tables = [i for i, weight in enumerate(weights) if weight.is_table]
    if last < 0 and not tables:
        return Article(blocks, 0, False)
    if tables:
        first, last = (min(first, tables[0]), max(last, tables[-1])) if last >= 0 else (tables[0], tables[-1])
    box = _box_of_most(blocks, weights, first, last)
    in_box = _Around(lambda other: other is box)
    if box.tag not in ("body", "html"):  # whatever links stand between, the rest of the box is of the article, too
        for i in range(last + 1, len(blocks)):
            if not in_box(blocks[i].container):
                break
            last = i if weights[i].worth > 0 else last
    end = last + 1
    while end < len(blocks) and not (
        weights[end].is_link or not in_box(blocks[end].container) or in_footer(blocks[end].container)
    ):
        end += 1  # signature and date, up to the first link or the footer
    chosen = [
        *filter(_is_no_picture, _before(blocks, weights, first, in_box)),
        *_within(blocks, weights, first, last),
        *filter(_is_no_picture, blocks[last + 1 : end]),
    ]
    size = sum(max(weight.worth, 0) for weight in weights[first : last + 1])
    return Article(chosen, size, bool(tables))


def _weigh(block: Block) -> _Weight:
    if isinstance(block, Unread):
        return _NOTHING
    if isinstance(block, TableBlock):
        if _is_register(block):
            return _NOTHING
        cells = [cell for row in block.rows for cell in row]
        length = sum(len(cell.text) for cell in cells)
        if not length:
            return _NOTHING
        if block.linked * 2 > length:
            return _Weight(-2 * block.linked - COST_OF_LINKS, True, False)
        return _Weight(
            length - block.linked + WORTH_OF_CELL * len(cells), False, length > 0 and len(cells) >= LEAST_CELLS
        )
    text = block.text
    length = len(text)
    if block.linked * 2 > length:
        return _Weight(-2 * block.linked - COST_OF_LINKS, True, False)
    if _SENTENCE.search(text) or (length > LONG and "，" in text):
        return _Weight(length - block.linked, False, False)
    return _NOTHING


def _greatest_sum(worths: Sequence[int]) -> tuple[int, int]:
    """First and last of the neighbours whose sum is greatest; (0, -1) when nothing is worth anything."""
    best, found = 0, (0, -1)
    total = start = 0
    for i, worth in enumerate(worths):
        if total <= 0:
            total, start = 0, i
        total += worth
        if total > best and worth > 0:
            best, found = total, (start, i)
    first, last = found
    while first < last and worths[first] <= 0:
        first += 1
    return first, last


class _Around:
    """Tells whether a box, or one of those around it, is of a certain kind; each box is asked only once."""

    def __init__(self, is_kind: Callable[[_Element], bool]) -> None:
        self._is_kind = is_kind
        self._known: dict[_Element, bool] = {}

    def __call__(self, box: _Element) -> bool:
        path = []
        found = False
        for outer in _boxes(box):
            if outer in self._known:
                found = self._known[outer]
                break
            path.append(outer)
            if self._is_kind(outer):
                found = True
                break
        self._known.update(dict.fromkeys(path, found))
        return found


def _is_footer(box: _Element) -> bool:
    names = (box.get("class"), box.get("id"), box.get("role"))
    return box.tag == "footer" or any(name and _FOOTER.search(name) for name in names)


def _boxes(container: _Element) -> Iterator[_Element]:
    """The boxes around a block, from the inside out."""
    return chain([container], container.iterancestors())


def _box_of_most(blocks: Sequence[Block], weights: Sequence[_Weight], first: int, last: int) -> _Element:
    """The innermost box around the end of the core that holds most of it; metadata may stand outside."""
    worths = dict.fromkeys(_boxes(blocks[last].container), 0)  # of what stands in each and in none further inside
    nearest = {box: box for box in worths}
    total = 0
    for block, weight in zip(blocks[first : last + 1], weights[first : last + 1], strict=True):
        if weight.worth > 0:
            path = []
            for box in _boxes(block.container):
                path.append(box)
                if box in nearest:
                    break
            nearest.update(dict.fromkeys(path, nearest[path[-1]]))
            worths[nearest[path[-1]]] += weight.worth
            total += weight.worth
    inside = accumulate(worths.values())
    return next(box for box, worth in zip(worths, inside, strict=True) if worth >= total * MOST)


def _before(blocks: Sequence[Block], weights: Sequence[_Weight], first: int, in_box: _Around) -> Iterator[Block]:
    """What stands before the core and is no link: all of its box, and a few lines before that."""
    found: list[Block] = []
    outside = 0
    inside = True
    for i in range(first - 1, -1, -1):
        inside = inside and in_box(blocks[i].container)
        if weights[i].is_link:
            continue
        outside += not inside
        if outside > PREFACE:
            break
        block = blocks[i]
        found += reversed(list(_entries(block))) if isinstance(block, TableBlock) and _is_register(block) else [block]
    return reversed(found)


def _is_no_picture(block: Block) -> bool:
    """Before and after the text pictures are those of the site: its name, a code to be scanned."""
    return not isinstance(block, Unread) or block.kind != "picture"


def _is_register(table: TableBlock) -> bool:
    """Whether a table lists what the page is about (索引号 …, 发布日期 …) in pairs of name and value."""
    for row in table.rows:
        if len(row) % 2 and len(row) > 1:
            return False
        for name, value in zip(row[::2], row[1::2], strict=False):
            if not name.text or len(name.text) > LONGEST_NAME or value.text.isdigit():
                return False
    return True


def _entries(table: TableBlock) -> Iterator[TextBlock]:
    for row in table.rows:
        if len(row) == 1:
            yield TextBlock((Stretch(row[0].text, row[0].line),), 0, table.container)
        for name, value in zip(row[::2], row[1::2], strict=False):
            text = f"{''.join(name.text.split()).rstrip('：:')}：{value.text}"
            yield TextBlock((Stretch(text, name.line),), 0, table.container)


def _within(blocks: Sequence[Block], weights: Sequence[_Weight], first: int, last: int) -> Iterator[Block]:
    """The core without lists of links in its midst; a link or two alone may be part of the text."""
    links: list[Block] = []
    for i in range(first, last + 1):
        if weights[i].is_link:
            links.append(blocks[i])
            continue
        if len(links) < 3:
            yield from links
        links = []
        yield blocks[i]
