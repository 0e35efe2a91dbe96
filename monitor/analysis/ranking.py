"""In which order an answer puts entities: its lists, headings and tables; a restarting count goes on."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile, zip_longest

import msgspec

from monitor.analysis import leads
from monitor.analysis.grouping import within
from monitor.analysis.leads import lead_of, leading, printed
from monitor.analysis.spans import Span, Stretch
from monitor.analysis.text import Block, BlockKind, Document
from monitor.analysis.wordlists import pattern, phrases
from monitor.domain.readings import Mention


class Entry(msgspec.Struct, frozen=True):
    """One place of a ranking."""

    span: Span  # its lead: the words that name what is ranked
    rank: int
    body: Span  # the whole item
    entity: str = ""  # empty: something that is not tracked


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """One list that puts things in an order."""

    entries: tuple[Entry, ...]
    ordered: bool  # numbers were printed
    intro: str  # what stands before it, lower case
    table: bool = False

    @property
    def purity(self) -> float:
        """Share of its entries that are tracked names, 0..1."""
        return sum(bool(entry.entity) for entry in self.entries) / len(self.entries)


class Item(msgspec.Struct, frozen=True):
    block: Block
    number: int | None  # as printed


Series = list[Item]

# Leads that name no thing: they take no place in a ranking.
_RANK_CELL = re.compile(r"\W*(?P<number>\d{1,2})\W*")
_GENERIC = pattern("generic_leads")
_TITLE = re.compile(r"\b(?:here are|best|top|picks?|options|choices|recommendations?|deals|vs)\b", re.IGNORECASE)
# A point inside a name stands before a figure or behind a short unit: "6.8-Quart", "10-qt. XL".
_GLUED = re.compile(
    r"(?:(?<=[.!?)\d:])|(?<=\s))(?P<name>(?:[A-Z0-9]|(?<=:\s)[a-z])"
    r"(?:[^.:!?\n]|(?<=\d)\.(?=\d)|(?<=[\d-][a-z]{2})\.(?= )){1,80}(?:\([^)]{1,40}\))?):(?=[A-Z ])"
)
_GLUE = re.compile(":(?=[A-Z ])")  # with which such a name ends
_LONGEST_GLUED = 125  # characters
_SAID = re.compile(r"[^\W_][\w.'-]*")
_ORDINALS = {word: number for number, said in enumerate(phrases("ordinals"), start=1) for word in said.split()}
_COUNT = re.compile(
    r"(?:^|[\s(:,;])(?:(?P<number>\d{1,2})(?:[.)]|️?⃣)|(?:platz|rang|rank|place|puesto"
    r"|#)\s?(?P<place>\d{1,2})\s?[.):–-]"
    rf"|(?P<word>{'|'.join(_ORDINALS)})(?: place| comes| is| platz)?[,:]?)"
    r"\s+\W{0,3}$",
    re.IGNORECASE,
)
# A step of a guide names nothing to choose: "2. Compare Acme and Bolt".
_STEP = re.compile(
    r"(?:Compare|Read|Check|Visit|Measure|Open|Download|Contact|Call|Ask|Register|Sign (?:up|in)|Log in|Click|Enter"
    r"|Install|Send|Email|Search|Review|Verify|Vergleich\w*|Prüf\w*|Besuch\w*|Lesen|Öffne\w*|Comparez|Vérifiez"
    r"|Consultez"
    r"|Visitez|Lisez|Compara|Comprueba|Visita|Consulta)\s(?=\w)"
)
_MAX_COUNT = 24  # characters that a count before a name may take
_PRICE_TAG = re.compile(r"[$€£]|\(\d|See more")
_LONG_PARAGRAPH = 300  # characters
_FEW = 2
_PURE = 0.5
_NAMELIKE = 0.6  # share of a lead's words that begin with a capital or a figure
_INTRO = 300  # characters before a list that may say what it is


def rankings(document: Document, mentions: Sequence[Mention]) -> tuple[Ranking, ...]:
    """Return every list whose items are led by names, in the order of the answer."""
    found = [ranking for series in _series(document) for ranking in _ranking(document, mentions, series)]
    if not found and len(mentions) >= _FEW:
        loose = (_from_first_name(document, mentions, series) for series in (_bold(document), _glued(document)))
        found = [ranking for series in loose for ranking in _ranking(document, mentions, series)]
    found = found or list(_ranking(document, mentions, _counted(document, mentions)))
    return tuple(sorted(found, key=lambda ranking: ranking.entries[0].body.start))


def _ranking(document: Document, mentions: Sequence[Mention], series: Series) -> Iterator[Ranking]:
    ordered = any(item.number is not None for item in series)
    named = [_chosen(document, mentions, item.block) for item in series]
    if sum(map(bool, named)) < (1 if ordered else _FEW):
        return
    entries = tuple(_entries(document, series, named, ordered=ordered))
    if len(entries) >= _FEW:
        start = min(entries[0].body.start, _table_start(document, series[0].block))
        intro = document.plain[max(0, start - _INTRO) : start].lower()
        table = series[0].block.table is not None
        yield Ranking(entries=entries, ordered=ordered, intro=intro, table=table)


def _table_start(document: Document, block: Block) -> int:
    """Return where the head of a row's table begins: what the columns are called is no introduction."""
    if block.table is None:
        return block.start
    return next(other.start for other in document.blocks if other.table == block.table)


