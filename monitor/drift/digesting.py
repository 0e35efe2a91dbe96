"""A day of one round, added up: made once, when the round is measured."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TypeVar

from monitor.domain.digests import Asking, Cited, ClaimAt, Digest, Part, StatementAt
from monitor.domain.measures import Measure, Tally
from monitor.domain.quoting import quote
from monitor.domain.readings import WORST_FIRST, Claim, NewStatement, Reading, Span, Verdict
from monitor.domain.rounds import Observation, RoundKind
from monitor.drift import cited, columns, measures, panels

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

MOST_QUOTES = 6  # beside one fact or statement

_NOTHING: cited.Retrieved = {}
_Key = tuple[str, str, str]  # assistant, surface, topic
_Read = tuple[Observation, Reading]
_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)


def digests(
    seen: Sequence[Observation], tallies: Sequence[Tally], round_id: str, retrieved: cited.Retrieved = _NOTHING
) -> list[Digest]:
    """Return one digest per day on which the round asked; `tallies` are the round's, `seen` is in order of time.

    `retrieved` are the domains that each answer was made from.
    """
    days = _grouped((one.day, one) for one in seen if one.counts)
    summed = _grouped((tally.day, tally) for tally in tallies)
    return [_digest(round_id, day, own, summed.get(day, []), retrieved) for day, own in days.items()]


def _grouped(pairs: Iterable[tuple[_K, _T]]) -> dict[_K, list[_T]]:
    groups: dict[_K, list[_T]] = defaultdict(list)
    for key, one in pairs:
        groups[key].append(one)
    return dict(groups)


def _digest(
    round_id: str, day: date, seen: Sequence[Observation], tallies: Sequence[Tally], retrieved: cited.Retrieved
) -> Digest:
    whole = _grouped(((one.assistant_id, str(one.surface), ""), one) for one in seen)
    narrow = _grouped(((one.assistant_id, str(one.surface), one.prompt.topic), one) for one in seen)
    topics = tuple(replace(_part(key, own, retrieved), quotable=tuple(_quotable(own))) for key, own in narrow.items())
    return Digest(
        round_id=round_id,
        day=day,
        parts=tuple(_part(key, own, retrieved) for key, own in whole.items()),
        quotable=quotable(claim for part in topics for claim in part.quotable),
        columns=columns.columns(seen, tallies),
        topics=topics,
    )


def quotable(claims: Iterable[ClaimAt]) -> tuple[ClaimAt, ...]:
    """Return what a portrait could quote of each fact: wrong ones first, then the newest, each sentence once."""
    facts = _grouped((claim.fact, claim) for claim in claims)
    return tuple(claim for own in facts.values() for claim in first(own))


def first(claims: Sequence[ClaimAt]) -> list[ClaimAt]:
    """Return what is quoted of one fact."""
    newest = sorted(claims, key=lambda at: (at.asked_at, at.answer_id), reverse=True)
    newest.sort(key=lambda at: WORST_FIRST.index(at.verdict))
    by_words: dict[str, ClaimAt] = {}
    for at in newest:
        by_words.setdefault(at.words, at)
    return list(islice(by_words.values(), MOST_QUOTES))


def _part(key: _Key, seen: Sequence[Observation], retrieved: cited.Retrieved) -> Part:
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
        naming=tuple(dict.fromkeys(one.prompt.id for one, reading in read if reading.mentions)),
        silent=_silent(read),
        cited=_cited(read, retrieved),
        statements=tuple(_statements(read)),
    )


def _verdicts(read: Sequence[_Read]) -> Mapping[str, Mapping[Verdict, int]]:
    counted: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for _, reading in read:
        for fact in dict.fromkeys(claim.fact for claim in reading.claims):
            counted[fact][reading.verdict_on(fact) or Verdict.UNVERIFIED] += 1
    return {fact: dict(verdicts) for fact, verdicts in counted.items()}


def _silent(read: Sequence[_Read]) -> Mapping[str, Asking]:
    asked = _grouped((one.prompt.id, (one.prompt.text, bool(reading.mentions))) for one, reading in read)
    return {
        prompt: Asking(text=own[-1][0], answers=len(own))
        for prompt, own in asked.items()
        if not any(named for _, named in own)
    }


def _cited(read: Sequence[_Read], retrieved: cited.Retrieved) -> tuple[Cited, ...]:
    return tuple(
        Cited(
            domain=each.domain,
            owner=each.owner,
            entity=each.entity,
            citations=each.citations,
            answers=each.answers,
            retrieved_only=each.retrieved_only,
            wrong=each.wrong,
        )
        for each in cited.domains([one for one, _ in read], retrieved)
    )


def _quotable(seen: Sequence[Observation]) -> Iterator[ClaimAt]:
    """Yield, for each fact, as many as a portrait could quote: the first of each sentence, in the portrait's order."""
    read = [(one, reading) for one in seen if (reading := measures.readable(one)) is not None]
    claims = _grouped(
        (claim.fact, (one, place, claim)) for one, reading in read for place, claim in enumerate(reading.claims)
    )
    for own in claims.values():
        own.sort(key=lambda each: (each[0].asked_at, each[0].answer_id), reverse=True)
        own.sort(key=lambda each: WORST_FIRST.index(each[2].verdict))
        yield from _first_of_each(own)


def _first_of_each(own: Sequence[tuple[Observation, int, Claim]]) -> Iterator[ClaimAt]:
    said: set[str] = set()
    for one, place, claim in own:
        if len(said) == MOST_QUOTES:
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
