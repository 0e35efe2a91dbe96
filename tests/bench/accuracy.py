"""How well answers are read: `make accuracy`, or `make accuracy DATA=folder`.

Without a folder the project's own hard cases are run, so that anybody can repeat it. With one, which holds a folder per
brand (sheet.json, answers.jsonl, labels.jsonl), readings are held against the labels: a mention or claim is right where
entity or fact agree and the spans overlap, each label matched once. The table goes to monitor/analysis/ACCURACY.md.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor import brandfile, calendar
from monitor.analysis import kinds, readings_file
from monitor.analysis.reader import Reader
from monitor.domain.brand import Entity, FactSheet
from monitor.domain.measures import Rate
from monitor.drift.intervals import rate_interval
from probes import assistants

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "monitor" / "analysis" / "ACCURACY.md"
_CLAIMS = ("cases", "figures", "flags", "names", "sets", "subjects")
CORPORA = (
    "tests/analysis/test_analysis_hard_cases.py", *(f"tests/analysis/test_claims_{name}.py" for name in _CLAIMS)
)  # fmt: skip
WRONG = ("contradicted", "outdated")
GIVEN = ("supported", *WRONG)
LABELS = ("positive", "neutral", "negative", "mixed")

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Figure:
    name: str
    value: float | None
    of: int
    interval: str = ""

    @property
    def line(self) -> str:
        shown = "-" if self.value is None else f"{self.value:.3f}"
        return f"| {self.name} | {shown} | {self.interval} | {self.of} |"


class Tally:
    """Right ones by answer: answers are the clusters of the interval."""

    def __init__(self) -> None:
        self._by_answer: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def add(self, answer: str, right: int, of: int) -> None:
        self._by_answer[answer][0] += right
        self._by_answer[answer][1] += of

    def figure(self, name: str) -> Figure:
        rates = [Rate(hits=right, of=of) for right, of in self._by_answer.values() if of]
        right, of = sum(int(rate.hits) for rate in rates), sum(int(rate.of) for rate in rates)
        interval = rate_interval(rates) if rates else None
        shown = f"{interval.low:.3f} - {interval.high:.3f}" if interval else ""
        return Figure(name=name, value=right / of if of else None, of=of, interval=shown)


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def sheet(path: Path) -> FactSheet:
    """Read a labelled set's sheet through the brand file's own door."""
    given = json.loads(path.read_text(encoding="utf-8"))
    file = {
        "brand": _entity(given, given["brand"]) | {"not": given.get("not_this_brand", [])},
        "competitors": [_entity(each, each["name"]) for each in given.get("competitors", [])],
        "as_of": given.get("as_of"),
        "facts": [_fact(fact) for fact in given["facts"]],
    }
    return brandfile.parse(
        json.dumps(file), path.name, kinds=kinds.ALL, assistants=assistants.ALL, check_cron=calendar.check_cron
    ).sheet


def _entity(given: Row, name: str) -> dict[str, Any]:
    return {"name": name, "aliases": given.get("aliases", []), "domains": given.get("domains", [])}


def _fact(given: Row) -> dict[str, Any]:
    fact = {"id": given["id"], "kind": given["kind"], "about": given["attribute"], "value": given["value"]}
    former = [{k: v for k, v in each.items() if v is not None} for each in given.get("previous", [])]
    optional = {name: given[name] for name in ("unit", "tolerance", "severity") if given.get(name) is not None}
    return fact | {"says": given["statement"], "before": former} | optional


def matched(labels: Sequence[Row], said: Sequence[Row], same: Callable[[Row, Row], bool]) -> int:
    """Count the labels that find a reading of their own."""
    left, count = list(said), 0
    for label in labels:
        hit = next((one for one in left if same(label, one)), None)
        if hit is not None:
            left.remove(hit)
            count += 1
    return count


def overlap(a: Row, b: Row) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def same_mention(a: Row, b: Row) -> bool:
    return a["entity"] == b["entity"] and overlap(a, b)


def same_fact(a: Row, b: Row) -> bool:
    return a["fact"] == b["fact"] and overlap(a, b)


class Score:
    """All figures over all answers of a labelled set."""

    def __init__(self) -> None:
        self.precision: dict[str, Tally] = defaultdict(Tally)
        self.recall: dict[str, Tally] = defaultdict(Tally)
        self.share: dict[str, Tally] = defaultdict(Tally)
        self.stance: dict[str, Counter[str]] = {label: Counter() for label in (*LABELS, "none")}

    def add(self, name: str, label: Row, said: Row) -> None:
        self._pair("mentions", name, label["mentions"], said["mentions"], same_mention)
        optional = label.get("optional_claims", [])
        given = [claim for claim in said["claims"] if claim["verdict"] in GIVEN]
        claims = [claim for claim in given if not any(same_fact(other, claim) for other in optional)]
        for title, verdicts in (("wrong claims", WRONG), *((f"{one} claims", (one,)) for one in GIVEN)):
            wanted = [claim for claim in label["claims"] if claim["verdict"] in verdicts]
            self._pair(title, name, wanted, [one for one in claims if one["verdict"] in verdicts], same_fact)
        self.share["claims with a verdict"].add(name, matched(label["claims"], claims, same_fact), len(label["claims"]))
        self._whole(name, label, said)

    def _pair(
        self, title: str, name: str, labels: Sequence[Row], said: Sequence[Row], same: Callable[[Row, Row], bool]
    ) -> None:
        right = matched(labels, said, same)
        self.precision[title].add(name, right, len(said))
        self.recall[title].add(name, right, len(labels))

    def _whole(self, name: str, label: Row, said: Row) -> None:
        for entity, wanted in label.get("stance", {}).items():
            found = said["stance"].get(entity, {}).get("label", "none")
            self.stance[wanted]["right" if found == wanted else "missed"] += 1
            self.stance[found]["false"] += found != wanted
            self.share["stance"].add(name, found == wanted, 1)
        for entity, rank in label.get("ranks", {}).items():
            self.share["ranks"].add(name, said["ranks"].get(entity) == rank, 1)
        advised, told = set(label.get("recommended", [])), set(said["recommended"])
        self.precision["recommended"].add(name, len(advised & told), len(told))
        self.recall["recommended"].add(name, len(advised & told), len(advised))
        silent = said["outcome"] in {"refusal", "absence"}
        self.share["refusals and absences told from answers"].add(name, silent == bool(label.get("refused")), 1)

    def figures(self) -> Iterator[Figure]:
        for title in self.precision:
            precision = self.precision[title].figure(f"{title}: precision")
            recall = self.recall[title].figure(f"{title}: recall")
            yield precision
            yield recall
            yield Figure(name=f"{title}: F1", value=_harmonic(precision.value, recall.value), of=recall.of)
        for title, tally in self.share.items():
            yield tally.figure(title)
        yield Figure(name="stance: macro-F1", value=self._macro(), of=sum(map(_labelled, self.stance.values())))

    def _macro(self) -> float | None:
        counts = [counted for label, counted in self.stance.items() if label in LABELS and _labelled(counted)]
        each = [2 * c["right"] / (2 * c["right"] + c["false"] + c["missed"]) for c in counts]
        return sum(each) / len(each) if each else None


def _labelled(counted: Counter[str]) -> int:
    return counted["right"] + counted["missed"]


def _harmonic(precision: float | None, recall: float | None) -> float | None:
    return 2 * precision * recall / (precision + recall) if precision and recall else None


def labelled(folder: Path) -> tuple[str, list[Figure]]:
    score, answers, brands = Score(), 0, 0
    for brand in sorted(path.parent for path in folder.glob("*/sheet.json")):
        reader = Reader(sheet(brand / "sheet.json"))
        labels = {label["id"]: label for label in rows(brand / "labels.jsonl")}
        brands += 1
        for answer in readings_file.read_answers(brand / "answers.jsonl"):
            if answer.id in labels:
                score.add(f"{brand.name}/{answer.id}", labels[answer.id], readings_file.row(reader.read(answer)))
                answers += 1
    return f"Labelled set `{folder.name}`: {answers} answers about {brands} brands", list(score.figures())


class Outcomes:
    """A pytest plugin that counts right cases by category."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call" or "[" not in report.nodeid:
            return
        name = report.nodeid.split("::")[-1].split("[")[0].removeprefix("test_")
        category = "claims" if "test_claims" in report.nodeid else name
        self.all[category] += 1
        self.right[category] += report.passed


