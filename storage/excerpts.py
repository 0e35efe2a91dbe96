"""Where the words that somebody looked for stand in an answer."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlmodel import Session

from monitor.domain.readings import Span
from monitor.domain.search import Hit
from storage.tables import AnswerRow, table

_answers = table(AnswerRow)
_AROUND = 110  # characters on each side


def with_words(tx: Session, hits: Sequence[Hit], words: str) -> list[Hit]:
    """Return the hits with what stands around the words, and the words marked."""
    ids = [hit.answer_id for hit in hits if hit.answer_id]
    if not words or not ids:
        return list(hits)
    found = tx.connection().execute(select(_answers.c.id, _answers.c.text).where(_answers.c.id.in_(ids)))
    texts = {row.id: row.text for row in found}
    return [_marked(hit, texts.get(hit.answer_id, ""), words) for hit in hits]


def _marked(hit: Hit, text: str, words: str) -> Hit:
    sought = re.compile(re.escape(words), re.IGNORECASE)
    first = sought.search(text)
    if first is None:
        return hit
    start, end = edges(text, first.start(), first.end())
    around = text[start:end]
    marks = tuple(Span(start=each.start(), end=each.end()) for each in sought.finditer(around))
    return replace(hit, found=around, marks=marks)


def edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch around a place, cut between words."""
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if low:
        low = next((at + 1 for at in range(low, start) if text[at].isspace()), low)
    if high < len(text):
        high = next((at for at in range(high, end, -1) if text[at].isspace()), high)
    return low, high
