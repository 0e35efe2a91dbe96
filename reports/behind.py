"""What stands behind one point of a chart: the number in words, and which answers it is made of."""

from collections.abc import Mapping
from datetime import date

from monitor.domain.measures import Estimate
from monitor.domain.portrait import FactPortrait
from monitor.domain.readings import Verdict
from reports import words
from reports.plain import one_line

# What a search for answers is told: measure, subject, assistant, surface, topic, fact, verdict, from, to.
Answers = Mapping[str, str]


COUNTED = "answers"  # no rate: how many answers there are that may stand in one


def said(of: Estimate, label: str, first: date | None = None, last: date | None = None) -> str:
    """Return a number with whom it is of, its days, interval and n, a line each."""
    days = [words.period(first, last)] if first and last else []
    return "\n".join([label, *days, words.estimate(of)])


def answers(of: Estimate, first: date | None = None, last: date | None = None) -> Answers:
    """Return which answers a number is made of, all of them and no others; without days, those of the whole period."""
    series = of.series
    found = {
        "measure": series.measure.value,
        "subject": series.subject,
        "assistant": series.assistant_id,
        "surface": series.surface.value,
        "topic": series.topic,
    }
    if first and last:
        found |= {"from": first.isoformat(), "to": last.isoformat()}
    return {key: value for key, value in found.items() if value}


def verdict(of: FactPortrait, name: str, number: int) -> str:
    """Return how many answers were right, out of date or wrong about a fact, of how many that were checked."""
    told = of.supported + of.outdated + of.contradicted
    about = words.capital(one_line(of.fact.about or of.fact.id))
    return f"{about}\n{number} of {words.count(told, 'checked answer')}: {name}"


def on_fact(of: FactPortrait, verdict: Verdict) -> Answers:
    return {"measure": COUNTED, "fact": of.fact.id, "verdict": verdict.value}
