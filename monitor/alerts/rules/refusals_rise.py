"""One assistant refuses to answer more often."""

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "refusals_rise"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.REFUSAL_RATE,
        severity=Severity.MINOR,
        says=lambda _view, _series: "refuses to answer more often",
        tells=shifted.asked,
        shown=showing.refusal,
        told="refused in",
        noun="questions",
        advice=("Read which questions are refused: words that touch on its rules can be put otherwise.",),
    ),
    measured=False,
)
