"""One assistant speaks less well of the brand."""

from monitor.alerts import shifted, showing
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "stance_drop"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.NET_STANCE,
        severity=Severity.MAJOR,
        says=lambda view, _: f"speaks less well of {view.sheet.brand.name}, net stance",
        tells=shifted.answered,
        shown=showing.criticism,
        told="net stance",
        noun="answers with a stance",
        advice=("Read the sentences quoted here and the pages cited beside them: the reason usually stands there.",),
    )
)
