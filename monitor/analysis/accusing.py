"""Whether enough stands beside a value to call it wrong: what is weak, carried over or another's makes no accusation.

A right value is told by itself; a wrong one only by its words, so these must say more than for a right one.
"""

import re
from enum import StrEnum

from monitor.analysis import apart, misplaced, narrowed, sheetwords, unitalone
from monitor.analysis.anchors import Anchor
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kind import Said
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import CARRIED, Frame, Place
from monitor.analysis.quantities import Quantity

_HEADING, _HEAD = 0.6, 0.8  # what a heading weighs, what the head of a column or a bold lead does
_HALF = 0.5
_NEARLY_ALL = 0.9  # of a yes-or-no fact must be said: with less, what disagrees is mostly about something beside it
_AWAY = 45  # characters from an amount to the nearest word of its attribute
_OPENING = 25  # characters in which a clause names its subject
_WHOLES = frozenset({"share", "count", "revenue", "profit", "products", "company"})
_AMOUNTS = frozenset({"price", "fee", "monthly", "yearly"})


class Told(StrEnum):
    """Where an answer says a word of what a fact is about, the nearest first."""

    HERE = "here"  # in the clause, its label or the head of its column
    WEAKLY = "weakly"  # in the clause, by a word that may mean anything
    SENTENCE = "sentence"
    HEADING = "heading"
    LEAD = "lead"  # the sentence above a list
    BEFORE = "before"  # the sentence before
    ASKED = "asked"  # the question alone
    NOWHERE = "nowhere"


_Where = list[tuple[Anchor, Told]]


def enough(place: Place, said: Said, asked: Asked, *, former: bool) -> bool:
    """Whether a value other than the sheet's may be held against an answer; `former`: it is one that once held."""
    if asked.cue in place.spoken:
        return True
    if (
        (asked.measured and not former and _far_off(place, said, asked))
        or _of_named(place, said, asked)
        or apart.speaks_of_other(place, said, asked)
        or narrowed.is_narrowed(place, said, asked)
        or misplaced.is_misplaced(place, said, asked)
    ):
        return False
    where = [(anchor, _told(place, anchor, said)) for anchor in asked.anchors]
    founder = asked.kind == "person" and "founder" in asked.concepts
    if founder or asked.kind in {"place", "year", "text"}:
        return former or not _only_weak(place, said, asked, where)
    if asked.kind == "flag":
        return said.score >= _NEARLY_ALL and not _half_of_name(where)
    if (
        isinstance(said.value, Quantity)
        and unitalone.speaks(place, said, asked)
        and unitalone.is_like(asked, said.value)
    ):
        return True
    return not asked.measured or _measured(asked, where, former=former)


def _far_off(place: Place, said: Said, asked: Asked) -> bool:
    """Whether prose gives a new amount far from the attribute's words: these are mostly amounts of something else."""
    if place.cell or place.label is not None:
        return False
    away = [max(hit.start - said.end, said.start - hit.end) for hit in place.hits if hit.concept in asked.concepts]
    return min(away, default=_AWAY) >= _AWAY


def _told(place: Place, anchor: Anchor, said: Said) -> Told:
    clause = place.clause(said.start)
    hits = [hit for hit in place.hits if hit.concept in anchor.concepts]
    inside = [hit for hit in hits if clause.start <= hit.start < clause.end]
    if any(not hit.weak or (place.page.of_company(hit) and not _in_passing(place, hit)) for hit in inside):
        return Told.HERE
    framed = max((frame.weight for frame, concepts in place.framed if concepts & anchor.concepts), default=0.0)
    if framed >= _HEAD:
        return Told.HERE
    if hits:
        return Told.WEAKLY if inside else Told.SENTENCE
    if framed:
        return Told.HEADING if framed >= _HEADING else Told.LEAD if framed > CARRIED else Told.BEFORE
    return Told.ASKED if anchor.concepts & place.page.asked_for else Told.NOWHERE


def _in_passing(place: Place, hit: Hit) -> bool:
    """Whether a word of a place says where the company is too, not where it is led from: "has offices in Lyon"."""
    return bool(_OFFICES.fullmatch(place.page.folded, hit.start, hit.end))


_OFFICES = re.compile(r"offices|büros|bureaux|oficinas")


def _only_weak(place: Place, said: Said, asked: Asked, where: _Where) -> bool:
    """Whether a word that may mean anything is all: "offices in Lyon" of the headquarters, "raised" of the founding."""
    if any(told not in _FAINT for anchor, told in where if anchor.concepts & asked.telling):
        return False
    clause = place.clause(said.start)
    known = any(hit.concept.startswith("val:") and clause.start <= hit.start < clause.end for hit in place.hits)
    return asked.kind != "year" or not known


