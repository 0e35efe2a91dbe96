"""One assistant names the brand later than before among those that are tracked."""

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "position_drop"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.POSITION,
        severity=Severity.MINOR,
        says=lambda view, _: f"names {view.sheet.brand.name} later",
        tells=shifted.discovers,
        shown=showing.others_first,
        told="place",
        noun="answers",
        advice=("On the page Rivals, see who is named before you.",),
    )
)
