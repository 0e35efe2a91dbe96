"""How a name stands in its sentence: as all that a label gives, in an apposition, behind "called".

A name that no rule ties to a fact may be meant for it all the same: what is said around it tells (`relevance`).
"""

import re
from collections.abc import Mapping

from monitor.analysis import proper
from monitor.analysis.cues import Asked
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

NAMES = (
    "open", "filled", "opens", "another", "slot", "apposed", "called", "marked", "shape", "sits", "regional", "begins",
    "begun", "founded", "level", "lost",
)  # fmt: skip
_CALLED = re.compile(
    r"\b(?:called|named|name|names?|name (?:of|is)|known as|dubbed|under|as|titled|namens|heißt|genannt"
    r"|unter dem namen|als|appelée?|nommée?|baptisée?|nom de|sous le nom d[e']|llamad[oa]|denominad[oa]"
    r"|bajo el nombre de)\s?[\"“„«*_ ]*$"
)
_APPOSED = re.compile(
    r"[\"”»*_]*,? (?:which|who|is|are|was|ist|war|est|es|qui|que|der|die|das|the|its|their|an?|eine?|ihr\w*"
    r"|le|la|l'|une?|son|sa|el|su|una?)\b|という"
)
_LEADS = re.compile(r"(?:,|:|–|—|\(| is| are| was| ist| heißt| est| es|は|：)[\s*_\"“„«]*$")
_MARKS = frozenset('"“„«*_「『')


def signs(place: Place, name: Span, asked: Asked) -> Mapping[str, float]:
    """Return what speaks for a name's being the value of a fact, by how it stands."""
    page, clause = place.page, place.clause(name.start)
    folded = page.folded
    low = max(place.start, name.start - 24)
    said, value = folded[name.start : name.end].split(), str(asked.fact.value).split()
    return {
        "filled": fills(place, name),
        "opens": name.start <= clause.start + 2,
        "another": is_of_another(place, name, asked),
        "slot": proper.in_slot(place, name, asked.brand_words, asked.slots),
        "apposed": (_APPOSED.match(folded, name.end, place.end) is not None)
        + (_LEADS.search(folded, low, name.start) is not None),
        "called": _CALLED.search(folded, low, name.start) is not None,
        "marked": folded[max(0, name.start - 1)] in _MARKS,
        "shape": 1.0 - min(3, abs(len(said) - len(value))) / 3,
    }


def fills(place: Place, name: Span) -> bool:
    """Whether a name is what a label gives, and no sentence goes on behind it."""
    return (
        place.label is not None
        and name.start >= place.value_start
        and proper.fills(place, place.value_start, name.start)
        and not runs_on(place, name)
    )


def runs_on(place: Place, name: Span) -> bool:
    """Whether a sentence goes on behind a name."""
    return bool(_RUNS_ON.match(place.page.document.plain, name.end, place.end))


_RUNS_ON = re.compile(
    r" (?!(?:and|or|et|ou|und|oder|y|o|since|seit|depuis|desde|in|im|am|an|bei|nahe|dans|en|à|a|au|near|by|from|with"
    r"|mit|avec|con|for|für|pour|para|until|bis|as|under|on|at|of|de|del|du|von|vor|près|cerca|just|north|south|east|west)\b)[a-zà-ÿ]"
)


def is_brand(place: Place, name: Span) -> bool:
    """Whether a name is made of the words of the brand's own."""
    return set(place.page.folded[name.start : name.end].split()) <= place.page.brand_words


def is_of_another(place: Place, name: Span, asked: Asked) -> bool:
    """Whether it is a name that the sheet gives as the value of another fact."""
    return any(
        hit.concept.startswith("val:") and not asked.known_as(hit.concept)
        for hit in place.hits
        if hit.start < name.end and name.start < hit.end
    )
