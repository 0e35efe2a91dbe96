"""Why a series is not told as changed: what was seen, what would be told, and how far it is from that."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from monitor.domain.measures import Estimate, Explanation, Measure, Series, Shift, Tally
from monitor.drift import detect, strips, watched
from monitor.drift.baseline import ANSWERS, ROUNDS, Baseline
from monitor.drift.detectable import Change
from monitor.drift.detector import State
from monitor.drift.estimates import MEANS
from monitor.drift.history import History
from monitor.drift.moves import WEIGHTS
from monitor.drift.stream import Followed, Stream

# Parts of the value that may be lost, or of what it lacks that may be gained.
_PARTS = (0.2, 0.3, 0.5, 1.0)


def explain(
    tallies: Iterable[Tally],
    brand: str = "",
    *,
    measure: Measure | None = None,
    assistant: str = "",
    subject: str | None = None,
) -> list[Explanation]:
    """Explain the watched series, in a fixed order; without a choice all of them, which is the list of what is watched.

    `tallies` are those of all series (the budget of false alarms is one), as `detect.shifts` takes them.
    """
    streams = detect.streams(watched.streams(tallies, brand))
    wanted = (stream for stream in streams if is_wanted(stream.series, measure, assistant, subject))
    return [explained(stream) for stream in wanted]


def _ignore(_: Stream, __: Followed) -> None:
    """Take no interest in a walk."""


def followed(
    history: History, brand: str, on_walked: Callable[[Stream, Followed], None] = _ignore
) -> tuple[list[Shift], list[Explanation]]:
    """Return what `detect.shifts` and `explain` say, from one walk through the history."""
    return walked(detect.streams(watched.streams(history, brand)), on_walked)


def walked(
    streams: Iterable[Stream], on_walked: Callable[[Stream, Followed], None] = _ignore
) -> tuple[list[Shift], list[Explanation]]:
    """Return the same of these streams."""
    shifts, told = list[Shift](), list[Explanation]()
    for stream in streams:
        found = stream.followed()
        on_walked(stream, found)
        told.append(of(found))
        if not strips.is_constant(stream.strips):
            shifts += found.shifts
    return detect.latest_first(shifts), told


def is_wanted(series: Series, measure: Measure | None = None, assistant: str = "", subject: str | None = None) -> bool:
    """Whether a series is of this measure, assistant and subject, as far as they are named."""
    if assistant and series.assistant_id != assistant:
        return False
    return measure in {None, series.measure} and subject in {None, series.subject}


def building(tallies: Iterable[Tally], brand: str, labels: Mapping[str, str]) -> list[str]:
    """Return a sentence on each assistant whose visibility has no baseline yet: no change can be told there."""
    return [sentence(each, labels) for each in unready(tallies, brand)]


def unready(tallies: Iterable[Tally], brand: str) -> list[Explanation]:
    """Return the assistants whose visibility has no baseline yet."""
    own = [tally for tally in tallies if tally.series.measure is Measure.VISIBILITY and tally.series.subject == brand]
    return unbuilt(explain(own, brand), brand)


def unbuilt(found: Iterable[Explanation], brand: str) -> list[Explanation]:
    """Return those of the brand's visibility without a baseline yet."""
    return [each for each in found if each.building and is_wanted(each.series, Measure.VISIBILITY, subject=brand)]


def sentence(of: Explanation, labels: Mapping[str, str]) -> str:
    """Say what is missing until a baseline is there."""
    name = labels.get(of.series.assistant_id, of.series.assistant_id)
    rounds, answers = of.rounds, math.floor(ANSWERS - of.missing_answers)
    return (
        f"{name}: building a baseline, {rounds} of {ROUNDS} rounds and {answers} of {ANSWERS:.0f} answers so far"
        f"{f' {of.cause}' if of.cause else ''}; no change can be told before it is there."
    )


def explained(stream: Stream) -> Explanation:
    """Explain one stream; it has at least one strip."""
    return of(stream.followed())


def of(followed: Followed) -> Explanation:
    """Explain a stream that was followed."""
    state, days = followed.state, strips.days(followed.strips)
    since = state.begun or days[0]
    seen = strips.estimate(followed.series, strips.between(followed.strips, since, None))
    after = max((shift for shift in followed.shifts if shift.since == since), key=lambda s: s.evidence, default=None)
    return Explanation(
        series=followed.series,
        seen=seen,
        since=since,
        last=days[-1],
        rounds=sum(day >= since for day in days),
        cause=after.cause if after else followed.regime.cause if since == followed.regime.start else "",
        building=not state.baseline.ready,
        missing_rounds=max(ROUNDS - state.baseline.rounds, 0),
        missing_answers=max(math.ceil(ANSWERS - state.baseline.answers), 0),
        evidence=state.evidence,
        threshold=state.threshold,
        a_year=followed.a_year,
        per_round=_per_round(seen, state.baseline),
        would=_would(followed, seen),
        shifts=followed.shifts[::-1],
    )


def _per_round(seen: Estimate, baseline: Baseline) -> float:
    return seen.answers / baseline.rounds if baseline.rounds else 0.0


def _would(followed: Followed, seen: Estimate) -> tuple[tuple[float, int], ...]:
    """Return how far the value would have to fall or rise, and how many more answers would then show it."""
    measure, value = followed.series.measure, seen.rate.value
    if value is None or not followed.state.baseline.ready:
        return ()
    mean, rates = watched.mean_of(measure, value), followed.state.baseline.rates
    parts = [part for part in _PARTS if part < 1 or measure not in MEANS]
    falls = [(mean * (1 - part), [rate * (1 - part) for rate in rates]) for part in parts]
    rises = [(mean + part * (1 - mean), [rate + part * (1 - rate) for rate in rates]) for part in _PARTS]
    found = [(after, _answers(followed.state, rates, to, seen)) for after, to in (*falls, *rises)]
    return tuple((watched.value_of(measure, after), answers) for after, answers in found if answers is not None)


def _answers(state: State, rates: Sequence[float], after: Sequence[float], seen: Estimate) -> int | None:
    """Return after how many answers the evidence would be there on average; None: a year would not show it."""
    baseline = state.baseline
    change = Change(
        before=tuple(rates),
        after=tuple(after),
        weight=baseline.answers / baseline.rounds,
        baseline=baseline.rounds,
        day_variance=state.days.variance,
    )
    needed = math.log(state.threshold / max(state.evidence, 1.0)) + math.log(1 / WEIGHTS[0])
    rounds = change.rounds_until(needed) if rates else None
    return None if rounds is None else math.ceil(rounds * _per_round(seen, baseline))
