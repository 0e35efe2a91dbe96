"""What later rounds need of this one, and what it looks like to them: observations without texts.

They hold the claims and new statements with their places, but no words to quote, no mentions, ranks or stances, and of
the citations those behind wrong claims. What is quoted is fetched by the answer's id.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from monitor.domain import wording
from monitor.domain.readings import Citation, Claim, NewStatement, Outcome, Owner, Reading, Span, Verdict
from monitor.domain.recalled import Backing, Claimed, Recalled, Speaker, Stated
from monitor.domain.rounds import AttemptState, Observation
from monitor.domain.wording import Wording, WordingKind

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_T = TypeVar("_T", bound=Hashable)
_V = TypeVar("_V", Observation, Reading, Claim)


def of_round(seen: Sequence[Observation]) -> Recalled | None:
    """Return what is kept of a round's observations, which are in order of time; None of none."""
    if not seen:
        return None
    prompts, prompt = _numbered([one.prompt for one in seen])
    speakers, speaker = _numbered([_speaker(one) for one in seen])
    return Recalled(
        round_id=seen[0].round_id,
        kind=seen[0].kind,
        prompts=prompts,
        speakers=speakers,
        prompt=prompt,
        speaker=speaker,
        answer=tuple(one.answer_id for one in seen),
        asked_at=tuple((one.asked_at - _BEGINNING) // _MICROSECOND for one in seen),
        searched=tuple(one.searched for one in seen),
        state=tuple(one.state for one in seen),
        miss=tuple(one.miss for one in seen),
        truncated=tuple(one.truncated for one in seen),
        outcome=tuple(one.reading.outcome if one.reading else None for one in seen),
        claims=_claimed(seen),
        backing=_backing(seen),
        statements=_stated(seen),
    )


def _numbered(found: Iterable[_T]) -> tuple[tuple[_T, ...], tuple[int, ...]]:
    """Return each different thing once, and which of them stands where."""
    places: dict[_T, int] = {}
    where = tuple(places.setdefault(one, len(places)) for one in found)
    return tuple(places), where


def _speaker(one: Observation) -> Speaker:
    return Speaker(assistant_id=one.assistant_id, label=one.assistant_label, surface=one.surface, model=one.model)


def _claimed(seen: Iterable[Observation]) -> Claimed:
    found = [(at, one, claim) for at, one in enumerate(seen) for claim in (one.reading.claims if one.reading else ())]
    return Claimed(
        probe=tuple(at for at, _, _ in found),
        fact=tuple(claim.fact for *_, claim in found),
        verdict=tuple(claim.verdict for *_, claim in found),
        value=tuple(claim.value for *_, claim in found),
        hedged=tuple(claim.hedged for *_, claim in found),
        start=tuple(claim.start for *_, claim in found),
        end=tuple(claim.end for *_, claim in found),
        phrase=tuple(wording.of_claim(one.text, c).phrase if c.verdict.wrong else "" for _, one, c in found),
    )


def _backing(seen: Iterable[Observation]) -> Backing:
    found = [
        (at, domain, words) for at, one in enumerate(seen) if one.reading for domain, words in _behind(one.reading)
    ]
    return Backing(
        probe=tuple(at for at, _, _ in found),
        domain=tuple(domain for _, domain, _ in found),
        start=tuple(words.start for *_, words in found),
        end=tuple(words.end for *_, words in found),
    )


def _behind(reading: Reading) -> Iterator[tuple[str, Span]]:
    wrong = [claim for claim in reading.claims if claim.verdict.wrong]
    for one in reading.citations if wrong else ():
        at = one.supports
        if at and any(at.start < claim.end and claim.start < at.end for claim in wrong):
            yield one.domain, at


def _stated(seen: Iterable[Observation]) -> Stated:
    read = ((at, one, one.reading) for at, one in enumerate(seen) if one.reading)
    found = [(at, one.text, said) for at, one, reading in read for said in reading.new_statements]
    return Stated(
        probe=tuple(at for at, _, _ in found),
        topic=tuple(said.topic for *_, said in found),
        gist=tuple(said.gist for *_, said in found),
        start=tuple(said.start for *_, said in found),
        end=tuple(said.end for *_, said in found),
        phrase=tuple(wording.of_statement(text, said).phrase for _, text, said in found),
    )


def observations(
    kept: Recalled, dismissed: Collection[Wording] = frozenset(), *, zone: str = "UTC"
) -> list[Observation]:
    """Return the observations as they are recalled; what was dismissed is as `dismissals.without` leaves it."""
    readings = _readings(kept, dismissed)
    alike = lru_cache(maxsize=None)(lambda prompt, speaker: _asked(kept, prompt, speaker, zone))
    cells = zip(kept.prompt, kept.speaker, kept.answer, kept.asked_at, kept.searched, kept.state, kept.miss,
                kept.truncated, kept.outcome, strict=True)  # fmt: skip
    return [
        _like(
            alike(prompt, speaker),
            answer_id=answer,
            asked_at=_BEGINNING + asked * _MICROSECOND,
            searched=searched,
            state=state,
            miss=miss,
            truncated=truncated,
            reading=readings.get(at) or (_silent(outcome) if outcome else None),
        )
        for at, (prompt, speaker, answer, asked, searched, state, miss, truncated, outcome) in enumerate(cells)
    ]


def _like(one: _V, **other: object) -> _V:
    """Return the value with other fields, as `dataclasses.replace` does, in a fraction of its time.

    A month of a large panel is made of a quarter of a million values.
    """
    copy = object.__new__(type(one))
    copy.__dict__.update(one.__dict__)
    copy.__dict__.update(other)
    return copy


def _asked(kept: Recalled, prompt: int, speaker: int, zone: str) -> Observation:
    """Return what the observations of one prompt and assistant have in common."""
    who = kept.speakers[speaker]
    return Observation(
        probe_id="",
        round_id=kept.round_id,
        kind=kept.kind,
        asked_at=_BEGINNING,
        prompt=kept.prompts[prompt],
        assistant_id=who.assistant_id,
        assistant_label=who.label,
        surface=who.surface,
        model=who.model,
        state=AttemptState.ANSWERED,
        zone=zone,
    )


@lru_cache(maxsize=16)
def _silent(outcome: Outcome) -> Reading:
    """Return the reading of an answer that says nothing to look back on; most of them share it."""
    return Reading(answer_id="", outcome=outcome)


def _readings(kept: Recalled, dismissed: Collection[Wording]) -> dict[int, Reading]:
    claims, behind, said = _claims(kept.claims, dismissed), _citations(kept.backing), _statements(kept, dismissed)
    found = {}
    for at in claims.keys() | said.keys():
        outcome = kept.outcome[at]
        if outcome is not None:
            found[at] = _like(
                _silent(outcome),
                answer_id=kept.answer[at],
                claims=tuple(claims.get(at, ())),
                citations=tuple(behind.get(at, ())),
                new_statements=tuple(said.get(at, ())),
            )
    return found


def _claims(kept: Claimed, dismissed: Collection[Wording]) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = defaultdict(list)
    cells = zip(kept.probe, kept.fact, kept.verdict, kept.value, kept.hedged, kept.start, kept.end, strict=True)
    for place, (at, fact, verdict, value, hedged, start, end) in enumerate(cells):
        if dismissed and verdict.wrong and _is(WordingKind.FACT, fact, kept.phrase[place], dismissed):
            verdict = Verdict.UNVERIFIED  # noqa: PLW2901 -- as `dismissals.without` has it
        claim = Claim(start=start, end=end, fact=fact, verdict=verdict, value=value, hedged=hedged)
        found[at].append(claim)
    return found


def _citations(kept: Backing) -> dict[int, list[Citation]]:
    found: dict[int, list[Citation]] = defaultdict(list)
    for at, domain, start, end in zip(kept.probe, kept.domain, kept.start, kept.end, strict=True):
        supports = Span(start=start, end=end)
        found[at].append(Citation(url="", domain=domain, owner=Owner.OTHER, supports=supports))
    return found


def _statements(kept: Recalled, dismissed: Collection[Wording]) -> dict[int, list[NewStatement]]:
    found: dict[int, list[NewStatement]] = defaultdict(list)
    said = kept.statements
    for at, topic, gist, start, end, phrase in zip(
        said.probe, said.topic, said.gist, said.start, said.end, said.phrase, strict=True
    ):
        if not _is(WordingKind.TOPIC, topic, phrase, dismissed):
            found[at].append(NewStatement(start=start, end=end, topic=topic, gist=gist))
    return found


def _is(kind: WordingKind, subject: str, phrase: str, dismissed: Collection[Wording]) -> bool:
    return bool(dismissed) and Wording(kind=kind, subject=subject, phrase=phrase) in dismissed
