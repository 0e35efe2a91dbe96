"""Something is said about the brand on a watched topic that is not on the sheet, and not by a single slip."""

from collections.abc import Sequence
from functools import cache

from monitor.alerts import checks, clearing, facts, questions, quoting, words
from monitor.alerts.checks import Finding, Look
from monitor.alerts.questions import Heard, Question
from monitor.alerts.rule import Rule
from monitor.domain.alerts import Alert, Cleared, Signal, Voice
from monitor.domain.brand import Severity
from monitor.domain.readings import Reading, Span
from monitor.domain.views import RoundView
from monitor.domain.wording import WordingKind

NAME = "new_statement"


@cache
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

    return Look(look)


def _questions(view: RoundView) -> list[Question]:
    """Return the topics on which something new is said in this round."""
    readings = [observation.reading for observation in view.observations if observation.reading]
    topics = sorted({statement.topic for reading in readings for statement in reading.new_statements})
    return [_question(topic) for topic in topics]


def _question(topic: str) -> Question:
    return Question(
        rule=NAME,
        subject=topic,
        severity=Severity.MAJOR,
        urgent=True,
        look=_looking(topic),
        write=lambda view, heard: _signal(view, topic, heard),
        headline=lambda view, _, saying: _headline(view, topic, checks.voices(saying, saying, [topic], view.interval)),
    )


def _headline(view: RoundView, topic: str, voices: Sequence[Voice]) -> str:
    speak = "speak" if len(voices) > 1 else "speaks"
    who = facts.speakers(voices, facts.asked(view))
    return f"{who} {speak} of “{topic}” at {view.sheet.brand.name}, which is not on your sheet"


def _signal(view: RoundView, topic: str, heard: Heard) -> Signal:
    voices = checks.voices(heard.current, heard.past, [topic], view.interval, heard.extra)
    quotes = quoting.quotes([*heard.current, *heard.extra], [topic])
    return Signal(
        rule=NAME,
        subject=topic,
        key=f"{NAME}:{topic}",
        severity=Severity.MAJOR,
        headline=_headline(view, topic, voices),
        said=words.cut(quotes[0].text, 160),
        truth="Not on your sheet.",
        voices=voices,
        quotes=quotes,
        advice=(
            "Find out whether it is true.",
            "If it is, put it on the fact sheet, so that it is held against later answers.",
            "If it is not, publish a plain denial on a page of yours, and report the answer to the vendor.",
        ),
        values=heard.values,
        confirmed=heard.grounds,
    )


def _clean(view: RoundView, alert: Alert) -> bool | None:
    return clearing.clean(view, alert, _looking(alert.signal.subject))


def _evidence(view: RoundView, alert: Alert) -> Cleared:
    return clearing.cleared(view, alert, _looking(alert.signal.subject))


RULE = Rule(
    name=NAME,
    find=lambda view: questions.signals(view, _questions(view)),
    clean=_clean,
    questions=_questions,
    about=_question,
    evidence=_evidence,
    grows=True,
    measured=False,
)
