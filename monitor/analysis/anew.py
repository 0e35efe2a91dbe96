"""Two sheets held against the same answers: which verdicts a change of facts moves, without all else that is read."""

from collections.abc import Mapping
from dataclasses import replace

from monitor.analysis import kinds
from monitor.analysis.claims import Checker
from monitor.analysis.compiling import compile_sheet
from monitor.analysis.folding import fold
from monitor.analysis.mentions import Finder
from monitor.analysis.outcome import judge
from monitor.analysis.text import Document, parse
from monitor.domain.answers import Answer
from monitor.domain.brand import Fact, FactSheet, Severity
from monitor.domain.readings import Outcome, Reading, Verdict

Sides = tuple[Verdict | None, Verdict | None]  # before and after; None: nothing that could be checked


class Anew:
    """Made ready for the sheet that holds and the one that is to hold; then judges any number of answers by both."""

    def __init__(self, before: FactSheet, after: FactSheet) -> None:
        self.changed = changed(before, after)
        self._all = _elsewhere_changed(before, after)
        self._sides = tuple(_Side(sheet, self.changed) for sheet in (before, after))

    @property
    def nothing(self) -> bool:
        """Whether no verdict on any answer can move."""
        return not self.changed and not self._all

    def moved(self, answer: Answer) -> Mapping[str, Sides] | None:
        """Return the facts whose verdict moves, by id; None where the answer speaks of nothing that changed."""
        document = parse(answer.text, answer.lang)
        if self.nothing or not (self._all or any(side.spoken_of(document, answer) for side in self._sides)):
            return None
        before, after = (side.read(document, answer) for side in self._sides)
        spoken = dict.fromkeys(claim.fact for reading in (before, after) for claim in reading.claims)
        told = {fact: (before.verdict_on(fact), after.verdict_on(fact)) for fact in spoken}
        return {fact: sides for fact, sides in told.items() if sides[0] != sides[1]}


class _Side:
    """One of the two sheets."""

    def __init__(self, sheet: FactSheet, changed_ids: frozenset[str]) -> None:
        self._finder, self._checker = Finder(sheet.entities), Checker(sheet)
        self._compiled = compile_sheet(sheet, kinds.ALL)
        places = {at for at, one in enumerate(self._compiled.asked) if one.fact.id in changed_ids}
        self._words = frozenset(
            concept for concept, facts in self._compiled.by_concept.items() if not places.isdisjoint(facts)
        )

    def spoken_of(self, document: Document, answer: Answer) -> bool:
        """Whether a word by which a changed fact is known stands in the answer or its question."""
        texts = (document.folded, fold(answer.question))
        return bool(self._words) and any(
            hit.concept in self._words
            for text in texts
            for hit in self._compiled.spotter.find(text, document.lang)
        )  # fmt: skip

    def read(self, document: Document, answer: Answer) -> Reading:
        """Return the claims alone, as a whole reading would have them."""
        outcome, _ = judge(document, answer)
        if outcome is Outcome.EMPTY:
            return Reading(answer_id=answer.id, outcome=outcome)
        mentions = self._finder.find(document, answer.question)
        return Reading(
            answer_id=answer.id, outcome=outcome, claims=self._checker.check(document, mentions, answer)
        )  # fmt: skip


def changed(before: FactSheet, after: FactSheet) -> frozenset[str]:
    """Return the ids of the facts that are judged differently, not merely filed differently."""
    old, new = ({fact.id: _judged(fact) for fact in sheet.facts} for sheet in (before, after))
    return frozenset(fact for fact in old.keys() | new.keys() if old.get(fact) != new.get(fact))


def _judged(fact: Fact) -> Fact:
    """Leave out what no verdict depends on."""
    return replace(fact, severity=Severity.MAJOR, source="", approved_by="", confidential=False, confirmed=None)


def _elsewhere_changed(before: FactSheet, after: FactSheet) -> bool:
    """Whether the sheets differ in what every verdict depends on: names, or the day that they speak of."""
    return (before.entities, before.as_of) != (after.entities, after.as_of)
