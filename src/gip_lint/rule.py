"""What is required of a report: one rule, as read from its YAML file, with the check that applies it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from gip_lint.annual_report import AnnualReport
from gip_lint.document import Location
from gip_lint.finding import Compared, Severity, Words


class CellRef(NamedTuple):
    """A cell of the report at hand: key of its table and place among the cells of the table's form."""

    table: str
    place: int


class Fault(NamedTuple):
    """A violation found by a check: where, and the facts that fill the rule's message.

    `cells` are the offending cells; `excerpt` is the text to show with the places to mark in it, when that is neither
    their row nor the line of the location; `operands` are the cells it was held against, `compared` the two figures where
    there are two; `grade` replaces the rule's severity where a rule knows two;
    `variant` chooses among the rule's messages where it has several.
    """

    address: str
    location: Location
    facts: Mapping[str, object]
    cells: Sequence[CellRef] = ()
    grade: Severity | None = None
    variant: str | None = None
    suggestion: str | None = None
    excerpt: tuple[str, tuple[tuple[int, int], ...]] | None = None
    relation: Any = None  # the broken relation, for the search of the suspect cell
    operands: Sequence[CellRef] = ()
    compared: Compared | None = None


class Gap(NamedTuple):
    """An application of a rule that could not be evaluated; `cause` is a key of `finding.CAUSES`."""

    address: str
    cause: str
    blame: str = ""


class Result(NamedTuple):
    """All outcomes of one rule on one report; `held` is only counted."""

    held: int
    faults: Sequence[Fault] = ()
    gaps: Sequence[Gap] = ()


NOTHING = Result(0)


def gathered(outcomes: Iterable[int | Fault | Gap]) -> Result:
    """The outcomes of a check that meets them one after the other; a number says how many held."""
    held = 0
    faults: list[Fault] = []
    gaps: list[Gap] = []
    for outcome in outcomes:
        if isinstance(outcome, Fault):
            faults.append(outcome)
        elif isinstance(outcome, Gap):
            gaps.append(outcome)
        else:
            held += outcome
    return Result(held, faults, gaps)


class Check(Protocol):
    """One kind of check, made from the `with:` part of a rule; one Python file each in `checks/`."""

    def apply(self, report: AnnualReport) -> Result:
        """Every outcome of the rule on that report."""
        ...


class Example(NamedTuple):
    """A case of the rule's own: what it must hold, find (`says`: the exact message) or leave not evaluated."""

    kind: str  # ok, bad or not-evaluated
    given: Mapping[str, Any]
    says: str | None
    line: int


class Rule(NamedTuple):
    """One rule. `messages` maps a variant (usually "") to its two wordings; `source` is the file it came from.

    `bases` are the articles or notices it rests on, by edition.

    `relation` says that its outcomes are relations of figures, which the coverage line counts.
    `fixable` says that the suggestion of its findings stands for the text at their location, word for word, and that
    putting it there changes neither a figure nor a meaning.
    """

    id: str
    group: str
    title: Words
    why: Words
    severity: Severity
    origin: str
    editions: frozenset[str]
    bases: Mapping[str, str]
    check_name: str
    check: Check
    relation: bool
    messages: Mapping[str, Words]
    examples: tuple[Example, ...]
    source: str
    fixable: bool = False

    @property
    def basis(self) -> str:
        """All of them in one line, for the manual."""
        return "；".join(dict.fromkeys(self.bases.values()))
