"""How much work a reading is, counted: a crowded sentence must not keep the others waiting."""

import sys
from types import FrameType

from monitor.analysis import distances
from monitor.analysis.lexicon import Hit
from monitor.domain.readings import Span

_WORD, _WORDS = "shops, ", 2_000


def test_of_many_words_beside_a_figure_only_the_near_ones_are_looked_at() -> None:
    folded = _WORD * _WORDS + "12"
    hits = [Hit(at * len(_WORD), at * len(_WORD) + 5, "shops") for at in range(_WORDS)]
    looked: list[str] = []

    def seen(_: FrameType, event: str, what: object) -> None:
        if event == "c_call":
            looked.append(getattr(what, "__name__", ""))

    sys.setprofile(seen)
    try:
        found = distances.nearest(folded, Span(start=len(folded) - 2, end=len(folded)), hits)
    finally:
        sys.setprofile(None)
    assert found == 2 + 10, "a comma and a blank, and the comma is a break"
    assert looked.count("findall") < 10
