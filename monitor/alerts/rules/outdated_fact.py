"""A former value is told as the present one in at least two answers."""

from monitor.alerts import facts
from monitor.alerts.rule import Rule
from monitor.domain.readings import Verdict

NAME = "outdated_fact"

RULE = Rule(
    name=NAME,
    find=lambda view: facts.find(view, NAME, Verdict.OUTDATED),
    clean=lambda view, alert: facts.clean(view, alert, Verdict.OUTDATED),
)
