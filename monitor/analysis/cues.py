"""By which words an answer speaks of a fact: derived from the sheet once, before any answer is read."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from monitor.analysis import (
    anchors,
    deals,
    families,
    figures,
    flagged,
    gazetteer,
    lexicon,
    lone,
    modelnames,
    once,
    topics,
    understood,
)
from monitor.analysis.anchors import Anchor
from monitor.analysis.figures import Figure
from monitor.analysis.folding import fold, plain_letters
from monitor.analysis.lexicon import Spotter, Word
from monitor.domain.brand import Fact, FactSheet, FactValue

_PRODUCT = re.compile(r"\bof (?:the |an? )?(?P<name>[A-Z][\w-]*(?: [A-Z0-9][\w-]*)*(?: [a-z]+)?)$")
_IMPLIED = frozenset({"name", "fee", "price"})
_COSTLESS = frozenset({"free", "paid"})


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

    @property
    def family(self) -> str:
        """Facts of one family have values that look alike."""
        return _LOOKS.get(self.kind, self.kind)

    @property
    def measured(self) -> bool:
        return self.kind in {"number", "money", "percent"}

    @property
    def changes(self) -> bool:
        """Whether the attribute has a value of today; what happened once does not."""
        if self.kind in {"year", "date"} or self.attribute & {"founding", "founder", "original_name"}:
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

    @property
    def about(self) -> str:
        return self.fact.about or self.fact.id.replace("_", " ")


@dataclass(frozen=True, kw_only=True)
class Compiled:
    asked: tuple[Asked, ...]
    spotter: Spotter
    by_concept: Mapping[str, tuple[int, ...]]
    generic: frozenset[str]
    named: Spotter  # the names alone that the sheet gives as values, or its facts as products
    holders: frozenset[str]  # concepts of the persons that the sheet names
    surnames: frozenset[str]  # their last names, folded
    people: frozenset[str]  # concepts of all persons of the sheet, founders too
    products: frozenset[str]  # concepts of the names that attributes hold, countries excepted


def compile_sheet(sheet: FactSheet, kinds: Container[str]) -> Compiled:
    """Derive the cues of every fact and build the one automaton that finds them all."""
    vocabulary, plain = lexicon.general(), lexicon.general_spotter()
    names = frozenset(fold(name) for entity in (sheet.brand,) for name in (entity.name, *entity.aliases))
    asked, words = list[Asked](), list[Word]()
    reader = Spotter((), upon=plain, lang=_language(sheet, plain))
    replaced = flagged.replaced_names(sheet)
    homes = understood.home(sheet)
    common = understood.goods(sheet, topics.reader(reader.lang))
    for index, fact in enumerate(sheet.facts):
        if fact.kind in kinds:
            one, own = _asked(
                index,
                fact,
                plain=reader,
                generic=vocabulary.generic,
                names=names,
                replaced=replaced,
                common=common,
                homes=homes,
            )
            asked.append(one)
            words += own
    names_of = modelnames.naming(asked, vocabulary.generic)
    words += names_of
    named = {one.concept for one in names_of}
    asked = [replace(one, anchors=modelnames.with_names(one.fact, one.anchors, named)) for one in asked]
    asked = [replace(one, lone=lone.values(one.fact, sheet, names)) for one in _with_rivals(_with_presidents(asked))]
    return Compiled(
        asked=tuple(asked),
        spotter=Spotter(words, upon=plain) if words else plain,
        by_concept=_inverted(asked),
        generic=vocabulary.generic,
        named=Spotter(one for one in words if one.concept.startswith(("val:", "thing:"))),
        surnames=frozenset(
            fold(str(known.value)).split()[-1] for one in asked if one.kind == "person" for known in one.known
        ),
        holders=frozenset(known.concept for one in asked if one.kind == "person" for known in one.known),
        people=frozenset(known.concept for one in asked if _of_people(one) for known in one.known),
        products=frozenset(_products(asked)),
    )


def _of_people(one: Asked) -> bool:
    return one.kind == "person" or (one.kind == "set" and bool(_FOUNDERS.search(fold(one.about))))


def _language(sheet: FactSheet, plain: Spotter) -> str:
    """The language of the attributes' words, where more of them are known in it than in English."""
    abouts = [fold(fact.about) for fact in sheet.facts if fact.about]
    known = {lang: sum(any(not hit.weak for hit in plain.find(about, lang)) for about in abouts) for lang in _LANGUAGES}
    best = max(known, key=lambda lang: known[lang])
    return best if known[best] > _CLEARLY * known[""] else ""


