"""What a page shows and no reader can read: pictures, pages and viewers inside it, files that it links to."""

from __future__ import annotations

from gip_lint.lazy_pattern import LazyPattern

SMALLEST_PICTURE = 64  # pixels of its longer side; smaller ones are icons

_PIXELS = LazyPattern(r"\s*(\d{1,6})\s*(?:px)?\s*$")
_STYLE_PIXELS = LazyPattern(r"(?:^|;)\s*(?:width|height)\s*:\s*(\d{1,6})(?:\.\d+)?px")
_PAGES = (".html", ".htm", ".shtml", "/")
_ATTACHMENT = LazyPattern(r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar|7z)(?:[?#&]|$)")


def picture_name(address: str, words: str, width: str, height: str, style: str) -> str | None:
    """The name of a picture; None when it is no more than an icon."""
    sizes = [int(size[1]) for side in (width, height) if (size := _PIXELS.match(side))]
    sizes += map(int, _STYLE_PIXELS.findall(style.lower()))
    address = address.strip()
    if not address or (sizes and max(sizes) < SMALLEST_PICTURE):
        return None
    return words.strip() or last_part(address)


def frame_name(address: str, width: str, height: str) -> str | None:
    """The name of another page or a viewer inside this one; None when it shows nothing."""
    address = address.strip()
    sizes = [_PIXELS.match(side) for side in (width, height)]
    tiny = any(size is not None and int(size[1]) <= 1 for size in sizes)
    return None if not address or tiny or address.startswith(("about:", "javascript:")) else last_part(address)


def is_attachment(address: str) -> bool:
    """Whether a link leads to a file that may hold the report, and not to another page."""
    return not address.endswith(_PAGES) and _ATTACHMENT.search(address.lower()) is not None


def last_part(address: str) -> str:
    """The name of a file in an address; a picture that stands in the page itself has none."""
    if address.startswith("data:"):
        return ""
    path = address.split("?")[0].rstrip("/")
    return path.rpartition("/")[2] or address
