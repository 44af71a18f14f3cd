"""Runs the linter over generated reports and says which faults it found, missed or saw where there are none."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faults import CATALOGUES
from mangling import MANGLINGS
from samples import FORMATS, Sample, samples

ROOT = Path(__file__).resolve().parent.parent
LEVELS = {"E": "error", "W": "warning", "I": "info"}
BALANCE = frozenset(
    {
        "application-balance",
        "applicant-total",
        "outcome-total",
        "review-total",
        "litigation-total",
        "disclosed-total",
        "items-not-negative",
        "in-force-total",
    }
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the linter said about one sample; `surplus` is every finding that nothing in the file calls for."""

    sample: Sample
    findings: tuple[dict[str, Any], ...]
    passed_over: str
    """Why the linter has no entry for the file, if it has none."""

    @property
    def named(self) -> list[dict[str, Any]]:
        return [finding for finding in self.findings if finding["rule"] in self.sample.expected]

    @property
    def surplus(self) -> list[dict[str, Any]]:
        return [finding for finding in self.findings if finding["rule"] not in self.sample.allowed]

    @property
    def false(self) -> list[dict[str, Any]]:
        return [finding for finding in self.surplus if finding["severity"] != "info"]

    @property
    def level(self) -> str:
        """`as expected`, or the levels the fault was found at if that is another."""
        fault = self.sample.fault
        found = {finding["severity"] for finding in self.named if fault and finding["rule"] == fault.rule}
        if not fault or not found or LEVELS[fault.level] in found:
            return "as expected"
        return "/".join(sorted(found))


