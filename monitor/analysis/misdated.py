"""Whether the end of a term is told with another date than the sheet's: "she succeeded him in 2011"."""

import re
from datetime import date

from monitor.analysis.kind import Said
from monitor.analysis.places import Place

_YEARS = 1  # by which a memory may be out
_UNTIL = re.compile(
    r"\b(?:until|till|bis|jusqu'en|hasta)\s(?:(?:early|mid|late|the|end|of|ende|fin|finales|de|[a-zé]+)[\s-]){0,3}"
    r"(?P<year>(?:19|20)\d\d)\b"
)
_FOLLOWS = re.compile(
    r"\b(?:succe(?:eds|eded|eding)|t(?:akes?|ook) over(?: \w+){0,3} from|replac(?:es|ed)|follow(?:s|ed)|löst|löste"
    r"|folgte"
    r"|a succédé|succède|remplace|sucedió|sustituyó|releva)\b"
)

_LEAVES = re.compile(
    r",? (?:leaves|left|steps down|stepped down|resigns|resigned|retires|retired|departs|departed|goes|hands over"
    r"|handed over"
    r"|geht|tritt zurück|trat zurück|démissionne|part\b|dimite|dimitió)(?! the (?:board|chair))"
)


def ends_otherwise(place: Place, said: Said, until: date | None) -> bool:
    """Whether the clause, or the date of its row, gives an end that is more than a year from the sheet's."""
    if until is None:
        return False
    years = _told(place, said)
    return bool(years) and all(abs(year - until.year) > _YEARS for year in years)


def held_before(place: Place, said: Said, since: date | None) -> bool:
    """Whether who holds a post now is said to have held it at a time before: "X, who was CEO at the time"."""
    clause = place.clause(said.start)
    return since is not None and bool(_WAS_THEN.search(place.page.folded, said.end, clause.end))


_WAS_THEN = re.compile(
    r"^,? (?:who |die |der |qui |que )?(?:was|war|était|era) (?:already |then |schon |déjà "
    r"|ya )*(?:[\w-]+ ){0,4}?(?:at the time(?! of)|back then"
    r"|then\b|damals|à l'époque|entonces)"
)


def moved_last(place: Place, said: Said, until: date | None) -> bool:
    """Whether a seat is said to have moved there no earlier than it last did: "2003: head office moves to Leeds"."""
    if until is None or not _MOVES.search(place.page.folded, place.clause(said.start).start, said.start):
        return False
    label = place.label
    told = [*place.dates, *(place.page.moments_in(label) if label else ())]
    years = [one.first.year for one in told if not one.relative]
    return bool(years) and all(year >= until.year - _YEARS for year in years)


_MOVES = re.compile(
    r"\b(?:mov(?:es?|ed)|relocat(?:es?|ed)|transfer(?:s|red)|shift(?:s|ed)|zieht|zog|déménage|s'installe"
    r"|se traslada|se mudó)\b"
    r"[^.;]{0,40}\b(?:to|nach|à|a)\s(?:the )?$"
)


def _told(place: Place, said: Said) -> list[int]:
    folded, clause = place.page.folded, place.clause(said.start)
    low, high = min(clause.start, said.start), max(clause.end, said.end)
    bounds = [int(found["year"]) for found in _UNTIL.finditer(folded, said.end, high)]
    if bounds:
        return bounds
    if not (_FOLLOWS.search(folded, low, said.start) or _LEAVES.match(folded, said.end, high)):
        return []
    inside = [one for one in place.dates if low <= one.start < high and not one.relative]
    label = place.label
    if not inside and label is not None:
        inside = [one for one in place.page.moments_in(label) if not one.relative]
    return [one.first.year for one in inside] if all(one.first.year == one.last.year for one in inside) else []
