"""What speaks for a row of names' being the members of a set, each thing by itself: a net goes by it."""

from collections.abc import Mapping, Sequence

from monitor.analysis import completeness, memberly, proper
from monitor.analysis.cues import Asked
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

NAMES = ("members", "share", "fresh", "row", "head", "labelled", "slot", "whole", "one_of", "here", "frame", "counted")
_NEAR = 40  # characters between the word for what they are and the first of them


def of_row(place: Place, named: Sequence[Span], asked: Asked, *, right: int, whole: bool) -> Mapping[str, float]:
    """Return each sign by its name; `right`: how many of the names are members."""
    true = asked.fact.value
    several = len(true) if isinstance(true, tuple) else 1
    clause = place.clause(named[0].start)
    heads = [hit for hit in place.hits if hit.concept in asked.telling - asked.rivals]
    return {
        "members": min(len(named), 6),
        "share": right / several,
        "fresh": (len(named) - right) / len(named),
        "row": len(named) > 1,
        "head": any(0 <= named[0].start - hit.end <= _NEAR for hit in heads),
        "labelled": not place.labelled.isdisjoint(asked.telling),
        "slot": any(proper.in_slot(place, one, asked.brand_words, asked.slots) for one in named),
        "whole": whole,
        "one_of": len(named) == 1 and memberly.is_one(place, named[0], asked),
        "here": any(clause.start <= hit.start < clause.end for hit in heads),
        "frame": any(not concepts.isdisjoint(asked.telling) for _, concepts in place.framed),
        "counted": completeness.counted(place, named),
    }
