"""Why there is, or is not, a mail about a measure: what was seen, what would show a change, how far it is from that."""

import math
from collections.abc import Sequence

from monitor.alerts import words
from monitor.alerts.why import Passage
from monitor.domain.measures import Explanation, Measure, Shift

_PLAIN = frozenset({Measure.POSITION, Measure.LIST_RANK})
_POINTS = frozenset({Measure.NET_STANCE, Measure.LEAD})

GLOSS = (
    "The evidence for a change says how many times better a change explains the answers than chance does. It may be "
    "looked at after every round: that is why it must be high before anything is told."
)


def name(measure: Measure) -> str:
    """Return what a person calls a measure.

    >>> name(Measure.SHARE_OF_VOICE)
    'share of voice'
    """
    return measure.value.replace("_", " ")


def of(one: Explanation, label: str) -> Passage:
    """Return what is known of one series; `label` is what its assistant is called."""
    subject = f" of {one.series.subject}" if one.series.subject else ""
    title = f"{words.capital(name(one.series.measure))}{subject} at {words.who(label)}"
    return Passage(title=title, lines=(_seen(one), *(_building(one) if one.building else _far(one)), *_shifts(one)))


def _seen(one: Explanation) -> str:
    value, interval, since = one.seen.rate.value, one.seen.interval, _since(one)
    if value is None:
        return f"Nothing was measured {since}."
    within = f", 95 % interval {_shown(one, interval.low)} to {_shown(one, interval.high)}" if interval else ""
    answers = words.plural(one.seen.answers, "answer")
    return f"Seen: {_shown(one, value)} {since} ({answers} in {words.plural(one.rounds, 'round')}{within})."


def _since(one: Explanation) -> str:
    cause = one.cause.removeprefix("since ")
    return f"since {words.day(one.since)}{f', when {cause}' if cause else ''}"


def _shown(one: Explanation, value: float) -> str:
    if one.series.measure in _PLAIN:
        return f"{value:.1f}"
    return f"{value * 100:+.0f} points" if one.series.measure in _POINTS else words.share(value)


def _building(one: Explanation) -> list[str]:
    missing = [
        words.plural(one.missing_rounds, "more round") if one.missing_rounds else "",
        words.plural(one.missing_answers, "more answer") if one.missing_answers else "",
    ]
    need = words.listed([part for part in missing if part]) or "one more round"
    return [f"A baseline is still being built, so nothing is tested yet: it needs {need}."]


def _far(one: Explanation) -> list[str]:
    seldom = f"false alarms stay below {one.a_year:.2g} a year" if one.a_year else "false alarms stay rare"
    told = f"it is told at {one.threshold:,.0f} to 1, so that {seldom}."
    lines = [f"The evidence for a change is {max(one.evidence, 0):,.1f} to 1; {told}"]
    if 0 < one.evidence < one.threshold:
        lines[0] += f" That is {_part(one)} of the way there."
    return lines + [
        f"A move to {_shown(one, value)} would be told after about {answers:,} more answers."
        for value, answers in _telling(one)
    ]


def _part(one: Explanation) -> str:
    """Return how far the evidence has come; it grows by multiplying."""
    if one.evidence <= 1:
        return "nothing"
    return words.share(math.log(one.evidence) / math.log(one.threshold))


def _telling(one: Explanation) -> list[tuple[float, int]]:
    """Return the smallest fall and the smallest rise that would show, and how soon."""
    value = one.seen.rate.value or 0.0
    falls = [each for each in one.would if each[0] < value]
    rises = [each for each in one.would if each[0] > value]
    return [*falls[:2], *rises[:1]]


def _shifts(one: Explanation) -> list[str]:
    return [_shift(one, shift) for shift in one.shifts[:2]]


def _shift(one: Explanation, shift: Shift) -> str:
    before, after = (_shown(one, side.rate.value or 0.0) for side in (shift.before, shift.after))
    return f"A change was found on {words.day(shift.found or shift.since)}: {before} before, {after} after."


def nearest(found: Sequence[Explanation], labels: dict[str, str], most: int = 3) -> list[str]:
    """Return the series whose evidence is nearest to being told, one line each."""
    tested = [one for one in found if not one.building and one.threshold > 1]
    ordered = sorted(tested, key=lambda one: one.evidence / one.threshold, reverse=True)[:most]
    return [
        f"{of(one, labels.get(one.series.assistant_id, one.series.assistant_id)).title}: {_far(one)[0]}"
        for one in ordered
    ]
