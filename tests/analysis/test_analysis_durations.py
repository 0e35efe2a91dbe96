"""Times as a report shows them."""

import pytest

from monitor.analysis import durations
from monitor.analysis.quantities import Bound, Dimension, Quantity


def time(days: float, unit: str, *, high: float | None = None, bound: Bound = Bound.EXACT) -> Quantity:
    return Quantity(start=0, end=1, value=days, high=high, unit=unit, bound=bound, dimension=Dimension.DURATION)


@pytest.mark.parametrize(
    ("said", "unit", "words"),
    [
        (time(30, "day"), "years", "30 days"),
        (time(3 / 1440, "minute", bound=Bound.ABOUT), "years", "about 3 minutes"),
        (time(730.5, "month"), "years", "2 years"),
        (time(365.25, "month"), "years", "1 year"),
        (time(730.5, "year"), "days", "2 years"),
        (time(21, "week"), "days", "21 days"),
        (time(5, "day", high=7), "weeks", "5-7 days"),
        (time(1, "day"), "years", "1 day"),
    ],
)
def test_a_time_is_shown_whole_in_the_sheets_unit_or_the_answers(said: Quantity, unit: str, words: str) -> None:
    assert durations.shown(said, unit) == words
