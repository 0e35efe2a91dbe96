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
    turns: dict[str, int] = {}
    ranked: list[tuple[int, int, Quote]] = []
    for check in sorted(found, key=lambda check: (check.at, check.observation.answer_id), reverse=True):
        own = [finding for finding in check.findings if finding.value in wanted]
        if own:
            assistant = check.observation.assistant_id
            turns[assistant] = turns.get(assistant, 0) + 1
            ranked.append((turns[assistant], len(ranked), _quote(check.observation, own)))
    return tuple(found_quote for _, _, found_quote in sorted(ranked, key=lambda item: item[:2]))[:most]


def _quote(observation: Observation, findings: Sequence[Finding]) -> Quote:
    marks = [mark for finding in findings for mark in finding.marks or (finding.span,)]
    wordings = tuple(dict.fromkeys(_wording(observation.text, finding) for finding in findings))
    return replace(quote(observation, findings[0].span, marks), wordings=wordings)


def _wording(text: str, finding: Finding) -> Wording:
    said = finding.gist or phrase(text[finding.span.start : finding.span.end])
    return Wording(kind=finding.kind, subject=finding.subject, phrase=said)
