"""Gives each amount and day to the one fact that it is most likely meant for, and tells how likely all are meant."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from monitor.analysis.nearness import ENOUGH
from monitor.analysis.relevance import net, traits
from monitor.analysis.relevance.spoken import PageWords, Spoken
from monitor.analysis.relevance.traits import Weighed
from monitor.analysis.settling import Found, meant_of_clause
from monitor.domain.readings import Verdict

# How likely a value must be meant for its fact, and rightly read, to support it or to be held against it. Chosen by
# cross-validation over brands (tests/bench/relevance.py), so that of what is held against answers about nine in ten are
# right on a brand never seen, and not many are lost.
_RIGHT = {"person": 0.6, "place": 0.65, "text": 0.65, "set": 0.65, "flag": 0.75}
_WRONG = {"person": 0.66, "place": 0.66, "text": 0.75, "set": 0.6, "flag": 0.7}
_OUTDATED_FLAG = 0.82  # what ceased to hold is often told as such in words that are not understood
_VALUE_RIGHT, _VALUE_WRONG, _LOOSE_WRONG = 0.68, 0.66, 0.8
_PERHAPS = 0.3  # less likely: nothing is told, not even that it cannot be told
_PLAIN = 0.8  # what is plainly said, whatever the net makes of it


def least(one: Found, verdict: Verdict) -> float:
    """How likely a value must be meant for its fact that this verdict be given."""
    asked = one.asked
    if verdict is Verdict.UNVERIFIED:
        return _PERHAPS
    if verdict is Verdict.SUPPORTED:
        return _RIGHT.get(asked.kind, _VALUE_RIGHT)
    if asked.kind == "flag" and verdict is Verdict.OUTDATED:
        return _OUTDATED_FLAG
    if asked.valued and one.said.score < ENOUGH:
        return _LOOSE_WRONG
    return _WRONG.get(asked.kind, _VALUE_WRONG)


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """A value with the probability that it is meant for its fact."""

    found: Found
    likely: float


def weighed(found: Iterable[Found], words: PageWords) -> list[Weighed]:
    """Weigh values of one answer against the facts that they may be meant for."""
    by_place: dict[int, list[Found]] = {}
    for one in found:
        by_place.setdefault(id(one.place), []).append(one)
    return [one for group in by_place.values() for one in traits.of_place(Spoken(words, group[0].place), group)]


def plainly(one: Weighed) -> bool:
    """Whether a value is meant however far off it lies: all of the fact is said right beside it, of the brand."""
    t = one.traits
    if t["cue"] < 1 or t["rivals_same"] or t["other_here"]:
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


def likely(every: Sequence[Weighed], model: net.Net) -> list[float]:
    """Return how probable it is that each is meant for its fact, and rightly read."""
    if not every:
        return []
    rows = np.array([model.row(one.traits) for one in every], dtype=np.float32)
    return list(model.probabilities(rows).tolist())


def meant(every: Sequence[Weighed], model: net.Net) -> list[Meant]:
    """Return, for each amount or day, the fact that it is most likely meant for."""
    best: dict[tuple[int, int], Meant] = {}
    for one, learnt in zip(every, likely(every, model), strict=True):
        probability = max(learnt, _PLAIN) if plainly(one) else learnt
        at = (one.found.said.start, one.found.said.end)
        if at not in best or probability > best[at].likely:
            best[at] = Meant(found=one.found, likely=probability)
    return _of_clauses(list(best.values()))


def _of_clauses(every: Sequence[Meant]) -> list[Meant]:
    """Of several values in a clause for one fact leave those that are meant: "went from 9,100 to 6,000"."""
    groups: dict[tuple[str, int], list[Meant]] = {}
    for one in every:
        clause = one.found.place.clause(one.found.said.start)
        groups.setdefault((one.found.asked.fact.id, clause.start), []).append(one)
    kept = []
    for group in groups.values():
        sure = {one.found.said.start: one.likely for one in group if one.likely >= _PERHAPS}
        found = [one.found for one in group if one.likely >= _PERHAPS]
        kept += [Meant(found=one, likely=sure[one.said.start]) for one in meant_of_clause(found)] if found else []
    return kept
