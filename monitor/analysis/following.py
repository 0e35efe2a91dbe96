"""Whom a sentence without a name goes on about: followed through an answer, from block to block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from monitor.analysis.asides import Asides
from monitor.analysis.gated import Gated
from monitor.analysis.grouping import along
from monitor.analysis.kept import kept
from monitor.analysis.markdown import BlockKind
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.spans import Span
from monitor.analysis.strangers import OTHER
from monitor.analysis.text import Block
from monitor.domain.readings import Mention

RIVAL = Gated(
    r"\b(?:its|the|their|his) (?:\w+ )?(?:rival|competitor|larger rival|smaller rival|counterpart)s?\b"
    r"|\bthe (?:larger|other|bigger|smaller|older|younger|former|latter) (?:rival|one|chain|company|firm"
    r"|brand)\b",
    [
        *("rival", "competitor", "counterpart"),
        *(f"the {which} " for which in "larger other bigger smaller older younger former latter".split()),
    ],
)
# Before a name that is no subject.
_BEHIND = re.compile(
    r"\w[ ,](?:at|with|from|for|of|by|to|under|over|against|beside|near|below|above|bei|von|mit|für|chez|avec|pour|par"
    r"|con|para|de|que le|que la|que l'|der|als|than|as) (?:the |der |die |le |la |français |\w+ )?$"
)
_EMPHASIS = 6  # marks at most between the beginning of a block and the name there
_OPENING = 40  # characters of a sentence in which "its rival" may stand
_ASIDE_LETTERS = 4  # beside a name that stands alone: marks, "vs"


@dataclass
class _Opened:
    """What the blocks before have opened."""

    block: int = -1  # where the last one begins
    heading: str = ""  # whom the heading names
    intro: str = ""  # whom the paragraph right before announces
    item: tuple[int | None, int | None] = (None, None)
    items: list[str] = field(default_factory=list)  # whom the items are of in which the present one stands
    row: tuple[int | None, int | None] = (None, None)


@dataclass(kw_only=True)
class Following:
    """Who is spoken of, from place to place."""

    page: Page
    brand: str
    main: str  # whom the answer as a whole is about
    entities: frozenset[str]  # the tracked ones that it names
    asides: Asides

    def through(self, places: Sequence[Place]) -> dict[int, str]:
        """Return for the start of every place whom a nameless sentence there speaks of."""
        carried: dict[int, str] = {}
        current, opened = self.main, _Opened()
        rivals = self.page.may_hold(RIVAL, 0, len(self.page.folded))
        for place, named in zip(places, along(self.page.mentions, places), strict=True):
            if place.block.start != opened.block:
                current = self._at_block(place.block, current, opened)
            carried[place.start] = current
            found = self.asides.first(place) if named else ""
            if found:
                current = current if found == current or self._only_beside(place, current) else found
            elif rivals and self._opens_with_rival(place.start):
                current = self.rival_of(current)
        return carried

    @kept
    def firsts(self) -> dict[int, Mention]:
        """The first naming of each block that names somebody, by where the block begins."""
        blocks = self.page.document.blocks
        found = zip(blocks, along(self.page.mentions, blocks), strict=True)
        return {block.start: inside[0] for block, inside in found if inside and inside[0].end <= block.end}

    def rival_of(self, entity: str) -> str:
        """Resolve "its rival": the other one, where an answer speaks of two."""
        others = self.entities - {entity}
        return next(iter(others)) if len(others) == 1 else OTHER

    def _only_beside(self, place: Place, current: str) -> bool:
        """Whether a sentence about the brand names another only behind a preposition: "as it went at Bolt"."""
        if current != self.brand or place.block.kind is not BlockKind.PARAGRAPH:
            return False
        mentions = self.page.mentions_in(place)
        return bool(mentions) and all(
            one.entity != self.brand and _BEHIND.search(self.page.folded, max(place.start, one.start - 24), one.start)
            for one in mentions
        )

    def _opens_with_rival(self, start: int) -> bool:
        """Whether a sentence begins with "its rival", "at its rival"."""
        end = start + _OPENING
        return self.page.may_hold(RIVAL, start, end) and bool(
            RIVAL.pattern.match(self.page.folded[start:end].removeprefix("at "))
        )

    def _at_block(self, block: Block, current: str, opened: _Opened) -> str:
        """Whom the beginning of a block speaks of; `opened` is kept up to date."""
        opened.block = block.start
        named, lead = block.start in self.firsts, self._lead(block)
        if block.kind is BlockKind.HEADING:
            opened.heading, opened.intro = self.asides.first(block), ""
            return opened.heading or self.main
        if block.kind is BlockKind.ITEM:
            fresh, opened.item = (block.list_id, block.item) != opened.item, (block.list_id, block.item)
            return self._at_item(block, lead, opened) if fresh else current
        if block.kind is BlockKind.PARAGRAPH:
            opened.intro = self._introduced(block) if named else ""
            if opened.intro:
                return opened.intro
            if not named:
                return opened.heading or self.main
        if block.table is not None and (block.table, block.row) != opened.row:  # no row goes on about the one before
            opened.row = (block.table, block.row)
            return lead or opened.heading or self.main
        return lead or (opened.heading if named else "") or current

    def _at_item(self, block: Block, lead: str, opened: _Opened) -> str:
        """Whom a new item is of: an item inside another goes on about whom that one begins with."""
        del opened.items[max(0, block.level - 1) :]
        outer = next((one for one in reversed(opened.items) if one), "")
        opened.items.append(lead or (OTHER if block.list_id in self._of_entities else ""))
        return lead or outer or opened.intro or opened.heading or self.main

    @kept
    def _of_entities(self) -> frozenset[int | None]:
        """The lists in which items stand inside one that begins with a tracked name: the other items are of others."""
        found = pairwise(self.page.document.blocks)
        return frozenset(one.list_id for one, inner in found if _holds(one, inner) and self._lead(one))

    def _introduced(self, block: Block) -> str:
        """The one entity that a paragraph announces: "**Acme**", "Acme at a glance:"."""
        mentions = self.page.mentions_in(block)
        entities = {one.entity for one in mentions}
        if len(entities) != 1:
            return ""
        words = self.page.folded[block.start : block.end].strip(" *_\n")
        last = self.page.document.sentences_in(block)[-1:] if words.endswith((":", "：")) else ()
        if last:
            return self.asides.first(last[0])
        named = sum([one.end - one.start for one in mentions])
        return entities.pop() if len(words) - named <= _ASIDE_LETTERS else ""

    def _lead(self, block: Span) -> str:
        """The entity with which a block begins."""
        first = self.firsts.get(block.start)
        return first.entity if first and first.start - block.start <= _EMPHASIS else ""


def _holds(item: Block, inner: Block) -> bool:
    """Whether the next block is an item inside this one."""
    return item.kind is inner.kind is BlockKind.ITEM and inner.level > item.level
