"""Answers held against one question: was it checked in them, and where do they say the wrong thing."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.domain.alerts import Voice
from monitor.domain.measures import Interval, Rate
from monitor.domain.readings import Outcome, Reading, Span
from monitor.domain.rounds import AttemptState, Observation, RoundKind
from monitor.domain.views import IntervalOf
from monitor.domain.wording import WordingKind

# A single slip is in the report; two answers make an alert.
RECURS = 2
# How often an assistant may say a wrong thing by mere chance, and how seldom such slips may pass for more.
SLIP = 1 / 200
DOUBT = 1 / 400
_SAYS = frozenset({Outcome.ANSWER, Outcome.ABSENCE})


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one answer says wrong, and where."""

    span: Span
    marks: tuple[Span, ...] = ()  # the wrong words, offsets into the answer
    value: str = ""  # what makes two findings the same
    hedged: bool = False
    kind: WordingKind = WordingKind.FACT
    subject: str = ""  # fact id or topic
    gist: str = ""  # what says the same in other words; empty: only the same words do


@dataclass(frozen=True, kw_only=True)
class Check:
    """One answer in which the question could be checked; no findings: it is clean."""

    observation: Observation
    findings: tuple[Finding, ...] = ()

    @property
    def at(self) -> datetime:
        return self.observation.asked_at

    @property
    def day(self) -> date:
        return self.observation.day


@dataclass(frozen=True)
class Look:
    """How a reading is held against a question: its findings, or None where the answer was not checked on it."""

    see: Callable[[Reading], tuple[Finding, ...] | None]
    fact: str = ""  # the only one whose claims make a check; empty: any reading may be one

    def __call__(self, reading: Reading) -> tuple[Finding, ...] | None:
        return self.see(reading)


def checks(observations: Iterable[Observation], look: Look) -> list[Check]:
    """Hold answers against a question, oldest first; answers that were not asked for the series are left out.

    A cut-off answer counts here: what it says is said, though what it leaves out is unknown.
    """
    return _checked((one for one in observations if one.counts), look)


def samples(observations: Iterable[Observation], look: Look) -> list[Check]:
    """As `checks`, of the samples that were asked to confirm a finding and stand in no series."""
    return _checked((one for one in observations if one.kind is RoundKind.CONFIRMING), look)


def _checked(observations: Iterable[Observation], look: Look) -> list[Check]:
    return held(in_order(one for one in observations if is_told(one)), look)


def is_told(observation: Observation) -> bool:
    """Whether an answer came that says something, if only that it knows nothing."""
    reading = observation.reading
    return reading is not None and observation.state is AttemptState.ANSWERED and reading.outcome in _SAYS


def in_order(observations: Iterable[Observation]) -> list[Observation]:
    return sorted(observations, key=lambda one: (one.asked_at, one.answer_id))


def held(told: Iterable[Observation], look: Look) -> list[Check]:
    """Hold answers that say something, and are in order, against a question."""
    pairs = ((one, look.see(one.reading)) for one in told if one.reading)
    return [Check(observation=one, findings=findings) for one, findings in pairs if findings is not None]


def recurring(found: Sequence[Check]) -> dict[str, list[Check]]:
    """Group by what is said; only what at least two answers say, one of them plainly, is kept. Most said first."""
    plainly = said(found, plainly=True)
    return {value: group for value, group in said(found).items() if len(group) >= RECURS and value in plainly}


def said(found: Iterable[Check], *, plainly: bool = False) -> dict[str, list[Check]]:
    """Group by what is said, most said first; `plainly`: without what is only said with reservations."""
    groups: dict[str, list[Check]] = defaultdict(list)
    plain: set[str] = set()
    for check in found:
        for value in dict.fromkeys(finding.value for finding in check.findings):
            groups[value].append(check)
        plain.update(finding.value for finding in check.findings if not finding.hedged)
    kept = {value: group for value, group in groups.items() if not plainly or value in plain}
    return dict(sorted(kept.items(), key=lambda item: (-len(item[1]), item[0])))


