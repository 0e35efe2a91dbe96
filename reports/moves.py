"""A change that passed a test, in one sentence."""

from monitor.domain.measures import Measure, Series, Shift
from monitor.domain.portrait import Portrait
from reports import words
from reports.plain import one_line
from reports.section import asked

_IT = " it"  # "rate of answers citing it"
_ON_FACTS = {Measure.WRONG_RATE, Measure.CONTRADICTED_RATE, Measure.OUTDATED_RATE}


def sentence(portrait: Portrait, shift: Shift) -> str:
    """Return 'At <assistant>, visibility of <brand> went from 52 % to 38 % since 3 November 2026 (<cause>)'."""
    series = shift.series
    what = _what(portrait, series)
    if series.topic:
        what += f" on the topic {one_line(series.topic)}"
    values = f"from {words.value_of(shift.before)} to {words.value_of(shift.after)}"
    return f"{asked(portrait, series)}: {what} went {values} {_when(shift)}."


def _what(portrait: Portrait, series: Series) -> str:
    """Return the measure with whom or what it is about."""
    name, about = words.measure(series.measure), one_line(series.subject)
    if series.measure is Measure.LEAD:
        return f"the lead of {one_line(portrait.brand)} over {about}, in points,"
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
