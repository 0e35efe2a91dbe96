"""One assistant gets more of the sheet's facts wrong than before."""

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "accuracy_drop"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.ACCURACY,
        severity=Severity.MINOR,
        says=lambda view, _: f"says fewer things right about {view.sheet.brand.name}",
        tells=shifted.answered,
        shown=showing.wrong,
        told="right in",
        noun="checked statements",
        advice=("On the page Facts, see what it now gets wrong, and which pages are cited beside it.",),
    )
)
