"""One assistant puts the brand first less often."""

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "first_choice_drop"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.FIRST_CHOICE,
        severity=Severity.MINOR,
        says=lambda view, _: f"puts {view.sheet.brand.name} first less often",
        tells=shifted.discovers,
        shown=showing.others_first,
        told="put first in",
        noun="answers",
        advice=("On the page Rivals, see who is put first instead.",),
    )
)
