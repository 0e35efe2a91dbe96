"""An attribute's words as the kind of its value wants them: what goes without saying, what must be told."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from monitor.analysis.anchors import Anchor

_GOODS = frozenset(
    f"={word}"
    for word in (
        "cars games toys consoles clothes products shoes phones machines goods items devices drinks bikes accounts"
        " vehicles models tracks tickets books its their company thing things"
    ).split()
)
_TOWNS = frozenset(
    f"={word}" for word in "town towns city cities place places village location country municipality area".split()
)
_HEADS = frozenset({"=head", "=boss", "=leader", "=chief", "=manager", "=director"})
_FOUNDERS = frozenset({"founder", "founding"})
_AMOUNTS = frozenset({"price", "fee"})
_BELONGS = (frozenset({"owner"}), frozenset({"donation"}))  # "belongs to an alliance", "gives loans"
_BESIDE = 0.3  # "airline alliance": an answer about the airline leaves it out
_FAINT = 0.4  # "name of the app": many things are called something


def for_kind(kind: str, anchors: Sequence[Anchor]) -> Iterator[Anchor]:
    """Read an attribute's words as the kind of its value wants them: of a "free trial" so many days are asked."""
    if kind == "set" and any(anchor.concepts & _FOUNDERS for anchor in anchors):
        return map(_of_founders, anchors)
    return _weighed(kind, anchors)


def _weighed(kind: str, anchors: Sequence[Anchor]) -> Iterator[Anchor]:
    for anchor in anchors:
        if kind != "flag" and "free" in anchor.concepts:
            yield replace(anchor, concepts=anchor.concepts - {"paid"}, weight=_FAINT, modifier=True)
        elif kind == "flag" and anchor.concepts in _BELONGS and anchor is not anchors[-1]:
            yield replace(anchor, weight=_FAINT, modifier=True)
        elif kind == "flag" and anchor.literal and anchor.concepts <= _GOODS and len(anchors) > 1:
            yield replace(anchor, weight=_BESIDE, modifier=True)  # "sells its toys in Russia": the goods are understood
        elif kind == "money" and anchor.concepts <= _AMOUNTS and any(_told_alone(other) for other in anchors):
            yield replace(anchor, weight=_FAINT)  # "tuition fee": an amount of money says that it is a fee
        elif kind in {"place", "set"} and anchor.literal and anchor.concepts <= _TOWNS and len(anchors) > 1:
            yield replace(anchor, weight=_BESIDE, modifier=True)  # a value that is a town says so
        elif kind == "person" and anchor.concepts & _HEADS:  # "head of the American branch": who leads it
            yield replace(anchor, concepts=anchor.concepts | {"ceo"}, weight=1.0, modifier=False)
        elif kind == "set" and anchor is not anchors[0] and anchor.concepts in _BELONGS:
            yield replace(anchor, weight=_FAINT)  # "studios owned"
        elif anchor.modifier:
            yield replace(anchor, weight=_BESIDE)
        else:
            yield anchor


def _of_founders(anchor: Anchor) -> Anchor:
    """Of "people who founded the workshop" the founding alone must be told, by any word for founders."""
    if anchor.concepts & _FOUNDERS:
        return replace(anchor, concepts=anchor.concepts | _FOUNDERS, weight=1.0, modifier=False)
    return anchor if anchor.proper else replace(anchor, weight=_BESIDE, modifier=True)


def _told_alone(anchor: Anchor) -> bool:
    return not (anchor.literal or anchor.proper or anchor.modifier or anchor.concepts <= _AMOUNTS)
