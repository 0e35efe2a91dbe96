"""An answer's own words, cut to what matters, with the wrong words marked."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from monitor.domain.alerts import Quote
from monitor.domain.readings import Span
from reports.plain import shown

CUT = "\u2026"
_MARKDOWN = re.compile(r"\*\*|`+|(?m:^[ \t]*(?:[*+-]|#{1,6}|\|)[ \t]+)|(?m:[ \t]+\|[ \t]*$)")
_SIGNS = re.compile(r"(?<!\S)(?:#{1,6}|[*_-]{3,})(?!\S)|\\(?=[$*_#~\[\]()])")
_LINK = re.compile(r"\[(?P<label>[^\[\]\n]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:[ ]\"[^\"\n]*\")?\)")


@dataclass(frozen=True, kw_only=True)
class Piece:
    text: str
    marked: bool = False


def pieces(quote: Quote, limit: int = 420) -> tuple[Piece, ...]:
    """Return the quote as pieces whose texts join to the answer's words, without the signs of Markdown between them.

    Longer quotes are cut around their first mark.
    """
    text, marks = _without_markdown(shown(quote.text), _merged(quote.marks, len(quote.text)))
    start, end = _window(text, marks, limit)
    parts = tuple(_pieces(text, marks, start, end))
    before = (Piece(text=CUT),) if start else ()
    after = (Piece(text=CUT),) if end < len(text) else ()
    return (*before, *parts, *after)


def marked(text: str, marks: Sequence[Span]) -> tuple[Piece, ...]:
    """Return any text as pieces, the marked ones told apart, without the signs of Markdown."""
    plain, found = _without_markdown(shown(text), _merged(marks, len(text)))
    return tuple(_pieces(plain, found, 0, len(plain)))


def opening(text: str) -> str:
    r"""Return the beginning of an answer without the signs of Markdown, also where they stand inside a line.

    >>> opening("Sure! ### 1. **Sony** (around \\$348)")
    'Sure! 1. Sony (around $348)'
    """
    plain = "".join(piece.text for piece in marked(text, ()))
    return " ".join(_SIGNS.sub("", plain).split())


def marked_text(quote: Quote, limit: int = 420) -> str:
    """Return the quote for plain text, marked words in double brackets, on one line."""
    text = "".join(f"[[{piece.text}]]" if piece.marked else piece.text for piece in pieces(quote, limit))
    return " ".join(text.split())


def _pieces(text: str, marks: Sequence[Span], start: int, end: int) -> Iterator[Piece]:
    at = start
    for mark in marks:
        low, high = max(mark.start, start), min(mark.end, end)
        if low >= high:
            continue
        if low > at:
            yield Piece(text=text[at:low])
        yield Piece(text=text[low:high], marked=True)
        at = high
    if at < end:
        yield Piece(text=text[at:end])


def _without_markdown(text: str, marks: Sequence[Span]) -> tuple[str, list[Span]]:
    """Return text and marks without stars, ticks, bullets and the targets of links; marks never lose all their text."""
    dropped = {at for found in _MARKDOWN.finditer(text) for at in range(found.start(), found.end())}
    dropped |= {at for link in _LINK.finditer(text) for at in (link.start(), *range(link.end("label"), link.end()))}
    for mark in marks:
        if dropped.issuperset(range(mark.start, mark.end)):
            dropped.difference_update(range(mark.start, mark.end))
    kept = [at for at in range(len(text)) if at not in dropped]
    moved = [Span(start=bisect_left(kept, mark.start), end=bisect_left(kept, mark.end)) for mark in marks]
    return "".join(text[at] for at in kept), moved


def _merged(marks: Sequence[Span], length: int) -> list[Span]:
    """Return the marks inside the text, sorted, overlapping ones joined."""
    merged: list[Span] = []
    for mark in sorted(marks):
        low, high = max(mark.start, 0), min(mark.end, length)
        if low >= high:
            continue
        if merged and low <= merged[-1].end:
            merged[-1] = Span(start=merged[-1].start, end=max(high, merged[-1].end))
        else:
            merged.append(Span(start=low, end=high))
    return merged


def _window(text: str, marks: Sequence[Span], limit: int) -> tuple[int, int]:
    """Return the stretch of at most `limit` characters around the first mark, cut between words."""
    if len(text) <= limit:
        return 0, len(text)
    middle = (marks[0].start + min(marks[0].end, marks[0].start + limit)) // 2 if marks else 0
    start = min(max(0, middle - limit // 2), len(text) - limit)
    end = start + limit
    first = marks[0].start if marks else limit
    last = marks[0].end if marks else 0
    if start and (space := text.find(" ", start, min(first, start + 40))) != -1:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", max(last, end - 40), end)) != -1:
        end = space
    return start, end
