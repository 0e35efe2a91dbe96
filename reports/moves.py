"""A change that passed a test, in one sentence."""

from dataclasses import replace

from monitor.domain.measures import Estimate, Interval, Measure, Series, Shift
from monitor.domain.portrait import Portrait
from reports import words
from reports.plain import one_line
from reports.section import asked

_IT = " it"  # "rate of answers citing it"
_ON_FACTS = {Measure.WRONG_RATE, Measure.CONTRADICTED_RATE, Measure.OUTDATED_RATE}


def sentence(portrait: Portrait, shift: Shift, *, support: bool = True) -> str:
    """Return '<assistant>: visibility of <brand> went from 52 % to 38 % since 3 November 2026 (<cause>)'.

    With `support`, interval and n stand behind both values; without, they stand beside the sentence.
    """
    series = shift.series
    what = _what(portrait, series)
    if series.topic:
        what += f" on the topic {one_line(series.topic)}"
    before, after = (_value(each, support=support) for each in (shift.before, shift.after))
    unit = " points" if series.measure is Measure.LEAD and not support else ""
    return f"{asked(portrait, series)}: {what} went from {before} to {after}{unit} {_when(shift)}."


def ordered(portrait: Portrait) -> list[Shift]:
    """Return the changes in the order in which they are told: the brand's own first, the surest of each first."""
    return sorted(portrait.shifts, key=lambda shift: (not _own(portrait, shift), -shift.evidence))


def _own(portrait: Portrait, shift: Shift) -> bool:
    """Whether it is the brand's own number, and not a competitor's or a domain's."""
    series = shift.series
    facts = {each.fact.id for each in portrait.facts}
    return series.subject in {"", portrait.brand} or series.measure is Measure.LEAD or series.subject in facts


def _value(of: Estimate, *, support: bool) -> str:
    value = words.value_of(of)
    if not support:
        return value
    unit = " points" if of.series.measure is Measure.LEAD else ""
    behind = words.support_of(replace(of, detectable=None, interval=_plain(of.interval)))
    return f"{value}{unit} ({behind})"


def _plain(within: Interval | None) -> Interval | None:
    """Return an interval without how many different answers would tell as much: a sentence has no room for it."""
    return replace(within, worth=None) if within else None


def _what(portrait: Portrait, series: Series) -> str:
    """Return the measure with whom or what it is about."""
    name, about = words.measure(series.measure), one_line(series.subject)
    if series.measure is Measure.LEAD:
        return f"the lead of {one_line(portrait.brand)} over {about}"
    if not about:
        return name
    if name.endswith(_IT):
        return f"{name.removesuffix(_IT)} {about}"
    return f"{name} {'on' if series.measure in _ON_FACTS else 'of'} {about}"


def _when(shift: Shift) -> str:
    day, cause = words.day(shift.since), one_line(shift.cause)
    if cause.startswith("since "):
        return f"{cause} ({day})"
    return f"since {day} ({cause})" if cause else f"since {day}"
