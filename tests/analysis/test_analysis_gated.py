"""What is looked for only where one of some words stands must hold one of them wherever it matches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.analysis import bounds, following, hearsay, scope, subject
from monitor.analysis.gated import Gated

GATES = {
    "both": subject.BOTH, "rival": following.RIVAL, "belief": hearsay.BELIEF, "irreal": scope.IRREAL,
}  # fmt: skip


@pytest.mark.parametrize("gated", GATES.values(), ids=GATES)
@given(data=st.data())
def test_every_match_holds_a_word(gated: Gated, data: st.DataObject) -> None:
    words = data.draw(st.from_regex(gated.pattern, fullmatch=True))
    assert gated.starts(words), words


def test_words_are_found_where_they_begin() -> None:
    gated = Gated(r"\b(?:both|either)\b", ["both", "either"])
    assert gated.starts("both of them, neither of us") == [0, 15]
    assert gated.starts("none") == []


@given(st.from_regex(bounds.BEFORE))
def test_what_bounds_an_amount_is_found_by_how_it_ends(words: str) -> None:
    assert bounds.before(words, 0, len(words)), words
