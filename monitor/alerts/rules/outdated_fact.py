"""A former value is told as the present one in at least two answers."""

from monitor.alerts import facts, questions
from monitor.alerts.rule import Rule
from monitor.domain.readings import Verdict

NAME = "outdated_fact"

RULE = Rule(
    name=NAME,
    find=lambda view: questions.signals(view, facts.questions(view, NAME, Verdict.OUTDATED)),
    clean=lambda view, alert: facts.clean(view, alert, Verdict.OUTDATED),
    questions=lambda view: facts.questions(view, NAME, Verdict.OUTDATED),
    evidence=lambda view, alert: facts.evidence(view, alert, Verdict.OUTDATED),
    grows=True,
    measured=False,
)
