"""The cues of all facts of a sheet, and the one automaton that finds them in an answer."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from monitor.analysis import flagged, lexicon, lone, modelnames, readying, sheetvalues, topics, understood, vying
from monitor.analysis.cues import Asked, Compiled
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Spotter, Word
from monitor.analysis.readying import Sheetwide
from monitor.domain.brand import FactSheet

_LANGUAGES = ("", "de", "fr", "es", "ja")
_CLEARLY = 2  # times as many


def compile_sheet(sheet: FactSheet, kinds: Container[str]) -> Compiled:
    """Derive the cues of every fact and build the one automaton that finds them all."""
    sheetwide = _sheetwide(sheet)
    asked, words = list[Asked](), list[Word]()
    for index, fact in enumerate(sheet.facts):
        if fact.kind in kinds:
            one, own = readying.ready(index, fact, sheetwide)
            asked.append(one)
            words += own
    names_of = modelnames.naming(asked, sheetwide.generic)
    words += names_of
    named = {one.concept for one in names_of}
    asked = [replace(one, anchors=modelnames.with_names(one.fact, one.anchors, named)) for one in asked]
    asked = [replace(one, lone=lone.values(one.fact, sheet, sheetwide.names)) for one in vying.beside_each_other(asked)]
    return _compiled(asked, words, sheetwide.generic)


def _sheetwide(sheet: FactSheet) -> Sheetwide:
    plain = lexicon.general_spotter()
    reader = Spotter((), upon=plain, lang=_language(sheet, plain))
    return Sheetwide(
        reader=reader,
        generic=lexicon.general().generic,
        names=frozenset(fold(name) for name in (sheet.brand.name, *sheet.brand.aliases)),
        replaced=flagged.replaced_names(sheet),
        common=understood.goods(sheet, topics.reader(reader.lang)),
        homes=understood.home(sheet),
    )


def _compiled(asked: Sequence[Asked], words: Sequence[Word], generic: frozenset[str]) -> Compiled:
    plain = lexicon.general_spotter()
    persons = [known for one in asked if one.kind == "person" for known in one.known]
    return Compiled(
        asked=tuple(asked),
        spotter=Spotter(words, upon=plain) if words else plain,
        by_concept=_inverted(asked),
        valued=frozenset(at for at, one in enumerate(asked) if one.valued),
        generic=generic,
        named=Spotter(one for one in words if one.concept.startswith(("val:", "thing:"))),
        things=Spotter(one for one in words if one.concept.startswith("thing:")),
        surnames=frozenset(fold(str(known.value)).split()[-1] for known in persons),
        holders=frozenset(known.concept for known in persons),
        people=frozenset(known.concept for one in asked if _of_people(one) for known in one.known),
        products=frozenset(_products(asked)),
    )


def _of_people(one: Asked) -> bool:
    return one.kind == "person" or (one.kind == "set" and bool(sheetvalues.FOUNDERS.search(fold(one.about))))


def _language(sheet: FactSheet, plain: Spotter) -> str:
    """The language of the attributes' words, where more of them are known in it than in English."""
    abouts = [fold(fact.about) for fact in sheet.facts if fact.about]
    known = {lang: sum(any(not hit.weak for hit in plain.find(about, lang)) for about in abouts) for lang in _LANGUAGES}
    best = max(known, key=lambda lang: known[lang])
    return best if known[best] > _CLEARLY * known[""] else ""


def _products(asked: Iterable[Asked]) -> Iterator[str]:
    for one in asked:
        yield from (
            concept for anchor in one.anchors if anchor.proper and not anchor.country for concept in anchor.concepts
        )
        if one.product:
            yield one.thing


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