def write(made: list[Sample], folder: Path) -> tuple[Path, list[Path]]:
    """The folder to walk, and the files that have to be named one by one."""
    walked, apart = folder / "reports", folder / "named"
    for place in (walked, apart):
        place.mkdir(parents=True, exist_ok=True)
        for old in place.iterdir():
            old.unlink()
    named = []
    for one in made:
        path = (apart if one.fault and one.fault.apart else walked) / one.name
        path.write_bytes(one.octets)
        if path.parent == apart:
            named.append(path)
    manifest = {
        one.name: {
            "layout": one.layout.name,
            "manglings": [mangling.name for mangling in one.manglings],
            "fault": one.fault.name if one.fault else None,
            "expected": sorted(one.expected),
            "allowed": sorted(one.allowed),
        }
        for one in made
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    return walked, named


def run(python: str, walked: Path, named: list[Path]) -> tuple[int, Any, str]:
    """Exit code, the JSON or None, and what stood on standard error."""
    # The sources of this tree, whether or not they are installed for the interpreter.
    search = [str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(search)}
    paths = [str(path) for path in ([walked] if any(walked.iterdir()) else []) + named]
    command = [python, "-m", "gip_lint", "check", "--format", "json", *paths]
    process = subprocess.run(command, capture_output=True, env=environment, cwd=walked, check=False)
    errors = process.stderr.decode(errors="replace")
    try:
        return process.returncode, json.loads(process.stdout), errors
    except ValueError:
        return process.returncode, None, errors + process.stdout.decode(errors="replace")[-2000:]


def verdicts(made: list[Sample], result: Any) -> list[Verdict]:
    findings = {Path(entry["path"]).name: tuple(entry["findings"]) for entry in result.get("reports", [])}
    skipped = {Path(entry["path"]).name: str(entry["reason"]) for entry in result.get("skipped", [])}
    return [
        Verdict(
            one,
            findings.get(one.name, ()),
            "" if one.name in findings else skipped.get(one.name, "neither among reports nor among skipped"),
        )
        for one in made
    ]


# --- printing ------------------------------------------------------------------------------------------------------


def line_of(finding: dict[str, Any]) -> str:
    return f"{finding['rule']} ({finding['severity']}) line {finding.get('line')}: {finding.get('message')}"


def print_examples(title: str, cases: list[tuple[Verdict, list[str]]], show: int) -> None:
    if not cases:
        return
    print(f"\n{title}: {len(cases)}")
    for verdict, lines in cases[:show]:
        print(f"  {verdict.sample.label}")
        for line in lines[:show]:
            print(f"      {line}")
    if len(cases) > show:
        print(f"  … {len(cases) - show} more (--show)")


def said(verdict: Verdict) -> list[str]:
    if verdict.passed_over:
        return [f"passed over: {verdict.passed_over}"]
    return [line_of(finding) for finding in verdict.findings] or ["no finding"]


def print_layouts(judged: list[Verdict]) -> None:
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for verdict in judged:
        row = rows[verdict.sample.layout.name]
        if verdict.sample.fault is None:
            row["clean"] += 1
            row["not clean"] += bool(verdict.false) or bool(verdict.passed_over)
        else:
            row["faulty"] += 1
            row["missed"] += not verdict.named
        row["false"] += len(verdict.false)
        row["false balance"] += sum(finding["rule"] in BALANCE for finding in verdict.false)
    names = ("clean", "not clean", "faulty", "missed", "false", "false balance")
    print(f"\n{'layout':26}" + "".join(f"{name:>15}" for name in names))
    for layout in (layout for layouts in FORMATS.values() for layout in layouts):
        if layout.name in rows:
            print(f"{layout.name:26}" + "".join(f"{rows[layout.name][name]:>15}" for name in names))


def print_faults(judged: list[Verdict], show: int) -> None:
    by_fault: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in judged:
        if verdict.sample.fault:
            by_fault[verdict.sample.fault.name].append(verdict)
    print(f"\n{'fault':34}{'rule':28}{'found':>8}{'missed':>8}{'level':>8}  missed in")
    for name, fault in CATALOGUES["all"].items():
        cases = by_fault.get(name, [])
        if not cases:
            continue
        missed = [verdict for verdict in cases if not verdict.named]
        other = sum(verdict.level != "as expected" for verdict in cases)
        where = Counter(verdict.sample.layout.name for verdict in missed)
        places = ", ".join(f"{layout} {number}" for layout, number in where.most_common(4))
        print(f"{name:34}{fault.rule:28}{len(cases) - len(missed):>8}{len(missed):>8}{other:>8}  {places}")
    for name, cases in by_fault.items():
        missed = [verdict for verdict in cases if not verdict.named]
        rules = "/".join(sorted({rule for verdict in missed for rule in verdict.sample.expected}))
        print_examples(f"missed {name}, expected {rules}", [(v, said(v)) for v in missed], show)
    other_level = [
        (verdict, [line_of(f) for f in verdict.named]) for verdict in judged if verdict.level != "as expected"
    ]
    print_examples("found at another level than rules.md gives", other_level, show)


def print_surplus(title: str, judged: Iterable[Verdict], show: int) -> None:
    """False findings by rule, so that one cause is read once."""
    by_rule: dict[str, list[tuple[Verdict, list[str]]]] = defaultdict(list)
    for verdict in judged:
        rules: dict[str, list[str]] = defaultdict(list)
        for finding in verdict.false:
            rules[finding["rule"]].append(line_of(finding))
        for rule, lines in rules.items():
            by_rule[rule].append((verdict, lines))
    for rule, cases in sorted(by_rule.items(), key=lambda item: -len(item[1])):
        mark = "FALSE ARITHMETIC, " if rule in BALANCE else ""
        print_examples(f"{mark}{title}, {rule}", cases, show)


def print_verdicts(judged: list[Verdict], show: int) -> None:
    clean = [verdict for verdict in judged if verdict.sample.fault is None]
    faulty = [verdict for verdict in judged if verdict.sample.fault is not None]
    print_layouts(judged)
    print_faults(judged, show)
    passed_over = [(verdict, said(verdict)) for verdict in clean if verdict.passed_over]
    print_examples("clean report passed over", passed_over, show)
    print_surplus("false finding on clean reports", clean, show)
    print_surplus("finding beside the fault", faulty, show)
    infos = Counter(f["rule"] for verdict in judged for f in verdict.surplus if f["severity"] == "info")
    print("\ninfos nothing calls for: " + (", ".join(f"{rule} {n}" for rule, n in infos.most_common()) or "none"))
    missed = sum(not verdict.named for verdict in faulty)
    unclean = sum(bool(verdict.false or verdict.passed_over) for verdict in clean)
    arithmetic = sum(finding["rule"] in BALANCE for verdict in judged for finding in verdict.false)
    print(
        f"\n{len(clean)} clean reports, {unclean} of them with a false finding or passed over; "
        f"{len(faulty)} faulty reports, {len(faulty) - missed} faults found, {missed} missed; "
        f"{arithmetic} false arithmetic findings"
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="how many reports, every other one clean (400)")
    parser.add_argument("--all", action="store_true", help="every fault and three clean reports in every layout")
    parser.add_argument("--catalogue", choices=list(CATALOGUES), default="tables", help="which faults (tables)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=list(FORMATS), default="text")
    parser.add_argument("--layout", help="a family (padded) or one layout (padded/top)")
    parser.add_argument("--fault", help="a name of the catalogue, or `clean`")
    parser.add_argument(
        "--mangling", default="some", choices=["some", "none", *(mangling.name for mangling in MANGLINGS)]
    )
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the files here and leave them")
    parser.add_argument("--show", type=int, default=3, help="examples of each miss and each false finding (3)")
    parser.add_argument("--python", default=sys.executable, help="interpreter the linter is installed for")
    parser.add_argument("--list", action="store_true", help="list faults, layouts and manglings")
    chosen = parser.parse_args()
    if chosen.fault not in (None, "clean", *CATALOGUES[chosen.catalogue]):
        parser.error(f"no fault {chosen.fault}; see --list")
    return chosen


def main() -> int:
    """0 when nothing was missed or falsely found, 1 otherwise, 2 when the linter gave no usable answer."""
    chosen = arguments()
    if chosen.list:
        print("layouts:", *(layout.name for layouts in FORMATS.values() for layout in layouts), sep="\n  ")
        print("manglings:", *(mangling.name for mangling in MANGLINGS), sep="\n  ")
        print(
            "faults:",
            *(f"{name:34}{fault.rule:28}{fault.level}" for name, fault in CATALOGUES[chosen.catalogue].items()),
            sep="\n  ",
        )
        return 0
    count = None if chosen.all else chosen.count
    made = samples(
        count, chosen.seed, chosen.layout, chosen.fault, chosen.mangling, chosen.format, catalogue=chosen.catalogue
    )
    if not made:
        print("nothing to generate: this fault does not show in this layout")
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        walked, named = write(made, chosen.keep.resolve() if chosen.keep else Path(temporary))
        began = time.monotonic()
        code, result, errors = run(chosen.python, walked, named)
        print(f"{len(made)} files, linter ran {time.monotonic() - began:.1f} s, exit code {code}")
    if not isinstance(result, dict) or "reports" not in result:
        print(f"the linter gave no usable JSON; it said:\n{errors[-3000:]}")
        return 2
    if errors:
        print(f"standard error:\n{errors[-1500:]}")
    judged = verdicts(made, result)
    print_verdicts(judged, chosen.show)
    good = all(verdict.named if verdict.sample.fault else not verdict.passed_over for verdict in judged)
    return 0 if good and not any(verdict.false for verdict in judged) else 1


if __name__ == "__main__":
    sys.exit(main())
