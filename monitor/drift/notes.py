"""How it was measured, one sentence each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.domain.answers import Surface
from monitor.domain.measures import Series
from monitor.drift.regimes import RegimeSpan

_ALWAYS = (
    "Every share is shown with its answers and a 95 % interval that allows for like answers to one question.",
    "Visibility, share of voice and recommendations are counted over answers to questions that do not hold the name.",
    "Misses, refusals and answers cut off by length are counted apart; none of them counts as “not named”.",
    "“A fall of 12 points would show” means: a fall so large would pass the test within a month in four of five cases.",
    "Claims were held against the fact sheet by machine, as of each answer's date.",
)
_SURFACES = {
    Surface.API: "through the vendor's API without search",
    Surface.API_SEARCH: "through the vendor's API with search",
    Surface.APP: "captured from the vendor's app",
    Surface.SERP: "captured from a search page",
}
_API = "An API's answer is not what a person sees in the vendor's app."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the notes of a period speak of."""

    names: Collection[str]  # whom the prompts name
    surfaces: Collection[Surface]
    imported: int  # probes
    repeats: Mapping[str, tuple[int, int]]  # assistant -> answers that repeat another sample, answers read


def told(asked: Asked, spans: Mapping[Series, Sequence[RegimeSpan]], labels: Mapping[str, str]) -> tuple[str, ...]:
    """Return the notes of what was asked, and in which regimes."""
    return (*_ALWAYS, *_named(asked), *_surfaces(asked), *_identical(asked, labels), *_regimes(spans, labels))


def _named(asked: Asked) -> list[str]:
    """Say that names are counted over different prompts where prompts name somebody."""
    if not asked.names:
        return []
    names = " or ".join(sorted(asked.names))
    return [f"Questions that name {names} count for the visibility of the others only: compare with care."]


def _surfaces(asked: Asked) -> list[str]:
    found = sorted(asked.surfaces, key=list(Surface).index)
    said = [f"Answers were obtained {' and '.join(_SURFACES[surface] for surface in found)}."] if found else []
    if {Surface.API, Surface.API_SEARCH} & set(found):
        said.append(_API)
    if len(found) > 1:
        said.append("What comes from an API, from an app and from a results page is never mixed in one number.")
    return [*said, f"{asked.imported} answers were imported."] if asked.imported else said


def _identical(asked: Asked, labels: Mapping[str, str]) -> list[str]:
    """Say where samples repeat each other word for word: they tell no more than one of them."""
    return [
        f"{labels.get(assistant, assistant)}: {repeated} of {read} answers repeat another sample word for word."
        for assistant, (repeated, read) in sorted(asked.repeats.items())
        if repeated
    ]


def _regimes(spans: Mapping[Series, Sequence[RegimeSpan]], labels: Mapping[str, str]) -> list[str]:
    """Say when another model began to answer; the numbers of the period hold both."""
    began: dict[tuple[str, str], date] = {}
    for series, found in spans.items():
        for span in found:
            if span.cause:
                key = (labels.get(series.assistant_id, series.assistant_id), span.cause)
                began[key] = min(span.start, began.get(key, span.start))
    return [
        f"{label}: {cause}, first seen on {day.day} {day:%B} {day.year}; the numbers of this period hold both."
        for (label, cause), day in sorted(began.items())
    ]
