"""In which order an answer puts entities: its lists, headings and tables; a restarting count goes on."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.analysis.text import Block, BlockKind, Document
from monitor.domain.readings import Mention, Span


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One place of a ranking."""

    span: Span  # its lead: the words that name what is ranked
    rank: int
    entity: str = ""  # empty: something that is not tracked
    body: Span  # the whole item


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """One list that puts things in an order."""

    entries: tuple[Entry, ...]
    ordered: bool  # numbers were printed
    intro: str  # what stands before it, lower case


@dataclass
class _Series:
    """Items of one kind at one depth that may form a ranking together."""

    items: list[tuple[Block, int | None]] = field(default_factory=list)  # block, printed number


_NUMBERED = re.compile(r"\s*(?:#|no\.?\s?|nr\.?\s?)?(?P<number>\d{1,2})(?:[.):]|️?⃣| [-–—])\s+", re.IGNORECASE)
_KEYCAP = re.compile(r"\s*(?P<number>\d)️?⃣\s*")
_LEAD_END = re.compile(r"[:：](?=\s|$|\S)|\s[–—-]\s|—|[.。!?](?=\s|$)|\n|\s\(|（|,\s|\s\|\s")
_AWARD = re.compile(
    r"\W*(?:the )?(?:(?:my |our )?(?:best|top|overall|great|good|ideal|runner|budget|premium|value|winner|favou?rite"
    r"|editor|most|also|honou?rable|beste[rs]?|bestes|meilleure?|mejor|pick|choice|alternative|for)\b[^:：\n]{0,60})[:：]\s*",
    re.IGNORECASE,
)
_MAX_LEAD = 90  # characters
_FEW = 2
_INTRO = 300  # characters before a list that may say what it is


def rankings(document: Document, mentions: Sequence[Mention]) -> tuple[Ranking, ...]:
    """Return every list whose items are led by names, in the order of the answer."""
    found: list[Ranking] = []
    for series in _series(document):
        entries = tuple(_entries(document, mentions, series))
        named = sum(bool(entry.entity) for entry in entries)
        if named and (len(entries) >= _FEW) and named >= _share(series):
            ordered = any(number is not None for _, number in series.items)
            intro = document.plain[max(0, entries[0].body.start - _INTRO) : entries[0].body.start].lower()
            found.append(Ranking(entries=entries, ordered=ordered, intro=intro))
    return tuple(sorted(found, key=lambda ranking: ranking.entries[0].body.start))


def _share(series: _Series) -> int:
    """How many items must be led by a tracked name: one in a printed order, two elsewhere."""
    return 1 if any(number is not None for _, number in series.items) else min(2, len(series.items))


def _series(document: Document) -> Iterator[_Series]:
    lists: dict[int, _Series] = defaultdict(_Series)
    headings: dict[int, _Series] = defaultdict(_Series)
    numbered = _Series()
    rows: dict[int, _Series] = defaultdict(_Series)
    for block in document.blocks:
        number = _printed(document, block)
        if block.kind is BlockKind.ITEM and block.leads and block.list_id is not None:
            lists[block.list_id].items.append((block, block.ordinal if block.ordinal is not None else number))
        elif block.kind is BlockKind.HEADING:
            headings[block.level].items.append((block, number))
        elif block.kind is BlockKind.PARAGRAPH and number is not None:
            numbered.items.append((block, number))
        elif block.kind is BlockKind.CELL and block.column == 0 and block.row and block.table is not None:
            rows[block.table].items.append((block, None))
    yield from lists.values()
    yield from headings.values()
    yield numbered
    yield from rows.values()


def _printed(document: Document, block: Block) -> int | None:
    lead = document.plain[block.start : block.start + 12]
    found = _NUMBERED.match(lead) or _KEYCAP.match(lead)
    return int(found["number"]) if found else None


def _entries(document: Document, mentions: Sequence[Mention], series: _Series) -> Iterator[Entry]:
    ends = [block.start for block, _ in series.items[1:]]
    whole = len(document.text)
    for position, (block, number) in enumerate(series.items, start=1):
        lead = lead_of(document, block)
        inside = [m for m in mentions if lead.start <= m.start < lead.end]
        end = ends[position - 1] if position <= len(ends) else min(whole, block.end + _MAX_LEAD * 8)
        yield Entry(
            span=lead,
            rank=number if number is not None else position,
            entity=inside[0].entity if inside else "",
            body=Span(start=block.start, end=max(block.end, min(end, block.end + _MAX_LEAD * 20))),
        )


def lead_of(document: Document, block: Block) -> Span:
    """Return the words of an item that name it: up to a colon, dash or point, behind an award ("Best overall:").

    >>> from monitor.analysis.text import parse
    >>> document = parse("1. **Best budget:** Acme - cheaper than Bolt")
    >>> span = lead_of(document, document.blocks[0])
    >>> document.text[span.start:span.end]
    'Acme'
    """
    text = document.plain
    start = block.start
    number = _NUMBERED.match(text, start, block.end) or _KEYCAP.match(text, start, block.end)
    start = number.end() if number else start
    award = _AWARD.match(text, start, block.end)
    if award and award.end() < block.end:
        start = award.end()
    limit = min(block.end, start + _MAX_LEAD)
    begin = re.compile(r"\w").search(text, start, limit)
    ended = _LEAD_END.search(text, begin.start() if begin else start, limit)
    span = text[start : ended.start() if ended else limit]
    lead = start + len(span) - len(span.lstrip())
    return Span(start=lead, end=max(lead, lead + len(span.strip())))


def ranks(chosen: Sequence[Ranking]) -> Mapping[str, tuple[int, Span]]:
    """Return each entity's place; where several lists follow each other their counts run on."""
    found: dict[str, tuple[int, Span]] = {}
    before = 0
    for ranking in chosen:
        for entry in ranking.entries:
            rank = entry.rank + before if entry.rank <= len(ranking.entries) + before else entry.rank
            if entry.entity and entry.entity not in found:
                found[entry.entity] = (rank, entry.span)
        before += len(ranking.entries)
    return found
