"""Of whom a place speaks: the brand, a competitor, or somebody else."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.analysis.asides import Asides
from monitor.analysis.following import RIVAL, Following
from monitor.analysis.gated import Gated
from monitor.analysis.kept import kept
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.question import OfWhom
from monitor.analysis.spans import Span, Stretch
from monitor.analysis.strangers import OTHER
from monitor.analysis.text import Block
from monitor.domain.readings import Mention

_RELATIVE = re.compile(r"\W*(?:which|who|whose|that|die|der|das|qui|que)\b")
BOTH = Gated(
    r"\b(?:both|neither|the two|all three|either)\b|\b(?:beide|keine[rs]? der beiden|les deux|ambas?"
    r"|ambos)\b",
    ["both", "either", "the two", "all three", "beide", "les deux", "amba", "ambos"],
)
_RELATED = re.compile(r",? (?:which|whose)\b[^,;:]*$")
_NAME_BEFORE = re.compile(r"[A-ZÀ-Þ][\w'’&.-]*$")
_POSSESSIVE = re.compile(r"\b(?:its|their|ihre?[rnms]?|seine?[rnms]?|ses|leurs?|sus?)\b")
_PRONOUN = re.compile(
    r"\W*(?:it|they|the (?:company|firm|brand|group|business|chain|bank|airline)|sie|es|das unternehmen|elle|il"
    r"|l'entreprise|la empresa|la compañía)\b"
)
_SPEAKS = 0.8  # labels and heads of columns
_LEADING = 6  # marks at most between the beginning of a block and the name that it is of


@dataclass
class Subjects:
    """Tells who is spoken of throughout one answer."""

    page: Page
    places: Sequence[Place]
    brand: str
    asked: OfWhom

    def __post_init__(self) -> None:
        self.main = self._main()
        self._asides = Asides(self.page)
        self._following = Following(
            page=self.page, brand=self.brand, main=self.main, entities=self._entities, asides=self._asides
        )
        self._carried = self._following.through(self.places)

    def _main(self) -> str:
        if self.asked.entities:
            return self.brand if self.brand in self.asked.entities else self.asked.entities[0]
        if not self.page.asked_for.isdisjoint(self.page.compiled.products):
            return self.brand  # the question names a product of the sheet
        if self.asked.anything and self._entities != {self.brand}:
            return OTHER  # a question about the market: a sentence without a name may speak of anybody in it
        return next((one.entity for one in self.page.mentions if one.entity != OTHER), OTHER)

    def may_be(self, place: Place) -> bool:
        """Whether anything in a place can be said of the brand: asked before values are looked for."""
        if self._named_in(place) or self._is_carried(place):
            return True
        for frame in place.frames:  # a label within the place has been looked at with it
            if frame.weight >= _SPEAKS and frame.start < place.start and self._named_in(frame):
                return True
        page = self.page
        if self.main == OTHER and page.names_own(place):
            return True
        if page.names_thing(place) or self.may_return(place) or (place.cell and self._under_product(place)):
            return True
        for several in self._several:
            if page.may_hold(several, place.start, place.end) and several.pattern.search(place.text):
                return True
        return False

    def _is_carried(self, place: Place) -> bool:
        """Whether a place without a name goes on about the brand, and its column and row are of nobody else."""
        if self._unnamed(place) != self.brand:
            return False
        heads = [frame for frame in place.frames if frame.weight >= _SPEAKS] if place.cell else ()
        return {self._asides.first(head) for head in heads} <= {"", self.brand}

    def may_return(self, place: Place) -> bool:
        """Whether a sentence without a name may go back to the brand behind one that named somebody else."""
        if self.main != self.brand or place.cell or self._unnamed(place) == self.brand:
            return False
        first = self._following.firsts.get(place.block.start)
        if not first or first.start >= place.start or self._leads(first, place.block):
            return False  # its heading, its list or its first words say whom the block is of
        return not (self.page.mentions_in(place) or _PRONOUN.match(self.page.folded, place.start, place.end))

    def _leads(self, first: Mention, block: Block) -> bool:
        """Whether a block begins with the name of somebody else."""
        return first.entity != self.brand and first.start - block.start <= _LEADING

    @kept
    def _several(self) -> list[Gated]:
        """The patterns that make a sentence speak of several, as far as their words stand in the answer at all."""
        return [one for one in (BOTH, RIVAL) if self.page.may_hold(one, 0, len(self.page.folded))]

    def _named_in(self, span: Span) -> bool:
        """Whether the brand is named in a span."""
        at = bisect_left(self._own, (span.start, 0))
        return at < len(self._own) and self._own[at][1] <= span.end

    @kept
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
        known = asked.values if asked.kind == "text" else frozenset()
        spans = [hit for hit in place.hits if hit.concept in known and " " in self.page.folded[hit.start : hit.end]]
        return bool(spans) or any(hit.concept == asked.thing for hit in place.hits)

    def of(self, place: Place, at: Span) -> str:
        """Return the entity that the words at `at` are said of."""
        if place.cell:
            return self._of_cell(place, at)
        label = place.label
        if label and (named := self._asides.first(label)):
            return named
        clause = place.clause(at.start)
        mentions = self._others(clause, at)
        both = self.main != OTHER and BOTH.pattern.search(self.page.folded, clause.start, clause.end)
        if both and (not mentions or self.brand in {one.entity for one in mentions}):
            return self.brand
        if self._is_of_named(place, at):
            return OTHER
        related = self._related(place, clause)
        if related and not any(one.end <= at.start for one in mentions):
            return related
        return self._nearest(place, mentions, at) if mentions else self._from_before(place, clause, at)

    def _others(self, clause: Span, at: Span) -> list[Mention]:
        """The namings of a clause without that of a rival whose name is the value itself: "Owner: Acme"."""
        met = self.page.mentions_in(clause)
        return [one for one in met if one.entity == self.brand or one.end <= at.start or at.end <= one.start]

    def _from_before(self, place: Place, clause: Span, at: Span) -> str:
        """Whom a clause without a name goes on about."""
        if self._product_before(place, at):
            return self.brand
        carried = self._unnamed(place)
        if RIVAL.pattern.search(self.page.folded, clause.start, max(at.start, clause.start)):
            return self._following.rival_of(carried)
        earlier = (one for one in reversed(place.clauses) if one.end <= clause.start)
        return next((named for one in earlier if (named := self._asides.first(one))), carried)

    def _unnamed(self, place: Place) -> str:
        """Whom a sentence there speaks of where it names nobody."""
        return self._carried.get(place.start, self.main)

    @kept
    def _entities(self) -> frozenset[str]:
        return frozenset(one.entity for one in self.page.mentions if one.entity != OTHER)

    def _related(self, place: Place, clause: Span) -> str:
        """Resolve "Unlike Acme, which ...": the last name before "which"."""
        if not _RELATIVE.match(self.page.folded, clause.start):
            return ""
        before = [one for one in self.page.mentions_in(place) if clause.start - 4 <= one.end <= clause.start]
        return before[-1].entity if before else ""

    def _is_of_named(self, place: Place, at: Span) -> bool:
        """Whether "which" or "whose" speaks of a name that nobody tracks: "uses Quilltide, whose chief is"."""
        found = self.page.first(_RELATED, place.start, at.start)
        name = _NAME_BEFORE.search(self.page.document.plain, place.start, found.start()) if found else None
        if name is None or self.page.document.lang == "de":
            return False
        here = Stretch(start=name.start(), end=name.end())
        known = any(hit.start < here.end and here.start < hit.end for hit in place.hits)
        return not known and not self.page.mentions_at(here)

    def _nearest(self, place: Place, mentions: Sequence[Mention], at: Span) -> str:
        inside = [one for one in mentions if one.start < at.start]
        if not inside and self._product_before(place, at):
            return self.brand
        if not inside and self._goes_on(place, mentions, at):
            return self._unnamed(place)  # "Nearly all its shops are ..., something Acme never did"
        if not inside and _PRONOUN.match(self.page.folded, place.clause(at.start).start, at.start):
            return self._unnamed(place)  # "It was founded in 1936, long before Acme came up"
        plain = [one for one in inside if not self._asides.holds(one)]
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
        if self._unnamed(place) == mentions[0].entity:
            return False
        own = _POSSESSIVE.search(self.page.folded, clause.start, max(at.start, clause.start))
        return bool(own) and "," in self.page.folded[at.end : later]

    def _after(self, mentions: Sequence[Mention], at: Span) -> str:
        later = [one for one in mentions if one.start >= at.start and not self._asides.holds(one)]
        return later[0].entity if later else mentions[0].entity

    def _of_cell(self, place: Place, at: Span) -> str:
        mentions = self._others(place.clause(at.start), at)
        if mentions:
            return self._nearest(place, mentions, at)
        for span in place.frames if self.page.mentions_at(at) else (place, *place.frames):
            named = self._asides.first(span)
            if named:
                return named
        if self._under_product(place):
            return self.brand
        if len(self.page.heads(place.block.table)) > 1 and self._columns_are_entities(place):
            return OTHER
        return self._unnamed(place)

    def _under_product(self, place: Place) -> bool:
        """Whether a column or row is of a product that the sheet speaks of."""
        products = self.page.compiled.products
        return bool(products) and any(
            not concepts.isdisjoint(products) for frame, concepts in place.framed if frame.weight >= _SPEAKS
        )

    def _columns_are_entities(self, place: Place) -> bool:
        return any(self._asides.first(head) for head in self.page.heads(place.block.table))
