"""Brands of our own with labelled answers, and how well the claims in these are read: `python -m tests.bench.brands`.

`python -m tests.bench.brands aside` reads those of tests/bench/aside, which nobody tunes on: their figures are what to
expect of a new brand. Look at the figures only; whoever reads the slips moves the file to tests/analysis/brands.
`... traps` reads short answers made to mislead: half of them hold what only looks like a fact, the others tell
theirs in words as far from the sheet's as can be.

A file of tests/analysis/brands holds a brand.yaml and, behind lines of `=====`, answers: first a line with the language
in brackets and the question, then the text. `{+founded: words}` labels the words as supporting the fact `founded`, `-`
as contradicting it, `~` as giving a former value, `?` as neither asked for nor wrong to find; `{+founded -ceo: words}`
labels one span twice.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from monitor import brandfile, calendar
from monitor.analysis import kinds
from monitor.analysis.claims import Checker
from monitor.analysis.mentions import Finder
from monitor.analysis.relevance.model import Models
from monitor.analysis.text import parse
from monitor.domain.answers import Answer
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Claim
from probes import assistants

FOLDER = Path(__file__).parents[1] / "analysis" / "brands"
ASIDE = Path(__file__).with_name("aside")
TRAPS = Path(__file__).with_name("traps")
_VERDICTS = {"+": "supported", "-": "contradicted", "~": "outdated", "?": "optional"}
_OPEN = re.compile(r"\{(?P<labels>[-+~?][a-z0-9_]+(?: [-+~?][a-z0-9_]+)*): |\}")
_HEAD = re.compile(r"\[(?P<lang>[a-z]{2})] (?P<question>.*)\n")
WRONG = frozenset({"contradicted", "outdated"})


@dataclass(frozen=True, kw_only=True)
class Label:
    start: int
    end: int
    fact: str
    verdict: str

    def meets(self, claim: Claim) -> bool:
        return claim.fact == self.fact and claim.start < self.end and self.start < claim.end


@dataclass(frozen=True, kw_only=True)
class Labelled:
    answer: Answer
    labels: tuple[Label, ...]


@dataclass(frozen=True, kw_only=True)
class Brand:
    name: str
    sheet: FactSheet
    answers: tuple[Labelled, ...]


def load(path: Path) -> Brand:
    head, *rest = path.read_text(encoding="utf-8").split("\n=====\n")
    settings = brandfile.parse(
        head, path.name, kinds=kinds.ALL, assistants=assistants.ALL, check_cron=calendar.check_cron
    )
    answers = tuple(_labelled(f"{path.stem}-{number:02}", text) for number, text in enumerate(rest, 1))
    return Brand(name=path.stem, sheet=settings.sheet, answers=answers)


def load_all(names: Sequence[str] = (), folder: Path = FOLDER) -> list[Brand]:
    return [load(path) for path in sorted(folder.glob("*.txt")) if not names or path.stem in names]


def _labelled(name: str, written: str) -> Labelled:
    head = _HEAD.match(written)
    if head is None:
        raise ValueError(f"{name} has no line with its language and question")
    text, labels = unmarked(written[head.end() :].rstrip("\n"))
    return Labelled(answer=Answer(id=name, text=text, question=head["question"], lang=head["lang"]), labels=labels)


def unmarked(marked: str) -> tuple[str, tuple[Label, ...]]:
    """Take the labels out of a text.

    >>> unmarked("{+founded: Since 1901} it sells tea.")
    ('Since 1901 it sells tea.', (Label(start=0, end=10, fact='founded', verdict='supported'),))
    """
    pieces: list[str] = []
    labels: list[Label] = []
    stack: list[tuple[int, str]] = []
    at = length = 0
    for mark in _OPEN.finditer(marked):
        pieces.append(marked[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        if mark["labels"]:
            stack.append((length, mark["labels"]))
        else:
            start, names = stack.pop()
            labels += [Label(start=start, end=length, fact=n[1:], verdict=_VERDICTS[n[0]]) for n in names.split()]
    return "".join([*pieces, marked[at:]]), tuple(sorted(labels, key=lambda label: (label.start, label.end)))


@dataclass
class Count:
    """Right, false and missed claims of one sort."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def __add__(self, other: "Count") -> "Count":
        return Count(right=self.right + other.right, false=self.false + other.false, missed=self.missed + other.missed)


@dataclass
class Score:
    wrong: Count = field(default_factory=Count)
    supported: Count = field(default_factory=Count)
    slips: list[str] = field(default_factory=list)  # one line for each claim that was read differently

    def __add__(self, other: "Score") -> "Score":
        return Score(
            wrong=self.wrong + other.wrong,
            supported=self.supported + other.supported,
            slips=[*self.slips, *other.slips],
        )

    @property
    def line(self) -> str:
        wrong, right = self.wrong, self.supported
        return (
            f"wrong P {wrong.precision:.3f} R {wrong.recall:.3f} ({wrong.right}/{wrong.false}/{wrong.missed})   "
            f"supported P {right.precision:.3f} R {right.recall:.3f} ({right.right}/{right.false}/{right.missed})"
        )


def claims_of(sheet: FactSheet, answers: Iterable[Answer], models: Models | None = None) -> Iterator[tuple[Claim, ...]]:
    """Read the claims of each answer, with the shipped models or with others."""
    checker, finder = Checker(sheet, models=models), Finder(sheet.entities)
    for answer in answers:
        document = parse(answer.text, answer.lang)
        yield checker.check(document, finder.find(document, answer.question), answer)


def score(brand: Brand, models: Models | None = None) -> Score:
    """Hold readings against labels: right where fact and verdict agree and the spans meet, each label matched once."""
    total = Score()
    read = claims_of(brand.sheet, [one.answer for one in brand.answers], models)
    for labelled, claims in zip(brand.answers, read, strict=True):
        total = total + _held(labelled, claims)
    return total


def _held(labelled: Labelled, claims: Sequence[Claim]) -> Score:
    optional = [label for label in labelled.labels if label.verdict == "optional"]
    given = [c for c in claims if c.verdict != "unverified" and not any(label.meets(c) for label in optional)]
    found = Score()
    for name, verdicts in (("wrong", WRONG), ("supported", frozenset({"supported"}))):
        left = [claim for claim in given if claim.verdict.value in verdicts]
        count = Count()
        for label in (one for one in labelled.labels if one.verdict in verdicts):
            hit = next((claim for claim in left if label.meets(claim)), None)
            if hit is None:
                count.missed += 1
                found.slips.append(_line(labelled, "missed", label))
            else:
                left.remove(hit)
                count.right += 1
        count.false = len(left)
        found.slips += [_line(labelled, "FALSE", c) for c in left]
        setattr(found, name, count)
    return found


def _line(labelled: Labelled, what: str, one: Label | Claim) -> str:
    words = " ".join(labelled.answer.text[one.start : one.end].split())
    return f"{what:6} {labelled.answer.id} {one.fact} {one.verdict}: {words}"


def main() -> None:
    names = [name for name in sys.argv[1:] if name != "-v"]
    told = "-v" in sys.argv and names != ["aside"]
    folder = {"aside": ASIDE, "traps": TRAPS}.get(" ".join(names))
    brands = load_all(folder=folder) if folder else load_all(names)
    total = Score()
    for brand in brands:
        one = score(brand)
        total = total + one
        print(f"{brand.name:12} {one.line}")
        for slip in one.slips if told else ():
            print("   ", slip)
    print(f"{'all':12} {total.line}")
    print(dict(Counter(label.verdict for brand in brands for one in brand.answers for label in one.labels)))


if __name__ == "__main__":
    main()
