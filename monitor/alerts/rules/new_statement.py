"""Something is said about the brand on a watched topic that is not on the sheet, in at least two answers."""

from monitor.alerts import checks, facts, quoting, words
from monitor.alerts.checks import Finding, Look
from monitor.alerts.rule import Rule
from monitor.domain.alerts import Alert, Signal
from monitor.domain.brand import Severity
from monitor.domain.readings import Reading, Span
from monitor.domain.views import RoundView
from monitor.domain.wording import WordingKind

NAME = "new_statement"


def _looking(topic: str) -> Look:
    """Return the check of one topic: every answer could have spoken of it, so every answer is a check."""

    def look(reading: Reading) -> tuple[Finding, ...]:
        found = (statement for statement in reading.new_statements if statement.topic == topic)
        return tuple(
            Finding(
                span=Span(start=statement.start, end=statement.end),
                value=topic,
                kind=WordingKind.TOPIC,
                subject=topic,
                gist=statement.gist,
            )
            for statement in found
        )

    return look


def _find(view: RoundView) -> list[Signal]:
    readings = [observation.reading for observation in view.observations if observation.reading]
    topics = sorted({statement.topic for reading in readings for statement in reading.new_statements})
    found = (_signal(view, topic) for topic in topics)
    return [signal for signal in found if signal is not None]


def _signal(view: RoundView, topic: str) -> Signal | None:
    look = _looking(topic)
    current = checks.checks(checks.window(view), look)
    if not checks.recurring(current) or not any(
        c.findings and c.observation.round_id == view.round.id for c in current
    ):
        return None
    voices = checks.voices(current, checks.checks(checks.everything(view), look), [topic], view.interval)
    quotes = quoting.quotes(current, [topic])
    many = len(voices) > 1
    speaker = facts.speakers(voices, facts.asked(checks.window(view)))
    return Signal(
        rule=NAME,
        subject=topic,
        key=f"{NAME}:{topic}",
        severity=Severity.MAJOR,
        headline=f"{speaker} {'speak' if many else 'speaks'} of {topic} at {view.sheet.brand.name}: not on your sheet",
        said=words.cut(quotes[0].text, 160),
        truth="Not on your sheet.",
        voices=voices,
        quotes=quotes,
        advice=(
            "Find out whether it is true.",
            "If it is, put it on the fact sheet, so that it is held against later answers.",
            "If it is not, publish a plain denial on a page of yours, and report the answer to the vendor.",
        ),
    )


def _clean(view: RoundView, alert: Alert) -> bool | None:
    return checks.clean(view, alert, _looking(alert.signal.subject))


RULE = Rule(name=NAME, find=_find, clean=_clean)
