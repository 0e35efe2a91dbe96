"""A day of one round, added up: made once, when the round is measured."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from monitor.domain.digests import Asking, Cited, ClaimAt, Digest, Part, StatementAt, Sums
from monitor.domain.measures import Measure, Tally
from monitor.domain.quoting import quote
from monitor.domain.readings import Claim, NewStatement, Reading, Span, Verdict
from monitor.domain.rounds import Observation, RoundKind
from monitor.drift import found, measures, panels

# What portraits are made of; the other tallies are for the detectors.
SHOWN = frozenset(
    {
        Measure.ACCURACY,
        Measure.VISIBILITY,
        Measure.SHARE_OF_VOICE,
        Measure.RECOMMENDED,
        Measure.NET_STANCE,
        Measure.CITATION_RATE,
        Measure.WRONG_RATE,
    }
)

_Key = tuple[str, str, str]  # assistant, surface, topic
_Read = tuple[Observation, Reading]
_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)


def digests(seen: Sequence[Observation], tallies: Sequence[Tally], round_id: str) -> list[Digest]:
    """Return one digest per day on which the round asked; `tallies` are the round's, `seen` is in order of time."""
    days = _grouped((one.asked_at.date(), one) for one in seen if one.counts)
    summed = _grouped((tally.day, tally) for tally in tallies if tally.series.measure in SHOWN)
    return [_digest(round_id, day, own, summed.get(day, [])) for day, own in days.items()]


def _grouped(pairs: Iterable[tuple[_K, _T]]) -> dict[_K, list[_T]]:
    groups: dict[_K, list[_T]] = defaultdict(list)
    for key, one in pairs:
        groups[key].append(one)
    return dict(groups)


def _digest(round_id: str, day: date, seen: Sequence[Observation], tallies: Sequence[Tally]) -> Digest:
    sums = _grouped(((t.series.assistant_id, str(t.series.surface), t.series.topic), t) for t in tallies)
    parts = _grouped(((o.assistant_id, str(o.surface), o.prompt.topic), o) for o in seen)
    return Digest(
        round_id=round_id, day=day, parts=tuple(_part(key, own, sums.get(key, [])) for key, own in parts.items())
    )


def _part(key: _Key, seen: Sequence[Observation], tallies: Sequence[Tally]) -> Part:
    read = [(one, reading) for one in seen if (reading := measures.readable(one)) is not None]
    panel = panels.panels(seen, ())[0]
    claims = [claim for _, reading in read for claim in reading.claims]
    told = [one.searched for one in seen if one.searched is not None]
    return Part(
        assistant_id=key[0],
        surface=seen[0].surface,
        topic=key[2],
        label=panel.label,
        first_at=seen[0].asked_at,
        last_at=seen[-1].asked_at,
        asked=panel.asked,
        answered=panel.answered,
        refused=panel.refused,
        missed=panel.missed,
        cut_off=panel.cut_off,
        imported=sum(one.kind is RoundKind.IMPORTED for one in seen),
        told=len(told),
        searched=sum(told),
        texts=sum(bool(one.text) for one, _ in read),
        distinct=len({(one.prompt.id, one.text) for one, _ in read if one.text}),
        claims=len(claims),
        checkable=sum(claim.verdict is not Verdict.UNVERIFIED for claim in claims),
        cost=panel.cost,
        models=panels.models(seen),
        misses=panel.misses,
        names=tuple(sorted({name for one in seen for name in one.prompt.names})),
        verdicts=_verdicts(read),
        prompts=_prompts(read),
        cited=_cited(read),
        quotable=tuple(_quotable(read)),
        statements=tuple(_statements(read)),
        sums=_sums(tallies),
    )


def _verdicts(read: Sequence[_Read]) -> Mapping[str, Mapping[Verdict, int]]:
    counted: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for _, reading in read:
        for fact in dict.fromkeys(claim.fact for claim in reading.claims):
            counted[fact][reading.verdict_on(fact) or Verdict.UNVERIFIED] += 1
    return {fact: dict(verdicts) for fact, verdicts in counted.items()}


def _prompts(read: Sequence[_Read]) -> Mapping[str, Asking]:
    asked = _grouped((one.prompt.id, (one.prompt.text, bool(reading.mentions))) for one, reading in read)
    return {
        prompt: Asking(text=own[-1][0], answers=len(own), named=any(named for _, named in own))
        for prompt, own in asked.items()
    }


def _cited(read: Sequence[_Read]) -> tuple[Cited, ...]:
    return tuple(
        Cited(domain=each.domain, owner=each.owner, entity=each.entity, citations=each.citations, answers=each.answers)
        for each in found.domains([one for one, _ in read])
    )


def _quotable(read: Sequence[_Read]) -> Iterator[ClaimAt]:
    """Yield, for each fact, as many as a portrait could quote: the first of each sentence, in the portrait's order."""
    claims = _grouped(
        (claim.fact, (one, place, claim)) for one, reading in read for place, claim in enumerate(reading.claims)
    )
    for own in claims.values():
        own.sort(key=lambda each: (each[0].asked_at, each[0].answer_id), reverse=True)
        own.sort(key=lambda each: found.WORST_FIRST.index(each[2].verdict))
        yield from _first_of_each(own)


def _first_of_each(own: Sequence[tuple[Observation, int, Claim]]) -> Iterator[ClaimAt]:
    said: set[str] = set()
    for one, place, claim in own:
        if len(said) == found.MOST_QUOTES:
            return
        words = _words(one, claim, claim.marks)
        if words in said:
            continue
        said.add(words)
        yield ClaimAt(
            fact=claim.fact,
            verdict=claim.verdict,
            asked_at=one.asked_at,
            answer_id=one.answer_id,
            place=place,
            words=words,
        )


def _words(one: Observation, span: Claim | NewStatement, marks: Sequence[Span]) -> str:
    made = quote(one, span, marks)
    return hashlib.sha256(f"{made.assistant_label}\x1f{made.text}".encode(errors="surrogatepass")).hexdigest()[:16]


def _statements(read: Sequence[_Read]) -> Iterator[StatementAt]:
    for one, reading in read:
        for place, statement in enumerate(reading.new_statements):
            yield StatementAt(
                topic=statement.topic,
                gist=statement.gist,
                asked_at=one.asked_at,
                answer_id=one.answer_id,
                probe_id=one.probe_id,
                place=place,
                words=_words(one, statement, ()),
            )


def _sums(tallies: Sequence[Tally]) -> tuple[Sums, ...]:
    groups = _grouped(((tally.series.measure, tally.series.subject), tally) for tally in tallies)
    return tuple(
        Sums(
            measure=measure,
            subject=subject,
            prompts=tuple(tally.prompt_id for tally in own),
            regimes=tuple(tally.regime for tally in own),
            hits=tuple(tally.hits for tally in own),
            of=tuple(tally.of for tally in own),
            answers=tuple(tally.answers for tally in own),
        )
        for (measure, subject), own in groups.items()
    )
