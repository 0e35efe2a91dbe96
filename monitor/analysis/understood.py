"""What goes without saying in an answer on a yes-or-no fact: of whom it is asked, and the goods of the trade."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from monitor.analysis import gazetteer, lexicon
from monitor.analysis.anchors import Anchor
from monitor.analysis.flagged import MAKES
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Spotter
from monitor.domain.brand import FactSheet

_OFTEN = 3  # facts of a sheet that name the same thing: it is what the company deals in
_LITTLE = 0.3
_WORD = re.compile(r"[^\W\d_]{3,}")
_EMPTY = lexicon.listed("empty")
_PEOPLE = frozenset({"customers", "users", "subscribers", "passengers"}) | frozenset(
    f"={word}"
    for word in (
        "customer customers user users guest guests member members merchant merchants buyer buyers shopper shoppers"
        " seller sellers client clients rider riders driver drivers passenger passengers traveller travellers"
        " traveler travelers subscriber subscribers patient patients visitor visitors viewer viewers listener"
        " listeners reader readers player players owner owners consumer consumers household households"
    ).split()
)
_NEVER = frozenset({"free", "paid", "fee", "price", "listed", "exchange"})


def goods(sheet: FactSheet, plain: Spotter) -> frozenset[str]:
    """The concepts, and the words as `=word`, that several facts of a sheet speak of."""
    counted: Counter[str] = Counter()
    for fact in sheet.facts:
        told = fold(f"{fact.about} {fact.unit}")
        words = {f"={word}" for word in _WORD.findall(told) if word not in _EMPTY}
        counted.update(words | {hit.concept for hit in plain.find(told) if not hit.weak})
    return frozenset(concept for concept, times in counted.items() if times >= _OFTEN) - _NEVER


MANNERS = frozenset({"topic:by_default", "topic:own_make"})
# What is done with a thing: "buy and sell cryptocurrency", "get the fees back".
_VERBS = frozenset(
    f"={word}"
    for word in (
        "buy buys sell sells get gets give gives put puts let lets take takes come comes carry keep keeps want wants"
        " need needs bring brings send sends go goes try hold holds receive receives order orders deal deals choose"
        " ask asks mainland still ever already yet alone elsewhere one time whole work works working use uses used"
        " treat treated contain contains develop develops developing file filed files match matches include includes"
        " cover covers apply applies require requires required provide provides support supports charge charges created"
        " create creates live lives remain remains continue continues serve serves travel travels ride rides"
    ).split()
)
_IMPLIED = frozenset({"online_sales"})  # by what is delivered, returned or sold


def home(sheet: FactSheet) -> frozenset[str]:
    """The countries in which a sheet places the company: what is sold at home needs no "in the United States"."""
    places = (fact.value for fact in sheet.facts if fact.kind == "place" and isinstance(fact.value, str))
    ordered = [gazetteer.ordered(place) for place in places]
    return frozenset(
        part for parts in ordered for part in (*parts, *gazetteer.holding(parts)) if gazetteer.is_country(part)
    )


def lightened(own: tuple[Anchor, ...], common: frozenset[str]) -> Iterator[Anchor]:
    """Yield the anchors of a flag; those that go without saying weigh little where others are left."""
    light = [one for one in own if not one.modifier and (_goes_unsaid(one, common))]
    rest = [one for one in own if not one.modifier and one not in light]
    traded = any(one.country for one in rest) and any(one.modifier and not one.proper for one in own)
    if not rest and any(one.proper and one.modifier for one in own):  # "whether Ada Example still works for it"
        for one in own:
            named = one.proper and one.modifier
            yield replace(one, weight=1.0, modifier=False) if named else replace(one, weight=_LITTLE, modifier=True)
        return
    if not rest or not (traded or any(not one.country for one in rest)):
        yield from own
        return
    for one in own:
        yield replace(one, weight=_LITTLE, modifier=True) if one in light else one


def _goes_unsaid(anchor: Anchor, common: frozenset[str]) -> bool:
    if anchor.literal and all(MAKES.fullmatch(concept.removeprefix("=")) for concept in anchor.concepts):
        return True  # "brews": told by any word of making
    plain = _PEOPLE | _VERBS | _IMPLIED
    return anchor.concepts <= plain or bool(anchor.concepts & MANNERS) or _is_common(anchor, common)


def _is_common(anchor: Anchor, common: frozenset[str]) -> bool:
    return not anchor.proper and bool(anchor.concepts & common)
