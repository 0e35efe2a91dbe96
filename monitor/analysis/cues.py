"""By which words an answer speaks of a fact: derived from the sheet once, before any answer is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from monitor.analysis import gazetteer, modelnames, once
from monitor.analysis.anchors import Anchor
from monitor.analysis.figures import Figure
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Spotter
from monitor.domain.brand import Fact, FactValue

_PRODUCT = re.compile(r"\bof (?:the |an? )?(?P<name>[A-Z][\w-]*(?: [A-Z0-9][\w-]*)*(?: [a-z]+)?)$")
_IMPLIED = frozenset({"name", "fee", "price"})
_LOOKS = {"year": "moment", "date": "moment"}


@dataclass(frozen=True, kw_only=True)
class Known:
    """A value of the sheet as words to look for."""

    concept: str
    value: FactValue
    former: int | None  # index into `before`; None: today's


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A fact made ready to be looked for."""

    index: int
    fact: Fact
    kind: str  # the name of the fact's kind
    anchors: tuple[Anchor, ...]
    second: frozenset[str]  # concepts of the fact's sentence that its attribute does not name
    units: frozenset[str] = field(default_factory=frozenset)
    known: tuple[Known, ...] = ()
    figures: tuple[Figure, ...] = ()
    brand_words: frozenset[str] = field(default_factory=frozenset)
    generics: frozenset[str] = field(default_factory=frozenset)  # "published", "allowed": what a yes must say too
    distinct: frozenset[str] = field(default_factory=frozenset)  # concepts that no other fact of like values has
    region: str = ""  # the only one that the fact is of
    lone: frozenset[str] = field(default_factory=frozenset)  # values, folded, that only this fact holds
    rivals: frozenset[str] = field(default_factory=frozenset)  # concepts of the sheet's other facts of like values

    @cached_property
    def concepts(self) -> frozenset[str]:
        return frozenset(concept for anchor in self.anchors for concept in anchor.concepts)

    @cached_property
    def own(self) -> frozenset[str]:
        """The concepts of the attribute, its unit and its cues."""
        return self.concepts | self.units | {self.cue}

    @cached_property
    def family(self) -> str:
        """Facts of one family have values that look alike."""
        return _LOOKS.get(self.kind, self.kind)

    @cached_property
    def measured(self) -> bool:
        return self.kind in {"number", "money", "percent"}

    @cached_property
    def given(self) -> tuple[FactValue, ...]:
        """All values that the sheet gives: today's, then the former ones."""
        return self.fact.value, *(former.value for former in self.fact.before)

    @cached_property
    def values(self) -> frozenset[str]:
        """The concepts of all values that the sheet gives."""
        return frozenset(one.concept for one in self.known)

    @cached_property
    def former(self) -> frozenset[str]:
        """... of those that held once."""
        return frozenset(one.concept for one in self.known if one.former is not None)

    @cached_property
    def current(self) -> frozenset[str]:
        """... of today's."""
        return frozenset(one.concept for one in self.known if one.former is None)

    def known_as(self, concept: str) -> bool:
        """Whether a concept is one of the names that the sheet gives as its value, today's or a former one."""
        return concept.startswith(self._naming)

    @cached_property
    def _naming(self) -> str:
        return f"val:{self.index}:"

    @cached_property
    def valued(self) -> bool:
        """Whether its values are amounts or days, of which an answer gives many."""
        return self.measured or self.kind in {"year", "date"}

    @cached_property
    def changes(self) -> bool:
        """Whether the attribute has a value of today; what happened once does not."""
        if self.kind in {"year", "date"} or self.attribute & {"founding", "founder", "original_name"}:
            return False
        if self.kind == "place" and once.is_of_beginning(self.about):
            return False
        return not (self.measured and once.is_of_event(self.about))

    @cached_property
    def attribute(self) -> frozenset[str]:
        """The concepts that say what is asked, without the names of whom or what it is asked."""
        plain = frozenset(concept for anchor in self.anchors if not anchor.proper for concept in anchor.concepts)
        return plain or self.concepts

    @cached_property
    def telling(self) -> frozenset[str]:
        """The concepts without which nothing is said of the attribute: known words, else rare ones, else names."""
        plain = [anchor for anchor in self.anchors if not anchor.proper]
        if self.kind == "flag":
            plain = [anchor for anchor in plain if not anchor.modifier]
        known = [anchor for anchor in plain if not anchor.literal and not anchor.modifier]
        if any(anchor.concepts & _IMPLIED for anchor in known):  # an amount says "fee", a name says "called"
            known = [anchor for anchor in plain if not anchor.concepts & _IMPLIED]
            known += [anchor for anchor in self.anchors if anchor.proper and known]
        return frozenset(concept for anchor in known or plain or self.anchors for concept in anchor.concepts)

    @cached_property
    def slots(self) -> frozenset[str]:
        """The concepts beside which a value stands: "CEO ...", "called ..."."""
        return self.attribute | {self.cue}

    @cached_property
    def weight(self) -> float:
        return sum(anchor.weight for anchor in self.anchors) or 1.0

    @cached_property
    def cue(self) -> str:
        return f"cue:{self.index}"

    @cached_property
    def product(self) -> str:
        """The product whose price a fact gives, folded: "Fjord One"; "" where it names none."""
        found = _PRODUCT.search(self.fact.about) if self.kind == "money" and "price" in self.concepts else None
        return fold(found["name"]) if found else ""

    @cached_property
    def priced(self) -> str:
        """The name of what has its price given, without a word for what it is."""
        return modelnames.priced(self.fact)

    @cached_property
    def thing(self) -> str:
        """The concept of its product's name: alone it says nothing of the price."""
        return f"thing:{self.index}"

    @cached_property
    def about(self) -> str:
        return self.fact.about or self.fact.id.replace("_", " ")

    @cached_property
    def words(self) -> str:
        """All that a fact says of itself, folded."""
        return fold(f"{self.about} {self.fact.says} {self.fact.unit} {' '.join(self.fact.cues)}")

    @cached_property
    def wide(self) -> str:
        """... and the names of where it applies."""
        where = self.fact.applies_to.values()
        return fold(" ".join((self.words, *(name for one in where for name in gazetteer.names_of(fold(str(one)))))))

    @cached_property
    def told(self) -> str:
        """The attribute and the sheet's sentence on it, folded."""
        return fold(f"{self.about} {self.fact.says}")


