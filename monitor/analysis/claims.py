"""Holds what an answer says about the brand against its fact sheet."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from operator import attrgetter

from monitor.analysis import (
    accusing,
    asof,
    branches,
    elsewhere,
    history,
    holders,
    kinds,
    misdated,
    restriction,
    scope,
    wording,
)
from monitor.analysis.compiling import compile_sheet
from monitor.analysis.cues import Compiled
from monitor.analysis.cutting import cut
from monitor.analysis.folding import fold
from monitor.analysis.history import Told
from monitor.analysis.kind import Match, Said
from monitor.analysis.moments import Moment
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.question import Questions
from monitor.analysis.settling import Found, settled
from monitor.analysis.strangers import Strangers
from monitor.analysis.subject import Subjects
from monitor.analysis.text import BlockKind, Document
from monitor.domain.answers import Answer
from monitor.domain.brand import Fact, FactSheet
from monitor.domain.readings import Claim, Mention, Span, Verdict

_LEAST = 0.45  # a value tied to a fact more loosely than this is not taken as said of it
_LEAST_FRAME = 0.47  # the sentence before alone makes no sentence speak of a fact
_BEGINNING = 6  # marks before the first word of an answer


class Checker:
    """Made ready for one sheet; then checks any number of answers."""

    def __init__(self, sheet: FactSheet, *, today: date | None = None) -> None:
        self._sheet = sheet
        self._today = today
        self._questions = Questions(sheet)
        self._strangers = Strangers(sheet)
        self._by_state: dict[tuple[object, ...], Compiled] = {}
        self._by_day: dict[date, Compiled] = {}
        names = (sheet.brand.name, *sheet.brand.aliases)
        self._brand_words = frozenset(word for name in names for word in fold(name).split())

    def check(self, document: Document, mentions: Sequence[Mention], answer: Answer) -> tuple[Claim, ...]:
        """Return every claim that can be told, in the order of the answer."""
        day = self._day(answer)
        page = Page(
            document=document,
            mentions=self._strangers.beside(document, mentions),
            compiled=self._on(day),
            today=day,
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
            for one in self._read(place)
            if self._ours(subjects, one, answer)
        ]
        claims = [claim for one in settled(found) if (claim := self._judge(one, day))]
        return tuple(sorted(_once(claims), key=lambda claim: (claim.start, claim.end, claim.fact)))

    def _on(self, day: date) -> Compiled:
        """The facts as they were on the day of the answer, compiled once for each state of the sheet."""
        if day not in self._by_day:
            sheet = asof.sheet_of(self._sheet, day)
            state = tuple((fact.value, fact.until) for fact in sheet.facts)
            if state not in self._by_state:
                self._by_state[state] = compile_sheet(sheet, kinds.ALL)
            self._by_day[day] = self._by_state[state]
        return self._by_day[day]

    def _day(self, answer: Answer) -> date:
        """Verdicts are as of the answer's date, else the sheet's, else today."""
        if answer.asked_at:
            return answer.asked_at.date()
        return self._sheet.as_of or self._today or datetime.now(UTC).date()

    def _read(self, place: Place) -> Iterable[Found]:
        near = (concepts for frame, concepts in place.framed if frame.weight >= _LEAST_FRAME)
        concepts = place.page.concepts_in(place).union(*near)
        if place.start - place.page.document.blocks[0].start <= _BEGINNING:
            concepts |= place.page.asked_for  # "Yes", behind the question
        compiled = place.page.compiled
        wanted = {i for concept in concepts for i in compiled.by_concept.get(concept, ())}
        for index in sorted(wanted):
            asked = compiled.asked[index]
            for said in kinds.ALL[asked.kind].read(place, asked):
                if said.score >= _LEAST:
                    yield Found(place=place, asked=asked, said=said)

    def _ours(self, subjects: Subjects, one: Found, answer: Answer) -> bool:
        return (
            (holders.alone(one.place, one.said, one.asked) or subjects.is_own(one.place, one.said, one.asked.fact.id))
            and scope.asserted(one.place, one.said)
            and scope.applies(one.place, one.asked.fact, answer)
            and not (one.asked.measured and elsewhere.of_another(one.place, one.said, _sheet_words(one.asked.fact)))
            and not (one.said.exclusive and (_of_part(one) or branches.of_product(one.place, one.said, one.asked)))
            and not (one.asked.region and restriction.of_other_region(one.place, one.said, one.asked.region))
        )

    def _judge(self, one: Found, day: date) -> Claim | None:
        fact = one.asked.fact
        if (fact.until and day > fact.until) or (fact.since and day < fact.since):
            return None
        verdict, former = _verdict(one, day)
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
            marks=(Span(start=one.said.start, end=one.said.end),) if verdict.wrong else (),
        )


def _of_part(one: Found) -> bool:
    own = [Span(start=hit.start, end=hit.end) for hit in one.place.hits if hit.concept in one.asked.concepts]
    return elsewhere.of_part(one.place, one.said, _sheet_words(one.asked.fact), own)


def _sheet_words(fact: Fact) -> str:
    return f"{fact.about} {fact.says} {fact.unit} {' '.join(fact.cues)}"


def _verdict(one: Found, day: date) -> tuple[Verdict | None, int | None]:
    fact, said, place = one.asked.fact, one.said, one.place
    compare = one.kind.compare
    if one.asked.kind != "flag" and scope.denied(place, said):
        return None, None
    now = compare(said, fact.value, one.asked)
    if now is Match.OTHER and _told_by_sheet(one):
        now = Match.NEAR
    ended = max((former.until for former in fact.before if former.until), default=None)
    if now is Match.SAME and one.asked.kind == "person" and misdated.held_before(place, said, ended):
        return Verdict.UNVERIFIED, None
    if now is Match.SAME:
        expected = one.asked.measured and scope.expected(place, said)
        return (Verdict.UNVERIFIED if expected else Verdict.SUPPORTED), None
    matches = [compare(said, former.value, one.asked) for former in fact.before]
    if Match.SAME in matches and not _of_less(one):
        return _of_former(one, matches.index(Match.SAME), day)
    if now is not Match.OTHER or Match.NEAR in matches or _spares(one, day):
        return Verdict.UNVERIFIED, None
    enough = accusing.enough(place, said, one.asked, former=False)
    return (Verdict.CONTRADICTED if enough else Verdict.UNVERIFIED), None


def _spares(one: Found, day: date) -> bool:
    """Whether the words around another value make it no accusation: of a time to come, of the past, of a part."""
    fact, said, place = one.asked.fact, one.said, one.place
    coming = scope.future(place, said) if one.asked.measured else bool(fact.until) and scope.announced(place, said)
    if coming or _planned(said, day, fact) or _of_less(one):
        return True
    ended = [former.until for former in fact.before if former.until]
    moved = one.asked.kind == "place" and misdated.moved_last(place, said, max(ended, default=None))
    event = one.asked.kind == "flag" or "exchange" in one.asked.concepts or moved
    now = said.history is False or history.told(place, said, None, day, event=event) is Told.NOW
    return one.asked.changes and not now


def _of_less(one: Found) -> bool:
    """Whether a part of what the fact is about may be meant: no accusation."""
    if one.asked.measured:
        return restriction.of_part(one.place, one.said, one.asked)
    return restriction.of_branch(one.place, one.said, one.asked)


def _planned(said: Said, day: date, fact: Fact) -> bool:
    """Whether a day to come is told: of something planned, not of what the sheet tells."""
    return isinstance(said.value, Moment) and said.value.first > day and not _is_ahead(fact, day)


def _is_ahead(fact: Fact, day: date) -> bool:
    """Whether the sheet's own value is a time to come, such as the year of a goal."""
    return str(fact.value)[:4].isdigit() and int(str(fact.value)[:4]) > day.year


