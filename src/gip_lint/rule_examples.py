"""Runs the examples of a rule: each is a whole report, correct but for what the example says, read like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gip_lint.engine import NOT_A_REPORT, audit, audit_unreadable, unreadable
from gip_lint.errors import RuleError, UnreadableFile
from gip_lint.finding import Audit, Words
from gip_lint.form import Block, Form, TableForm
from gip_lint.readers import read_document
from gip_lint.recognition import Recogniser
from gip_lint.rule import Example, Rule

ISSUER = "临江县教育局"
PROSE = {
    "overview": (
        "{year}年，{issuer}认真贯彻《中华人民共和国政府信息公开条例》。（一）主动公开方面，及时公开履职信息。"
        "（二）依申请公开方面，依法受理和答复。（三）政府信息管理方面，落实公开审查制度。"
        "（四）平台建设方面，维护政府网站专栏。（五）监督保障方面，开展业务培训和工作考核、社会评议，未发生责任追究情形。"
    ),
    "problems": "存在的主要问题是解读形式不够丰富。改进情况：已组织培训，下一步将增加图解数量。",
    "other": "{year}年未收取信息处理费。",
}


def run_examples(rule: Rule, forms: Mapping[str, Form]) -> list[Words]:
    """One entry for each example that fails, saying what was expected and what came out."""
    failures = []
    recogniser = Recogniser(forms)
    for example in rule.examples:
        try:
            failure = _failure(rule, example, forms, recogniser)
        except RuleError as error:
            failure = Words(error.zh, error.en)
        if failure is not None:
            where = f"{rule.source}:{example.line}"
            failures.append(Words(f"{where}：{failure.zh}", f"{where}: {failure.en}"))
    return failures


def _audited(rule: Rule, example: Example, forms: Mapping[str, Form], recogniser: Recogniser) -> Audit:
    data = example_report(example, rule, forms).encode(example.given.get("encoding", "utf-8"))
    try:
        document = read_document(data, "example.txt")
    except UnreadableFile as error:
        return audit_unreadable("example.txt", unreadable(error), [rule], {})
    edition = example.given.get("edition")
    report = recogniser.recognise(document, str(edition) if edition else None)
    if not report.recognisable:
        return audit_unreadable("example.txt", NOT_A_REPORT, [rule], {})
    return audit("example.txt", report, [rule], {})


def _failure(rule: Rule, example: Example, forms: Mapping[str, Form], recogniser: Recogniser) -> Words | None:
    result = _audited(rule, example, forms, recogniser)
    messages = [finding.message.zh for finding in result.findings]
    if example.kind == "bad":
        expected = example.given.get("count", 1)
        if len(messages) != expected:
            return Words(
                f"应有 {expected} 条结果，得到 {len(messages)} 条：{messages}",
                f"{expected} finding(s) expected, got {len(messages)}: {messages}",
            )
        if example.says not in messages:
            return Words(f"应说“{example.says}”，却说{messages}", f"expected “{example.says}”, got {messages}")
        return None
    if messages:
        return Words(f"不应有结果，却说{messages}", f"no finding expected, got {messages}")
    if example.kind == "not-evaluated" and not result.not_evaluated:
        return Words("应为未核验，却已核验", "should be not evaluated, but was evaluated")
    return None


def example_report(example: Example, rule: Rule, forms: Mapping[str, Form]) -> str:
    """The text of an example's report: a correct one of the edition with the example's figures and changes.

    Raises `RuleError` when the example names a figure or a text that is not there.
    """
    given = example.given
    if "text" in given:
        return str(given["text"])
    edition = str(given.get("edition") or max(rule.editions or forms))
    form = forms[edition]
    year = given.get("year", form.years[0] if form.years[1] is None else form.years[1])
    issuer = given.get("issuer", ISSUER)
    title = given.get("title", f"{issuer}{year}年{form.title}")
    prose = {**PROSE, **given.get("sections", {})}
    lines = [str(title), ""]
    without = set(given.get("without", ()))
    for section in form.sections:
        if section.heading in without:
            continue
        lines.append(f"{section.number}、{section.heading}")
        text = prose.get(section.key)
        if text:
            lines.append(str(text).replace("{year}", str(year)).replace("{issuer}", str(issuer)))
        table = form.tables.get(section.table or "")
        if table is not None and table.name not in without:
            lines += _table_lines(table, given.get(table.key, {}), without)
        lines.append("")
    report = "\n".join(lines)
    for old, new in given.get("replace", {}).items():
        if str(old) not in report:
            raise RuleError(f"例子的 replace 中没有“{old}”这段文字", f"“{old}”, to be replaced, is not in the example")
        report = report.replace(str(old), str(new))
    return report


def _table_lines(table: TableForm, figures: Mapping[str, Mapping[str, object]], without: set[str]) -> Iterator[str]:
    values = {(row.key, column.key): "0" for row, column in table.cells}
    for first, inner in figures.items():
        for second, value in inner.items():
            for cell in _cells(table, str(first), str(second)):
                values[cell] = "" if value is None else str(value)
    for block in table.blocks:
        yield from _block_lines(table, block, values, without)


def _cells(table: TableForm, first: str, second: str) -> list[tuple[str, str]]:
    """The cells an example means by two names, in either order: 自然人 and 第一项, 规章 and 本年制发件数."""
    found = []
    for row, column in table.cells:
        names = ({row.short, row.label, row.key, row.label.partition(".")[2]}, {column.label, column.key})
        group = next((label for key, label in table.column_groups if key and key == column.group_key), None)
        if (
            (first in names[0] and second in names[1])
            or (second in names[0] and first in names[1])
            or (group is not None and first == group and second == column.label)
        ):
            found.append((row.key, column.key))
    for key, label, short in table.row_groups:  # the first row of a group stands for its sum
        if not found and key and second in (label, short):
            row = next(row for row, _ in table.cells if row.group_key == key)
            found = [(row.key, column.key) for r, column in table.cells if r is row and column.label == first]
    if not found:
        raise RuleError(f"{table.name}没有 {first}／{second} 这一格", f"{table.name} has no cell {first} / {second}")
    return found


def _block_lines(
    table: TableForm, block: Block, values: Mapping[tuple[str, str], str], without: set[str]
) -> Iterator[str]:
    columns = [column for column in block.columns if column.label not in without and column.address not in without]
    if block.caption:
        yield block.caption
    if table.note:
        yield f"{table.note}\t{table.corner}"
        yield "\t".join(["", *(column.label for column in columns)])
    elif table.corner:
        units = [f"（单位：{c.unit}）" if c.unit and c.unit_printed else "" for c in columns]
        yield "\t".join([table.corner, *(c.label + unit for c, unit in zip(columns, units, strict=True))])
    else:
        groups = list(dict.fromkeys(column.group_key for column in columns))
        labels = dict(table.column_groups)
        del labels
        titles = [next(label for key, label in table.column_groups if key == group) for group in groups]
        yield "\t".join(titles)
        yield "\t".join(column.label for column in columns)
    group_before: tuple[str, ...] = ()
    for row in block.rows:
        for group in row.groups:
            if group not in group_before:
                yield group
        group_before = row.groups
        if row.label in without:
            continue
        cells = [values[row.key, column.key] for column in columns]
        yield "\t".join([row.label, *cells] if row.label else cells)