def own() -> tuple[str, list[Figure]]:
    counted = Outcomes()
    corpora = [str(ROOT / corpus) for corpus in CORPORA]
    pytest.main(["-q", "-p", "no:cacheprovider", "--no-header", "--tb=no", *corpora], [counted])
    figures = [
        Figure(name=f"{name}: cases read right", value=counted.right[name] / of, of=of)
        for name, of in sorted(counted.all.items())
    ]
    return f"The project's own hard cases: {sum(counted.all.values())}, in {len(counted.all)} groups", figures


def page(title: str, figures: Iterable[Figure]) -> str:
    version = Reader(FactSheet(brand=Entity(name="Nobody"))).version
    head = (
        f"## {title}\n\nMeasured on {datetime.now(UTC).date()} with analyzer {version}; intervals are 95 %, answers as "
        "clusters.\n\n| figure | value | interval | of |\n|---|---|---|---|\n"
    )
    return head + "\n".join(figure.line for figure in figures) + "\n"


def write(part: str) -> None:
    """Replace the part of this title in the page, or add it."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    title = part.splitlines()[0].split(":")[0]
    kept = [each for each in re.split(r"(?m)^(?=## )", old) if each.startswith("## ") and not each.startswith(title)]
    intro = (
        "# How well answers are read\n\n"
        "Made by `make accuracy` (the project's own hard cases, which are tests too: all have to be right) and\n"
        "`make accuracy DATA=folder` (a labelled set).\n\n"
    )
    PAGE.write_text(intro + "\n".join(each.rstrip() + "\n" for each in sorted([*kept, part])), encoding="utf-8")


def main() -> None:
    title, figures = labelled(Path(sys.argv[1])) if len(sys.argv) > 1 else own()
    part = page(title, figures)
    print(part)
    write(part)


if __name__ == "__main__":
    main()
