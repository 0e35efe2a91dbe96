"""Whether what stands for a person, place, brand or scheme is named as something else: people, families, members."""

import re

from monitor.analysis.cues import Asked
from monitor.analysis.kind import Said
from monitor.analysis.places import Place


def stands_for_other(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a name is that of something of another sort than the fact asks for."""
    if asked.kind == "text":
        return _is_member(place, said)
    if asked.kind == "person":
        return _is_no_person(place, said, asked)
    return asked.kind in {"set", "place"} and _are_people(place, said, asked)


_MEMBER = re.compile(
    r"\b(?:is|are|was|were|became|been|as|ist|sind|est|sont|es|son)\s(?:an? |also |the |eine? |une? |una? |\w+ ){0,3}"
    r"(?:members?|partners?|signator\w+|participants?|part|mitglied|partner|membre|miembro)\s"
    r"(?:of|in|von|der|des|du|de|del)\b"
)


def _is_member(place: Place, said: Said) -> bool:
    """Whether the brand is said to be a member of what is named: that is no scheme of its own."""
    clause = place.clause(said.start)
    return bool(_MEMBER.search(place.page.folded, clause.start, max(clause.start, said.start)))


def _are_people(place: Place, said: Said, asked: Asked) -> bool:
    """Whether people whom the sheet names elsewhere stand where brands or towns are asked for."""
    if asked.concepts & {"founder", "founding"}:
        return False
    indices = _named_by(place, said)
    return asked.index not in indices and any(
        one.kind == "person" or (one.kind == "set" and "founder" in one.concepts)
        for one in place.page.compiled.asked
        if one.index in indices
    )


_THE = re.compile(r"\b(?:the|die|les|los|las)\s$")


def _is_no_person(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a brand of the sheet, or a whole family ("the Brincks"), stands where a person is asked for."""
    words = place.page.folded[said.start : said.end]
    if " " not in words and words.endswith("s") and _THE.search(place.page.folded, max(0, said.start - 4), said.start):
        return True
    indices = _named_by(place, said)
    if asked.index in indices:
        return False
    return any(
        one.kind in {"set", "text"} and not one.concepts & {"founder", "founding", "owner"}
        for one in place.page.compiled.asked
        if one.index in indices
    )


def _named_by(place: Place, said: Said) -> set[int]:
    """The facts whose values the words of this value are."""
    meet = (hit for hit in place.hits if hit.start < said.end and said.start < hit.end)
    return {int(hit.concept.split(":")[1]) for hit in meet if hit.concept.startswith("val:")}
