"""A domain that one assistant always cited is hardly cited any more; what comes and goes anyway is not watched."""

from monitor.alerts import shifted
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure, Shift
from monitor.domain.views import RoundView

NAME = "source_lost"

# Lost: of what it was, no more than this is left.
_LEFT = 0.25


def _lost(shift: Shift) -> bool:
    return (shift.after.rate.value or 0) <= _LEFT * (shift.before.rate.value or 0)


def _own(view: RoundView, shift: Shift) -> Severity | None:
    return Severity.MAJOR if shift.series.subject in view.sheet.brand.domains else None


RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.CITED,
        severity=Severity.MINOR,
        says=lambda _view, series: f"hardly cites {series.subject} any more",
        of=lambda _view, _series: True,
        worse=_lost,
        weighs=_own,
        tells=shifted.searched,
        told="cited in",
        advice=("Open the page: it may be gone, moved, or closed to the assistant's crawler.",),
    )
)
