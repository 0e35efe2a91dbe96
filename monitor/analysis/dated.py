"""Days and years that an answer gives for a fact."""

from collections.abc import Sequence

from monitor.analysis.closeness import is_close
from monitor.analysis.cues import Asked
from monitor.analysis.kind import Said
from monitor.analysis.nearness import LOOSE, is_of_sheet, tie
from monitor.analysis.places import Place


def read(place: Place, asked: Asked) -> Sequence[Said]:
    """Return the moments of a place that are meant for a fact."""
    return [
        Said(start=one.start, end=one.end, value=one, shown=one.shown, score=score, exclusive=True)
        for one in place.moments
        if (score := tie(place, asked, one)) >= LOOSE or is_of_sheet(place, asked, one) or is_close(asked, one)
    ]
