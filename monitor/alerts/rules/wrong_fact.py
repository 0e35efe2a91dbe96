"""A fact of the sheet is contradicted with the same value in at least two answers."""

from monitor.alerts import facts, questions
from monitor.alerts.rule import Rule
from monitor.domain.readings import Verdict

NAME = "wrong_fact"

RULE = Rule(
    name=NAME,
    find=lambda view: questions.signals(view, facts.questions(view, NAME, Verdict.CONTRADICTED)),
    clean=lambda view, alert: facts.clean(view, alert, Verdict.CONTRADICTED),
    questions=lambda view: facts.questions(view, NAME, Verdict.CONTRADICTED),
    evidence=lambda view, alert: facts.evidence(view, alert, Verdict.CONTRADICTED),
    grows=True,
    measured=False,
)
