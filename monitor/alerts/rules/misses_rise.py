"""One assistant leaves more questions without an answer."""

from monitor.alerts import shifted
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure

NAME = "misses_rise"

RULE = shifted.rule(
    shifted.Watch(
        name=NAME,
        measure=Measure.MISS_RATE,
        severity=Severity.MINOR,
        says=lambda _view, _series: "leaves more questions without an answer",
        tells=shifted.asked,
        shown=shifted.nothing,
        told="no answer to",
        noun="questions",
        advice=("On the page Rounds, see the reasons: limits and time-outs can be helped by asking more slowly.",),
    ),
    measured=False,
)