def _told_by_sheet(one: Found) -> bool:
    """Whether the fact's own sentence names what the answer says: "Swords near Dublin"."""
    said = fold(one.said.shown.split(",")[0])
    return one.asked.kind in {"person", "place", "text"} and len(said) > 3 and said in fold(one.asked.fact.says)  # noqa: PLR2004


def _of_former(one: Found, former: int, day: date) -> tuple[Verdict | None, int | None]:
    lasting = one.asked.kind in {"person", "place", "text", "set"}
    until = one.asked.fact.before[former].until
    if one.asked.kind == "person" and misdated.ends_otherwise(one.place, one.said, until):
        return Verdict.CONTRADICTED, None
    if one.said.history is not None:
        return (Verdict.SUPPORTED if one.said.history else Verdict.OUTDATED), former
    told = history.told(one.place, one.said, until, day, lasting=lasting)
    if one.asked.kind == "flag" and told is Told.PAST:
        told = history.told(one.place, one.said, until, day, event=True)
        if told is Told.NOW:  # "1951: first catalogue" tells an event, not a state of things
            return None, None
    if told is Told.PAST:
        return Verdict.SUPPORTED, former
    wrong = told is Told.NOW and accusing.enough(one.place, one.said, one.asked, former=True)
    return (Verdict.OUTDATED if wrong else Verdict.UNVERIFIED), former


def _span(one: Found) -> Span:
    said, place = one.said, one.place
    if said.span:
        return said.span
    if place.cell and place.label:
        low = place.label.start if len(place.page.heads(place.block.table)) <= 1 else place.start
        return Span(start=min(low, said.start), end=max(place.end, said.end))
    clause = place.clause(said.start)
    return Span(start=min(clause.start, said.start), end=max(clause.end, said.end))


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
