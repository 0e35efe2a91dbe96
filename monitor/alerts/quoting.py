"""The sentence that matters, cut out of an answer, with the wrong words marked."""

import re
from collections.abc import Iterable, Sequence

from monitor.alerts.checks import Check, Finding
from monitor.domain.alerts import Quote
from monitor.domain.readings import Citation, Span
from monitor.domain.rounds import Observation

# Where a sentence ends: a stop before white space or the end, a line's end, a full-width stop.
_END = re.compile(r"[.!?][\"'”’)\]*_]*(?=\s|$)|\n|[。！？]")  # noqa: RUF001 -- full-width stops end sentences too
_REACH = 240  # characters of a quote on each side of the words
MOST = 6  # quotes beside one finding


def quotes(found: Sequence[Check], values: Iterable[str], *, most: int = MOST) -> tuple[Quote, ...]:
    """Return one quote per answer, newest first; each assistant is heard before any is heard twice."""
    wanted = set(values)
    turns: dict[str, int] = {}
    ranked = []
    for check in sorted(found, key=lambda check: (check.at, check.observation.answer_id), reverse=True):
        own = [finding for finding in check.findings if finding.value in wanted]
        if own:
            assistant = check.observation.assistant_id
            turns[assistant] = turns.get(assistant, 0) + 1
            ranked.append((turns[assistant], len(ranked), quote(check.observation, own)))
    return tuple(found_quote for _, _, found_quote in sorted(ranked, key=lambda item: item[:2]))[:most]


def quote(observation: Observation, findings: Sequence[Finding]) -> Quote:
    """Return the sentence around the first of the findings, with the marks of all that fall into it."""
    text = observation.text
    around = sentence(text, findings[0].span)
    marks = [mark for finding in findings for mark in finding.marks or (finding.span,)]
    return Quote(
        answer_id=observation.answer_id,
        text=text[around.start : around.end],
        marks=tuple(dict.fromkeys(_inside(sorted(marks), around))),
        question=observation.prompt.text,
        assistant_label=observation.assistant_label or observation.assistant_id,
        surface=observation.surface,
        model=observation.model,
        asked_at=observation.asked_at,
        cited=cited(observation, around),
    )


def sentence(text: str, span: Span) -> Span:
    """Return the sentence or sentences that hold the span, without white space at the ends.

    >>> sentence("It is old. It costs $1.50 a day. Good.", Span(start=20, end=25))
    Span(start=11, end=32)
    """
    floor, ceiling = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    ends = [match.end() for match in _END.finditer(text, floor, span.start)]
    start = ends[-1] if ends else floor
    after = _END.search(text, max(span.end - 1, span.start), ceiling)
    end = after.end() if after else ceiling
    while start < span.start and text[start].isspace():
        start += 1
    while end > max(span.end, start) and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=max(end, span.end))


def cited(observation: Observation, around: Span) -> tuple[str, ...]:
    """Return the addresses that the answer cites beside a span; nobody has checked what they say."""
    citations = observation.reading.citations if observation.reading else ()
    return tuple(dict.fromkeys(citation.url for citation in citations if _beside(citation, around)))


def _beside(citation: Citation, around: Span) -> bool:
    supports = citation.supports
    if supports is None and citation.start is not None and citation.end is not None:
        supports = Span(start=citation.start, end=citation.end)
    return supports is not None and supports.start < around.end and supports.end > around.start


def _inside(marks: Iterable[Span], around: Span) -> Iterable[Span]:
    for mark in marks:
        start, end = max(mark.start, around.start), min(mark.end, around.end)
        if start < end:
            yield Span(start=start - around.start, end=end - around.start)
