"""Places that name who holds or held a post of the sheet: that post is the brand's, whoever was spoken of before."""

from bisect import bisect_left

from monitor.analysis.cues import Asked
from monitor.analysis.places import Place
from monitor.analysis.spans import Span


def named(place: Place) -> bool:
    """Whether a holder is named, and no brand beside."""
    spots = place.page.holder_spots
    at = bisect_left(spots, place.start)
    return at < len(spots) and spots[at] < place.end and not place.page.mentions_in(place)


def alone(place: Place, at: Span, asked: Asked) -> bool:
    """Whether a holder of this post is told in a clause where no brand is named, or several members of this set are."""
    if asked.kind == "set":
        return _lists(place, at, asked)
    if asked.kind != "person" or place.cell or place.page.mentions_in(place.clause(at.start)):
        return False
    return any(hit.concept in asked.values and hit.start < at.end and at.start < hit.end for hit in place.hits)


def _lists(place: Place, at: Span, asked: Asked) -> bool:
    """Whether a list names several members of a set: it is the brand's, whoever else stands in it."""
    members = {hit.concept for hit in place.hits if at.start <= hit.start < at.end}
    return len(members & asked.values) > 1
