"""Something that is so or is not: publicly traded, free, allowed."""

from collections.abc import Sequence

from monitor.analysis import polarity
from monitor.analysis.cues import Asked
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.places import Place
from monitor.domain.brand import Fact, FactValue

_ENOUGH = 0.6


def _check(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is asked the same way
    return "" if isinstance(value, bool) else "a flag is true or false"


def _advice(fact: Fact) -> str:
    if not fact.about.lower().startswith("whether"):
        return "write `about` as what is true or false, beginning with whether: `about: whether pets are allowed`"
    return ""


def _same(a: Fact, b: Fact) -> bool:
    return a.value is b.value


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    found = []
    for clause in place.clauses:
        hits = [hit for hit in place.hits if clause.start <= hit.start < clause.end and hit.concept in asked.concepts]
        label = place.label and any(hit.concept in asked.concepts for hit in place.page.hits_in(place.label))
        if not hits and not label:
            continue
        covered = place.coverage(asked, clause.start)
        if covered < _ENOUGH:
            continue
        said = polarity.read(place, clause, asked, hits)
        if said is not None:
            start, end = (hits[0].start, hits[-1].end) if hits else (clause.start, clause.end)
            found.append(
                Said(start=start, end=end, value=said, shown="yes" if said else "no", score=covered, span=clause)
            )
    return found


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:  # noqa: ARG001 -- every kind is asked the same way
    return Match.SAME if said.value is value else Match.OTHER


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return "yes" if value else "no"


KIND = Kind(name="flag", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
