"""How much of a yes-or-no fact a clause speaks of: itself, by its label, or by the words just before."""

import re
from collections.abc import Mapping

from monitor.analysis import topics
from monitor.analysis.anchors import Anchor
from monitor.analysis.cues import Asked
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

GROUPS = frozenset({"topic:non_buyers", "topic:free_tier"})  # of whom it is asked: may be told before
COSTS = frozenset({"free", "paid", "price", "fee", "paying"})
_NEAR = 0.6  # what an anchor counts that only the heading or the sentence before speaks of
_LOOSE = 0.5  # a weak word without the company beside it
_REACH = 30  # characters between two weak words that bear each other out
_SAME = {"", "en"}
_FOREIGN = 0.3  # what a word of an English sheet weighs that another language cannot say
_BESIDE = 0.8  # labels and heads of columns


def keys_of(asked: Asked) -> list[Anchor]:
    """What an answer must speak of; what the company deals in anyway it may leave out."""
    return [anchor for anchor in asked.anchors if not anchor.modifier] or list(asked.anchors)


def covered(place: Place, clause: Span, asked: Asked) -> float:
    """How much of what is asked is spoken of, 0..1: here, or in the words just before."""
    if asked.cue in place.spoken:
        return 1.0
    here, near, keys = strength(place, clause), spoken_near(place), keys_of(asked)
    if not any(anchor.concepts & here.keys() for anchor in keys):
        return 0.0
    market = of_market(place, clause, asked)
    total = weight = 0.0
    for anchor in keys:
        best = max((here.get(concept, 0.0) for concept in anchor.concepts), default=0.0)
        beside = _NEAR if anchor.concepts & near or (market and not anchor.country) else 0.0
        foreign = anchor.literal and not anchor.proper and not best and place.page.document.lang not in _SAME
        share = _FOREIGN if foreign else anchor.weight  # no answer in French says "manuals"
        total, weight = total + share * max(best, beside), weight + share
    return total / weight


def of_market(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether the clause speaks of business in the country that is asked: it sells nothing where it has left."""
    lands = {concept for anchor in keys_of(asked) if anchor.country for concept in anchor.concepts}
    return bool(lands & spoken_here(place, clause)) and place.page.says(_MARKET, clause.start, clause.end)


# "closed its American business" says that it sells nothing there.
_MARKET = re.compile(
    r"\b(?:business|market|country|operations?|presence|deliver(?:y|ies)|sales|exports?|left|pulled out"
    r"|withdr[ae]w\w*"
    r"|geschäft|markt|marché|activité|mercado|negocio)\b|市場|事業|撤退"
)


def strength(place: Place, clause: Span) -> Mapping[str, float]:
    """The concepts of the clause, its label and the head of its column, with how surely each is meant."""
    key = (clause.start, clause.end)
    if key not in place.strengths:
        place.strengths[key] = _strength(place, clause)
    return place.strengths[key]


def _strength(place: Place, clause: Span) -> Mapping[str, float]:
    found: dict[str, float] = {}
    weak: dict[str, int] = {}  # where the first word of a concept ends
    for hit in place.hits:
        if clause.start <= hit.start < clause.end:
            sure = 1.0 if not hit.weak or place.page.of_company(hit) else _LOOSE
            if sure < 1.0 and weak.get(hit.concept, hit.end) < hit.start <= weak.get(hit.concept, 0) + _REACH:
                sure = 1.0  # "quoted on the exchange": two such words bear each other out
            weak.setdefault(hit.concept, hit.end)
            found[hit.concept] = max(found.get(hit.concept, 0.0), sure)
    for frame, concepts in place.framed:
        if frame.weight >= _BESIDE:
            for concept in concepts:
                found[concept] = max(found.get(concept, 0.0), frame.weight)
    return found


def spoken_here(place: Place, clause: Span) -> set[str]:
    """The concepts of the clause, its label and the head of its column."""
    return set(strength(place, clause))


def spoken_near(place: Place) -> set[str]:
    """Those of the rest of the sentence, the one before, the heading and the question."""
    near = place.page.concepts_in(place) | place.page.asked_for
    return set(near.union(*(concepts for _, concepts in place.framed)))


def all_here(place: Place, clause: Span, asked: Asked, *, most: bool = False) -> bool:
    """Whether all that is asked is spoken of; of words that the vocabulary does not know, half, or `most`."""
    here, near = spoken_here(place, clause), spoken_near(place)
    keys = keys_of(asked)
    topical = [anchor for anchor in keys if any(map(topics.is_topic, anchor.concepts))]
    spelled = place.page.document.lang in _SAME
    rare = [anchor for anchor in keys if anchor.literal and not anchor.proper and spelled]
    known = topical + [a for a in keys if a.concepts & COSTS]
    if not topical:
        known = [anchor for anchor in keys if not anchor.literal and not anchor.proper]
    spoken = sum(1 for anchor in rare if anchor.concepts & here)
    if _contrary(asked, here) and any(anchor.concepts & here for anchor in topical):
        return True  # "only on request" says the contrary of "daily, without asking"
    if not of_market(place, clause, asked) and not all(
        anchor.concepts & (here | near if topical and not _is_main(anchor) else here) for anchor in known
    ):
        return False
    if topical and rare and not spoken and _of_other_label(place, asked):
        return False  # "Chicken: frozen", where the beef is asked
    alone = most and len(rare) == len(keys) > 1
    return bool(topical) or 2 * spoken >= len(rare) + alone


def _contrary(asked: Asked, here: set[str]) -> bool:
    manners = (anchor for anchor in asked.anchors if anchor.modifier)
    return any(topics.is_opposite(concept) for anchor in manners for concept in anchor.concepts & here)


def _of_other_label(place: Place, asked: Asked) -> bool:
    label = place.label
    if label is None or place.labelled & asked.concepts:
        return False
    return not _DENIED.search(place.page.folded, label.start, label.end)


_DENIED = re.compile(r"\b(?:not|no|without|nicht|kein\w*|pas|sin)\b")


def _is_main(anchor: Anchor) -> bool:
    """Whether a topic must stand in the clause itself; of whom it is asked may be told before."""
    return any(map(topics.is_topic, anchor.concepts)) and not anchor.concepts & GROUPS and not anchor.proper