@dataclass(frozen=True, kw_only=True)
class Compiled:
    asked: tuple[Asked, ...]
    spotter: Spotter
    by_concept: Mapping[str, tuple[int, ...]]
    valued: frozenset[int]  # where in `asked` the facts stand whose values are amounts or days
    generic: frozenset[str]
    named: Spotter  # the names alone that the sheet gives as values, or its facts as products
    things: Spotter  # the names of the products whose prices it gives
    holders: frozenset[str]  # concepts of the persons that the sheet names
    surnames: frozenset[str]  # their last names, folded
    people: frozenset[str]  # concepts of all persons of the sheet, founders too
    products: frozenset[str]  # concepts of the names that attributes hold, countries excepted

    @cached_property
    def placed(self) -> frozenset[int]:
        """Where in `asked` the facts stand whose values are places."""
        return frozenset(at for at, one in enumerate(self.asked) if one.kind == "place")

    @cached_property
    def named_facts(self) -> frozenset[int]:
        """Where in `asked` the facts stand whose values are names or a few words."""
        return frozenset(at for at, one in enumerate(self.asked) if one.kind in {"person", "text"})

    @cached_property
    def towns(self) -> frozenset[str]:
        """Concepts of the places that the sheet names."""
        return frozenset(known.concept for one in self.asked if one.kind == "place" for known in one.known)
