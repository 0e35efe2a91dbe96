"""The sentence that matters, cut out of an answer, with the words marked."""

import re
from collections.abc import Iterable, Iterator, Sequence

from monitor.domain.alerts import Quote
from monitor.domain.readings import Citation, Span
from monitor.domain.rounds import Observation

# Where a sentence ends: a stop, with the citations behind it, before white space or the end; a line's end; a full-width
# stop.
_CHIP = r"(?:\s?\[\d{1,3}\]|\s?\((?:,?\s?\[[^\]\n]{1,120}\](?:\([^()\s]*\)|\[\d{1,3}\])){1,6}\))"
_END = re.compile(rf"[.!?][\"'”’)\]*_]*{_CHIP}*(?=\s|$)|\n|[。！？]")  # noqa: RUF001 -- full-width stops end sentences too
_REACH = 240  # characters of a quote on each side of the words


def quote(observation: Observation, span: Span, marks: Iterable[Span] = ()) -> Quote:
    """Return the sentence around `span`, with those of `marks` (offsets into the answer) that fall into it.

    Without marks the span itself is marked.
    """
    text = observation.text
    around = sentence(text, span)
    inside = _inside(list(marks) or [span], around)
    return Quote(
        answer_id=observation.answer_id,
        text=text[around.start : around.end],
        marks=tuple(dict.fromkeys(sorted(inside))),
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
    start = ends[-1] if ends else _word_start(text, floor, span.start)
    after = _END.search(text, max(span.end - 1, span.start), ceiling)
    end = after.end() if after else ceiling
    while start < min(span.start, len(text)) and text[start].isspace():
        start += 1
    while end > span.end and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=max(end, span.end))


def _word_start(text: str, floor: int, limit: int) -> int:
    """The first whole word at or after `floor`: a quote that is cut begins with a word."""
    if floor == 0 or text[floor - 1].isspace():
        return floor
    space = re.search(r"\s", text[floor:limit])
    return floor + space.end() if space else floor


def cited(observation: Observation, around: Span) -> tuple[str, ...]:
    """Return the addresses that the answer cites beside a span; nobody has checked what they say."""
    citations: Sequence[Citation] = observation.reading.citations if observation.reading else ()
    return tuple(dict.fromkeys(citation.url for citation in citations if _beside(citation, around)))


def _beside(citation: Citation, around: Span) -> bool:
    supports = citation.supports
    if supports is None and citation.start is not None and citation.end is not None:
        supports = Span(start=citation.start, end=citation.end)
    return supports is not None and supports.start < around.end and supports.end > around.start


def _inside(marks: Iterable[Span], around: Span) -> Iterator[Span]:
    for mark in marks:
        start, end = max(mark.start, around.start), min(mark.end, around.end)
        if start < end:
            yield Span(start=start - around.start, end=end - around.start)
