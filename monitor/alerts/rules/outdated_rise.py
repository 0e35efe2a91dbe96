"""One assistant is out of date on a fact in more of its answers than before."""

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "outdated_rise"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.OUTDATED_RATE,
        severity=Severity.MINOR,
        says=lambda view, series: f"is out of date on the {shifted.about(view, series)} more often",
        noun="answers that speak of it",
        of=lambda view, series: any(fact.id == series.subject for fact in view.sheet.facts),
        tells=shifted.answered,
        shown=showing.wrong,
        told="out of date in",
        advice=("Correct the pages that it cites beside it.",),
    )
)
