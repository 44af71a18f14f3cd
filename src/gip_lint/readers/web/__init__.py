"""Reads web pages (.html, .mht): decodes them by what their bytes are, parses them and keeps the article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from gip_lint.document import Document, Location, Place, SourceNote
from gip_lint.errors import UnreadableFile
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.readers.comment import without_comments
from gip_lint.readers.composition import Composition, Piece, PlacedRow
from gip_lint.readers.text import MAX_BYTES, conversion_marks, decode, text_blocks
from gip_lint.readers.web.article import Article, find_article
from gip_lint.readers.web.block import Block, LinesBlock, TableBlock, TextBlock, Unread
from gip_lint.readers.web.flow import page_blocks
from gip_lint.readers.web.marks import nested_too_deeply, without_marks
from gip_lint.readers.web.style import set_aside, settle

MOST_LINES = 65_000  # the parser counts no further than 65,535
MOST_TAGS = 100_000
MOST_PARTS = 20  # pages of one archive that are looked at
MOST_ATTRIBUTES = 20_000  # in one tag they would still take no more than two seconds
MOST_ATTRIBUTES_OF_TAG = 200
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
_BEFORE_ATTRIBUTES = b" \n\t\r\f/\"'"

_HEADER = LazyPattern(r"\s*(?:[\w-]+:.*\n(?:[ \t].*\n)*)*?mime-version:", re.IGNORECASE)
_DECLARED = LazyPattern(r"""<(?:meta|\?xml)\b[^>]*?\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_GB = frozenset(["gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "ms936", "euc-cn", "gb2312-80"])
_BIG5 = frozenset(["big5", "big5-hkscs", "cp950", "x-x-big5"])


def _quoted(name: str) -> dict[str, object]:
    return {"name": f"“{name}”" if name else ""}


# What the notes about parts not read say.
_NOTES: Mapping[str, Callable[[str], tuple[str, dict[str, object]]]] = {
    "picture": lambda name: ("unread-picture", _quoted(name)),
    "hidden": lambda name: ("hidden-part", {"name": name}),
    "frame": lambda name: (
        "unread-part",
        {"part": f"嵌入的另一个页面或阅读器（{name}）", "part_en": f"an embedded page or viewer ({name})"},
    ),
    "attachment": lambda name: ("unread-part", {"part": f"附件（{name}）", "part_en": f"an attached file ({name})"}),
}


class _Source(NamedTuple):
    """The markup of a page. `numbered`: its lines are those of the file."""

    markup: str
    notes: Sequence[SourceNote]
    numbered: bool


def read(data: bytes, path: str) -> Document:
    """Read the bytes of one web page, or of one page saved with all its parts (.mht).

    Raises `UnreadableFile` when there is no text in it, the article stands elsewhere, or a limit is exceeded.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(
            f"文件 {len(data):,} 字节，超过 {MAX_BYTES:,} 字节的上限，未读取",
            f"{len(data):,} bytes, more than the limit of {MAX_BYTES:,}; not read",
        )
    shells = []
    for source in _sources(data):
        markup = without_marks(without_comments(source.markup).encode("utf-8", "replace"))
        for hiding in (True, False):  # the article may be hidden until a script shows it
            blocks = _blocks(markup, hiding=hiding)
            article = find_article(blocks)
            if article.is_enough:
                return _composed(article, path, source)
            shells.append((blocks, article, source))
    blocks, article, source = shells[0]
    _refuse_empty(blocks)
    return _composed(article, path, source)


def _blocks(markup: bytes, *, hiding: bool) -> list[Block]:
    if hiding:
        markup = set_aside(markup)
    root = _parse(markup)
    if hiding:
        settle(root)
    return page_blocks(root)


def source_text(data: bytes) -> str:
    """The markup of a page, comments and all. Raises `UnreadableFile`."""
    return next(_sources(data)).markup


# --- bytes → markup --------------------------------------------------------------------------------------------------


def _sources(data: bytes) -> Iterator[_Source]:
    """The page; of an archive its page first and then what stands in the frames of that."""
    if not _HEADER.match(data[:4000].decode("latin-1")):
        yield _Source(*_decoded(data, ""), numbered=True)
        return
    for page, charset in _parts(data):
        yield _Source(*_decoded(page, charset), numbered=False)


def _parts(data: bytes) -> list[tuple[bytes, str]]:
    """The pages in an archive of a page and its pictures, each with the charset that its part declares."""
    from email import message_from_bytes

    try:
        message = message_from_bytes(data)
        start = message.get_param("start")
        pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        pages.sort(key=lambda part: not start or part.get("Content-ID") != start)
        parts = [(part.get_payload(decode=True), part.get_content_charset() or "") for part in pages[:MOST_PARTS]]
    except (RecursionError, ValueError, LookupError) as error:
        raise UnreadableFile("网页存档（mht）已损坏", "the web archive (mht) is damaged") from error
    contents = [(content, charset) for content, charset in parts if isinstance(content, bytes)]
    if not contents:
        raise UnreadableFile("网页存档（mht）里没有网页", "there is no page in the web archive (mht)")
    return contents


def _decoded(data: bytes, charset: str) -> tuple[str, list[SourceNote]]:
    """The text by what its bytes are; a note when that is not what the page declares."""
    marked = data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if not charset:
        declared = _DECLARED.search(data[:8192].decode("latin-1"))
        charset = declared[1] if declared else ""
    charset = charset.lower()
    if charset in _BIG5 and not marked:
        try:
            return data.decode("big5-hkscs"), []
        except UnicodeDecodeError:
            pass  # declared wrongly; the bytes decide
    assumed: list[SourceNote] = []
    text = _chinese(data) if charset in _GB and not marked else None
    if text is None:
        text, notes = decode(data)
        assumed = [note for note in notes if note.kind == "encoding"]
        if marked or (assumed and charset in _GB):
            assumed = []
        elif not assumed and charset in _GB | _BIG5 and not data.isascii():
            assumed = [SourceNote("encoding", Location(1, 1, 1, 1), {"encoding": "UTF-8"})]
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return text, assumed


def _chinese(data: bytes) -> str | None:
    """The text of a page that declares GB2312 or one of its successors and keeps to it; None if it does not."""
    try:
        data.decode("utf-8")  # ends at the first character that is none
    except UnicodeDecodeError:
        try:
            return None if b"\0" in data else data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return None


# --- markup → blocks -------------------------------------------------------------------------------------------------


def _parse(markup: bytes) -> etree._Element:
    """The elements of a page in UTF-8. Raises `UnreadableFile` when there are none, too many, or too deep ones."""
    if markup.count(b"<") > MOST_TAGS:
        raise _too_large()
    if len(markup) - len(markup.translate(None, _BEFORE_ATTRIBUTES)) > MOST_ATTRIBUTES:
        # The stubs ask for methods that the parser does without.
        count = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=_AttributeCount())  # type: ignore[arg-type]
        etree.fromstring(markup, count)
    try:
        root = etree.fromstring(markup, _PARSER)
    except etree.LxmlError as error:
        raise UnreadableFile("网页无法解析", "the page cannot be parsed") from error
    if root is None:
        raise UnreadableFile("网页是空的", "the page is empty")
    if _PARSER.error_log.filter_from_fatals():
        raise nested_too_deeply()
    return root


class _AttributeCount:
    """Counts the attributes of tags: the parser's own list of them takes a time that grows with their square."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(attributes) > MOST_ATTRIBUTES_OF_TAG:
            raise _too_large()

    def close(self) -> None:
        pass


def _too_large() -> UnreadableFile:
    return UnreadableFile("网页的标签太多，不像年度报告，未读取", "too many tags in the page; not read")


def _refuse_empty(blocks: Sequence[Block]) -> None:
    """Raises `UnreadableFile` when the page only leads to the article: a frame, a file, a picture of it."""
    unread = {block.kind: block for block in reversed(blocks) if isinstance(block, Unread)}
    if "frame" in unread:
        name = unread["frame"].name
        raise UnreadableFile(
            f"正文在嵌入的另一个页面或阅读器里（{name}），请打开它另存后核验",
            f"the article is in a page or viewer embedded in this one ({name}); save that and check it",
        )
    if "attachment" in unread:
        name = unread["attachment"].name
        raise UnreadableFile(
            f"正文不在网页里，在附件里（{name}），请下载后核验",
            f"the article is not in the page but in an attached file ({name}); download and check that",
        )
    if not any(not isinstance(block, Unread) for block in blocks):
        if "picture" in unread:
            raise UnreadableFile(
                "网页的正文是图片，没有文字，请用有文字的版本核验", "the page has pictures and no text"
            )
        raise UnreadableFile(
            "网页里没有文字，多半由脚本载入，请在浏览器里打开后另存",
            "there is no text in the page; a script may load it",
        )


# --- blocks → document -----------------------------------------------------------------------------------------------


class _LinePlaces(dict[int, Place]):
    """A place for each line that is asked for."""

    def __missing__(self, line: int) -> Place:
        place = self[line] = Place(line)
        return place


class _Places:
    """Where blocks stand: in a line of the source, or, where the file has no such lines, in a paragraph or cell."""

    def __init__(self, numbered: bool) -> None:
        self._numbered = numbered
        self._paragraphs = 0
        self._tables = 0
        self._lines = _LinePlaces()

    def of_line(self, line: int) -> Place:
        """The place of a line; of the paragraph at hand where lines do not count."""
        if not self._numbered:
            return Place(paragraph=self._paragraphs)
        return self._lines[line]

    def of_paragraph(self, block: TextBlock) -> list[Piece]:
        """A paragraph, piece by piece."""
        self._paragraphs += 1
        return [Piece(text, self.of_line(line)) for text, line in block.stretches]

    def of_lines(self, block: LinesBlock) -> list[Piece]:
        """The lines of a preformatted text."""
        self._paragraphs += 1
        text = block.text.replace("\r\n", "\n")
        return [Piece(part, self.of_line(block.line + number)) for number, part in enumerate(text.split("\n"))]

    def of_table(self, block: TableBlock) -> Iterator[PlacedRow]:
        """The rows of a table."""
        self._tables += 1
        for number, (texts, lines, positions) in enumerate(block.rows, 1):
            if self._numbered:
                places = list(map(self._lines.__getitem__, lines))
            else:
                places = [Place(table=self._tables, row=number, cell=count) for count in range(1, len(texts) + 1)]
            yield texts, places, positions


def _composed(article: Article, path: str, source: _Source) -> Document:
    composition = Composition()
    places = _Places(source.numbered and source.markup.count("\n") < MOST_LINES)
    for block in article.blocks:
        if isinstance(block, TableBlock):
            composition.table_rows(places.of_table(block))
        elif isinstance(block, TextBlock):
            composition.paragraph(places.of_paragraph(block))
        elif isinstance(block, LinesBlock):
            pieces = places.of_lines(block)
            composition.lines(pieces, text_blocks([piece.text for piece in pieces]))
        elif block.kind != "attachment" or not article.has_table:
            kind, facts = _NOTES[block.kind](block.name)
            composition.note(kind, facts, places.of_line(block.line))
    document = composition.document(path)
    notes = [*_undecodable(document), *conversion_marks(document.lines)]
    located = [note._replace(location=document.located(note.location)) for note in notes]
    return document._replace(notes=(*source.notes, *document.notes, *located))


def _undecodable(document: Document) -> Iterator[SourceNote]:
    """Only what is part of the report counts: a broken byte in a menu may be left alone."""
    for number, line in enumerate(document.lines, 1):
        column = line.find("\ufffd")
        if column >= 0:
            place = Location(number, column + 1, number, column + 1)
            yield SourceNote("undecodable", place, {"count": line.count("\ufffd")})
