"""The parts of an OFD package (GB/T 33190—2016): its documents, their pages and templates, their shared drawings."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from gip_lint.errors import UnreadableFile
from gip_lint.readers.package import Package, damaged, encrypted
from gip_lint.readers.xml_source import parse_xml

ENTRY = "OFD.xml"
ENCRYPTION = "Encryptions.xml"
MAX_PAGES = 500

_LARGEST = 1e6  # millimetres
_A4 = (0.0, 0.0, 210.0, 297.0)


class Part(NamedTuple):
    """An XML part: the name of its member, and its root."""

    name: str
    root: etree._Element


class PageParts(NamedTuple):
    """A page: the templates it stands on and its own part, in the order of drawing.

    `box` holds left, top, width and height in millimetres.
    """

    parts: tuple[Part, ...]
    box: tuple[float, float, float, float]


class OfdPackage:
    """An OFD file. Raises `UnreadableFile` when it is damaged, encrypted or not complete."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data)
        # Writers disagree with themselves about upper and lower case, as some file systems do.
        self._names = {info.filename.lstrip("/").lower(): info.filename for info in self._package.members()}
        if ENCRYPTION.lower() in self._names:
            raise encrypted()

    def documents(self) -> Iterator[OfdDocument]:
        """The documents in the package, of each the version in force; nearly always one."""
        entry = self.part(ENTRY)
        for body in entry.root.iter("{*}DocBody"):
            root = body.findtext("{*}DocRoot") or ""
            for version in body.iterfind("{*}Versions/{*}Version"):
                if version.get("Current") == "true":
                    current = self.part(self.located(entry.name, version.get("BaseLoc", "")))
                    root = current.root.findtext("{*}DocRoot") or root
            yield OfdDocument(self, self.located(entry.name, root))

    def part(self, name: str) -> Part:
        """A part of that name."""
        return Part(name, parse_xml(self._package.member(self._names.get(name.lower(), name))))

    def located(self, base: str, location: str) -> str:
        """The name of the part that a location in the part `base` stands for.

        A location counts from the folder of its part, and one with a leading slash from the root; where nothing stands
        there, some writers meant the root all the same. None leads out of the package.
        """
        location = location.strip().replace("\\", "/")
        folder = posixpath.dirname(base)
        names = [
            posixpath.normpath(posixpath.join("/", start, location)).lstrip("/")
            for start in (folder, "/", f"{folder}/..")
        ]
        return next((name for name in names if name.lower() in self._names), names[0])


class OfdDocument:
    """One document of a package: its pages, and the drawings that they share."""

    def __init__(self, package: OfdPackage, name: str) -> None:
        self._package = package
        self._part = package.part(name)
        self._drawings: dict[str, etree._Element] = {}
        self._read: set[str] = set()
        self._templates = {
            element.get("ID", ""): package.located(name, element.get("BaseLoc", ""))
            for element in self._part.root.iterfind("{*}CommonData/{*}TemplatePage")
        }

    def pages(self) -> Iterator[PageParts]:
        """The pages in their order. Raises `UnreadableFile` when there are more than `MAX_PAGES` or one is missing."""
        elements = self._part.root.findall("{*}Pages/{*}Page")
        if len(elements) > MAX_PAGES:
            raise UnreadableFile(
                f"有 {len(elements)} 页，不是年度报告，未读取", f"{len(elements)} pages, no annual report; not read"
            )
        common = self._part.root.find("{*}CommonData/{*}PageArea")
        for element in elements:
            page = self._package.part(self._package.located(self._part.name, element.get("BaseLoc", "")))
            below: list[Part] = []
            above: list[Part] = []
            for reference in page.root.iterfind("{*}Template"):
                name = self._templates.get(reference.get("TemplateID", ""))
                if name is None:
                    raise damaged()
                template = self._package.part(name)
                (above if reference.get("ZOrder") == "Foreground" else below).append(template)
            areas = (page.root.find("{*}Area"), *(each.root.find("{*}Area") for each in (*below, *above)), common)
            box = next((box for area in areas if area is not None and (box := _box_of(area))), _A4)
            yield PageParts((*below, page, *above), box)

    def drawing(self, identity: str, part: Part) -> etree._Element:
        """The content of a drawing that an object in `part` refers to.

        Raises `UnreadableFile` when there is none.
        """
        if identity not in self._drawings:
            self._read_resources(self._part, "{*}CommonData/{*}PublicRes", "{*}CommonData/{*}DocumentRes")
            self._read_resources(part, "{*}PageRes")
        found = self._drawings.get(identity)
        if found is None:
            raise damaged()
        return found

    def _read_resources(self, part: Part, *paths: str) -> None:
        for path in paths:
            for element in part.root.iterfind(path):
                name = self._package.located(part.name, element.text or "")
                if name in self._read:
                    continue
                self._read.add(name)
                for unit in self._package.part(name).root.iter("{*}CompositeGraphicUnit"):
                    content = unit.find("{*}Content")
                    if content is not None:
                        self._drawings.setdefault(unit.get("ID", ""), content)


def numbers(text: str | None) -> list[float]:
    """Numbers with blanks between them; what is no number, or larger than any page, counts as 0."""
    return [number(one) for one in (text or "").split()]


def number(text: str | None, default: float = 0.0) -> float:
    """One number; 0 for what is none or larger than any page, `default` for nothing at all."""
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) and abs(value) <= _LARGEST else 0.0


def _box_of(area: etree._Element) -> tuple[float, float, float, float] | None:
    box = numbers(area.findtext("{*}PhysicalBox"))
    return (box[0], box[1], box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else None
