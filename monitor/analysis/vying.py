"""Facts of one sheet beside each other: by which words facts of like values are told apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold

_COSTLESS = frozenset({"free", "paid"})
_PERIODS = frozenset({"monthly", "yearly", "time"})
_TIME = re.compile(r"(?:minute|hour|day|night|week|month|year)s?|(?:working|business|calendar) days")
_SORTS = {
    "year": "moment", "date": "moment", "number": "number", "money": "money", "percent": "percent", "flag": "flag",
}  # fmt: skip
_VALUES = {
    "year": "moment", "date": "moment", "number": "amount", "money": "amount", "percent": "amount", "flag": "amount",
}  # fmt: skip


def beside_each_other(asked: Sequence[Asked]) -> list[Asked]:
    """Let every fact know the words that tell its siblings apart from it."""
    running = _with_presidents(asked)
    return [replace(one, distinct=_distinct(one, running), rivals=_rivals(one, running)) for one in running]


def _distinct(one: Asked, asked: Sequence[Asked]) -> frozenset[str]:
    alike = (other for other in asked if _VALUES.get(other.kind) == _VALUES.get(one.kind))
    return one.concepts - _of_others(one, alike)


def _rivals(one: Asked, asked: Sequence[Asked]) -> frozenset[str]:
    vying = (other for other in asked if _sort(other) == _sort(one))
    costless = _COSTLESS if "free" in one.concepts else frozenset[str]()
    return _of_others(one, vying) - one.concepts - _PERIODS - costless


def _of_others(one: Asked, asked: Iterable[Asked]) -> frozenset[str]:
    return frozenset(concept for other in asked if other.index != one.index for concept in other.concepts)


def _sort(one: Asked) -> str | None:
    """What facts vie for: a time is no count of anything, a share no sum."""
    times = one.kind == "number" and _TIME.fullmatch(fold(one.fact.unit))
    return "time" if times else _SORTS.get(one.kind)


def _with_presidents(asked: Sequence[Asked]) -> Sequence[Asked]:
    """Let a president be who runs the company, where the sheet names no chief executive."""
    if any("ceo" in one.concepts for one in asked):
        return asked
    return [_running(one) if one.kind == "person" and "president" in one.concepts else one for one in asked]


def _running(one: Asked) -> Asked:
    anchors = (replace(a, concepts=a.concepts | {"ceo"}) if "president" in a.concepts else a for a in one.anchors)
    return replace(one, anchors=tuple(anchors))
