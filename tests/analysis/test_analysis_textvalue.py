"""The words of a text fact's value in an answer."""

import pytest

from monitor.analysis import lexicon
from monitor.analysis.textvalue import finder

LONGER = [
    (short, long)
    for group in lexicon.phrases()
    for short in sorted(group)
    for long in sorted(group)
    if long.startswith(f"{short} ")
]


@pytest.mark.parametrize(("short", "long"), LONGER)
def test_a_phrase_is_found_in_its_longest_form_in_every_program(short: str, long: str) -> None:
    found = finder(short, "").search(f"it wants {long} soon")
    assert found is not None
    assert found[0] == long
