"""The charts of the pages, by what each is called in an address: a page and its charts' addresses show the same."""

from collections.abc import Callable, Mapping

from monitor.domain.measures import Measure
from monitor.domain.portrait import Portrait
from monitor.service.side_by_side import SideBySide
from reports import figures
from reports.figures import Figure

COMPARED = "visibility-compared"


def _course(measure: Measure, title: str, axis: str) -> Callable[[Portrait], tuple[Figure, ...]]:
    return lambda shown: figures.trends(shown, measure, title=title, axis=axis)


ALL: Mapping[str, Callable[[Portrait], tuple[Figure, ...]]] = {
    "accuracy-course": _course(Measure.ACCURACY, "Accuracy over time", "Right, in %"),
    "visibility-course": _course(Measure.VISIBILITY, "Visibility over time", "Named in % of answers"),
    "share_of_voice-course": _course(Measure.SHARE_OF_VOICE, "Share of voice over time", "% of mentions"),
    "citation_rate-course": _course(Measure.CITATION_RATE, "Answers that cite it, over time", "%"),
    COMPARED: lambda shown: figures.comparison(
        shown, shown.visibility, title="Named without being asked for", axis="% of answers"
    ),
    "verdicts": lambda shown: figures.verdicts(shown.facts),
}


def drawn(shown: Portrait, *names: str, alike: SideBySide | None = None) -> tuple[Figure, ...]:
    """Return the charts of these names; one without a measurement is left out.

    `alike` are the numbers that rest on the same prompts for every name, where those of the portrait do not.
    """
    return tuple(figure for name in names for figure in _drawn(shown, name, alike))


def _drawn(shown: Portrait, name: str, alike: SideBySide | None) -> tuple[Figure, ...]:
    if name != COMPARED or alike is None:
        return ALL[name](shown)
    title = "Named without being asked for, on the same prompts"
    return figures.comparison(shown, alike.visibility, title=title, axis="% of answers", unnamed=True)
