"""What a yes-or-no fact makes an answer speak of: its subject counts most, what the company deals in anyway little."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.analysis import anchors, lexicon, topics
from monitor.analysis.anchors import Anchor
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Word
from monitor.domain.brand import Fact, FactSheet

_WARES = lexicon.listed("wares")
_BELONGS = (frozenset({"owner"}), frozenset({"donation"}))  # "belongs to an alliance", "gives loans"
_FORERUNNER = frozenset({"topic:forerunner"})
_LITTLE = 0.3


def weighed(
    own: Sequence[Anchor], region: str = "", replaced: frozenset[str] = frozenset(), about: str = ""
) -> tuple[Anchor, ...]:
    """Return the anchors of "whether it builds diesel cars" with the diesel as the one that counts.

    `region` is the country that it asks of, "" for none;
    `replaced` holds the names, folded, of what the sheet gives as the former value of some fact: "its predecessor".
    """
    made = bool(region) and bool(MAKES.search(fold(about)))
    known = [replace(one, concepts=one.concepts | _FORERUNNER) if _is_of(one, replaced) else one for one in own]
    return tuple(_weighed(known, regional=bool(region), made=made))


# Where something is made, it must be said what.
MAKES = re.compile(
    r"\b(?:mak(?:es?|ing)|made|produc\w+|manufactur\w*|builds?|built|building|assembl\w+|weld\w*|brew\w*|bak(?:es?"
    r"|ed|ing)"
    r"|grow[ns]?|grew|roast\w*|sew[ns]?|sewn|sewed|print(?:s|ed|ing)?|forg(?:es?|ed)|bottl(?:es?|ed|ing)|cast|knit\w*"
    r"|hergestellt|stellt|fertigt|gefertigt|produziert|baut|gebaut|fabri\w+|produi\w+|fabriqu\w+|produce\w*)\b"
    r"|製造|生産|作っ|作ら"
)


def _weighed(own: Sequence[Anchor], *, regional: bool, made: bool) -> Iterator[Anchor]:
    asked = regional or any(not _is_ware(one) for one in own)
    goods = [one for one in own if not one.proper]
    sold = (
        goods[0] if regional and not made and len(goods) == 1 and goods[0].literal else None
    )  # "sells headphones in Russia"
    begins = min((one.place for one in own if not one.proper), default=0)
    for one in own:
        subject = one.proper and one.place < begins  # "whether the Solis plays Orbit games"
        if subject or one is sold or (asked and _is_ware(one)) or (one.concepts in _BELONGS and one is not own[-1]):
            yield replace(one, weight=_LITTLE, modifier=True)
        elif any(map(topics.is_topic, one.concepts)):
            said = {concept for concept in one.concepts if topics.is_topic(concept) or one.proper}
            yield replace(one, concepts=frozenset(said | set(map(topics.opposite, said))), weight=1.0, modifier=False)
        else:
            yield _as_quality(one) if one.modifier else one


def _as_quality(one: Anchor) -> Anchor:
    """Let "unlimited" of "unlimited storage" be asked too; "small", "separate" an answer may leave out."""
    words = [concept.removeprefix("=") for concept in one.concepts]
    plain = one.literal and not one.proper and all(_ADJECTIVE.search(word) and word not in _SLIGHT for word in words)
    return replace(one, modifier=False, weight=_QUALITY) if plain else replace(one, weight=_LITTLE)


_SLIGHT = frozenset(
    "small large big little separate full new old extra back own ordered online most more additional customer printed"
    " real whole entire usual normal regular standard simple single certain main free travel spare best lowest".split()
)
_ADJECTIVE = re.compile(r"(?:ed|[^s]al|ic|ous|ful|less|[ai]ble|\w{3}ive|ary|ly|en|proof)$")
_QUALITY = 0.6


def _is_of(anchor: Anchor, names: frozenset[str]) -> bool:
    return anchor.proper and any(concept.removeprefix("=") in names for concept in anchor.concepts)


def _is_ware(anchor: Anchor) -> bool:
    return not anchor.proper and all(concept.removeprefix("=") in _WARES for concept in anchor.concepts)


def replaced_names(sheet: FactSheet) -> frozenset[str]:
    """The names, folded, that the sheet gives as former ones: of a console, a programme."""
    return frozenset(fold(str(one.value)) for fact in sheet.facts if fact.kind == "text" for one in fact.before)


def of_fact(
    fact: Fact, own: tuple[Anchor, ...], words: list[Word], region: str
) -> tuple[tuple[Anchor, ...], list[Word]]:
    """Add the country of a flag, which an answer must name, and what "costs extra" is the contrary of."""
    if region and not any(anchor.country for anchor in own):
        country, names = anchors.of_country(region)
        own, words = (*own, country), [*words, *names]
    for one in own:
        if one.country:  # "Chinese", "British"
            words = [*words, *(word for name in one.concepts for word in anchors.of_country(name.removeprefix("="))[1])]
    if EXTRA.search(fold(fact.about)) and not any("free" in anchor.concepts for anchor in own):
        own = (*own, Anchor(concepts=frozenset({"free", "paid"}), weight=1.0, place=len(fact.about)))
    own, words = _with_contraries(own, words)
    return own, [*words, *topics.words_of({concept for anchor in own for concept in anchor.concepts})]


def _with_contraries(own: tuple[Anchor, ...], words: list[Word]) -> tuple[tuple[Anchor, ...], list[Word]]:
    """Let "unlocked", "non-refundable" say the contrary of "locked", "refundable"."""
    kept, more = list[Anchor](), list[Word]()
    for one in own:
        word = next(iter(one.concepts)).removeprefix("=")
        if one.literal and not one.proper and _CAN_BE_UN.search(word) and not word.startswith(("un", "non")):
            concept = topics.opposite(f"topic:{word}")
            more += [Word(text=prefix + word, concept=concept) for prefix in ("un", "non-", "non")]
            one = replace(one, concepts=one.concepts | {concept})  # noqa: PLW2901 -- with its contrary
        kept.append(one)
    return tuple(kept), [*words, *more]


_CAN_BE_UN = re.compile(
    r"(?:lock|limit|lead|seal|reserv|insur|filter|sweeten|flavour|flavor|bleach|treat|dye?|coat|sign|licens"
    r"|regulat|pasteuris"
    r"|pasteuriz|process|salt|scent|perfum|brand|encrypt|mann|supervis|train|certifi|heat|cover|escort)i?e?d$"
    r"|(?:refund|recharg|remov|replac|recycl|reus|transfer|cancell|exchang|return|modifi|interrupt|flex|repair"
    r"|detach)(?:able|ible)$"
)


# "whether plant milk costs extra" asks the contrary of "whether it is free".
EXTRA = re.compile(
    r"\bcosts? (?:extra|money|more|anything)\b|\bsurcharged?\b|\bcharges? extra\b|\bkostet\b|\baufpreis\b"
    r"|\bpayante?s?\b|\bsupplément\b|\bcuesta\b"
    r"|\bde pago\b|有料|追加料金"
)
