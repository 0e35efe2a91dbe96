from hypothesis import given
from hypothesis import strategies as st

from monitor.brandfile import difference


def test_the_same_text_has_no_difference_whatever_its_line_ends():
    assert difference("a: 1\nb: 2\n", "a: 1\r\nb: 2") == ""


def test_a_changed_value_stands_beside_what_it_was():
    told = difference("brand: {name: A}\nfacts:\n  - 1\n", "brand: {name: B}\nfacts:\n  - 1\n")
    assert "-brand: {name: A}\n+brand: {name: B}\n" in told


@given(st.text(), st.text())
def test_any_two_texts_can_be_told_apart(old, new):
    assert (difference(old, new) == "") == (old.splitlines() == new.splitlines())
