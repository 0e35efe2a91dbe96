"""What somebody owns, leads or made, told from who does: "King Harald owned Cackler of Notts"."""

import re
from collections.abc import Sequence

from monitor.analysis import proper
from monitor.analysis.cues import Asked
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

# What somebody does, where it stands right before a name: "King Harald owned Cackler of Notts".
_DOES = re.compile(
    r"(?:own|found|creat|produc|direct|head|establish|compos|edit|design|publish)(?:s|es|ed|ing)|leads|led|runs|ran"
    r"|wrote|writes|writing|bought|buys|acquired|acquires"
)
_PASSIVE = re.compile(r"\b(?:is|was|were|are|be|been|being|and|which|that|who)(?: \w+ly| also)? $")


def is_object(place: Place, name: Span, hits: Sequence[Hit]) -> bool:
    """Whether a name is of what somebody owns, leads or made, not of who does."""
    folded = place.page.folded
    return any(
        hit.end + 1 == name.start
        and _DOES.fullmatch(folded, hit.start, hit.end)
        and not _PASSIVE.search(folded, max(place.start, hit.start - 20), hit.start)
        for hit in hits
    )


def is_subject(place: Place, name: Span, hits: Sequence[Hit]) -> bool:
    """Whether a name is of what somebody owns, leads or made: "Cackler of Notts was owned by King Harald"."""
    folded = place.page.folded
    return any(
        _DOES.match(folded, hit.start, hit.end)
        and _BY.match(folded, max(hit.start, hit.end - 3))
        and _IS.fullmatch(folded, name.end, hit.start)
        for hit in hits
        if name.end < hit.start
    )


_BY = re.compile(r"\w* by\b")
_IS = re.compile(r" (?:is|was|were|has been|had been)(?: \w+ly| also)? ")


def of_other(place: Place, name: Span, asked: Asked) -> bool:
    """Whether the clause tells of something else that the sheet's own person owns or leads, and not of the brand."""
    if place.label:
        return False
    hits = [hit for hit in place.hits if hit.concept in asked.slots]
    others = [
        one
        for one in proper.names(place, place.start, place.end)
        if one.start != name.start and not place.page.names_own(one) and _belongs(place, one, hits)
    ]
    if not others:  # as almost always: where its clause ends need not be known
        return False
    clause = place.clause(name.start)
    inside = [hit for hit in hits if clause.start <= hit.start < clause.end]
    return not place.page.mentions_in(clause) and any(
        clause.start <= one.start < clause.end and _belongs(place, one, inside) for one in others
    )


def _belongs(place: Place, name: Span, hits: Sequence[Hit]) -> bool:
    return is_object(place, name, hits) or is_subject(place, name, hits)
