"""Bar charts of the findings, by rule and by unit, as the page draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from gip_lint.finding import Run, Severity
from gip_lint.reporters.headings import headings
from gip_lint.reporters.tally import Tally, by_rule, by_unit

_MOST_UNITS = 30


class Segment(NamedTuple):
    """A stretch of a bar, in hundredths of the chart's width."""

    severity: Severity
    number: int
    start: float
    width: float


class Bar(NamedTuple):
    """One bar; `note` stands behind its label, `anchor` is where on the page more is said."""

    label: str
    note: str
    anchor: str
    total: int
    segments: tuple[Segment, ...]


class Chart(NamedTuple):
    """A chart; `key` names its heading."""

    key: str
    bars: tuple[Bar, ...]


def charts(run: Run, language: str, anchors: Mapping[str, str]) -> list[Chart]:
    """The charts that have anything to show; `anchors` says for a unit where its first report stands."""
    made = [Chart("by-rule", _bars((title, rule, "", counts) for (rule, title), _, counts in by_rule(run, language)))]
    if len(run.audits) > 1:
        tallies = _most(by_unit(run), headings(language)["other-units"])
        made.append(Chart("by-unit", _bars((t.names[0], "", anchors.get(t.names[0], ""), t.counts) for t in tallies)))
    return [chart for chart in made if any(bar.total for bar in chart.bars)]


def _most(tallies: Sequence[Tally], others: str) -> list[Tally]:
    """Those with the most, the rest put together."""
    rest = tallies[_MOST_UNITS:]
    if not rest:
        return list(tallies)
    together = sum((tally.counts for tally in rest), Counter[Severity]())
    return [*tallies[:_MOST_UNITS], Tally((others.format(len(rest)),), (), together)]


def _bars(counted: Iterable[tuple[str, str, str, Counter[Severity]]]) -> tuple[Bar, ...]:
    counted = list(counted)
    most = max((counts.total() for *_, counts in counted), default=0) or 1
    bars = []
    for label, note, anchor, counts in counted:
        start = 0
        segments = []
        for severity in Severity:
            number = counts[severity]
            if number:
                segments.append(Segment(severity, number, round(100 * start / most, 2), round(100 * number / most, 2)))
            start += number
        bars.append(Bar(label, note, anchor, start, tuple(segments)))
    return tuple(bars)
