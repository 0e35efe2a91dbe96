"""A fact of the sheet is contradicted with the same value in at least two answers."""

from monitor.alerts import facts
from monitor.alerts.rule import Rule
from monitor.domain.readings import Verdict

NAME = "wrong_fact"

RULE = Rule(
    name=NAME,
    find=lambda view: facts.find(view, NAME, Verdict.CONTRADICTED),
    clean=lambda view, alert: facts.clean(view, alert, Verdict.CONTRADICTED),
)
