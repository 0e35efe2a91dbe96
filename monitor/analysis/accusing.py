"""What makes a value that of something beside the fact: its words are weak, or another thing's."""

import re

from monitor.analysis import apart, gazetteer, misplaced, narrowed, proper, sheetwords
from monitor.analysis.anchors import Anchor
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kind import Said
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import CARRIED, Frame, Place
from monitor.analysis.spans import Stretch

_HEAD = 0.8  # what the head of a column or a bold lead weighs
_OPENING = 25  # characters in which a clause names its subject


def doubts(place: Place, said: Said, asked: Asked, *, former: bool) -> dict[str, bool]:
    """Tell what speaks against its being a value of the fact; `former`: it is one that once held."""
    if asked.cue in place.spoken:
        return {}
    founder = asked.kind == "person" and "founder" in asked.concepts
    named = (founder or asked.kind in {"place", "text"}) and not said.signs.get("open")
    return {
        "of_named": _of_named(place, said, asked),
        "of_other": apart.speaks_of_other(place, said, asked),
        "narrowed": narrowed.is_narrowed(place, said, asked),
        "misplaced": misplaced.is_misplaced(place, said, asked),
        "of_bearer": asked.kind in _WIDE and _of_bearer(place, said),
        "weak": named and not former and _only_weak(place, said, asked),
    }


def _only_weak(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a word that may mean anything is all: "offices in Lyon" of the headquarters."""
    return not any(_is_plain(place, anchor, said) for anchor in asked.anchors if anchor.concepts & asked.telling)


def _is_plain(place: Place, anchor: Anchor, said: Said) -> bool:
    """Whether a word of what a fact is about is said plainly in the clause, or in what stands above it."""
    clause = place.clause(said.start)
    hits = [hit for hit in place.hits if hit.concept in anchor.concepts]
    inside = [hit for hit in hits if clause.start <= hit.start < clause.end]
    if any(not hit.weak or (place.page.of_company(hit) and not _in_passing(place, hit)) for hit in inside):
        return True
    framed = max((frame.weight for frame, concepts in place.framed if concepts & anchor.concepts), default=0.0)
    return framed >= _HEAD or (not inside if hits else framed > CARRIED)


def _in_passing(place: Place, hit: Hit) -> bool:
    """Whether a word of a place says where the company is too, not where it is led from: "has offices in Lyon"."""
    return bool(_OFFICES.fullmatch(place.page.folded, hit.start, hit.end))


_OFFICES = re.compile(r"offices|büros|bureaux|oficinas")


_WIDE = frozenset({"number", "money", "percent", "year", "date", "place", "person"})
_NAMES_ITSELF = re.compile(r"founder|owner|slogan|motto|exchange|holder|alliance|gründer|fondat|fundador|創業者")


def _of_named(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the clause, or the lead of its paragraph, is of something else that the sheet names: a sister brand."""
    if asked.kind not in _WIDE or place.cell:
        return False
    clause = place.clause(said.start)
    end = min(said.start, clause.start + _OPENING)
    hits = [hit for hit in place.hits if clause.start <= hit.start < end]
    lead = _lead(place)
    if lead:
        hits += place.page.hits_in(lead)
    return any(_is_other_thing(place, hit, asked) for hit in hits)


def _of_bearer(place: Place, said: Said) -> bool:
    """Whether the last naming before a value is the end of a longer name: "Ettore Acme was born", "Villa Acme"."""
    if place.page.document.lang == "de":  # there every noun has a capital
        return False
    named = place.page.mentions_in(Stretch(start=place.start, end=said.start))
    if not named or named[-1].entity != place.page.brand:
        return False
    last = named[-1]
    around = proper.names(place, place.start, place.end)
    whole = next((one for one in around if one.start < last.start and one.end == last.end), None)
    if whole is None:
        return False
    if any(whole.start <= hit.start < last.start for hit in place.hits):
        return False  # an ordinary word: "Worldwide Acme has"
    more = place.page.folded[whole.start : last.start].strip()
    return not sheetwords.COMPANY.search(more) and more not in place.page.brand_words and not gazetteer.is_region(more)


def _lead(place: Place) -> Frame | None:
    return next((frame for frame in place.frames if frame.tight or frame.weight == _HEAD), None)


def _is_other_thing(place: Place, hit: Hit, asked: Asked) -> bool:
    """Whether a hit is a name given as the value of another fact, with which this one has no word in common."""
    if not hit.concept.startswith("val:"):
        return False
    index = int(hit.concept.split(":")[1])
    owner = next((one for one in place.page.compiled.asked if one.index == index), None)
    if owner is None or owner.index == asked.index or owner.kind not in {"set", "text"}:
        return False
    if _NAMES_ITSELF.search(fold(owner.about)) or owner.concepts & asked.concepts:
        return False
    return place.page.folded[hit.start : hit.end] not in asked.words