_FAINT = frozenset({Told.WEAKLY, Told.BEFORE, Told.ASKED, Told.NOWHERE})
_ABSENT = frozenset({Told.BEFORE, Told.ASKED, Told.NOWHERE})


def _half_of_name(where: _Where) -> bool:
    """Whether a part of a fixed phrase is all: "a Flock Pass" where the fact is of boarding passes."""
    rare = [told for anchor, told in where if anchor.literal and not (anchor.proper or anchor.modifier)]
    if any(told is Told.HERE for anchor, told in where if not anchor.literal or anchor.proper):
        return False
    return bool({Told.BEFORE, Told.NOWHERE} & set(rare)) and all(told is not Told.ASKED for _, told in where)


def _measured(asked: Asked, where: _Where, *, former: bool) -> bool:
    aloof = _ABSENT | {Told.LEAD, Told.SENTENCE}
    if all(told in _ABSENT for _, told in where) or _names_missing(where):
        return False
    if asked.kind == "money":
        return not _plain_amount(where)
    if former:
        return any(told not in aloof for _, told in where) or not _plain_share(asked, where)
    if asked.kind == "percent":
        return not (_plain_share(asked, where) or _carried(asked, where) or _other_holder(where))
    return any(told not in aloof for anchor, told in where if anchor.concepts & asked.telling)


def _names_missing(where: _Where) -> bool:
    """Whether most of what is asked are names, and these are not said: "a portion" where one product is asked for."""
    missing = sum(anchor.weight for anchor, told in where if anchor.proper and told in _ABSENT | {Told.LEAD})
    return missing > _HALF * sum(anchor.weight for anchor, _ in where)


def _other_holder(where: _Where) -> bool:
    """Whether a share is told without the name of whose it is: "the founders hold 3 %"."""
    here = sum(anchor.weight for anchor, told in where if told is Told.HERE)
    names = [told for anchor, told in where if anchor.proper]
    return (
        bool(names)
        and all(told in _ABSENT for told in names)
        and here <= _HALF * sum(anchor.weight for anchor, _ in where)
    )


def _plain_amount(where: _Where) -> bool:
    """Whether only a price is spoken of, and nothing of what costs it; or not that it is free from there on."""
    if any("free" in anchor.concepts and told is not Told.HERE for anchor, told in where):
        return True
    rest = [(anchor, told) for anchor, told in where if not anchor.concepts & _AMOUNTS]
    lost = {Told.SENTENCE, Told.BEFORE, Told.NOWHERE}
    return bool(rest) and all(anchor.literal and not anchor.proper and told in lost for anchor, told in rest)


def _plain_share(asked: Asked, where: _Where) -> bool:
    """Whether only the whole is named that many shares are of: "23 % of sales" where the fact is of online sales."""
    rest = [told for anchor, told in where if not anchor.concepts <= _WHOLES]
    if rest and all(told in _ABSENT for told in rest):
        return True
    telling = asked.telling - _WHOLES or asked.telling
    return not any(told in {Told.HERE, Told.SENTENCE} for anchor, told in where if anchor.concepts & telling)


def _carried(asked: Asked, where: _Where) -> bool:
    """Whether half of the attribute is only carried over from the sentence before: "... when 40 % were late"."""
    if not any(told is Told.BEFORE for anchor, told in where if anchor.concepts & asked.telling):
        return False
    here = sum(anchor.weight for anchor, told in where if told is Told.HERE)
    return here <= _HALF * sum(anchor.weight for anchor, _ in where)


_WIDE = frozenset({"number", "money", "percent", "year", "date", "place", "person"})
_NAMES_ITSELF = re.compile(r"founder|owner|slogan|motto|exchange|holder|alliance|gründer|fondat|fundador|創業者")


def _of_named(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the clause, or the lead of its paragraph, is of something else that the sheet names: a sister brand."""
    if asked.kind not in _WIDE or place.cell:
        return False
    clause = place.clause(said.start)
    hits = [hit for hit in place.hits if clause.start <= hit.start < min(said.start, clause.start + _OPENING)]
    lead = _lead(place)
    if lead:
        hits += place.page.hits_in(lead)
    return any(_is_other_thing(place, hit, asked) for hit in hits)


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
    return place.page.folded[hit.start : hit.end] not in sheetwords.of_fact(asked.fact)
