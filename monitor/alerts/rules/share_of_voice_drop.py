"""Among all that one assistant names, the brand's part became smaller."""

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "share_of_voice_drop"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.SHARE_OF_VOICE,
        severity=Severity.MINOR,
        says=lambda view, _: f"gives {view.sheet.brand.name} a smaller share of voice",
        tells=shifted.discovers,
        shown=showing.others,
        told="",
        noun="mentions",
        advice=("On the page Rivals, see whether you are named less, or the others more.",),
    )
)
