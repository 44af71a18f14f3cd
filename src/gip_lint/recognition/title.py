"""Finds the title over one or several lines, and in it the issuer and the year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gip_lint.annual_report import Title
from gip_lint.document import Location, Paragraph
from gip_lint.lazy_pattern import LazyPattern
from gip_lint.recognition.characters import fold

_KERNEL = LazyPattern(
    r"政府信息(?:与政务)?公开(?P<work>工作)?(?:情况)?(?:的)?(?P<kind>年度报告|年度工作报告|年报|报告)"
)
_YEAR = LazyPattern(r"(?P<year>20\d\d|二[〇○零O0][一二三四五六七八九〇○零]{2})(?P<unit>年度|年)?")
_FURNITURE = LazyPattern(r"(?:标题|题名|文件名称|名称|信息名称)\s*:\s*")
_OTHER_FURNITURE = LazyPattern(r"^\s*\S{2,6}\s*:|^https?:|^[=\-_*#\s]{3,}|^当前位置|^首页|>|》\s*$")
_DIGITS = {char: str(i) for i, char in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "O": "0"}
_END_OF_NAME = LazyPattern(
    r"(?:人民)?政府(?:办公[室厅])?|(?:管理)?委员会(?:办公室)?|管委会(?:办公室)?|(?:街道)?办事处|办公[室厅]"
)
SHORTEST_NAME = 3
_MORE_IN_PART = 3  # than what a title over two or three lines weighs more than one over one
LONGEST = 90
LINES_SEARCHED = 400  # a web page may put all its navigation above the title


def find_title(paragraphs: Sequence[Paragraph]) -> Title:
    """The title among the paragraphs before the first section; flaw `absent` when there is none."""
    head = paragraphs[:LINES_SEARCHED]
    best: tuple[int, Title] | None = None
    for last, _ in enumerate(head):
        for first in range(last, max(last - 3, -1), -1):
            lines = head[first : last + 1]
            title = _read(lines)
            if title is None:
                continue
            # the fewest flaws, a whole name, then the fewest lines, then the earliest
            weight = len(title.flaws) * 10 + len(lines) + (_MORE_IN_PART if _is_part(title.issuer) else 0)
            if best is None or weight < best[0]:
                best = (weight, title)
        if best is not None and last > 0 and best[0] < 10:
            break
    if best:
        return best[1]
    return Title("", Location(1, 1, 1, 1), None, None, ("absent",))


def is_running_title(line: Paragraph, title: Title) -> bool:
    """Whether a line in the midst of a report is its title again, as it is printed at the head of every page."""
    end = title.text[-4:]
    return bool(end) and line.text.rstrip("* ").endswith(end) and _compact(line.text) == title.text


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", fold(text.lstrip("#").strip("* ")))


def _is_part(issuer: str | None) -> bool:
    """Whether a name can only be the end of one, whose beginning stands on the line before: 人民政府办公室, 会, 服务中心)."""
    return issuer is not None and (
        len(issuer) < SHORTEST_NAME
        or issuer.count(")") > issuer.count("(")
        or _END_OF_NAME.fullmatch(issuer) is not None
    )


def _bare(line: Paragraph) -> str:
    """Without the marks of a Markdown heading and of bold type around all of it."""
    return line.text.lstrip("#").strip("* ")


def _read(lines: Sequence[Paragraph]) -> Title | None:
    """The title that these lines are together; None when they are not one."""
    text = "".join(_bare(line) for line in lines)
    if len(text) > LONGEST or ("公开" not in text and "⺠" not in text):
        return None
    if any(mark in text for mark in "。；，！？") or any(
        _OTHER_FURNITURE.match(fold(_bare(line))) for line in lines[:-1]
    ):
        return None
    compact = re.sub(r"\s+", "", fold(text))
    furniture = _FURNITURE.match(compact)
    if furniture:
        compact = compact[furniture.end() :]
    elif _OTHER_FURNITURE.match(fold(_bare(lines[0]))):
        return None
    kernel = _KERNEL.search(compact)
    if kernel is None or compact[: kernel.start()].count("《"):
        return None
    if len(lines) > 1 and _KERNEL.search(re.sub(r"\s+", "", fold(lines[0].text))):
        return None  # the first line already is a title; what follows is not part of it
    before = compact[: kernel.start()].rstrip("(")
    year_match = next(iter(reversed(list(_YEAR.finditer(before)))), None)
    flaws = []
    year = None
    issuer = before
    if year_match is None:
        year_match = _YEAR.search(compact, kernel.end())  # 政府信息公开工作年度报告（2024年）
        flaws.append("year-misplaced" if year_match else "year-missing")
    else:
        issuer = before[: year_match.start()] or before[year_match.end() :]
        if year_match["unit"] == "年度":
            flaws.append("year-doubled")
        elif year_match["unit"] is None:
            flaws.append("year-word-missing")
    if year_match:
        year = int("".join(_DIGITS.get(char, char) for char in year_match["year"]))
    issuer = re.sub(r"^关于|的$", "", issuer.strip("#*-_:·"))
    if not issuer:
        flaws.append("issuer-missing")
    if not kernel["work"]:
        flaws.append("work-dropped")
    if kernel["kind"] != "年度报告":
        flaws.append("kind-changed")
    first, last = lines[0], lines[-1]
    location = Location(first.line, first.column, last.line, last.column + len(last.text) - 1)
    return Title(compact, location, issuer or None, year, tuple(flaws))
