"""One assistant tells its readers to choose the brand less often."""

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "recommended_drop"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.RECOMMENDED,
        severity=Severity.MAJOR,
        says=lambda view, _: f"recommends {view.sheet.brand.name} less often",
        weighs=shifted.following,
        tells=shifted.discovers,
        shown=showing.others_recommended,
        told="recommended in",
        noun="answers",
        advice=("Read in the answers quoted here what speaks for the others.",),
    )
)
