"""Of whom a place speaks: the brand, a competitor, or somebody else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Spotter, Word
from monitor.analysis.markdown import BlockKind
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.text import Block
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Mention, Span

OTHER = "\0other"
_ASIDE = re.compile(
    r"(?:\b(?:than|unlike|ahead of|behind|vor|hinter|devant|derrière|por delante de|por detrás de"
    r"|compared (?:to|with)|versus|vs\.?|like|as with|in contrast to|as opposed to"
    r"|alternative to|rival(?:s)? (?:to|of)|against|similar to|competitors? such as"
    r"|anders als|im vergleich (?:zu|mit)|verglichen mit|wie|im gegensatz zu|par rapport à|contrairement à"
    r"|comme|à la différence de|a diferencia de|comparado con|como|frente a)\s(?:\w+\s){0,2})$"
)
_RIVAL = re.compile(
    r"\b(?:its|the|their|his) (?:\w+ )?(?:rival|competitor|larger rival|smaller rival|counterpart)s?\b"
    r"|\bthe (?:larger|other|bigger|smaller|older|younger|former|latter) (?:rival|one|chain|company|firm"
    r"|brand)\b"
)
_RELATIVE = re.compile(r"\W*(?:which|who|whose|that|die|der|das|qui|que)\b")
_BOTH = re.compile(
    r"\b(?:both|neither|the two|all three|either)\b|\b(?:beide|keine[rs]? der beiden|les deux|ambas?"
    r"|ambos)\b"
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Of whom a question asks."""

    entities: tuple[str, ...]  # in the question's order
    anything: bool  # whether there was a question at all


class Questions:
    """Finds the tracked names in questions; built once per sheet."""

    def __init__(self, sheet: FactSheet) -> None:
        spellings = ((entity.name, name) for entity in sheet.entities for name in (entity.name, *entity.aliases))
        self._spotter = Spotter(Word(text=fold(name), concept=entity) for entity, name in spellings if name)

    def read(self, question: str) -> Asked:
        hits = self._spotter.find(fold(question))
        return Asked(entities=tuple(dict.fromkeys(hit.concept for hit in hits)), anything=bool(question.strip()))


_PRONOUN = re.compile(
    r"\W*(?:it|they|the (?:company|firm|brand|group|business|chain|bank|airline)|sie|es|das unternehmen|elle|il"
    r"|l'entreprise|la empresa|la compañía)\b"
)
_SPEAKS = 0.8  # labels and heads of columns
_ASIDE_LETTERS = 4  # beside a name that stands alone: marks, "vs"


@dataclass
class _Opened:
    """What the blocks before have opened."""

    block: int = -1  # where the last one begins
    heading: str = ""  # whom the heading names
    intro: str = ""  # whom the paragraph right before announces
    item: tuple[int | None, int | None] = (None, None)


