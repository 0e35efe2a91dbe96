"""Where a quick look for words stands before a pattern, no way to match it is overlooked."""

import pytest

from monitor.analysis.advice import _NAME
from monitor.analysis.wordlists import phrases, signs
from tests.support.skeletons import skeletons


@pytest.mark.parametrize("name", ["choose", "against", "intro", "intro_other", "intro_against"])
def test_every_way_to_match_holds_a_sign(name: str) -> None:
    looked_for = signs(f"{name}_signs")
    lines = [line.replace("NAME", _NAME) for line in phrases(name)]
    assert lines
    assert not [spelt for line in lines for spelt in skeletons(line) if not any(sign in spelt for sign in looked_for)]
