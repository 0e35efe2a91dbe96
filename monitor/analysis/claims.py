"""Holds what an answer says about the brand against its fact sheet."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter

from monitor.analysis import (
    asof,
    branches,
    elsewhere,
    holders,
    judging,
    kinds,
    restriction,
    scope,
    spans,
    towns,
    wording,
)
from monitor.analysis.compiling import compile_sheet
from monitor.analysis.cues import Compiled
from monitor.analysis.cutting import cut
from monitor.analysis.folding import fold
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.question import Questions
from monitor.analysis.relevance import choosing, model, spoken
from monitor.analysis.relevance.spoken import FactWords, PageWords
from monitor.analysis.relevance.traits import Weighed
from monitor.analysis.settling import Found, most_exact, settled
from monitor.analysis.spans import Span, Stretch
from monitor.analysis.strangers import Strangers
from monitor.analysis.subject import Subjects
from monitor.analysis.text import BlockKind, Document
from monitor.domain.answers import Answer
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Claim, Mention, Verdict

_STRICT = frozenset({"text"})  # its reader finds names anywhere
_LEAST = 0.45  # such a value tied to its fact more loosely is not taken as said of it
_LEAST_FRAME = 0.47  # the sentence before alone makes no sentence speak of a fact
_BEGINNING = 6  # marks before the first word of an answer


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """One answer, and all values in it that may be said of the sheet's facts."""

    answer: Answer
    day: date
    words: PageWords
    subjects: Subjects
    found: Sequence[Found]


class Checker:
    """Made ready for one sheet; then checks any number of answers."""

    def __init__(self, sheet: FactSheet, *, today: date | None = None, models: model.Models | None = None) -> None:
        self._sheet = sheet
        self._models = models
        self._today = today
        self._questions = Questions(sheet)
        self._strangers = Strangers(sheet)
        self._by_state: dict[tuple[object, ...], tuple[Compiled, FactWords]] = {}
        self._by_day: dict[date, tuple[Compiled, FactWords]] = {}
        names = (sheet.brand.name, *sheet.brand.aliases)
        self._brand_words = frozenset(word for name in names for word in fold(name).split())

    def check(self, document: Document, mentions: Sequence[Mention], answer: Answer) -> tuple[Claim, ...]:
        """Return every claim that can be told, in the order of the answer."""
        reading = self._reading(document, mentions, answer)
        values, names = self._values(reading), self._names(reading)
        models = self._models or model.shipped()
        meant = [*choosing.meant(values, models.values), *choosing.each(names, models.names)]
        claims = [self._judge(one.found, reading.day, likely=one.likely, doubted=one.doubted) for one in meant]
        kept = _once([claim for claim in claims if claim])
        return tuple(sorted(kept, key=lambda claim: (claim.start, claim.end, claim.fact)))

    def weighed(self, document: Document, mentions: Sequence[Mention], answer: Answer) -> list[tuple[Weighed, Claim]]:
        """Return what may be meant for a fact, each with the claim that it would then be."""
        reading = self._reading(document, mentions, answer)
        every = [*self._values(reading), *self._names(reading)]
        told = [(one, self._judge(one.found, reading.day)) for one in every]
        return [(one, claim) for one, claim in told if claim]

    def _reading(self, document: Document, mentions: Sequence[Mention], answer: Answer) -> "_Reading":
        day = self._day(answer)
        compiled, facts = self._on(day)
        page = Page(
            document=document,
            mentions=self._strangers.beside(document, mentions),
            compiled=compiled,
            today=day,
            brand=self._sheet.brand.name,
            brand_words=self._brand_words,
            question=answer.question,
        )
        places = tuple(cut(page))
        asked = self._questions.read(answer.question)
        subjects = Subjects(page=page, places=places, brand=self._sheet.brand.name, asked=asked)
        found = [
            one
            for place in places
            if place.block.kind is not BlockKind.HEADING and (subjects.may_be(place) or holders.named(place))
            for one in self._read(place, strayed=subjects.may_return(place))
        ]
        return _Reading(answer=answer, day=day, words=PageWords(page=page, facts=facts), subjects=subjects, found=found)

    def _values(self, reading: "_Reading") -> list[Weighed]:
        """Weigh all amounts and days against each other, those of somebody else too; then leave out the latter."""
        found = most_exact([one for one in reading.found if one.asked.valued])
        every = choosing.weighed(found, reading.words)
        return [one for one in every if self._ours(reading, one.found)]

    def _names(self, reading: "_Reading") -> list[Weighed]:
        """Weigh what is left of the other kinds once each name serves one fact."""
        kept = settled([one for one in reading.found if not one.asked.valued and self._ours(reading, one)])
        return choosing.weighed(kept, reading.words)

    def _on(self, day: date) -> tuple[Compiled, FactWords]:
        """The facts as they were on the day of the answer, compiled once for each state of the sheet."""
        if day not in self._by_day:
            sheet = asof.sheet_of(self._sheet, day)
            state = tuple((fact.value, fact.until) for fact in sheet.facts)
            if state not in self._by_state:
                compiled = compile_sheet(sheet, kinds.ALL)
                self._by_state[state] = (compiled, spoken.of_sheet(compiled, self._sheet.brand))
            self._by_day[day] = self._by_state[state]
        return self._by_day[day]

    def _day(self, answer: Answer) -> date:
        """Verdicts are as of the answer's date, else the sheet's, else today."""
        if answer.asked_at:
            return answer.asked_at.date()
        return self._sheet.as_of or self._today or datetime.now(UTC).date()

    def _read(self, place: Place, *, strayed: bool) -> Iterable[Found]:
        """Yield the values of a place; `strayed`: it may go back to the brand from somebody else."""
        near = (concepts for frame, concepts in place.framed if frame.weight >= _LEAST_FRAME)
        concepts = place.page.concepts_in(place).union(*near)
        if place.start - place.page.document.blocks[0].start <= _BEGINNING:
            concepts |= place.page.asked_for  # "Yes", behind the question
        compiled = place.page.compiled
        wanted = {i for concept in concepts for i in compiled.by_concept.get(concept, ())}
        if place.quantities or place.moments:
            wanted |= compiled.valued
        if compiled.placed and towns.stand(place):
            wanted |= compiled.placed
        if place.label:
            wanted |= compiled.named_facts
        for index in sorted(wanted):
            asked = compiled.asked[index]
            for said in kinds.ALL[asked.kind].read(place, asked):
                if said.score >= _LEAST or asked.kind not in _STRICT or said.signs.get("open"):
                    yield Found(place=place, asked=asked, said=said, strayed=strayed)

    def _ours(self, reading: "_Reading", one: Found) -> bool:
        return (
            (
                holders.alone(one.place, one.said, one.asked)
                or reading.subjects.is_own(one.place, one.said, one.asked.fact.id)
                or one.strayed
            )
            and scope.asserted(one.place, one.said)
            and scope.applies(one.place, one.asked.fact, reading.answer)
            and not (one.asked.measured and elsewhere.of_another(one.place, one.said, one.asked.words))
            and not (one.said.exclusive and (_of_part(one) or branches.of_product(one.place, one.said, one.asked)))
            and not (one.asked.region and restriction.of_other_region(one.place, one.said, one.asked.region))
        )

    def _judge(self, one: Found, day: date, *, likely: float = 1.0, doubted: bool = False) -> Claim | None:
        """Tell what a value says of its fact; `likely`: how probable it is that it is meant for it."""
        fact = one.asked.fact
        if (fact.until and day > fact.until) or (fact.since and day < fact.since):
            return None
        verdict, former = judging.verdict(one, likely, doubted=doubted)
        if verdict is None:
            return None
        span = _span(one)
        return Claim(
            start=span.start,
            end=span.end,
            fact=fact.id,
            verdict=verdict,
            value=one.said.shown,
            hedged=scope.hedged(one.place, one.said),
            why=wording.why(one.kind, one.asked, one.said, verdict, former),
            marks=(spans.told(one.said),) if verdict.wrong else (),
        )