_LANGUAGES = ("", "de", "fr", "es", "ja")
_CLEARLY = 2  # times as many


def _products(asked: Iterable[Asked]) -> Iterator[str]:
    for one in asked:
        yield from (
            concept for anchor in one.anchors if anchor.proper and not anchor.country for concept in anchor.concepts
        )
        if one.product:
            yield one.thing


def _with_presidents(asked: list[Asked]) -> list[Asked]:
    """Let a president be who runs the company, where the sheet names no chief executive."""
    if any("ceo" in one.concepts for one in asked):
        return asked
    return [_running(one) if one.kind == "person" and "president" in one.concepts else one for one in asked]


def _running(one: Asked) -> Asked:
    anchors = (replace(a, concepts=a.concepts | {"ceo"}) if "president" in a.concepts else a for a in one.anchors)
    return replace(one, anchors=tuple(anchors))


def _with_rivals(asked: list[Asked]) -> list[Asked]:
    """Let every fact know the words that tell its siblings apart from it."""
    return [
        replace(
            one,
            distinct=one.concepts
            - {
                concept
                for other in asked
                if other.index != one.index and _VALUES.get(other.kind) == _VALUES.get(one.kind)
                for concept in other.concepts
            },
            rivals=frozenset(
                concept
                for other in asked
                if other.index != one.index and _sort(other) == _sort(one)
                for concept in other.concepts
            )
            - one.concepts
            - _PERIODS
            - (_COSTLESS if "free" in one.concepts else frozenset()),
        )
        for one in asked
    ]


def _sort(one: Asked) -> str | None:
    """What facts vie for: a time is no count of anything, a share no sum."""
    times = one.kind == "number" and _TIME.fullmatch(fold(one.fact.unit))
    return "time" if times else _SORTS.get(one.kind)


_TIME = re.compile(r"(?:minute|hour|day|night|week|month|year)s?|(?:working|business|calendar) days")


_PERIODS = frozenset({"monthly", "yearly", "time"})
_SORTS = {
    "year": "moment", "date": "moment", "number": "number", "money": "money", "percent": "percent", "flag": "flag",
}  # fmt: skip
_LOOKS = {"year": "moment", "date": "moment"}
_VALUES = {
    "year": "moment", "date": "moment", "number": "amount", "money": "amount", "percent": "amount", "flag": "amount",
}  # fmt: skip


def _inverted(asked: Iterable[Asked]) -> dict[str, tuple[int, ...]]:
    inverted: dict[str, list[int]] = {}
    for place, one in enumerate(asked):
        given = (
            (known.concept for known in one.known),
            (f"fig:{one.index}:{n}" for n in range(len(one.fact.before) + 1)),
        )
        for concept in {*one.concepts, *one.units, one.cue, one.thing, *given[0], *given[1]}:
            inverted.setdefault(concept, []).append(place)
    return {concept: tuple(places) for concept, places in inverted.items()}


def _asked(
    index: int,
    fact: Fact,
    *,
    plain: Spotter,
    generic: frozenset[str],
    names: frozenset[str],
    replaced: frozenset[str],
    common: frozenset[str],
    homes: frozenset[str],
) -> tuple[Asked, list[Word]]:
    about, region = _regional(fact)
    at_home = fact.kind == "flag" and region in homes and not flagged.MAKES.search(fold(about))
    asked_in, region = region, "" if at_home else region
    reader = plain
    if fact.kind == "flag" or fact.kind in families.KINDS:
        reader = (topics if fact.kind == "flag" else families).reader(plain.lang)
    own, words = anchors.anchors_of(anchors.without(about, names), reader, generic, fact.kind)
    if fact.kind == "flag":
        own, words = flagged.of_fact(fact, flagged.weighed(own, region, replaced, fact.about), words, region)
        own = tuple(understood.lightened(own, common))
    else:
        own = tuple(anchors.for_kind(fact.kind, own))
        own = tuple(deals.anchored(own)) if deals.is_deal(fact) else own
    units, unit_words = anchors.anchors_of(fact.unit, reader, frozenset()) if fact.kind == "number" else ((), [])
    if fact.kind in families.KINDS:
        words += families.words_of({concept for anchor in (*own, *units) for concept in anchor.concepts})
    if fact.kind == "person":
        own = tuple(replace(a, concepts=a.concepts | {"ceo"}, weight=1.0) if a.concepts <= _HEADS else a for a in own)
    if fact.kind == "number" and own:
        own = _with_unit(own, units)
    second, _ = anchors.anchors_of(anchors.without(fact.says, names), plain, generic)
    known, value_words = _known(index, fact)
    amounts, figure_words = figures.of_fact(index, fact)
    have = {concept for anchor in own for concept in anchor.concepts}
    one = Asked(
        index=index,
        fact=fact,
        kind=fact.kind,
        anchors=own,
        second=frozenset(c for anchor in second for c in anchor.concepts if not c.startswith("=")) - have,
        units=frozenset(concept for anchor in units for concept in anchor.concepts),
        known=known,
        figures=amounts,
        brand_words=names,
        region=asked_in if at_home or fact.kind != "flag" else "",
        generics=frozenset(hit.concept for hit in plain.find(fold(fact.about)) if hit.concept in generic),
    )
    cues = [lexicon.word(entry, one.cue) for entry in fact.cues if entry.strip()]
    things = [Word(text=one.product, concept=one.thing)] if one.product else []
    return one, [*words, *unit_words, *value_words, *figure_words, *cues, *things]