def _series(document: Document) -> Iterator[Series]:
    """Yield items that may form a ranking together: of a list, a heading level, numbered paragraphs, a table."""
    found: dict[tuple[str, int], Series] = defaultdict(list)
    rows: dict[tuple[int, int], list[Block]] = defaultdict(list)
    sizes = Counter([b.list_id for b in document.blocks if b.kind is BlockKind.ITEM and b.leads])
    for block in document.blocks:
        kind = block.kind
        if kind is BlockKind.CELL:
            if block.row and block.table is not None:
                rows[block.table, block.row].append(block)
            continue
        number = block.ordinal if block.ordinal is not None else printed(document, block)
        if kind is BlockKind.ITEM and block.leads and block.list_id is not None:
            # Lists of a single item are one list that headings cut up.
            key = ("list", block.list_id) if sizes[block.list_id] > 1 else ("alone", block.level)
            found[key].append(Item(block, number))
        elif kind is BlockKind.HEADING:
            found["heading", block.level].append(Item(block, number))
        elif kind is BlockKind.PARAGRAPH and number is not None:
            found["numbered", 0].append(Item(block, number))
    for (table, _), cells in rows.items():
        found["table", table].append(_row(document, cells))
    yield from found.values()


def _bold(document: Document) -> Series:
    """Return paragraphs that begin in bold: items of an answer that prints no list."""
    return [
        Item(block, None)
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH and document.text.startswith(("**", "__"), block.start)
    ]


def _glued(document: Document) -> Series:
    """Return "Name: what it is.Name: ..." of answers whose line breaks were lost."""
    return [
        Item(Block(kind=BlockKind.ITEM, start=found.start("name"), end=found.end()), None)
        for block in document.blocks
        if block.end - block.start > _LONG_PARAGRAPH
        for found in _glued_names(document.plain, block)
        if _namelike(found["name"])
    ]


def _glued_names(plain: str, block: Block) -> Iterator[re.Match[str]]:
    """Yield what a colon ends; only the words before one are looked at, as a name is short."""
    at = block.start
    while colon := _GLUE.search(plain, at, block.end):
        end = colon.end()
        found = _GLUED.search(plain, max(at, end - _LONGEST_GLUED), min(block.end, end + _LONGEST_GLUED))
        if found and found.start() < end:
            yield found
            at = found.end()
        else:
            at = end


def _counted(document: Document, mentions: Sequence[Mention]) -> Series:
    """Return the names that a sentence counts: "1) Acme, 2) Bolt", "First, Acme. Second, Bolt"."""
    found: Series = []
    for one in mentions:
        before = _COUNT.search(document.plain, max(0, one.start - _MAX_COUNT), one.start)
        if before and _count(before) == len(found) + 1:
            found.append(Item(Block(kind=BlockKind.ITEM, start=one.start, end=one.end), len(found) + 1))
    return found


def _count(found: re.Match[str]) -> int:
    number = found["number"] or found["place"]
    return int(number) if number else _ORDINALS[found["word"].lower()]


def _row(document: Document, cells: Sequence[Block]) -> Item:
    """Return a row by its first cell, or by its second where the first holds only a number."""
    first = _RANK_CELL.fullmatch(document.plain, cells[0].start, cells[0].end)
    if first and len(cells) > 1:
        return Item(cells[1], int(first["number"]))
    return Item(cells[0], None)


def _from_first_name(document: Document, mentions: Sequence[Mention], series: Series) -> Series:
    """Leave out what stands before the first tracked name: without printed marks it is mostly a title."""
    return list(dropwhile(lambda item: not leading(document, within(mentions, item.block), item.block), series))


def _namelike(words: str) -> bool:
    """Whether it looks like a product's or a firm's name and not like a sentence or a price tag."""
    said = _SAID.findall(words)
    capital = sum(word[0].isupper() or word[0].isdigit() for word in said)
    return bool(said) and capital >= _NAMELIKE * len(said) and not _PRICE_TAG.search(words)


def _chosen(document: Document, mentions: Sequence[Mention], block: Block) -> Sequence[Mention]:
    """Return the namings in the words that name a block, if they tell what to choose and not what to do."""
    named = leading(document, within(mentions, block), block)
    if not named:
        return ()
    lead = lead_of(document, block)
    return () if _STEP.match(document.plain, lead.start, lead.end) else named


def _titled(lead: str) -> bool:
    return bool(_GENERIC.match(lead) or _TITLE.search(lead))


def _entries(
    document: Document, series: Series, named: Sequence[Sequence[Mention]], *, ordered: bool
) -> Iterator[Entry]:
    rank = 0
    for item, following, inside in zip_longest(series, series[1:], named):
        block = item.block
        lead = lead_of(document, block)
        if not inside and item.number is None and (ordered or _titled(document.plain[lead.start : lead.end])):
            continue
        rank += 1
        end = following.block.start if following else block.end + leads.LONGEST * 8
        yield Entry(
            span=lead,
            rank=item.number if item.number is not None else rank,
            entity=inside[0].entity if inside else "",
            body=Stretch(start=block.start, end=max(block.end, min(end, block.end + leads.LONGEST * 20))),
        )


def ranks(chosen: Sequence[Ranking]) -> Mapping[str, tuple[int, Span]]:
    """Return each entity's place in the list that counts; what only later lists name is counted on behind it."""
    if not chosen:
        return {}
    main = max(chosen, key=lambda ranking: (ranking.ordered, ranking.purity >= _PURE, -ranking.entries[0].body.start))
    behind = [ranking for ranking in chosen if ranking.entries[0].body.start > main.entries[-1].body.start]
    found: dict[str, tuple[int, Span]] = {}
    before = 0
    for ranking in (main, *behind):
        for entry in ranking.entries:
            if entry.entity and entry.entity not in found:
                found[entry.entity] = (entry.rank + before, entry.span)
        before += max(entry.rank for entry in ranking.entries)
    return found
