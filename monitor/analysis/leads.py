"""The words that name a block: of an item "**Best budget:** Acme - cheaper than Bolt" those are "Acme"."""

import re
from collections.abc import Sequence

from monitor.analysis.spans import Span, Stretch
from monitor.analysis.text import Block, Document
from monitor.domain.readings import Mention

LONGEST = 90  # characters
_MAX_NUMBER = 12  # characters that a printed number with its signs may take
_WORD = re.compile(r"\w")
_NUMBERED = re.compile(r"\s*(?:#|no\.?\s?|nr\.?\s?)?(?P<number>\d{1,2})(?:[.):]|️?⃣| [-–—])\s+", re.IGNORECASE)
_KEYCAP = re.compile(r"\s*(?P<number>\d)️?⃣\s*")
# Most characters end no lead: one look tells, then what stands around it.
_LEAD_END = re.compile(
    r"[:：—\n（.。!?\s,](?:(?<=[:：—\n（])|(?<=[.。!?])(?=\s|$)|(?<=\s)(?:[–—-]\s|\(|\|\s)|(?<=,)(?=\s))"
)
_COLON = re.compile("[:：]")
_AWARD = re.compile(
    r"\W*(?:the )?(?:(?:my |our )?(?:best|top|overall|great|good|ideal|runner|budget|premium|value|winner|favou?rite"
    r"|editor|most|also|honou?rable|beste[rs]?|bestes|meilleure?|mejor|pick|choice|alternative"
    r"|for)\b[^:：\n]{0,60})[:：]\s*",
    re.IGNORECASE,
)


def printed(document: Document, block: Block) -> int | None:
    """Return the number that a block begins with."""
    found = _number(document.plain, block.start, block.start + _MAX_NUMBER)
    return int(found["number"]) if found else None


def _number(text: str, start: int, end: int) -> re.Match[str] | None:
    """Find a printed number where one may begin: most blocks begin with a letter."""
    first = text[start : min(end, start + _MAX_NUMBER)].lstrip()[:1]
    if not (first.isdigit() or first in {"#", "n", "N"}):
        return None
    return _NUMBERED.match(text, start, end) or _KEYCAP.match(text, start, end)


def lead_of(document: Document, block: Block) -> Span:
    """Return the words of an item that name it: up to a colon, dash or point, behind an award ("Best overall:").

    >>> from monitor.analysis.text import parse
    >>> document = parse("1. **Best budget:** Acme - cheaper than Bolt")
    >>> span = lead_of(document, document.blocks[0])
    >>> document.text[span.start:span.end]
    'Acme'
    """
    place = (block.start, block.end)
    lead = document.leads.get(place)
    if lead is None:
        lead = document.leads[place] = _lead(document.plain, block)
    return lead


def _lead(text: str, block: Block) -> Span:
    number = _number(text, block.start, block.end)
    start = number.end() if number else block.start
    limit = min(block.end, start + LONGEST)
    award = _AWARD.match(text, start, block.end) if _COLON.search(text, start, limit) else None
    if award and award.end() < block.end:
        start = award.end()
        limit = min(block.end, start + LONGEST)
    begin = _WORD.search(text, start, limit)
    lead = begin.start() if begin else start
    ended = _LEAD_END.search(text, lead, limit)
    span = text[lead : ended.start() if ended else limit]
    return Stretch(start=lead, end=lead + len(span.rstrip()))


def leading(document: Document, inside: Sequence[Mention], block: Block) -> Sequence[Mention]:
    """Return those of a block's namings that stand in the words that name it."""
    if not inside:
        return ()
    lead = lead_of(document, block)
    return [one for one in inside if lead.start <= one.start < lead.end]
