"""The rules on prose: right sentences stay silent, wrong ones are found, and so is any single figure that is changed."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
import yaml

from gip_lint.builtin_rules import RuleSet
from gip_lint.engine import audit
from gip_lint.finding import Finding, Severity
from gip_lint.linter import Settings, load
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from gip_lint.recognition.statement_reader import Statement
from gip_lint.recognition.statements import statements
from gip_lint.rule import Example
from gip_lint.rule_examples import example_report
from sentences import FIGURES, OLDER_FIGURES, OTHER_ISSUERS, RIGHT
from wrong_sentences import OLDER_WRONG, WRONG

RULES = (
    "itemised-total", "listed-count", "applications-in-text", "reviews-in-text", "procurement-in-text",
    "disclosure-in-text", "none-claim", "all-claim", "percentage-in-text", "growth-rate",
)  # fmt: skip


@cache
def rule_set() -> RuleSet:
    return load(Settings())


def report_with(section: str, text: str, edition: str = "2021", **changes: object) -> str:
    figures = FIGURES if edition == "2021" else OLDER_FIGURES
    year = 2024 if edition == "2021" else 2020
    given = {"edition": edition, "year": year, "sections": {section: text}, **figures, **changes}
    return example_report(Example("ok", given, None, 1), rule_set().rules[0], rule_set().forms)


def findings(section: str, text: str, edition: str = "2021", **changes: object) -> tuple[Finding, ...]:
    source = report_with(section, text, edition, **changes)
    report = Recogniser(rule_set().forms).recognise(read_document(source.encode(), "x.txt"))
    rules = [rule for rule in rule_set().rules if rule.id in RULES]
    return audit("x.txt", report, rules, {}).findings


def said(section: str, text: str, **changes: object) -> tuple[Statement, ...]:
    document = read_document(report_with(section, text, **changes).encode(), "x.txt")  # type: ignore[arg-type]
    report = Recogniser(rule_set().forms).recognise(document)
    return tuple(s for s in statements(report, rule_set().statement_words) if s.prose.section.form.key == section)


MORE_RIGHT: dict[str, list[str]] = yaml.safe_load(
    Path(__file__).with_name("right_sentences.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("section", "text"), [*RIGHT, *((section, text) for section in MORE_RIGHT for text in MORE_RIGHT[section])]
)
def test_right_sentences_stay_silent(section: str, text: str) -> None:
    grave = [f.message.zh for f in findings(section, text) if f.severity is not Severity.INFO]
    assert grave == []


@pytest.mark.parametrize(("issuer", "section", "text"), OTHER_ISSUERS)
def test_right_sentences_of_other_issuers_stay_silent(issuer: str, section: str, text: str) -> None:
    grave = [f.message.zh for f in findings(section, text, issuer=issuer) if f.severity is not Severity.INFO]
    assert grave == []


@pytest.mark.parametrize(
    ("section", "rule", "text", "edition"),
    [*((*case, "2021") for case in WRONG), *((*case, "2019") for case in OLDER_WRONG)],
)
def test_wrong_sentences_are_found(section: str, rule: str, text: str, edition: str) -> None:
    assert rule in [f.rule for f in findings(section, text, edition) if f.severity is not Severity.INFO]


TEMPLATES = (
    ("applications", "{year}年新收政府信息公开申请{24}件，上年结转{2}件，办结{23}件，结转下年度继续办理{3}件。"),
    ("applications", "本机关共收到申请{26}件（含上年结转{2}件）。予以公开{10}件、部分公开{3}件、不予公开{4}件。"),
    ("applications", "不予处理{1}件，无法提供{5}件，自然人申请{20}件，法人或其他组织申请{4}件。"),
    ("overview", "（二）依申请公开。全年受理依申请公开 {24} 件，答复{23}件，顺延至下一年度{3}件。"),
    ("reviews", "因政府信息公开被申请行政复议{4}件，提起行政诉讼{3}件，其中未经复议直接起诉{1}件、复议后起诉{2}件。"),
    ("disclosure", "制发行政规范性文件{6}件，废止{2}件，现行有效{30}件；作出行政许可决定{136}件、行政处罚决定{18}件。"),
    ("overview", "全年公开信息{290}条，其中通知公告{101}条，工作动态{165}条，政策文件{8}条，其他{16}条。"),
    ("overview", "发布信息{118}条：图文{70}条，视频{41}条，图解{7}条。"),
    ("overview", "网站公开{360}条（概况{20}条、动态{300}条、公告{40}条），公众号推送信息。"),
    ("overview", "共公开信息{95}条。其中，财政信息{30}条，人事信息{25}条；民生信息{40}条。"),
    ("overview", "建立制度{3}项，包括《发布制度》《审查制度》《考核制度》。"),
)


def changed_figures() -> list[tuple[str, str]]:
    """Each template with each of its figures, one after the other, raised or lowered."""
    rng = random.Random(4)
    made = []
    for section, template in TEMPLATES:
        pieces = template.replace("{year}", "2024").split("{")
        figures = [int(piece.partition("}")[0]) for piece in pieces[1:]]
        for place in range(len(figures)):
            for step in (1, -1, rng.randint(3, 9)):
                if figures[place] + step < 1:
                    continue
                wrong = [figure + step * (at == place) for at, figure in enumerate(figures)]
                rest = [piece.partition("}")[2] for piece in pieces[1:]]
                made.append((section, pieces[0] + "".join(f"{w}{r}" for w, r in zip(wrong, rest, strict=True))))
    return made


def test_the_templates_themselves_are_right() -> None:
    for section, template in TEMPLATES:
        text = template.replace("{year}", "2024").replace("{", "").replace("}", "")
        assert findings(section, text) == ()


def test_a_changed_figure_is_found() -> None:
    cases = changed_figures()
    missed = [text for section, text in cases if not findings(section, text)]
    assert len(missed) <= len(cases) * 0.03, missed


def test_a_statement_knows_its_figure_place_and_subject() -> None:
    (statement,) = said("applications", "2024年，我局共收到政府信息公开申请 1,024 件。")
    assert (statement.about, statement.amount, statement.counter) == (("received",), 1024, "件")
    assert (statement.period, statement.scope, statement.holds, statement.exactness) == ("", "", True, "")
    assert statement.quote == "我局共收到政府信息公开申请 1,024 件"
    assert (statement.location.column, statement.location.end_column) == (21, 27)
    assert statement.address == "三、收到和处理政府信息公开申请情况"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到申请约30件。", ("received", 30, "", "", True, "约")),
        ("2023年收到申请18件。", ("received", 18, "上年", "", True, "")),
        ("全县共收到申请312件。", ("received", 312, "", "全县", True, "")),
        ("县档案局收到申请3件。", ("received", 3, "", "县档案局", True, "")),
        ("本年度未收到政府信息公开申请。", ("received", 0, "", "", False, "")),
        ("收到政府信息公开申请十二件。", ("received", 12, "", "", True, "")),
        ("收到政府信息公开申请１２件。", ("received", 12, "", "", True, "")),
    ],
)
def test_statements(text: str, expected: tuple[object, ...]) -> None:
    (statement,) = said("applications", text)
    amount = (statement.about[0], statement.amount, statement.period, statement.scope, statement.holds)
    assert (*amount, statement.exactness) == expected