def _of_part(one: Found) -> bool:
    own = [hit for hit in one.place.hits if hit.concept in one.asked.concepts]
    return elsewhere.of_part(one.place, one.said, one.asked.words, own, priced=one.asked.kind == "money")


def _span(one: Found) -> Span:
    said, place = one.said, one.place
    if said.span:
        return said.span
    if place.cell and place.label:
        low = place.label.start if len(place.page.heads(place.block.table)) <= 1 else place.start
        return Stretch(start=min(low, said.start), end=max(place.end, said.end))
    if place.label and said.end <= place.value_start < place.end:  # "2002 - Online shop goes live"
        return Stretch(start=said.start, end=place.clause(place.value_start).end)
    return place.clause_with(said)


def _once(claims: Sequence[Claim]) -> list[Claim]:
    """One claim per fact and clause; a wrong one before a right one, a verdict before none."""
    order = {Verdict.CONTRADICTED: 0, Verdict.OUTDATED: 0, Verdict.SUPPORTED: 1, Verdict.UNVERIFIED: 2}
    kept: dict[str, list[Claim]] = {}  # by fact, in the order of the answer, none sharing a letter
    for claim in sorted(claims, key=lambda one: (order[one.verdict], one.end - one.start)):
        others = kept.setdefault(claim.fact, [])
        at = bisect_left(others, claim.start, key=attrgetter("start"))
        before, behind = others[max(0, at - 1) : at], others[at : at + 1]
        if not any(one.end > claim.start for one in before) and not any(one.start < claim.end for one in behind):
            others.insert(at, claim)
    return [claim for others in kept.values() for claim in others]