def recurs(rate: Rate) -> bool:
    """Whether so many of so many answers are more than slips.

    >>> [recurs(Rate(hits=hits, of=of)) for hits, of in ((1, 6), (2, 6), (2, 20), (3, 20), (0, 0))]
    [False, True, False, True, False]
    """
    return rate.hits >= RECURS and _at_least(int(rate.hits), int(rate.of)) <= DOUBT


def _at_least(hits: int, of: int) -> float:
    """The chance that at least so many of so many answers are slips."""
    return 1 - math.fsum(math.comb(of, k) * SLIP**k * (1 - SLIP) ** (of - k) for k in range(hits))


def rated(
    found: Iterable[Check], values: Iterable[str], interval: IntervalOf, *, apart: bool = False
) -> tuple[Rate, Interval | None]:
    """Return how many of the checks say one of the values.

    The interval is that of all prompts, of which these are some; `apart`: of these prompts alone, whose answers are
    drawn independently.
    """
    wanted, clusters = set(values), defaultdict[str, list[bool]](list)
    for check in found:
        clusters[check.observation.answer_id if apart else check.observation.prompt.id].append(says(check, wanted))
    rates = [Rate(hits=sum(cluster), of=len(cluster)) for _, cluster in sorted(clusters.items())]
    return Rate(hits=sum(rate.hits for rate in rates), of=sum(rate.of for rate in rates)), interval(rates)


def says(check: Check, values: Iterable[str]) -> bool:
    """Whether the answer says one of these."""
    wanted = set(values)
    return any(finding.value in wanted for finding in check.findings)


def voices(
    current: Sequence[Check],
    past: Sequence[Check],
    values: Iterable[str],
    interval: IntervalOf,
    extra: Sequence[Check] = (),
) -> tuple[Voice, ...]:
    """Return each assistant's part, the loudest first: counts over `current`, first and last times over `past`.

    Where extra samples were asked of an assistant they are what is counted: the answer that led to them is not.
    """
    wanted = set(values)
    by_assistant: dict[str, list[Check]] = defaultdict(list)
    for check in current:
        by_assistant[check.observation.assistant_id].append(check)
    heard = [
        _resampled(_voice(own, _of(past, assistant), wanted, interval), _of(extra, assistant), wanted, interval)
        for assistant, own in sorted(by_assistant.items())
        if any(says(check, wanted) for check in own)
    ]
    return tuple(sorted(heard, key=lambda voice: (-voice.rate.hits, voice.assistant_id)))


def _of(found: Iterable[Check], assistant: str) -> list[Check]:
    return [check for check in found if check.observation.assistant_id == assistant]


def _resampled(voice: Voice, extra: Sequence[Check], values: set[str], interval: IntervalOf) -> Voice:
    if not extra:
        return voice
    rate, within = rated(extra, values, interval, apart=True)
    return replace(voice, rate=rate, interval=within, noun="extra samples")


def _voice(current: Sequence[Check], past: Sequence[Check], values: set[str], interval: IntervalOf) -> Voice:
    rate, within = rated(current, values, interval)
    newest = next(check.observation for check in reversed(current) if says(check, values))
    first = min((check.at for check in (*past, *current) if says(check, values)), default=None)
    clean = [check.at for check in past if not check.findings and first is not None and check.at < first]
    voice = _voice_of(newest, rate, within)
    return replace(voice, first_seen=first, last_clean=max(clean, default=None))


def _voice_of(newest: Observation, rate: Rate, within: Interval | None) -> Voice:
    return Voice(
        assistant_id=newest.assistant_id,
        label=newest.assistant_label or newest.assistant_id,
        surface=newest.surface,
        model=newest.model,
        rate=rate,
        interval=within,
    )


def clean_voices(found: Sequence[Check], interval: IntervalOf) -> tuple[Voice, ...]:
    """Return how many answers of each assistant were checked, all of them without a finding."""
    names = sorted({check.observation.assistant_id for check in found})
    return tuple(_clean_voice(_of(found, name), interval) for name in names)


def _clean_voice(found: Sequence[Check], interval: IntervalOf) -> Voice:
    newest = found[-1].observation
    rate, within = rated(found, (), interval)
    return replace(_voice_of(newest, rate, within), last_clean=newest.asked_at)
