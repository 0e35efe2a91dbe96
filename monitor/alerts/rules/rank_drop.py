"""One assistant ranks the brand lower in its lists."""

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "rank_drop"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.LIST_RANK,
        severity=Severity.MINOR,
        says=lambda view, _: f"ranks {view.sheet.brand.name} lower in its lists",
        tells=shifted.discovers,
        shown=showing.others_first,
        told="rank",
        noun="answers",
        advice=("Read in the answers who is ranked above you, and why.",),
    )
)
