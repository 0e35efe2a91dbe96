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


def ends_otherwise(place: Place, said: Said, until: date | None) -> bool:
    """Whether the clause, or the date of its row, gives an end that is more than a year from the sheet's."""
    if until is None:
        return False
    years = _told(place, said)
    return bool(years) and all(abs(year - until.year) > _YEARS for year in years)


def _told(place: Place, said: Said) -> list[int]:
    folded, clause = place.page.folded, place.clause(said.start)
    low, high = min(clause.start, said.start), max(clause.end, said.end)
    bounds = [int(found["year"]) for found in _UNTIL.finditer(folded, said.end, high)]
    if bounds:
        return bounds
    if not _FOLLOWS.search(folded, low, said.start):
        return []
    inside = [one for one in place.dates if low <= one.start < high and not one.relative]
    label = place.label
    if not inside and label is not None:
        inside = [one for one in place.page.moments_in(label) if not one.relative]
    return [one.first.year for one in inside] if all(one.first.year == one.last.year for one in inside) else []
