"""Teaches the models of `monitor/analysis/relevance` from labelled brands: `python -m tests.bench.relevance [FOLDER]`.

Prints how claims are then read, by cross-validation over brands: no model is asked about a brand that it has learnt
from. With `--write` models that learnt from all brands and a card with the figures go beside the code. FOLDER
holds further labelled brands (a folder per brand: sheet.json, answers.jsonl, labels.jsonl). Of the brands
of tests/bench/learnt thirty have been looked at to find what is missed (antivirus, backpacks, bookshops, buslines,
chips, cinema, cruises, crypto, delivery, denim, diy, drones, electric, handmade, hearing, icecream, jeweller, jobs,
luggage, mattress, paints, petfood, pianos, pizza, shoes, softdrinks, teashops, trains, vacuum, websites); the others
are for learning alone: no rule is written by looking at them. Those of tests/bench/aside and tests/bench/traps take no
part.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from monitor.analysis.claims import Checker
from monitor.analysis.mentions import Finder
from monitor.analysis.relevance import boosting, card, learning, model
from monitor.analysis.relevance.card import Row, Share
from monitor.analysis.relevance.model import Model, Models
from monitor.analysis.relevance.traits import Traits
from monitor.analysis.text import parse
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, FactSheet
from monitor.domain.readings import Claim, Span, Verdict
from tests.analysis import (
    test_claims_cases,
    test_claims_figures,
    test_claims_flags,
    test_claims_names,
    test_claims_sets,
    test_claims_subjects,
)
from tests.bench import brands, left_out
from tests.bench.brands import Brand, Label
from tests.support import claim_cases

LEARNT = Path(__file__).with_name("learnt")
FOLDS = 5
SEED = 20261122
# Times that an example counts: of a brand whose answers the rules were tuned on, of one that nobody tuned on, of those
# of FOLDER, and of a hard case of the project's own, of which there is one each.
_TUNED, _UNTUNED, _GIVEN, _CASE = 1.0, 2.0, 2.0, 5.0


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
    for sheet, question, lang, words, expected in _cases():
        checker, finder = Checker(sheet), Finder(sheet.entities)
        document = parse(words, lang)
        answer = Answer(id="case", text=words, lang=lang, question=question)
        told = expected.split(", ")
        for weighed, claim in checker.weighed(document, finder.find(document, question), answer):
            said = weighed.found.said
            if claim.verdict is Verdict.UNVERIFIED:  # the cases do not tell what nobody can tell
                continue
            yield Example(
                brand=f"case {words}", value=(said.start, said.end), claim=claim, traits=weighed.traits, worth=_CASE,
                right=f"{claim.fact}={claim.verdict}" in told, valued=weighed.found.asked.valued,
            )  # fmt: skip


def _cases() -> Iterator[tuple[FactSheet, str, str, str, str]]:
    """Yield the sheet, the question, the language, the words and what they tell of each case."""
    for sheet, name in ((test_claims_cases.SHEET, "claims"), (test_claims_figures.SHEET, "figures")):
        yield from ((sheet, "", lang, words, expected) for _, lang, words, expected in claim_cases.cases(name))
    named, asked = test_claims_names.SHEET, f"What is {test_claims_names.BRAND}?"
    yield from ((named, asked, lang, words, expected) for _, lang, words, expected in claim_cases.cases("names"))
    for subject, words, expected in claim_cases.cases("subjects"):
        sheet = FactSheet(brand=Entity(name=subject), facts=test_claims_subjects.FACTS[subject])
        yield sheet, f"What is known of {subject}?", "en", words, expected
    for sheet, name in ((test_claims_flags.SHEET, "flags"), (test_claims_sets.SHEET, "sets")):
        yield from ((sheet, "", lang, words, expected) for lang, words, expected in claim_cases.cases(name))


def gathered(folder: Path | None) -> list[Example]:
    """Return all examples to learn from."""
    sources = [(brands.load_all(), _TUNED), (brands.load_all(folder=LEARNT), _UNTUNED)]
    if folder:
        sources.append((list(left_out.from_folder(folder)), _GIVEN))
    found = [one for some, worth in sources for brand in some for one in of_brand(brand, worth)]
    return [*found, *of_cases()]


def taught(every: Sequence[Example]) -> Model:
    names = sorted(every[0].traits)
    lesson = learning.Lesson(
        traits=np.array([[one.traits[name] for name in names] for one in every]),
        right=np.array([float(one.right) for one in every]),
        worth=np.array([one.worth for one in every]),
    )
    return Model(
        names=tuple(names), net=learning.teach(lesson, learning.Course(), SEED),
        trees=boosting.grow(lesson, boosting.Growth(), SEED),
    )  # fmt: skip


def models_of(every: Sequence[Example]) -> Models:
    return Models(
        values=taught([one for one in every if one.valued]), names=taught([one for one in every if not one.valued])
    )


def crossed(every: Sequence[Example], some: Sequence[Brand], folds: int) -> brands.Score:
    """Return how brands are read, each by models that have not seen it."""
    total = brands.Score()
    for fold in range(min(folds, len(some))):
        out = some[fold::folds]
        models = models_of([one for one in every if one.brand not in {brand.name for brand in out}])
        for brand in out:
            total = total + brands.score(brand, models)
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", help="further labelled brands")
    parser.add_argument("--write", action="store_true", help="write the models and their card")
    asked = parser.parse_args()
    every = gathered(asked.folder)
    if asked.write:
        models = models_of(every)
        model.save(model.VALUES, models.values)
        model.save(model.NAMES, models.names)
    learnt = brands.load_all(folder=LEARNT)
    table = {"sixty invented brands, five folds": crossed(every, learnt, FOLDS)}
    if asked.folder:
        real = list(left_out.from_folder(asked.folder))
        table["three real brands, one left out at a time"] = crossed(every, real, len(real))
    rows = [Row(name=name, wrong=_share(one.wrong), supported=_share(one.supported)) for name, one in table.items()]
    if asked.write:
        count = len({one.brand for one in every if not one.brand.startswith("case ")})
        card.write(rows, {"examples": len(every), "brands": count}, datetime.now(UTC).date())
    sys.stdout.write(card.lines(rows))


def _share(count: brands.Count) -> Share:
    return Share(right=count.right, told=count.right + count.false, labelled=count.right + count.missed)


if __name__ == "__main__":
    main()
