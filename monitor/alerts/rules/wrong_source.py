"""A domain is cited beside a wrong statement on a fact, in at least two answers, and was not before this look-back."""

from collections.abc import Sequence
from functools import cache

from monitor.alerts import checks, clearing, indexed, quoting, shifted, words
from monitor.alerts.checks import Check, Finding, Look
from monitor.alerts.rule import Rule
from monitor.domain.alerts import Alert, Cleared, Signal
from monitor.domain.brand import Fact, Severity
from monitor.domain.readings import Claim, Reading
from monitor.domain.views import RoundView

NAME = "wrong_source"


@cache
def _looking(fact_id: str) -> Look:
    """Return the check of one fact: findings are its wrong statements, told apart by the domain cited beside."""

    def look(reading: Reading) -> tuple[Finding, ...] | None:
        if not reading.is_checkable_on(fact_id):
            return None
        wrong = [claim for claim in reading.claims if claim.fact == fact_id and claim.verdict.wrong]
        return tuple(
            Finding(span=claim, marks=claim.marks, value=domain, hedged=claim.hedged, subject=fact_id)
            for claim in wrong
            for domain in _beside(reading, claim)
        )

    return Look(look, fact_id)


def _beside(reading: Reading, claim: Claim) -> list[str]:
    """Return the domains whose citations stand behind the words of a claim."""
    behind = ((one.domain, one.supports) for one in reading.citations)
    return sorted({domain for domain, at in behind if at and at.start < claim.end and claim.start < at.end})


def _find(view: RoundView) -> list[Signal]:
    """Return new sources of wrong statements; those known from the rounds before the last are no news."""
    return [signal for fact in view.sheet.facts for signal in _on(view, fact)]


def _on(view: RoundView, fact: Fact) -> list[Signal]:
    look = _looking(fact.id)
    current = indexed.current(view, look)
    said = checks.recurring(current).keys()
    if not said:
        return []
    recent = {check.observation.round_id for check in current}
    past = indexed.past(view, look)
    earlier = [check for check in past if check.observation.round_id not in recent]
    known = {finding.value for check in earlier or past for finding in check.findings}
    new = sorted(said - known) if past else []
    return [_signal(view, fact, domain, current, past) for domain in new]


def _signal(view: RoundView, fact: Fact, domain: str, current: Sequence[Check], past: Sequence[Check]) -> Signal:
    answers = sum(checks.says(check, [domain]) for check in current)
    return Signal(
        rule=NAME,
        subject=fact.id,
        key=f"{NAME}:{fact.id}:{domain}",
        severity=Severity.MINOR,
        headline=f"{domain} is now cited beside wrong statements on your {fact.about or fact.id}",
        said=f"cited beside {words.plural(answers, 'answer')} that {'says' if answers == 1 else 'say'} it wrong",
        truth=fact.says or f"{words.capital(fact.about)}: {words.truth(fact)}",
        truth_source=fact.source,
        voices=checks.voices(current, past, [domain], view.interval),
        quotes=quoting.quotes(current, [domain], most=shifted.MOST_QUOTES),
        advice=(f"Read what {domain} says on it, and ask for a correction if the page is wrong.",),
        values=(domain,),
    )


def _clean(view: RoundView, alert: Alert) -> bool | None:
    """Whether the fact is spoken of without that domain behind anything wrong."""
    return clearing.clean(view, alert, _named(alert))


def _evidence(view: RoundView, alert: Alert) -> Cleared:
    return clearing.cleared(view, alert, _named(alert))


def _named(alert: Alert) -> Look:
    """Return the check for the alert's domain alone."""
    look, domains = _looking(alert.signal.subject), set(alert.signal.values)

    def one(reading: Reading) -> tuple[Finding, ...] | None:
        findings = look(reading)
        return None if findings is None else tuple(each for each in findings if each.value in domains)

    return Look(one, alert.signal.subject)


RULE = Rule(name=NAME, find=_find, clean=_clean, evidence=_evidence)
