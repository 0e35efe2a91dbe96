"""Which answers are quoted beside a finding."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from monitor.alerts.checks import Check, Finding
from monitor.domain.alerts import Quote
from monitor.domain.quoting import quote
from monitor.domain.rounds import Observation
from monitor.domain.wording import Wording, phrase

MOST = 6  # quotes beside one finding


def quotes(found: Sequence[Check], values: Iterable[str], *, most: int = MOST) -> tuple[Quote, ...]:
    """Return one quote per answer, newest first; each assistant is heard before any is heard twice."""
    wanted = set(values)
    return tuple(_quote(check.observation, _own(check, wanted)) for check in chosen(found, wanted, most=most))


def chosen(found: Sequence[Check], values: Iterable[str], *, most: int = MOST) -> list[Check]:
    """Return the answers that are quoted, in that order."""
    wanted = set(values)
    turns: dict[str, int] = {}
    ranked: list[tuple[int, int, Check]] = []
    for check in sorted(found, key=lambda check: (check.at, check.observation.answer_id), reverse=True):
        if _own(check, wanted):
            assistant = check.observation.assistant_id
            turns[assistant] = turns.get(assistant, 0) + 1
            ranked.append((turns[assistant], len(ranked), check))
    return [check for _, _, check in sorted(ranked, key=lambda item: item[:2])][:most]


def _own(check: Check, values: set[str]) -> list[Finding]:
    return [finding for finding in check.findings if finding.value in values]


def _quote(observation: Observation, findings: Sequence[Finding]) -> Quote:
    marks = [mark for finding in findings for mark in finding.marks or (finding.span,)]
    wordings = tuple(dict.fromkeys(_wording(observation.text, finding) for finding in findings))
    return replace(quote(observation, findings[0].span, marks), wordings=wordings)


def _wording(text: str, finding: Finding) -> Wording:
    said = finding.gist or phrase(text[finding.span.start : finding.span.end])
    return Wording(kind=finding.kind, subject=finding.subject, phrase=said)
