"""Finds the article among navigation, metadata, links and footer of a web page, by where its text and tables stand.

Sentences and tables count for the article, links against it; the stretch of the page with the greatest sum is its
core. The core is widened to the box that holds it and to what stands before it, for nothing of a report may be lost:
rather too much than too little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.web.block import Block, Box, TableBlock, TextBlock, Unread

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
    weights = [_weigh(block) for block in blocks]
    below = [i for i, weight in enumerate(weights) if weight.worth > 0 and blocks[i].box.in_footer]
    has_footer = sum(weights[i].worth for i in below) <= MOST_OF_FOOTER  # else it only calls itself so
    if has_footer:
        for i in below:
            weights[i] = _NOTHING
    first, last = _greatest_sum([weight.worth for weight in weights])
    tables = [i for i, weight in enumerate(weights) if weight.is_table]
    if last < 0 and not tables:
        return Article(blocks, 0, False)
    if tables:
        first, last = (min(first, tables[0]), max(last, tables[-1])) if last >= 0 else (tables[0], tables[-1])
    box = _box_of_most(blocks, weights, first, last)
    if box.tag not in ("body", "html"):  # whatever links stand between, the rest of the box is of the article, too
        for i in range(last + 1, len(blocks)):
            if not box.holds(blocks[i].box):
                break
            last = i if weights[i].worth > 0 else last
    end = last + 1
    while end < len(blocks) and not (
        weights[end].is_link or not box.holds(blocks[end].box) or (has_footer and blocks[end].box.in_footer)
    ):
        end += 1  # signature and date, up to the first link or the footer
    chosen = [
        *filter(_is_no_picture, _before(blocks, weights, first, box)),
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
        cells = sum([len(texts) for texts, _, _ in block.rows])
        length = sum([len("".join(texts)) for texts, _, _ in block.rows])
        if not length:
            return _NOTHING
        if block.linked * 2 > length:
            return _Weight(-2 * block.linked - COST_OF_LINKS, True, False)
        return _Weight(length - block.linked + WORTH_OF_CELL * cells, False, cells >= LEAST_CELLS)
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


def _boxes(box: Box | None) -> Iterator[Box]:
    """The boxes around a block, from the inside out."""
    while box is not None:
        yield box
        box = box.outer


def _box_of_most(blocks: Sequence[Block], weights: Sequence[_Weight], first: int, last: int) -> Box:
    """The innermost box around the end of the core that holds most of it; metadata may stand outside."""
    worths = dict.fromkeys(_boxes(blocks[last].box), 0)  # of what stands in each and in none further inside
    nearest = {box: box for box in worths}
    total = 0
    for block, weight in zip(blocks[first : last + 1], weights[first : last + 1], strict=True):
        if weight.worth > 0:
            path = []
            for box in _boxes(block.box):
                path.append(box)
                if box in nearest:
                    break
            nearest.update(dict.fromkeys(path, nearest[path[-1]]))
            worths[nearest[path[-1]]] += weight.worth
            total += weight.worth
    inside = accumulate(worths.values())
    return next(box for box, worth in zip(worths, inside, strict=True) if worth >= total * MOST)


def _before(blocks: Sequence[Block], weights: Sequence[_Weight], first: int, box: Box) -> Iterator[Block]:
    """What stands before the core and is no link: all of its box, and a few lines before that."""
    found: list[Block] = []
    outside = 0
    inside = True
    for i in range(first - 1, -1, -1):
        inside = inside and box.holds(blocks[i].box)
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
    for texts, _, _ in table.rows:
        if len(texts) % 2 and len(texts) > 1:
            return False
        for name, value in zip(texts[::2], texts[1::2], strict=False):
            if not name or len(name) > LONGEST_NAME or value.isdigit():
                return False
    return True


def _entries(table: TableBlock) -> Iterator[TextBlock]:
    for texts, lines, _ in table.rows:
        if len(texts) == 1:
            yield TextBlock(texts[0], [(texts[0], lines[0])], 0, table.box)
        for name, value, line in zip(texts[::2], texts[1::2], lines[::2], strict=False):
            text = f"{''.join(name.split()).rstrip('：:')}：{value}"
            yield TextBlock(text, [(text, line)], 0, table.box)


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
