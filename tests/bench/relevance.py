"""Teaches the nets of `monitor/analysis/relevance` from labelled brands: `python -m tests.bench.relevance [FOLDER]`.

Prints how many of what they would tell is right, by cross-validation over brands: no net is asked about a brand that it
has learnt from. With `--write` nets that learnt from all brands and a card with the figures go beside the code. FOLDER
holds further labelled brands (a folder per brand: sheet.json, answers.jsonl, labels.jsonl). The brands of
tests/bench/learnt are for learning alone: no rule is written by looking at them. Those of
tests/bench/aside take no part.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.claims import Checker
from monitor.analysis.mentions import Finder
from monitor.analysis.relevance import card, learning, net
from monitor.analysis.relevance.card import Row
from monitor.analysis.relevance.traits import Traits
from monitor.analysis.text import parse
from monitor.domain.answers import Answer
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Claim, Span, Verdict
from tests.analysis import test_claims_cases, test_claims_figures, test_claims_flags
from tests.bench import brands, left_out
from tests.bench.brands import Brand, Label
from tests.support import claim_cases

LEARNT = Path(__file__).with_name("learnt")
FOLDS = 5
SEED = 20261122
# Times that an example counts: of a brand whose answers the rules were tuned on, of one that nobody tuned on, of those
# of FOLDER, and of a hard case of the project's own, of which there is one each.
_TUNED, _UNTUNED, _GIVEN, _CASE = 1.0, 2.0, 3.0, 3.0


@dataclass(frozen=True, kw_only=True)
class Example:
    """A value that may be meant for a fact, and whether what is then told is right."""

    brand: str
    claim: Claim
    value: tuple[int, int]
    traits: Traits
    valued: bool
    right: bool
    worth: float
    answer: int = 0


def of_brand(brand: Brand, worth: float) -> Iterator[Example]:
    """The examples of a brand's answers; those that a label leaves open are no examples."""
    checker, finder = Checker(brand.sheet), Finder(brand.sheet.entities)
    for number, one in enumerate(brand.answers):
        document = parse(one.answer.text, one.answer.lang)
        for weighed, claim in checker.weighed(document, finder.find(document, one.answer.question), one.answer):
            said, valued = weighed.found.said, weighed.found.asked.valued
            labels = [label for label in one.labels if label.fact == claim.fact]
            if any(label.verdict == "optional" and label.meets(claim) for label in labels):
                continue
            right = any(_is_right(label, claim, said if valued else None) for label in labels)
            yield Example(
                brand=brand.name, answer=number, value=(said.start, said.end), claim=claim, right=right, valued=valued,
                traits=weighed.traits, worth=worth,
            )  # fmt: skip


def _is_right(label: Label, claim: Claim, value: Span | None) -> bool:
    """Whether a label bears a claim out; `value`: it must hold this."""
    if not (label.start <= value.start and value.end <= label.end if value else label.meets(claim)):
        return False
    return claim.verdict is Verdict.UNVERIFIED or (label.verdict in brands.WRONG) == claim.verdict.wrong


def of_cases() -> Iterator[Example]:
    """The examples of the project's own hard cases."""
    for sheet, lang, words, expected in _cases():
        checker, finder = Checker(sheet), Finder(sheet.entities)
        document = parse(words, lang)
        answer = Answer(id="case", text=words, lang=lang)
        told = expected.split(", ")
        for weighed, claim in checker.weighed(document, finder.find(document, ""), answer):
            said = weighed.found.said
            yield Example(
                brand=f"case {words}", value=(said.start, said.end), claim=claim, traits=weighed.traits, worth=_CASE,
                right=f"{claim.fact}={claim.verdict}" in told, valued=weighed.found.asked.valued,
            )  # fmt: skip


def _cases() -> Iterator[tuple[FactSheet, str, str, str]]:
    for sheet, name in ((test_claims_cases.SHEET, "claims"), (test_claims_figures.SHEET, "figures")):
        yield from ((sheet, lang, words, expected) for _, lang, words, expected in claim_cases.cases(name))
    yield from (
        (test_claims_flags.SHEET, lang, words, expected) for lang, words, expected in claim_cases.cases("flags")
    )


def gathered(folder: Path | None) -> list[Example]:
    """Return all examples to learn from."""
    sources = [(brands.load_all(), _TUNED), (brands.load_all(folder=LEARNT), _UNTUNED)]
    if folder:
        sources.append((list(left_out.from_folder(folder)), _GIVEN))
    found = [one for some, worth in sources for brand in some for one in of_brand(brand, worth)]
    return [*found, *of_cases()]


def taught(every: Sequence[Example]) -> net.Net:
    names = sorted(every[0].traits)
    lesson = learning.Lesson(
        traits=np.array([[one.traits[name] for name in names] for one in every]),
        right=np.array([float(one.right) for one in every]),
        worth=np.array([one.worth for one in every]),
    )
    return learning.teach(names, lesson, learning.Course(), SEED)


def crossed(every: Sequence[Example]) -> NDArray[np.float32]:
    """Return the probability of each example, from a net that has not seen its brand."""
    names = sorted({one.brand for one in every})
    likely = np.zeros(len(every), dtype=np.float32)
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        model = taught([one for one in every if one.brand not in out])
        at = [number for number, one in enumerate(every) if one.brand in out]
        rows = [[every[number].traits[name] for name in model.names] for number in at]
        likely[at] = model.probabilities(np.array(rows, dtype=np.float32))
    return likely


def rows(every: Sequence[Example], likely: Sequence[float]) -> Iterator[Row]:
    """How many of what would be told of brands that no rule was tuned on is right, by how sure one must be."""
    sure = [(one, p) for one, p in _best(every, likely) if one.worth == _UNTUNED]
    for wrong in (True, False):
        for least in (0.5, 0.6, 0.7, 0.8, 0.9):
            told = [one.right for one, p in sure if p >= least and _is_told(one, wrong=wrong)]
            yield Row(valued=every[0].valued, wrong=wrong, least=least, right=sum(told), told=len(told))


def _is_told(one: Example, *, wrong: bool) -> bool:
    return one.claim.verdict is not Verdict.UNVERIFIED and one.claim.verdict.wrong == wrong


def _best(every: Sequence[Example], likely: Sequence[float]) -> list[tuple[Example, float]]:
    """For each value the fact that it is likeliest meant for."""
    best: dict[tuple[object, ...], tuple[Example, float]] = {}
    for one, p in zip(every, likely, strict=True):
        key = (one.brand, one.answer, one.value, None if one.valued else one.claim.fact)
        if key not in best or p > best[key][1]:
            best[key] = (one, p)
    return list(best.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="further labelled brands")
    parser.add_argument("--write", action="store_true", help="write the nets and their card")
    asked = parser.parse_args()
    every = gathered(asked.folder)
    table: list[Row] = []
    for file in (net.VALUES, net.NAMES):
        some = [one for one in every if one.valued == (file is net.VALUES)]
        table += rows(some, [float(p) for p in crossed(some)])
        if asked.write:
            net.save(file, taught(some))
    figures = {"examples": len(every), "brands": len({one.brand for one in every if not one.brand.startswith("case ")})}
    if asked.write:
        card.write(table, figures, datetime.now(UTC).date())
    sys.stdout.write(card.lines(table))


if __name__ == "__main__":
    main()