def _regional(fact: Fact) -> tuple[str, str]:
    """Part the region from an attribute: an answer need not repeat it, and may not speak of another."""
    about = fact.about or fact.id.replace("_", " ")
    found = gazetteer.region_in(about) if fact.kind in _REGIONAL else None
    if found is None:
        return about, ""
    region, start, end = found
    if fact.kind == "flag" and not gazetteer.is_country(region):
        return about, ""
    return f"{about[:start]} {about[end:]}".strip(), region


_REGIONAL = frozenset({"number", "money", "percent", "text", "year", "date", "flag"})


def _with_unit(own: tuple[Anchor, ...], units: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    """Let the unit say what is counted too: "coffee houses", counted in stores."""
    said = frozenset(concept for anchor in units for concept in anchor.concepts if not concept.startswith("="))
    counted = next((anchor for anchor in own if not (anchor.proper or anchor.literal or anchor.modifier)), None)
    alike = counted is not None and (counted.concepts | said) <= _PLACES_OF_SALE
    if counted is not None and counted.concepts & _PEOPLE:
        return _merged(own, counted, frozenset(concept for anchor in units for concept in anchor.concepts))
    if not said or not alike or counted is None:
        return own
    return tuple(replace(one, concepts=one.concepts | said) if one is counted else one for one in own)


def _merged(own: tuple[Anchor, ...], counted: Anchor, units: frozenset[str]) -> tuple[Anchor, ...]:
    """Let "riders" and "users" be one thing, where active riders are counted in riders."""
    same = [one for one in own if one is not counted and one.literal and not one.proper and one.concepts <= units]
    if not same:
        return own
    more = frozenset(concept for one in same for concept in one.concepts)
    kept = (one for one in own if one not in same)
    return tuple(replace(one, concepts=one.concepts | more) if one is counted else one for one in kept)


_PEOPLE = frozenset({"users", "customers", "subscribers", "membership", "passengers", "guests", "hosts"})
_HEADS = frozenset({"=head", "=leader", "=boss", "=director"})
_PLACES_OF_SALE = frozenset({"stores", "restaurants", "dealers"})


def _known(index: int, fact: Fact) -> tuple[tuple[Known, ...], list[Word]]:
    known: list[Known] = []
    words: list[Word] = []
    for former, value in [(None, fact.value), *((i, one.value) for i, one in enumerate(fact.before))]:
        people = isinstance(value, tuple) and bool(_FOUNDERS.search(fold(fact.about or fact.id)))
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, str):
                concept = f"val:{index}:{len(known)}"
                known.append(Known(concept=concept, value=part, former=former))
                kind = "person" if people else fact.kind
                words += [Word(text=text, concept=concept) for text in _spellings(part, kind) if text]
    return tuple(known), words


_FOUNDERS = re.compile(r"founder|gründer|fondat|fundador|creator|創業者|創設者")


def _spellings(value: str, kind: str) -> Iterator[str]:
    folded = fold(value)
    yield folded
    bare = plain_letters(folded)
    if bare != folded:
        yield bare
    if kind == "person":
        parts = [part for part in folded.split() if len(part) > 2]  # noqa: PLR2004
        if len(parts) > 1:
            yield parts[-1]
            yield f"{folded.split()[0]} {folded.split()[-1]}"
    if kind == "place":
        yield from (part.strip() for part in folded.split(",") if len(part.strip()) > 2)  # noqa: PLR2004
