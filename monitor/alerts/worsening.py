"""When an open alert is worse than what was told of it."""

from collections.abc import Sequence

from monitor.alerts import words
from monitor.alerts.checks import RECURS
from monitor.domain.alerts import Signal, Told, Voice
from monitor.domain.brand import Severity
from monitor.domain.measures import Interval

_RANK = {Severity.CRITICAL: 0, Severity.MAJOR: 1, Severity.MINOR: 2}


def worse(told: Told, signal: Signal, *, grows: bool) -> str:
    """Return in what a finding is worse than what was told of it, in sentences; nothing where it is not.

    `grows` says whether a higher rate is worse.
    """
    if told == Told():  # nobody wrote down what was told
        return ""
    louder = _louder(told, signal) if grows else ""
    return " ".join(
        said for said in (_severity(told, signal), _more(told, signal), _other(told, signal), louder) if said
    )


def _severity(told: Told, signal: Signal) -> str:
    higher = _RANK[signal.severity] < _RANK[told.severity]
    return f"Your sheet now calls it {signal.severity}; it was {told.severity}." if higher else ""


def _more(told: Told, signal: Signal) -> str:
    """Name the assistants that say it now and did not before; one that said it once may have slipped."""
    new = [voice for voice in signal.voices if voice.assistant_id not in told.assistants and voice.rate.hits >= RECURS]
    if not new or not told.assistants:
        return ""
    names = words.listed([words.who(voice.label) for voice in new])
    return f"{names} {'say' if len(new) > 1 else 'says'} it now as well."


def _other(told: Told, signal: Signal) -> str:
    """Name what is said now and was not before; the same amount said with "about" is nothing else."""
    known = {_amount(value) for value in told.values}
    new = [value for value in signal.values if _amount(value) not in known]
    if not new or not told.values:
        return ""
    shown = [_as_quoted(value, signal) for value in new]
    return f"Another wrong answer has come up beside the one that was told: {words.listed(shown)}."


def _amount(value: str) -> str:
    return value.removeprefix(words.ABOUT)


def _as_quoted(value: str, signal: Signal) -> str:
    """Return a value with the capitals that an answer gives it, where one of those quoted does."""
    marked = (quote.text[mark.start : mark.end] for quote in signal.quotes for mark in quote.marks)
    same = (said for said in marked if " ".join(said.casefold().split()) == value)
    return next(same, words.money(value))


def _louder(told: Told, signal: Signal) -> str:
    risen = (_risen(voice, told.intervals.get(voice.assistant_id)) for voice in signal.voices)
    return next((said for said in risen if said), "")


def _risen(voice: Voice, before: Interval | None) -> str:
    now = voice.interval
    if before is None or now is None or now.low <= before.high:
        return ""
    rate = words.share_of(voice.rate, now, voice.noun.removesuffix("s"))
    return f"{words.who(voice.label)} says it more often: {rate}, after at most {words.share(before.high)} before."


def told(before: Told, signal: Signal) -> Told:
    """Return what is known once a finding was told: the worst of both."""
    severity = min(before.severity, signal.severity, key=_RANK.__getitem__)
    return Told(
        assistants=_both(before.assistants, [voice.assistant_id for voice in signal.voices]),
        values=_both(before.values, signal.values),
        severity=severity,
        intervals={**before.intervals, **_highest(before, signal.voices)},
    )


def _both(before: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*before, *now]))


def _highest(before: Told, voices: Sequence[Voice]) -> dict[str, Interval]:
    heard = {voice.assistant_id: voice.interval for voice in voices if voice.interval}
    known = before.intervals
    return {
        name: now if name not in known or now.high > known[name].high else known[name] for name, now in heard.items()
    }
