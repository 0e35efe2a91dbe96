"""How it was measured, one sentence each."""

from collections.abc import Mapping, Sequence
from datetime import date

from monitor.domain.answers import Surface
from monitor.domain.measures import Series, Tally
from monitor.domain.rounds import Observation, RoundKind
from monitor.drift import measures, regimes

_ALWAYS = (
    "Every share is shown with its answers and a 95 % interval that allows for answers to one prompt being alike.",
    "Visibility, share of voice and recommendations are counted over answers to prompts that do not name the entity.",
    "Misses, refusals and answers cut off by length are counted apart; none of them counts as “not named”.",
    "“Shows falls of 12 points” means: a fall so large would pass the test within a month in four of five cases.",
    "Claims were held against the fact sheet by machine, as of each answer's date; nobody has reviewed them.",
)
_SURFACES = {
    Surface.API: "through the vendor's API without search",
    Surface.API_SEARCH: "through the vendor's API with search",
    Surface.APP: "captured from the vendor's app",
    Surface.SERP: "captured from a search page",
}
_API = "An API's answer is not what a person sees in the vendor's app."


def notes(
    seen: Sequence[Observation], groups: Mapping[Series, Sequence[Tally]], labels: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the notes of a period, the general ones first."""
    return (*_ALWAYS, *_named(seen), *_surfaces(seen), *_identical(seen, labels), *_regimes(groups, labels))


def _named(seen: Sequence[Observation]) -> list[str]:
    """Say that names are counted over different prompts where prompts name somebody."""
    named = sorted({name for observation in seen for name in observation.prompt.names})
    if not named:
        return []
    return [f"Prompts that name {' or '.join(named)} count for the visibility of the others only: compare with care."]


def _surfaces(seen: Sequence[Observation]) -> list[str]:
    found = sorted({observation.surface for observation in seen}, key=list(Surface).index)
    told = [f"Answers were obtained {' and '.join(_SURFACES[surface] for surface in found)}."] if found else []
    if {Surface.API, Surface.API_SEARCH} & set(found):
        told.append(_API)
    if len(found) > 1:
        told.append("Surfaces are never mixed in one number.")
    imported = sum(observation.kind is RoundKind.IMPORTED for observation in seen)
    return [*told, f"{imported} answers were imported."] if imported else told


def _identical(seen: Sequence[Observation], labels: Mapping[str, str]) -> list[str]:
    """Say where samples repeat each other word for word: they tell no more than one of them."""
    told = []
    for assistant in sorted({observation.assistant_id for observation in seen}):
        read = [o for o in seen if o.assistant_id == assistant and measures.readable(o) is not None]
        distinct = {(o.round_id, o.prompt.id, o.text) for o in read if o.text}
        repeated = sum(bool(o.text) for o in read) - len(distinct)
        if repeated:
            label = labels.get(assistant, assistant)
            told.append(f"{label}: {repeated} of {len(read)} answers repeat another sample word for word.")
    return told


def _regimes(groups: Mapping[Series, Sequence[Tally]], labels: Mapping[str, str]) -> list[str]:
    """Say when another model began to answer; the numbers of the period hold both."""
    began: dict[tuple[str, str], date] = {}
    for series, tallies in groups.items():
        for span in regimes.spans(tallies):
            if span.cause:
                key = (labels.get(series.assistant_id, series.assistant_id), span.cause)
                began[key] = min(span.start, began.get(key, span.start))
    return [
        f"{label}: {day.isoformat()}, {cause}; numbers of this period hold both."
        for (label, cause), day in sorted(began.items())
    ]
