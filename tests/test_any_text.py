"""Whatever a report says, every format stays well-formed and says it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import cast
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from gip_lint.finding import Words
from gip_lint.reporters import FORMATS, Request
from results import audit, finding, run
from small_run import RULES

TEXT = st.text(st.characters(), max_size=40) | st.text("%,:=\r\n|<>&\"'\\`\x00\x1b\u2028\ud800a", max_size=20)


def written(name: str, text: str) -> str:
    """A run of one finding that says nothing but `text`, as the file that is written holds it."""
    words = Words(text, text)
    found = finding(message=words, address=text, excerpt=text, suggestion=text)._replace(title=words, basis=text)
    path = "a" + re.sub("[\x00\ud800-\udfff]", "", text)  # what a file can be called
    result = run(audit(found, path=path)._replace(issuer=text))._replace(rules=RULES)
    pieces = cast("Iterable[str]", FORMATS[name].report(Request(result, "zh")))
    return "".join(pieces).encode("utf-8", "backslashreplace").decode()


@given(TEXT)
def test_json_is_json(text: str) -> None:
    for name in ("json", "sarif", "gitlab"):
        data = json.loads(written(name, text))
        assert data
    assert json.loads(written("json", text))["reports"][0]["findings"][0]["message"] == text
    assert json.loads(written("gitlab", text))[0]["description"].startswith(text)


@given(TEXT)
def test_a_line_is_an_object(text: str) -> None:
    lines = [json.loads(line) for line in written("jsonl", text).removesuffix("\n").split("\n")]
    assert [line["kind"] for line in lines] == ["run", "finding", "report", "summary"]
    assert lines[1]["message"] == text


@given(TEXT)
def test_xml_is_well_formed(text: str) -> None:
    failure = ElementTree.fromstring(written("junit", text)).find(".//failure")
    assert failure is not None
    # An attribute's line breaks are kept as character references; what XML cannot hold is replaced.
    assert len(failure.get("message", "")) == len(text)


@given(TEXT)
def test_github_sees_one_command(text: str) -> None:
    lines = re.split(r"\r\n|\r|\n", written("github", text))
    (command,) = [line for line in lines if line.startswith("::")]
    properties, _, message = command.removeprefix("::error ").partition("::")
    assert re.fullmatch(r"file=[^,]*,line=12,endLine=12,col=3,endColumn=5,title=[^,]*", properties)
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        message = message.replace(code, char)
    assert message.startswith(text.encode("utf-8", "backslashreplace").decode())


@given(TEXT)
def test_a_spreadsheet_reads_back_what_was_written(text: str) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", text).removeprefix("\ufeff"), newline="")))
    message = rows[0]["message"]
    assert len(rows) == 1
    assert message.removeprefix("'") == text.encode("utf-8", "backslashreplace").decode().removeprefix("'")
    assert not message.startswith(("=", "+", "-", "@", "\t", "\r"))
