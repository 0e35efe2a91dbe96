"""A competitor that was named less often than the brand is now named more often, and the change passed its test."""

from datetime import timedelta

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure, Shift

NAME = "overtaken"

# The lead fell when the test passed; that it is lost may take some more answers to be sure of.
_FRESH = timedelta(days=28)


def _overtaken(shift: Shift) -> bool:
    """Whether the lead was there before, and the interval of the one after lies below nought."""
    after = shift.after.interval
    return (shift.before.rate.value or 0) > 0 and after is not None and after.high < 0


RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.LEAD,
        severity=Severity.MAJOR,
        says=lambda view, series: f"now names {series.subject} more often than {view.sheet.brand.name}; lead",
        of=lambda view, series: any(one.name == series.subject for one in view.sheet.competitors),
        worse=_overtaken,
        tells=shifted.discovers,
        shown=showing.rival,
        fresh=_FRESH,
        told="lead of",
        advice=(
            "On the page Rivals, see which questions bring its name without yours.",
            "On the page Sources, see which pages are cited there: that is where to be mentioned.",
        ),
    )
)
