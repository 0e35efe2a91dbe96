"""What the rules on measures share: a number that moved for the worse at one assistant, and passed the test of drift.

Improvements are in the report and open nothing; a shift that was found longer ago is history.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.alerts import words
from monitor.alerts.rule import Rule
from monitor.domain import days
from monitor.domain.alerts import Alert, Quote, Signal, Voice
from monitor.domain.brand import Severity
from monitor.domain.measures import Estimate, Interval, Measure, Series, Shift
from monitor.domain.quoting import quote
from monitor.domain.readings import Outcome, Reading, Span
from monitor.domain.rounds import AttemptState, Observation
from monitor.domain.views import RoundView

FRESH = timedelta(days=7)
MOST_QUOTES = 3
# Two measures that moved within so many days moved for the same reason.
_SAME = timedelta(days=14)
_POINTS = frozenset({Measure.NET_STANCE, Measure.LEAD})

# The words that show it in one answer, the most telling first
Shown = Callable[[RoundView, Series, Reading], Iterator[Span]]
Tells = Callable[[RoundView, Observation], bool]


def nothing(_view: RoundView, _series: Series, _reading: Reading) -> Iterator[Span]:
    """Show no answer: the rule is about something that is not there."""
    yield from ()


def answered(_view: RoundView, seen: Observation) -> bool:
    return seen.state is AttemptState.ANSWERED and seen.counts


def asked(_view: RoundView, seen: Observation) -> bool:
    """Whether a probe can tell of refusals and misses: it was put, and is over."""
    return seen.counts and seen.state not in {AttemptState.RESERVED, AttemptState.SENT}


def discovers(view: RoundView, seen: Observation) -> bool:
    """Whether an answer can tell of visibility: its prompt does not name the brand."""
    return answered(view, seen) and view.sheet.brand.name not in seen.prompt.names


def searched(view: RoundView, seen: Observation) -> bool:
    return answered(view, seen) and seen.searched is not False


@dataclass(frozen=True, kw_only=True)
class Watch:
    """One measure that may move for the worse."""

    name: str
    measure: Measure
    severity: Severity
    says: Callable[[RoundView, Series], str]  # what the assistant does now: "names Quillmark less often"
    noun: str = "answers"  # what the value is of
    of: Callable[[RoundView, Series], bool] = lambda view, series: series.subject in {"", view.sheet.brand.name}
    worse: Callable[[Shift], bool] = lambda shift: not shift.improved
    weighs: Callable[[RoundView, Shift], Severity | None] = lambda _view, _shift: None  # where it weighs otherwise
    tells: Tells = answered
    shown: Shown = nothing
    fresh: timedelta = FRESH
    told: str = ""  # how the estimate begins: "named in"
    advice: tuple[str, ...] = ()


def following(view: RoundView, shift: Shift) -> Severity | None:
    """Return that it is minor where the brand is named less often since about the same day: it follows from that."""
    brand, assistant = view.sheet.brand.name, shift.series.assistant_id
    falls = (fall for fall in view.shifts if fall.series.measure is Measure.VISIBILITY and not fall.improved)
    own = (fall for fall in falls if (fall.series.subject, fall.series.assistant_id) == (brand, assistant))
    return Severity.MINOR if any(abs(fall.since - shift.since) <= _SAME for fall in own) else None


def rule(watch: Watch, *, measured: bool = True) -> Rule:
    """Return the rule of a watched measure; `measured`: it needs answers to count."""
    return Rule(
        name=watch.name,
        find=lambda view: _find(view, watch),
        clean=lambda view, alert: _clean(view, alert, watch),
        measure=watch.measure,
        measured=measured,
    )


def _find(view: RoundView, watch: Watch) -> list[Signal]:
    """Return fresh shifts for the worse; an assistant that told nothing of it in this round gives none."""
    heard = {seen.assistant_id for seen in view.observations if watch.tells(view, seen)}
    latest = _latest(view, watch)
    ordered = (latest[series] for series in sorted(latest, key=lambda s: (s.assistant_id, s.surface, s.subject)))
    wanted = (shift for shift in ordered if shift.series.assistant_id in heard and watch.worse(shift))
    return [_signal(view, watch, shift) for shift in wanted if _found(shift) >= view.day(view.now) - watch.fresh]


def _found(shift: Shift) -> date:
    return shift.found or shift.since


def _latest(view: RoundView, watch: Watch) -> dict[Series, Shift]:
    own = [shift for shift in view.shifts if shift.series.measure is watch.measure and not shift.series.topic]
    own = [shift for shift in own if watch.of(view, shift.series)]
    return {shift.series: shift for shift in sorted(own, key=lambda shift: (_found(shift), shift.since))}


def _signal(view: RoundView, watch: Watch, shift: Shift) -> Signal:
    series, name = shift.series, shift.series.assistant_id
    probe = next(seen for seen in view.observations if seen.assistant_id == name)
    who = words.who(probe.assistant_label or name)
    before, after = value(shift.before), value(shift.after)
    cause = f", {shift.cause}" if shift.cause else f" since {words.day(shift.since)}"
    of = f" of {watch.noun}" if shift.after.unit == "%" and series.measure not in _POINTS else _unit(series.measure)
    return Signal(
        rule=watch.name,
        subject=name,
        key=_key(view, watch, series),
        severity=watch.weighs(view, shift) or watch.severity,
        headline=f"{who} {watch.says(view, series)}: {before} → {after}{of}{cause}",
        said=words.capital(f"{watch.told} {in_words(shift.after, watch.noun)}".strip())
        + f" since {words.day(shift.since)}.",
        truth=f"Before: {watch.told} {in_words(shift.before, watch.noun)}.".replace("  ", " "),
        test=_sure(shift),
        voices=(_voice(view, watch, probe, shift),),
        quotes=_quotes(view, watch, series),
        advice=watch.advice,
        series=series,
        changed_on=shift.since,
    )


def _key(view: RoundView, watch: Watch, series: Series) -> str:
    about = "" if series.subject in {"", view.sheet.brand.name} else f":{series.subject}"
    return f"{watch.name}:{series.assistant_id}{about}"


def about(view: RoundView, series: Series) -> str:
    """Return what a fact is about."""
    fact = view.sheet.fact(series.subject)
    return fact.about or fact.id if fact else series.subject


def value(estimate: Estimate) -> str:
    """Return a value in its measure's unit: "52 %", "+12", "2.4"."""
    return _in_unit(estimate, estimate.rate.value or 0)


