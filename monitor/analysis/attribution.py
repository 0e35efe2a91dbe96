"""Whom a clause speaks of: the one it names, the one whose item or section it stands in, else the answer's topic."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from monitor.analysis.grouping import along, within
from monitor.analysis.leads import leading
from monitor.analysis.spans import Span, Stretch
from monitor.analysis.text import Block, BlockKind, Document
from monitor.domain.readings import Mention


class About(msgspec.Struct, frozen=True):
    """A clause and the entities that it speaks of."""

    clause: Span
    block: Block | None  # in which it stands
    entities: tuple[str, ...]
    named: bool  # False: only the context says so
    owned: bool = False  # the clause stands in its item, section or row


_COMPARED = re.compile(
    r"\b(?:than|unlike|versus|vs\.?|apart from|compared (?:with|to)|comparison (?:with|to)|in contrast to"
    r"|as opposed to"
    r"|instead of|alternative to|rival to|similar to|anders als|im vergleich zu|im gegensatz zu|als|que"
    r"|a diferencia de"
    r"|contrairement à) (?:the |a |an )?$",
    re.IGNORECASE,
)
_BEFORE = 30  # characters
_COMPARING = frozenset(
    "than unlike versus vs vs. from with to of als vergleich zu que de à".split()
)  # with one of these it ends
_COMMA = re.compile(r", (?=\S)")
_LEAST = 2  # words of a part that says something
_MAIN_SHARE = 0.5  # of all namings, for an entity to be the topic without being asked about


def topic(mentions: Sequence[Mention], asked: Sequence[str]) -> str:
    """Return the one entity that the answer is about; "" where it is about several or none."""
    named = [mention.entity for mention in mentions]
    known = [entity for entity in asked if entity in named]
    if len(known) == 1:
        return known[0]
    if not known and named and named.count(named[0]) >= _MAIN_SHARE * len(named):
        return named[0]
    return ""


def about(document: Document, mentions: Sequence[Mention], main: str, sentences: Sequence[Span]) -> Iterator[About]:
    """Yield the clauses of some sentences with whom they speak of."""
    if not sentences:
        return
    owners = _owners(document, mentions)
    clauses = list(_pieces(document, mentions, sentences))
    named = list(along(mentions, [clause for clause, _ in clauses]))
    at = 0
    for sentence in sentences:
        block = document.block_of(sentence.start)
        owner = owners.get(block.start, "") if block else ""
        current = owner or main
        while at < len(clauses) and clauses[at][0].start < sentence.end:
            (clause, whose), here = clauses[at], named[at]
            at += 1
            if whose:
                yield About(clause=clause, block=block, entities=(whose,), named=True)
            elif here and (inside := _subjects(document, here, current)):
                entities = tuple(dict.fromkeys([m.entity for m in inside]))
                current = entities[0] if len(entities) == 1 else entities[-1]
                for part, whom in _said(document.plain, clause, inside, entities):
                    yield About(clause=part, block=block, entities=whom, named=True)
            elif current:
                yield About(clause=clause, block=block, entities=(current,), named=False, owned=current == owner)


def _pieces(document: Document, mentions: Sequence[Mention], sentences: Iterable[Span]) -> Iterator[tuple[Span, str]]:
    """Yield the clauses, and apart from them what "which" says of a name, with whom it names: "Bolt, which breaks"."""
    words = document.plain
    clauses = [clause for held in along(document.clauses, sentences) for clause in held]
    if not _MAY_RELATE.search(words):
        yield from [(clause, "") for clause in clauses]
        return
    named = {one.end: one.entity for one in mentions}
    starts = [one.start for one in mentions]
    for clause in clauses:
        start = clause.start
        for found in _WHICH.finditer(words, max(0, clause.start - 2), clause.end):
            if found.start() not in named or found.end() < start:
                continue
            if start < found.start():
                yield Stretch(start=start, end=found.start()), ""
            after = bisect_left(starts, found.end())
            stop = starts[after] if after < len(starts) and starts[after] < clause.end else clause.end
            comma = words.rfind(", ", found.end(), stop) if stop < clause.end else -1
            start = comma + 2 if comma > 0 else clause.end
            yield Stretch(start=found.start("which"), end=comma if comma > 0 else clause.end), named[found.start()]
        if start < clause.end:
            yield Stretch(start=start, end=clause.end), ""


_RELATIVES = "which|who|whose|die|der|das|dessen|deren|qui|dont|que|cuy[oa]s?"
_WHICH = re.compile(rf", (?P<which>(?:{_RELATIVES})\b)")
_MAY_RELATE = re.compile(rf", (?:{_RELATIVES})")


def _said(
    words: str, clause: Span, inside: Sequence[Mention], entities: tuple[str, ...]
) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the clause, or its parts where each part between commas says something of one entity alone, with whom."""
    if len(entities) > 1:
        cuts = [found.span() for found in _COMMA.finditer(words, clause.start, clause.end)]
        starts, ends = [clause.start, *(end for _, end in cuts)], [*(start for start, _ in cuts), clause.end]
        parts = [Stretch(start=start, end=end) for start, end in zip(starts, ends, strict=True)]
        held = [within(inside, part) for part in parts]
        if len(parts) > 1 and all(
            len(said) == 1 and len(words[part.start : part.end].split()) > _LEAST
            for part, said in zip(parts, held, strict=True)
        ):
            for part, (mention,) in zip(parts, held, strict=True):
                yield part, (mention.entity,)
            return
    yield clause, entities


def _subjects(document: Document, inside: Sequence[Mention], current: str) -> list[Mention]:
    """Leave out those that are only compared with ("unlike X", "cheaper than X"), if somebody else is spoken of."""
    kept = [m for m in inside if not _compared(document.folded, m.start)]
    return kept if kept or current not in {m.entity for m in inside} | {""} else list(inside)


def _compared(folded: str, start: int) -> bool:
    before = folded[max(0, start - _BEFORE) : start]
    return not _COMPARING.isdisjoint(before.split()[-2:]) and bool(_COMPARED.search(before))


def _owners(document: Document, mentions: Sequence[Mention]) -> dict[int, str]:
    """Return whose item, section or row the block that begins there stands in."""
    found: dict[int, str] = {}
    section = item = row = ""
    level = 0
    for block, inside in zip(document.blocks, along(mentions, document.blocks), strict=True):
        kind = block.kind
        if kind is BlockKind.CELL:
            row = _named_first(document, block, inside) if block.column == 0 else row
        elif kind is BlockKind.HEADING:
            section, item, level = _named_first(document, block, inside), "", 0
        elif kind is BlockKind.ITEM and block.leads:
            entity = _named_first(document, block, inside)
            if entity or block.level <= level:
                item, level = entity, block.level
        elif kind is BlockKind.PARAGRAPH:
            item, level = "", 0
        owner = row if kind is BlockKind.CELL else item or section
        if owner:
            found[block.start] = owner
    return found


def _named_first(document: Document, block: Block, inside: Sequence[Mention]) -> str:
    """Return the one entity that the words naming a block name; "" for none or several."""
    named = {one.entity for one in leading(document, inside, block)}
    return named.pop() if len(named) == 1 else ""