@dataclass
class Subjects:
    """Follows who is spoken of through one answer."""

    page: Page
    brand: str
    asked: Asked
    main: str = field(init=False)
    _carried: dict[int, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.main = self._main()
        self._follow()

    def _main(self) -> str:
        if self.asked.entities:
            return self.brand if self.brand in self.asked.entities else self.asked.entities[0]
        if not self.page.asked_for.isdisjoint(self.page.compiled.products):
            return self.brand  # the question names a product of the sheet
        if self.asked.anything and {one.entity for one in self.page.mentions} != {self.brand}:
            return OTHER  # a question about the market: a sentence without a name may speak of anybody in it
        return self.page.mentions[0].entity if self.page.mentions else OTHER

    def _follow(self) -> None:
        """Note for every place whom a nameless sentence there speaks of."""
        current, opened = self.main, _Opened()
        for place in self.page.places:
            if place.block.start != opened.block:
                current = self._at_block(place.block, current, opened)
            self._carried[place.start] = current
            found = self._first(place)
            if found:
                current = found
            elif _RIVAL.match(self.page.folded[place.start : place.start + 40].removeprefix("at ")):
                current = self._rival_of(current)

    def _at_block(self, block: Block, current: str, opened: "_Opened") -> str:
        """Whom the beginning of a block speaks of; `opened` is kept up to date."""
        opened.block = block.start
        lead = self._lead(block)
        if block.kind is BlockKind.HEADING:
            opened.heading, opened.intro = self._first(block), ""
            return opened.heading or self.main
        if block.kind is BlockKind.ITEM:
            fresh, opened.item = (block.list_id, block.item) != opened.item, (block.list_id, block.item)
            return lead or opened.intro or opened.heading or self.main if fresh else current
        if block.kind is BlockKind.PARAGRAPH:
            opened.intro = self._introduced(block)
            if opened.intro:
                return opened.intro
            if not self.page.mentions_in(block):
                return opened.heading or self.main
        return lead or (opened.heading if self.page.mentions_in(block) else "") or current

    def _introduced(self, block: Block) -> str:
        """The one entity that a paragraph announces: "**Acme**", "Acme at a glance:"."""
        entities = {one.entity for one in self.page.mentions_in(block)}
        if len(entities) != 1:
            return ""
        words = self.page.folded[block.start : block.end].strip(" *_\n")
        last = self.page.document.sentences_in(block)[-1:]
        if words.endswith((":", "：")) and last:
            return self._first(last[0])
        named = sum(one.end - one.start for one in self.page.mentions_in(block))
        return entities.pop() if len(words) - named <= _ASIDE_LETTERS else ""

    def _lead(self, block: Span) -> str:
        """The entity with which a block begins."""
        for mention in self.page.mentions_in(block):
            if mention.start - block.start <= 6:  # noqa: PLR2004 -- marks of emphasis before the name
                return mention.entity
            break
        return ""

    def _first(self, span: Span) -> str:
        mentions = [one for one in self.page.mentions_in(span) if not self._aside(one)]
        return mentions[0].entity if mentions else ""

    def _aside(self, mention: Mention) -> bool:
        return bool(_ASIDE.search(self.page.folded, max(0, mention.start - 40), mention.start))

    def may_be(self, place: Place) -> bool:
        """Whether anything in a place can be said of the brand: asked before values are looked for."""
        if self._carried.get(place.start, self.main) == self.brand:
            return True
        spans = (place, *(frame for frame in place.frames if frame.weight >= _SPEAKS))
        if any(one.entity == self.brand for span in spans for one in self.page.mentions_in(span)):
            return True
        return bool(_BOTH.search(place.text) or _RIVAL.search(place.text))

    def of(self, place: Place, at: Span) -> str:
        """Return the entity that the words at `at` are said of."""
        if place.cell:
            return self._of_cell(place, at)
        label = place.label
        if label and (named := self._first(label)):
            return named
        clause = place.clause(at.start)
        mentions = self.page.mentions_in(clause)
        both = self.main != OTHER and _BOTH.search(self.page.folded, clause.start, clause.end)
        if both and (not mentions or self.brand in {one.entity for one in mentions}):
            return self.brand
        related = self._related(place, clause)
        if related and not any(one.end <= at.start for one in mentions):
            return related
        return self._nearest(place, mentions, at) if mentions else self._from_before(place, clause, at)

    def _from_before(self, place: Place, clause: Span, at: Span) -> str:
        """Whom a clause without a name goes on about."""
        carried = self._carried.get(place.start, self.main)
        if _RIVAL.search(self.page.folded, clause.start, max(at.start, clause.start)):
            return self._rival_of(carried)
        earlier = (one for one in reversed(place.clauses) if one.end <= clause.start)
        return next((named for one in earlier if (named := self._first(one))), carried)

    def _rival_of(self, entity: str) -> str:
        """Resolve "its rival": the other one, where an answer speaks of two."""
        both = {one.entity for one in self.page.mentions}
        both.discard(entity)
        return both.pop() if len(both) == 1 else OTHER

    def _related(self, place: Place, clause: Span) -> str:
        """Resolve "Unlike Acme, which ...": the last name before "which"."""
        if not _RELATIVE.match(self.page.folded, clause.start):
            return ""
        before = [one for one in self.page.mentions_in(place) if clause.start - 4 <= one.end <= clause.start]
        return before[-1].entity if before else ""

    def _nearest(self, place: Place, mentions: Sequence[Mention], at: Span) -> str:
        inside = [one for one in mentions if one.start < at.start]
        if not inside and _PRONOUN.match(self.page.folded, place.clause(at.start).start, at.start):
            return self._carried.get(place.start, self.main)  # "It was founded in 1936, long before Acme came up"
        plain = [one for one in inside if not self._aside(one)]
        if plain:
            return plain[-1].entity
        if inside:
            return inside[-1].entity if len(mentions) == len(inside) else self._after(mentions, at)
        return self._after(mentions, at)

    def _after(self, mentions: Sequence[Mention], at: Span) -> str:
        later = [one for one in mentions if one.start >= at.start and not self._aside(one)]
        return later[0].entity if later else mentions[0].entity

    def _of_cell(self, place: Place, at: Span) -> str:
        mentions = self.page.mentions_in(place.clause(at.start))
        if mentions:
            return self._nearest(place, mentions, at)
        for span in (place, *place.frames):
            named = self._first(span)
            if named:
                return named
        if len(self.page.heads(place.block.table)) > 1 and self._columns_are_entities(place):
            return OTHER
        return self._carried.get(place.start, self.main)

    def _columns_are_entities(self, place: Place) -> bool:
        return any(self._first(head) for head in self.page.heads(place.block.table))