def _in_unit(estimate: Estimate, number: float) -> str:
    if estimate.series.measure in _POINTS:
        return f"{number * 100:+.0f}"
    return words.share(number) if estimate.unit == "%" else f"{number:.1f}"


def in_words(estimate: Estimate, noun: str = "answers") -> str:
    """Return a value with what it was counted over, and its interval."""
    of = f"{estimate.rate.of:,.0f} {noun if estimate.rate.of != 1 else noun.removesuffix('s')}"
    if estimate.unit == "%" and estimate.series.measure not in _POINTS:
        within = f", {_within(estimate.interval)}" if estimate.interval else ""
        return f"{estimate.rate.hits:,.0f} of {of} ({value(estimate)}{within})"
    among = "over" if estimate.series.measure in _POINTS else "on average over"
    counted = f"{value(estimate)}{_unit(estimate.series.measure)} {among} {of}"
    if estimate.interval is None:
        return counted
    low, high = _in_unit(estimate, estimate.interval.low), _in_unit(estimate, estimate.interval.high)
    return f"{counted} (95 % interval {low} to {high})"


def _within(interval: Interval) -> str:
    return f"95 % interval {interval.low * 100:.0f}-{words.share(interval.high)}"


def _unit(measure: Measure) -> str:
    return " points" if measure is Measure.LEAD else ""


def _sure(shift: Shift) -> str:
    """Return by what test a change was found, and how seldom chance would show as much."""
    said = (words.capital(shift.test), words.chance(shift.evidence))
    return " ".join(f"{each}." for each in said if each)


def _voice(view: RoundView, watch: Watch, probe: Observation, shift: Shift) -> Voice:
    own = (seen for seen in view.history if seen.assistant_id == probe.assistant_id and watch.tells(view, seen))
    told = [seen for seen in own if watch.tells is asked or _says_something(seen)]
    since = days.beginning(shift.since, view.zone)
    return Voice(
        assistant_id=probe.assistant_id,
        label=probe.assistant_label or probe.assistant_id,
        surface=probe.surface,
        model=probe.model,
        rate=shift.after.rate,
        interval=shift.after.interval,
        first_seen=min((seen.asked_at for seen in told if seen.asked_at >= since), default=None),
        last_clean=max((seen.asked_at for seen in told if seen.asked_at < since), default=None),
        noun=watch.noun,
    )


def _says_something(seen: Observation) -> bool:
    """Whether there is an answer in it: of a day of empty ones nobody can say that it was not yet so."""
    return seen.reading is not None and seen.reading.outcome in {Outcome.ANSWER, Outcome.ABSENCE}


def _quotes(view: RoundView, watch: Watch, series: Series) -> tuple[Quote, ...]:
    """Return words of this round's answers that show it, one of each prompt."""
    found: dict[str, Quote] = {}
    own = (seen for seen in view.observations if seen.assistant_id == series.assistant_id and watch.tells(view, seen))
    for seen in sorted(own, key=lambda seen: (seen.prompt.id, seen.answer_id)):
        span = next(watch.shown(view, series, seen.reading), None) if seen.reading else None
        if span is not None and span.start < span.end <= len(seen.text):
            found.setdefault(seen.prompt.id, quote(seen, span))
    return tuple(found.values())[:MOST_QUOTES]


def _clean(view: RoundView, alert: Alert, watch: Watch) -> bool | None:
    """Only a shift for the better that passed the same test closes it; None where nothing could tell of it."""
    name = alert.signal.voices[0].assistant_id if alert.signal.voices else alert.signal.subject
    if not any(seen.assistant_id == name and watch.tells(view, seen) for seen in view.observations):
        return None
    own = [shift for series, shift in _latest(view, watch).items() if _key(view, watch, series) == alert.key]
    return any(shift.improved and _found(shift) >= view.day(alert.opened_at) for shift in own)
