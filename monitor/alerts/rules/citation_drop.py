"""One assistant cites the brand's own pages less often."""

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "citation_drop"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.CITATION_RATE,
        severity=Severity.MAJOR,
        says=lambda view, _: f"cites the pages of {view.sheet.brand.name} less often",
        of=lambda view, series: series.subject == view.sheet.brand.name,
        tells=shifted.searched,
        shown=showing.others_cited,
        told="cited in",
        noun="answers",
        advice=(
            "Check that the pages it used to cite still answer, and that nothing forbids its crawler.",
            "On the page Sources, see which pages are cited instead.",
        ),
    )
)
