"""What an audit yields: findings, what could not be evaluated, and how much was checked.

These types stand between the engine and the reporters; reporters see nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from gip_lint.document import Location

if TYPE_CHECKING:
    from gip_lint.annual_report import State
    from gip_lint.form import TableForm


class Severity(StrEnum):
    """How grave a finding is; `rank` orders them, the gravest highest."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """3 for an error, 1 for an info."""
        return {"error": 3, "warning": 2, "info": 1}[self.value]


class Words(NamedTuple):
    """The same sentence in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `zh` or `en`."""
        return self.en if language == "en" else self.zh


class Suspect(NamedTuple):
    """The one cell that explains every broken relation of its table, and the figure that would mend them all."""

    address: str
    location: Location
    value: int | Decimal
    expected: int | Decimal


class Compared(NamedTuple):
    """The figure that the report gives and the one it ought to be by its other figures, in the same unit."""

    reported: int | Decimal
    computed: int | Decimal

    @property
    def difference(self) -> int | Decimal:
        """How far apart they are; never negative."""
        return max(self.reported - self.computed, self.computed - self.reported)


class Suppression(NamedTuple):
    """Why a finding does not count: an exception that an office made (`exception`), or its baseline (`baseline`).

    `source` is where that is written, file and line; `until` the last day on which it holds, as 2027-03-31.
    """

    kind: str
    source: str
    reason: str | None = None
    owner: str | None = None
    until: str | None = None


class Finding(NamedTuple):
    """One fault of one report, complete: nothing has to be looked up to show it.

    `excerpt` is the line or table row concerned, `marks` the (start, end) ranges in it to point at.
    `figures` holds the numbers of the arithmetic by name. `fingerprint` identifies the finding across runs.
    `cells` are the addresses of the offending cells of the official tables, `operands` those of the cells they were
    held against; `compared` is given where one figure of the report is held against one other.
    A finding with a `suppression` is shown but does not count. `expired` is the exception that covered it until its
    day passed. `baseline_state` is `new` or `unchanged` where a baseline is in use.
    """

    rule: str
    group: str
    severity: Severity
    origin: str  # report or reading
    title: Words
    message: Words
    address: str
    location: Location
    excerpt: str
    marks: tuple[tuple[int, int], ...]
    basis: str
    figures: Mapping[str, object]
    suggestion: str | None
    suspect: Suspect | None
    fingerprint: str
    cells: tuple[str, ...] = ()
    operands: tuple[str, ...] = ()
    compared: Compared | None = None
    suppression: Suppression | None = None
    expired: Suppression | None = None
    baseline_state: str | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts for the totals and the exit code."""
        return self.suppression is None


class NotEvaluated(NamedTuple):
    """One application of a rule that could not be evaluated; `cause` is a short key for statistics (blank, missing …).

    `relation` says that it is one of the relations that `Coverage` counts. `blame` is the address of the cell that could
    not be used, where it is one cell's doing.
    """

    rule: str
    address: str
    cause: str
    reason: Words
    relation: bool = True
    blame: str = ""


class Coverage(NamedTuple):
    """How many applications of relations (sums and comparisons of figures) had which outcome.

    `not_applicable` counts the rules that say nothing about a report of this edition.
    """

    held: int = 0
    violated: int = 0
    not_evaluated: int = 0
    not_applicable: int = 0


class CellView(NamedTuple):
    """What stands in a cell, as the report has it."""

    state: State
    text: str


class TableView(NamedTuple):
    """An official table for the formats that draw it; `cells` run parallel to `form.cells`, none when it was not found."""

    form: TableForm
    cells: tuple[CellView, ...]


class Audit(NamedTuple):
    """Everything said about one file.

    `readable`: a reader could take it; `checked`: it is an annual report and the rules were applied. The report
    itself is not kept: a run over a folder would hold all of them. `tables` are filled only for a format that draws them.
    `inapplicable` are the ids of the rules that say nothing about a report of this edition.
    `problems` and `notices` are about the exceptions that come with the file; those of the `Run` contain them.
    """

    path: str
    issuer: str | None
    year: int | None
    edition: str | None
    findings: tuple[Finding, ...]
    coverage: Coverage
    not_evaluated: tuple[NotEvaluated, ...]
    readable: bool
    checked: bool
    tables: tuple[TableView, ...] = ()
    inapplicable: tuple[str, ...] = ()
    problems: tuple[Words, ...] = ()
    notices: tuple[Words, ...] = ()


class Skipped(NamedTuple):
    """A file of a folder walk that is no annual report, with the reason."""

    path: str
    reason: Words


class AppliedRule(Protocol):
    """What a reporter may know of a rule that was applied; a `Rule` is one."""

    @property
    def id(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def title(self) -> Words: ...
    @property
    def why(self) -> Words: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def origin(self) -> str: ...
    @property
    def basis(self) -> str: ...


class KnownFinding(NamedTuple):
    """A finding as a baseline keeps it: what identifies it, and neither path nor line."""

    issuer: str
    year: int
    rule: str
    address: str
    figures: Mapping[str, object]
    fingerprint: str


class Run(NamedTuple):
    """The result of one run over any number of files.

    `problems` are faults of gip-lint's own input (a rule file with a slip, a path that does not exist): exit code 2.
    `notices` are worth knowing and change no exit code (an exception that nothing needs any more).
    `absent` are the findings of the baseline that these reports no longer have.
    """

    audits: tuple[Audit, ...]
    skipped: tuple[Skipped, ...] = ()
    problems: tuple[Words, ...] = ()
    rules: tuple[AppliedRule, ...] = ()
    notices: tuple[Words, ...] = ()
    absent: tuple[KnownFinding, ...] = ()

    def count(self, severity: Severity) -> int:
        """Findings of that severity over all reports, without those that do not count."""
        return sum(
            finding.severity is severity and finding.counts for audit in self.audits for finding in audit.findings
        )

    def suppressed(self, kind: str) -> int:
        """Findings over all reports that do not count because of an `exception` or the `baseline`."""
        return sum(
            finding.suppression is not None and finding.suppression.kind == kind
            for audit in self.audits
            for finding in audit.findings
        )


CAUSES: dict[str, Words] = {
    "blank": Words("空白", "blank"),
    "placeholder": Words("占位符", "placeholder"),
    "text": Words("非数字", "not a number"),
    "unreadable": Words("无法读取", "unreadable"),
    "absent": Words("缺行或缺列", "row or column missing"),
    "missing-table": Words("缺表", "table missing"),
    "missing-section": Words("缺部分", "section missing"),
    "unit": Words("单位不明", "unit unknown"),
    "approximate": Words("约数", "approximate figure"),
    "cut": Words("数字被换行或空格断开", "figure cut by the end of a line or a space"),
    "timeout": Words("正则表达式匹配超时", "the pattern took too long"),
}
