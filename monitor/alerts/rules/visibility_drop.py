"""The brand's visibility at one assistant fell, and the fall passed the test of `monitor/drift`."""

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "visibility_drop"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.VISIBILITY,
        severity=Severity.MAJOR,
        says=lambda view, _: f"names {view.sheet.brand.name} less often",
        of=lambda view, series: series.subject == view.sheet.brand.name,
        tells=shifted.discovers,
        shown=showing.others,
        told="named in",
        advice=(
            "On the page Prompts, see which questions lost your name; on the page Rivals, who is named there instead.",
            "Compare the pages cited now with those cited before: a lost source is the usual cause.",
        ),
    )
)
