"""The page: every finding on it, the right cells marked, a stranger's text kept harmless, nothing loaded from elsewhere."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html

from gip_lint.annual_report import State
from gip_lint.finding import CellView, Run, Severity, TableView, Words
from gip_lint.linter import Settings, lint
from gip_lint.reporters.html import report
from paper_runs import CARRIED_OUT, CARRIED_TOTAL, RECEIVED, a_run, hostile_run, request, suppressed, tables, unbalanced
from results import audit, finding, run, unreadable

SAMPLES = Path(__file__).parent.parent / "samples"


def page(made: Run, language: str = "zh") -> html.HtmlElement:
    return html.document_fromstring("".join(report(request(made, language))))


def text(element: html.HtmlElement) -> str:
    """Its words, those of every piece of it apart."""
    return " ".join(" ".join(element.itertext()).split())


def texts(tree: html.HtmlElement, path: str) -> list[str]:
    return [text(element) for element in tree.cssselect(path)]


def cell(tree: html.HtmlElement, anchor: str, row: str, place: int) -> html.HtmlElement:
    """The n-th figure of the row whose last label is this, in the tables of one report."""
    for line in tree.get_element_by_id(anchor).cssselect("table.form tbody tr"):
        labels = line.cssselect("th[scope=row]")
        if labels and text(labels[-1]) == row:
            return line.cssselect("td")[place]
    raise AssertionError(row)


def test_a_finding_is_complete() -> None:
    (item,) = page(run(audit(unbalanced()))).cssselect(".finding")
    assert text(item) == (
        "1 错误 申请收支不平衡 application-balance 自然人：6 ≠ 5，相差 1 报告数 5 核算数 6 差额 1 "
        "第 12 行第 3 列 · 表三/四、结转下年度继续办理/自然人 四、结转下年度继续办理 1 0 "
        "疑点 表三/四、结转下年度继续办理/自然人现为 1，改为 2 则本表各项勾稽关系全部成立 "
        "依据 国办公开办函〔2021〕30号附件表三注"
    )
    assert [mark.text for mark in item.cssselect("mark")] == ["1"]
    assert (item.get("data-rule"), item.get("data-severity")) == ("application-balance", "error")


def test_every_finding_of_every_report_is_there() -> None:
    paths = sorted(str(path) for path in SAMPLES.glob("*/report.*"))
    made = lint(paths, Settings(tables=True))
    tree = page(made)
    shown = [
        [(item.get("data-rule"), text(item.cssselect(".message")[0])) for item in part.cssselect(".finding")]
        for part in tree.cssselect("section.report")
    ]
    assert [sorted(found) for found in shown] == [
        sorted((f.rule, " ".join(f.message.zh.split())) for f in one.findings) for one in made.audits
    ]
    assert sum(map(len, shown)) > 20


def test_the_cells_of_a_finding_are_marked_and_lead_to_it() -> None:
    made = run(audit(unbalanced())._replace(tables=tables({CARRIED_OUT: CellView(State.NUMBER, "1")})))
    tree = page(made)
    offending = cell(tree, "r1", "四、结转下年度继续办理", 0)
    assert (text(offending), offending.get("class")) == ("1 1", "bad error suspect")
    (link,) = offending.cssselect("sup a")
    assert (link.text, link.get("href")) == ("1", "#r1-1")
    assert tree.get_element_by_id("r1-1").get("class") == "finding error"
    assert cell(tree, "r1", "一、本年新收政府信息公开申请数量", 0).get("class") == "operand"
    assert sorted(td.get("class") for td in tree.cssselect("table.form td[class]")) == ["bad error suspect", "operand"]


def test_the_arithmetic_stands_beside_the_table() -> None:
    made = run(audit(unbalanced())._replace(tables=tables()))
    asides = [text(aside) for aside in page(made).cssselect("figure.drawn aside")]
    assert asides == ["1 错误 申请收支不平衡 自然人：6 ≠ 5，相差 1 报告数 5 核算数 6 差额 1"]


def test_a_cell_in_two_findings_has_both_numbers_and_the_graver_look() -> None:
    second = finding("number-form", severity=Severity.WARNING, suggestion="0")._replace(cells=(CARRIED_OUT,))
    made = run(audit(second, unbalanced(cells=(CARRIED_OUT, CARRIED_TOTAL)))._replace(tables=tables()))
    offending = cell(page(made), "r1", "四、结转下年度继续办理", 0)
    assert [link.text for link in offending.cssselect("a")] == ["1", "2"]
    assert offending.get("class") == "bad error suspect"


def test_labels_and_whole_tables_are_marked_too() -> None:
    label = finding(address="表三/社会公益组织")
    group = finding(address="表三/（三）不予公开")
    whole = finding(address="表四")
    tree = page(run(audit(label, group, whole)._replace(tables=tables())))
    assert texts(tree, "table.form th.bad") == ["社会公益组织 1", "（三）不予公开 2"]
    assert texts(tree, "figcaption.bad") == ["表四 政府信息公开行政复议、行政诉讼情况 3"]


def test_what_was_not_evaluated_is_said_and_shown() -> None:
    tree = page(a_run())
    first = tree.get_element_by_id("r1")
    assert texts(first, ".coverage") == ["勾稽关系 50 项：一致 48，不一致 1，未核验 1（空白 1）"]
    assert texts(first, ".gaps tbody tr") == ["review-total 空白 1 表四/行政复议"]
    blank = first.cssselect("td.blank")
    assert [(text(td), td.get("class")) for td in blank] == [("□", "gap blank")]


def test_a_table_that_was_not_found_is_named() -> None:
    missing = tuple(TableView(view.form, ()) for view in tables())
    tree = page(run(audit()._replace(tables=missing)))
    assert texts(tree, ".missing") == ["报告中没有找到这张表"] * 3


def test_findings_that_do_not_count_are_shown_as_such() -> None:
    tree = page(run(suppressed()._replace(tables=tables())))
    assert texts(tree, ".result") == ["除例外和基线外，未发现问题。勾稽关系 50 项：一致 50，不一致 0，未核验 0。"]
    (item,) = tree.cssselect(".finding")
    assert item.get("class") == "finding uncounted"
    assert text(item).endswith("备注 基线中已有，不计入")
    assert cell(tree, "r1", "四、结转下年度继续办理", 0).get("class") == "bad uncounted suspect"
    assert not tree.cssselect(".chart")


def test_the_summary_counts() -> None:
    tree = page(a_run())
    tiles = dict(zip(texts(tree, ".tiles dt"), texts(tree, ".tiles dd"), strict=True))
    assert tiles == {
        "报告": "3",
        "有错误的报告": "2",
        "错误": "2",
        "警告": "1",
        "提示": "0",
        "例外": "1",
        "勾稽关系一致": "98",
        "勾稽关系不一致": "1",
        "勾稽关系未核验": "1",
    }
    assert texts(tree, ".problems li") == ["规则文件有误"]
    assert texts(tree, "main ul:not([class]) li") == ["例外没有用到", "基线中的 1 条问题已不再出现"]
    assert texts(tree, ".skipped li") == ["通知.txt 不是年报"]
    assert texts(tree, ".contents tbody tr") == [
        "临江县教育局 2023 1 1 0 48 1 1 年报.txt",
        "临江县财政局 2023 0 0 0 50 0 0 乙.txt",
        "空.txt 1 0 0 文件读不出来，没有核验任何内容 空.txt",
    ]


def test_the_bars_are_as_long_as_their_counts() -> None:
    first = audit(finding("a"), finding("b"), finding("a", severity=Severity.WARNING))
    made = run(first, audit(finding("a"), path="乙.txt")._replace(issuer="临江县财政局"), first)
    by_rule, by_unit = page(made).cssselect(".chart")
    assert texts(by_rule, "tr") == ["申请收支不平衡 a 错误 3 警告 2 5", "申请收支不平衡 b 错误 2 2"]
    assert [(r.get("x"), r.get("width")) for r in by_rule.cssselect("rect")] == [
        ("0.0%", "60.0%"),
        ("60.0%", "40.0%"),
        ("0.0%", "40.0%"),
    ]
    assert texts(by_unit, ".count") == ["6", "1"]
    assert [link.get("href") for link in by_unit.cssselect("a")] == ["#r1", "#r2"]


def test_many_units_are_put_together() -> None:
    made = run(*(audit(finding())._replace(issuer=f"{number}") for number in range(33)))
    by_unit = page(made).cssselect(".chart")[1]
    assert len(by_unit.cssselect("tr")) == 31
    assert texts(by_unit, "tr")[-1] == "其余 3 个单位 错误 3 3"


def test_a_clean_report_says_so_and_folds_its_tables_among_others() -> None:
    tree = page(a_run()).get_element_by_id("r2")
    assert texts(tree, ".result") == ["未发现问题。勾稽关系 50 项：一致 50，不一致 0，未核验 0。"]
    assert len(tree.cssselect("details.drawn")) == 3
    assert len(page(run(audit()._replace(tables=tables()))).cssselect("figure.drawn")) == 3


def test_a_file_that_could_not_be_read_claims_nothing() -> None:
    part = page(run(unreadable())).get_element_by_id("r1")
    assert texts(part, ".result") == ["文件读不出来，没有核验任何内容"]
    assert texts(part, ".message") == ["文件是空的"]
    assert not part.cssselect(".coverage")


def test_a_run_without_reports_is_a_page() -> None:
    assert texts(page(run()), ".tiles dd")[0] == "0"


def test_english() -> None:
    tree = page(a_run(), "en")
    assert tree.get("lang") == "en"
    assert texts(tree, "h1") == ["Audit of annual reports on government information disclosure"]
    assert texts(tree.get_element_by_id("r1"), ".message")[0] == "natural persons: 6 but 5, off by 1"
    own = tree.cssselect("h1, h2:not([id$=title]), h3, summary, legend, .tiles dt, thead th")
    shown = [text(part) for part in own if not part.xpath("ancestor::table[contains(@class, 'form')]")]
    assert [words for words in shown if re.search("[\u4e00-\u9fff]", words)] == [
        text(part) for part in tree.cssselect("details.drawn > summary")
    ]


# -- strangers' texts -------------------------------------------------------------------------------------------------


def attributes(tree: html.HtmlElement) -> Iterator[tuple[str, str, str]]:
    for element in tree.iter():
        if isinstance(element.tag, str):
            for name, value in element.attrib.items():
                yield element.tag, str(name), str(value)


def test_markup_in_a_report_stays_text(tmp_path: Path) -> None:
    tree = page(hostile_run(tmp_path))
    assert [element.tag for element in tree.cssselect("script, iframe, img, object, embed, q")].count("script") == 1
    assert not tree.cssselect("iframe, img, object, embed")
    assert not [name for _, name, _ in attributes(tree) if name.startswith("on")]
    assert "<script>alert(1)</script>县教育局" in text(tree.cssselect("h2[id=r1-title]")[0])
    assert any("=1+1<q>元" in shown for shown in texts(tree, ".excerpt"))


def test_a_control_character_does_not_reach_the_page() -> None:
    made = run(audit(finding(message=Words("\x1b[2J\u202e红\x00", ""), excerpt="\x1b1", marks=((0, 2),))))
    source = "".join(report(request(made)))
    assert not set(source) & set("\x1b\x00\u202e")
    assert texts(page(made), ".message") == ["\ufffd[2J\ufffd红\ufffd"]


def test_nothing_is_loaded_from_elsewhere(tmp_path: Path) -> None:
    for made in (a_run(), hostile_run(tmp_path)):
        tree = page(made)
        assert {value[0] for _, name, value in attributes(tree) if name in ("href", "src", "action")} == {"#"}
        assert not tree.cssselect("link, base, object")
        style = "".join(element.text for element in tree.cssselect("style"))
        assert "url(" not in style
        assert "@import" not in style


def test_the_policy_admits_this_script_and_style_only() -> None:
    tree = page(run())
    (policy,) = (meta.get("content") for meta in tree.cssselect("meta[http-equiv]"))
    for tag in ("script", "style"):
        (element,) = tree.cssselect(tag)
        digest = b64encode(sha256(element.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert not [value for _, name, value in attributes(tree) if name == "style"]


def test_links_lead_somewhere() -> None:
    tree = page(a_run())
    ids = [element.get("id") for element in tree.cssselect("[id]")]
    assert len(ids) == len(set(ids))
    assert {link.get("href")[1:] for link in tree.cssselect("a")} <= set(ids)
    named = {name for element in tree.cssselect("[aria-labelledby]") for name in element.get("aria-labelledby").split()}
    assert named <= set(ids)


def test_without_a_script_everything_is_to_be_seen() -> None:
    tree = page(a_run())
    assert [element.get("id") for element in tree.cssselect("[hidden]")] == ["filter"]


def test_two_runs_make_the_same_page() -> None:
    assert "".join(report(request(a_run()))) == "".join(report(request(a_run())))


@pytest.mark.parametrize("address", [CARRIED_OUT, CARRIED_TOTAL, RECEIVED])
def test_addresses_used_here_are_those_of_the_form(address: str) -> None:
    assert any(address == view.form.address(place) for view in tables() for place in range(len(view.cells)))
