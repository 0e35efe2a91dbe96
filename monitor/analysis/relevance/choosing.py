"""Gives each amount and day to the one fact that it is most likely meant for, and tells how likely all are meant."""

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from msgspec.structs import replace

from monitor.analysis.relevance import across, traits
from monitor.analysis.relevance.model import Model
from monitor.analysis.relevance.spoken import PageWords, Spoken
from monitor.analysis.relevance.traits import Weighed
from monitor.analysis.settling import Found, meant_of_clause
from monitor.domain.readings import Verdict

# How likely a value must be meant for its fact, and rightly read, to support it or to be held against it. Chosen by
# cross-validation over brands (tests/bench/relevance.py), so that of what is told about 95 in a hundred are right on a
# brand never seen, and not many are lost.
_RIGHT, _WRONG = 0.68, 0.74
_RIGHT_OF_KIND = {"flag": 0.75, "date": 0.75, "set": 0.72}
_WRONG_OF_KIND = {"person": 0.7}
_OUTDATED_FLAG = 0.85  # what ceased to hold is often told as such in words that are not understood
_DOUBTED = 0.8  # to hold against an answer what the words around make that of something else
_PERHAPS = 0.3  # less likely: nothing is told, not even that it cannot be told
_PLAIN = 0.8  # what is plainly said, whatever the net makes of it


def least(one: Found, verdict: Verdict, *, doubted: bool = False) -> float:
    """How likely a value must be meant for its fact for this verdict; `doubted`: something speaks against it."""
    asked = one.asked
    if verdict is Verdict.UNVERIFIED:
        return _PERHAPS
    if verdict is Verdict.SUPPORTED:
        return _RIGHT_OF_KIND.get(asked.kind, _RIGHT)
    flag = asked.kind == "flag" and verdict is Verdict.OUTDATED
    return max(_WRONG_OF_KIND.get(asked.kind, _WRONG), _OUTDATED_FLAG if flag else 0.0, _DOUBTED if doubted else 0.0)


class Meant(msgspec.Struct, frozen=True, kw_only=True):
    """A value with the probability that it is meant for its fact."""

    found: Found
    likely: float
    doubted: bool  # the words around make it, as a rule, the value of something else


def weighed(found: Iterable[Found], words: PageWords) -> list[Weighed]:
    """Weigh values of one answer against the facts that they may be meant for."""
    by_place: dict[int, list[Found]] = {}
    for one in found:
        by_place.setdefault(id(one.place), []).append(one)
    every = [one for group in by_place.values() for one in traits.of_place(Spoken(words, group[0].place), group)]
    across.compare(every)
    return every


def plainly(one: Weighed) -> bool:
    """Whether a value is meant however far off it lies: all of the fact is said right beside it, of the brand."""
    t = one.traits
    if t["cue"] < 1 or t["rivals_same"] or t["other_here"] or t["sign_otherwise"]:
        return False
    alone = t["is_year"] or t["is_date"] or (t["is_money"] and not t["values"])
    if alone and t["score"] >= _CLOSELY and (t["subject"] or t["brand_near"]):
        return True
    if t["values"] or t["names"] or t["score"] < _TIED:
        return False
    if t["label"] and t["value"]:
        return t["in_label"] >= _ALL and t["words"] <= _FEW_BEHIND_LABEL
    return bool(t["subject"] or t["brand_here"]) and t["words"] <= _FEW


_CLOSELY = 0.9
_TIED, _ALL = 0.8, 0.9
_FEW, _FEW_BEHIND_LABEL = 0.6, 0.1  # tens of words


def likely(every: Sequence[Weighed], model: Model) -> list[float]:
    """Return how probable it is that each is meant for its fact, and rightly read."""
    if not every:
        return []
    rows = np.array([model.row(one.traits) for one in every], dtype=np.float32)
    return list(model.probabilities(rows).tolist())


def meant(every: Sequence[Weighed], model: Model) -> list[Meant]:
    """Return, for each amount or day, the fact that it is most likely meant for."""
    best: dict[tuple[int, int], Meant] = {}
    for one, learnt in zip(every, likely(every, model), strict=True):
        plain = (_PERHAPS if one.doubted else _PLAIN) if plainly(one) else 0.0
        probability = max(learnt, plain)
        at = (one.found.said.start, one.found.said.end)
        if at not in best or probability > best[at].likely:
            best[at] = Meant(found=one.found, likely=probability, doubted=one.doubted)
    return _of_clauses(list(best.values()))


def each(every: Sequence[Weighed], model: Model) -> list[Meant]:
    """Return names, words and flags, each with how likely it is meant for its fact.

    A person's or a town's name serves one fact: the one that it is most likely meant for.
    """
    found = [
        Meant(found=one.found, likely=learnt, doubted=one.doubted)
        for one, learnt in zip(every, likely(every, model), strict=True)
    ]
    best: dict[tuple[int, int], Meant] = {}
    for one in found:
        at = (one.found.said.start, one.found.said.end)
        if one.found.asked.kind in _OF_ONE and (at not in best or one.likely > best[at].likely):
            best[at] = one
    kept = {id(one) for one in best.values()}
    return [one for one in found if one.found.asked.kind not in _OF_ONE or id(one) in kept]


_OF_ONE = frozenset({"person", "place"})


def _of_clauses(every: Sequence[Meant]) -> list[Meant]:
    """Of several values in a clause for one fact leave those that are meant: "went from 9,100 to 6,000"."""
    groups: dict[tuple[str, int], list[Meant]] = {}
    for one in every:
        clause = one.found.place.clause(one.found.said.start)
        groups.setdefault((one.found.asked.fact.id, clause.start), []).append(one)
    kept = []
    for group in groups.values():
        sure = {one.found.said.start: one for one in group if one.likely >= _PERHAPS}
        found = meant_of_clause([one.found for one in sure.values()]) if sure else []
        kept += [replace(sure[one.said.start], found=one) for one in found]
    return kept
