"""A fact made ready to be looked for: its words, and the concepts that they stand for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from monitor.analysis import (
    anchors,
    deals,
    families,
    figures,
    flagged,
    gazetteer,
    lexicon,
    ofkind,
    sheetvalues,
    topics,
    understood,
)
from monitor.analysis.anchors import Anchor
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Spotter, Word
from monitor.domain.brand import Fact

_REGIONAL = frozenset({"number", "money", "percent", "text", "year", "date", "flag"})
_PEOPLE = frozenset({"users", "customers", "subscribers", "membership", "passengers", "guests", "hosts"})
_HEADS = frozenset({"=head", "=leader", "=boss", "=director"})
_PLACES_OF_SALE = frozenset({"stores", "restaurants", "dealers"})


@dataclass(frozen=True, kw_only=True)
class Sheetwide:
    """What the facts of one sheet have in common."""

    reader: Spotter  # finds the general vocabulary, in the language of the attributes
    generic: frozenset[str]  # concepts of words that say little by themselves
    names: frozenset[str]  # the brand's, folded
    replaced: frozenset[str]  # names, folded, that the sheet gives as former values
    common: frozenset[str]  # concepts of what the company deals in anyway
    homes: frozenset[str]  # countries that the brand is at home in


def ready(index: int, fact: Fact, sheetwide: Sheetwide) -> tuple[Asked, list[Word]]:
    """Return a fact with the concepts of its words, and the words that stand for them."""
    about, region = _regional(fact)
    is_flag = fact.kind == "flag"
    at_home = is_flag and region in sheetwide.homes and not flagged.MAKES.search(fold(about))
    own, words = _anchored(fact, about, "" if at_home else region, sheetwide)
    units, unit_words = _units(fact, sheetwide)
    if fact.kind in families.KINDS:
        words += families.words_of(_concepts((*own, *units)))
    own = _with_unit(own, units) if fact.kind == "number" else own
    says, _ = anchors.anchors_of(anchors.without(fact.says, sheetwide.names), sheetwide.reader, sheetwide.generic)
    known, value_words = sheetvalues.known(index, fact)
    amounts, figure_words = figures.of_fact(index, fact)
    one = Asked(
        index=index,
        fact=fact,
        kind=fact.kind,
        anchors=own,
        second=frozenset(concept for concept in _concepts(says) if not concept.startswith("=")) - _concepts(own),
        units=_concepts(units),
        known=known,
        figures=amounts,
        brand_words=sheetwide.names,
        region=region if at_home or not is_flag else "",
        generics=_generics(fact, sheetwide),
    )
    cues = [lexicon.word(entry, one.cue) for entry in fact.cues if entry.strip()]
    things = [Word(text=one.product, concept=one.thing)] if one.product else []
    return one, [*words, *unit_words, *value_words, *figure_words, *cues, *things]


def _anchored(fact: Fact, about: str, region: str, sheetwide: Sheetwide) -> tuple[tuple[Anchor, ...], list[Word]]:
    """The anchors of an attribute, weighed as facts of its kind are asked for, and their words."""
    said = anchors.without(about, sheetwide.names)
    own, words = anchors.anchors_of(said, _reader(fact, sheetwide), sheetwide.generic, fact.kind)
    if fact.kind == "flag":
        weighed = flagged.weighed(own, region, sheetwide.replaced, fact.about)
        own, words = flagged.of_fact(fact, weighed, words, region)
        return tuple(understood.lightened(own, sheetwide.common)), words
    own = tuple(ofkind.for_kind(fact.kind, own))
    own = tuple(deals.anchored(own)) if deals.is_deal(fact) else own
    return _heading(own) if fact.kind == "person" else own, words


def _units(fact: Fact, sheetwide: Sheetwide) -> tuple[tuple[Anchor, ...], list[Word]]:
    if fact.kind != "number":
        return (), []
    return anchors.anchors_of(fact.unit, _reader(fact, sheetwide), frozenset())


def _reader(fact: Fact, sheetwide: Sheetwide) -> Spotter:
    """What finds the words of an attribute: those of its kind have vocabularies of their own."""
    if fact.kind == "flag":
        return topics.reader(sheetwide.reader.lang)
    return families.reader(sheetwide.reader.lang, fact.kind) if fact.kind in families.KINDS else sheetwide.reader


def _generics(fact: Fact, sheetwide: Sheetwide) -> frozenset[str]:
    hits = sheetwide.reader.find(fold(fact.about))
    return frozenset(hit.concept for hit in hits if hit.concept in sheetwide.generic)


def _concepts(of: Iterable[Anchor]) -> frozenset[str]:
    return frozenset(concept for anchor in of for concept in anchor.concepts)


def _heading(own: Iterable[Anchor]) -> tuple[Anchor, ...]:
    """Let the head of the company be its chief executive."""
    return tuple(
        replace(one, concepts=one.concepts | {"ceo"}, weight=1.0) if one.concepts <= _HEADS else one for one in own
    )


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


def _with_unit(own: tuple[Anchor, ...], units: tuple[Anchor, ...]) -> tuple[Anchor, ...]:
    """Let the unit say what is counted too: "coffee houses", counted in stores."""
    said = frozenset(concept for anchor in units for concept in anchor.concepts if not concept.startswith("="))
    counted = next((anchor for anchor in own if not (anchor.proper or anchor.literal or anchor.modifier)), None)
    alike = counted is not None and (counted.concepts | said) <= _PLACES_OF_SALE
    if counted is not None and counted.concepts & _PEOPLE:
        return _merged(own, counted, _concepts(units))
    if not said or not alike or counted is None:
        return own
    return tuple(replace(one, concepts=one.concepts | said) if one is counted else one for one in own)


def _merged(own: tuple[Anchor, ...], counted: Anchor, units: frozenset[str]) -> tuple[Anchor, ...]:
    """Let "riders" and "users" be one thing, where active riders are counted in riders."""
    same = [one for one in own if one is not counted and one.literal and not one.proper and one.concepts <= units]
    if not same:
        return own
    more = _concepts(same)
    kept = (one for one in own if one not in same)
    return tuple(replace(one, concepts=one.concepts | more) if one is counted else one for one in kept)
