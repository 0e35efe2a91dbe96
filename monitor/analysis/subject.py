"""Of whom a place speaks: the brand, a competitor, or somebody else."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from monitor.analysis.folding import fold
from monitor.analysis.gated import Gated
from monitor.analysis.lexicon import Spotter, Word
from monitor.analysis.markdown import BlockKind
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.strangers import OTHER
from monitor.analysis.text import Block
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Mention, Span

# What names somebody only to compare: "older than", "unlike".
_COMPARES = (
    *("than", "unlike", "ahead of", "behind", "vor", "hinter", "devant", "derrière", "por delante de"),
    *("por detrás de", "compared to", "compared with", "versus", "vs", "vs.", "like", "as with", "in contrast to"),
    *("as opposed to", "alternative to", "rival to", "rivals to", "rival of", "rivals of", "against", "similar to"),
    *("competitor such as", "competitors such as", "anders als", "im vergleich zu", "im vergleich mit"),
    *(
        "verglichen mit",
        "wie",
        "als ein",
        "als eine",
        "als der",
        "als die",
        "als das",
        "günstiger als",
        "teurer als",
        "größer als",
        "kleiner als",
        "älter als",
        "jünger als",
        "mehr als",
        "weniger als",
        "plus que",
        "moins que",
        "más que",
        "menos que",
        "im gegensatz zu",
        "par rapport à",
        "contrairement à",
        "comme",
        "à la différence de",
    ),
    *("a diferencia de", "comparado con", "como", "frente a"),
)
_WORDS_BETWEEN = 2  # at most, before the name
_ASIDE = re.compile(rf"(?:\b(?:{'|'.join(map(re.escape, _COMPARES))})\s(?:\w+\s){{0,{_WORDS_BETWEEN}}})$")
_LAST_WORDS = tuple({words.rsplit(maxsplit=1)[-1] for words in _COMPARES})
RIVAL = Gated(
    r"\b(?:its|the|their|his) (?:\w+ )?(?:rival|competitor|larger rival|smaller rival|counterpart)s?\b"
    r"|\bthe (?:larger|other|bigger|smaller|older|younger|former|latter) (?:rival|one|chain|company|firm"
    r"|brand)\b",
    [
        *("rival", "competitor", "counterpart"),
        *(f"the {which} " for which in "larger other bigger smaller older younger former latter".split()),
    ],
)
_RELATIVE = re.compile(r"\W*(?:which|who|whose|that|die|der|das|qui|que)\b")
BOTH = Gated(
    r"\b(?:both|neither|the two|all three|either)\b|\b(?:beide|keine[rs]? der beiden|les deux|ambas?"
    r"|ambos)\b",
    ["both", "either", "the two", "all three", "beide", "les deux", "amba", "ambos"],
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


_JAPANESE_ASIDE = re.compile(r"(?:や[\w・]{1,12}?)?(?:とは|と比べ|と異な|より|に対し|の\d+年後|の\d+年前|のライバル)")
_POSSESSIVE = re.compile(r"\b(?:its|their|ihre?[rnms]?|seine?[rnms]?|ses|leurs?|sus?)\b")
# "Caribou, Acme's neighbour in the Twin Cities, founded in 1992": said of Caribou.
_RELATED = re.compile(
    r"['’]s? (?:\w+ ){0,3}?(?:neighbou?r|rival|competitor|counterpart|owner|parent|supplier|partner|successor"
    r"|predecessor|offshoot"
    r"|subsidiary|sister|answer|equivalent|challenger|imitator|licensee|distributor|landlord|sponsor|namesake"
    r"|model)s?\b"
)
_PRONOUN = re.compile(
    r"\W*(?:it|they|the (?:company|firm|brand|group|business|chain|bank|airline)|sie|es|das unternehmen|elle|il"
    r"|l'entreprise|la empresa|la compañía)\b"
)
# Before a name that is no subject.
_BEHIND = re.compile(
    r"\w[ ,](?:at|with|from|for|of|by|to|under|over|against|beside|near|below|above|bei|von|mit|für|chez|avec|pour|par"
    r"|con|para|de|que le|que la|que l'|der|als|than|as) (?:the |der |die |le |la |français |\w+ )?$"
)
_SPEAKS = 0.8  # labels and heads of columns
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


@dataclass
class Subjects:
    """Follows who is spoken of through one answer."""

    page: Page
    places: Sequence[Place]
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
        if self.asked.anything and self._entities != {self.brand}:
            return OTHER  # a question about the market: a sentence without a name may speak of anybody in it
        return next((one.entity for one in self.page.mentions if one.entity != OTHER), OTHER)

    def _follow(self) -> None:
        """Note for every place whom a nameless sentence there speaks of."""
        current, opened = self.main, _Opened()
        for place in self.places:
            if place.block.start != opened.block:
                current = self._at_block(place.block, current, opened)
            self._carried[place.start] = current
            found = self._first(place)
            if found:
                current = current if self._only_beside(place, current) else found
            elif self._opens_with_rival(place.start):
                current = self._rival_of(current)

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
        first = self.page.mentions_in(block)[:1]
        return first[0].entity if first and first[0].start - block.start <= _EMPHASIS else ""

    def _first(self, span: Span) -> str:
        for one in self.page.mentions_in(span):
            if not self._aside(one):
                return one.entity
        return ""

    def _aside(self, mention: Mention) -> bool:
        """Whether somebody is named only to compare; looked up once for each naming."""
        if mention.start not in self._asides:
            self._asides[mention.start] = self._beside(mention)
        return self._asides[mention.start]

    @cached_property
    def _asides(self) -> dict[int, bool]:
        return {}

    def _beside(self, mention: Mention) -> bool:
        if _JAPANESE_ASIDE.match(self.page.folded, mention.end):
            return True
        owned = self.page.folded.startswith(("'", "’"), mention.end)
        if owned and _RELATED.match(self.page.folded, mention.end) and self._in_apposition(mention):
            return True
        low = max(0, mention.start - 40)
        near = self.page.folded[low : mention.start].rsplit(maxsplit=_WORDS_BETWEEN + 1)[-_WORDS_BETWEEN - 1 :]
        if not any(word.endswith(_LAST_WORDS) for word in near):
            return False
        return bool(_ASIDE.search(self.page.folded, low, mention.start))

    def _in_apposition(self, mention: Mention) -> bool:
        """Whether a comma behind another name opens the words: "Caribou, Acme's neighbour,"."""
        before = self.page.folded[max(0, mention.start - 6) : mention.start].rstrip(" *_")
        return before.endswith((",", "(", "–", "—"))

    def may_be(self, place: Place) -> bool:
        """Whether anything in a place can be said of the brand: asked before values are looked for."""
        if self._carried.get(place.start, self.main) == self.brand or self._named_in(place):
            return True
        for frame in place.frames:
            if frame.weight >= _SPEAKS and self._named_in(frame):
                return True
        if place.cell and self._under_product(place):
            return True
        page, start, end = self.page, place.start, place.end
        if self.main == OTHER and self._own_names(place):
            return True
        return any(page.may_hold(one, start, end) and one.pattern.search(place.text) for one in self._several)

    def _own_names(self, place: Place) -> bool:
        return self.page.names_own(place)

    @cached_property
    def _several(self) -> list[Gated]:
        """The patterns that make a sentence speak of several, as far as their words stand in the answer at all."""
        return [one for one in (BOTH, RIVAL) if self.page.may_hold(one, 0, len(self.page.folded))]

    def _named_in(self, span: Span) -> bool:
        """Whether the brand is named in a span."""
        at = bisect_left(self._own, (span.start, 0))
        return at < len(self._own) and self._own[at][1] <= span.end

    @cached_property
    def _own(self) -> list[tuple[int, int]]:
        """Where the brand is named."""
        return [(one.start, one.end) for one in self.page.mentions if one.entity == self.brand]

    def is_own(self, place: Place, at: Span, fact: str) -> bool:
        """Whether the words at `at` are said of the brand, by its name or by a name that only it can have."""
        found = self.of(place, at)
        if found == OTHER and not self.page.mentions_in(place) and self.brand in self._entities:
            return self._bears_own_name(place, fact)
        return found == self.brand

    def _bears_own_name(self, place: Place, fact: str) -> bool:
        """Whether a text of the sheet in several words stands there, or a product that the fact names."""
        asked = next(one for one in self.page.compiled.asked if one.fact.id == fact)
        known = {one.concept for one in asked.known if asked.kind == "text"}
        spans = [hit for hit in place.hits if hit.concept in known and " " in self.page.folded[hit.start : hit.end]]
        return bool(spans) or any(hit.concept == asked.thing for hit in place.hits)

    def of(self, place: Place, at: Span) -> str:
        """Return the entity that the words at `at` are said of."""
        if place.cell:
            return self._of_cell(place, at)
        label = place.label
        if label and (named := self._first(label)):
            return named
        clause = place.clause(at.start)
        mentions = self.page.mentions_in(clause)
        both = self.main != OTHER and BOTH.pattern.search(self.page.folded, clause.start, clause.end)
        if both and (not mentions or self.brand in {one.entity for one in mentions}):
            return self.brand
        related = self._related(place, clause)
        if related and not any(one.end <= at.start for one in mentions):
            return related
        return self._nearest(place, mentions, at) if mentions else self._from_before(place, clause, at)

    def _from_before(self, place: Place, clause: Span, at: Span) -> str:
        """Whom a clause without a name goes on about."""
        carried = self._carried.get(place.start, self.main)
        if RIVAL.pattern.search(self.page.folded, clause.start, max(at.start, clause.start)):
            return self._rival_of(carried)
        earlier = (one for one in reversed(place.clauses) if one.end <= clause.start)
        return next((named for one in earlier if (named := self._first(one))), carried)

    def _rival_of(self, entity: str) -> str:
        """Resolve "its rival": the other one, where an answer speaks of two."""
        others = self._entities - {entity}
        return next(iter(others)) if len(others) == 1 else OTHER

    @cached_property
    def _entities(self) -> frozenset[str]:
        return frozenset(one.entity for one in self.page.mentions if one.entity != OTHER)

    def _related(self, place: Place, clause: Span) -> str:
        """Resolve "Unlike Acme, which ...": the last name before "which"."""
        if not _RELATIVE.match(self.page.folded, clause.start):
            return ""
        before = [one for one in self.page.mentions_in(place) if clause.start - 4 <= one.end <= clause.start]
        return before[-1].entity if before else ""

    def _nearest(self, place: Place, mentions: Sequence[Mention], at: Span) -> str:
        inside = [one for one in mentions if one.start < at.start]
        if not inside and self._product_before(place, at):
            return self.brand
        if not inside and self._goes_on(place, mentions, at):
            return self._carried.get(place.start, self.main)  # "Nearly all its shops are ..., something Acme never did"
        if not inside and _PRONOUN.match(self.page.folded, place.clause(at.start).start, at.start):
            return self._carried.get(place.start, self.main)  # "It was founded in 1936, long before Acme came up"
        plain = [one for one in inside if not self._aside(one)]
        if plain:
            return plain[-1].entity
        if inside:
            return inside[-1].entity if len(mentions) == len(inside) else self._after(mentions, at)
        return self._after(mentions, at)

    def _product_before(self, place: Place, at: Span) -> bool:
        """Whether a product of the sheet is what the clause speaks of: "The Fjord One costs less than a Tavarizza"."""
        clause, products = place.clause(at.start), self.page.compiled.products
        return any(hit.concept in products and clause.start <= hit.start < at.start for hit in place.hits)

    def _goes_on(self, place: Place, mentions: Sequence[Mention], at: Span) -> bool:
        """Whether "its" before a value goes on about somebody else than the one named behind a comma."""
        clause = place.clause(at.start)
        later = mentions[0].start
        if self._carried.get(place.start, self.main) == mentions[0].entity:
            return False
        own = _POSSESSIVE.search(self.page.folded, clause.start, max(at.start, clause.start))
        return bool(own) and "," in self.page.folded[at.end : later]

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
        if self._under_product(place):
            return self.brand
        if len(self.page.heads(place.block.table)) > 1 and self._columns_are_entities(place):
            return OTHER
        return self._carried.get(place.start, self.main)

    def _under_product(self, place: Place) -> bool:
        """Whether a column or row is of a product that the sheet speaks of."""
        products = self.page.compiled.products
        return bool(products) and any(
            not concepts.isdisjoint(products) for frame, concepts in place.framed if frame.weight >= _SPEAKS
        )

    def _columns_are_entities(self, place: Place) -> bool:
        return any(self._first(head) for head in self.page.heads(place.block.table))
