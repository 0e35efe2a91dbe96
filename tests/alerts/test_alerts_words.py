import pytest

from monitor.alerts import words
from monitor.domain.brand import Fact


def _fact(kind, value, unit=""):
    return Fact(id="x", kind=kind, about="x", value=value, unit=unit)


@pytest.mark.parametrize(
    ("fact", "written"),
    [
        (_fact("money", 79, "USD"), "$79"),
        (_fact("money", 4.9, "EUR"), "€4.90"),
        (_fact("money", 1200, "SEK"), "1,200 SEK"),
        (_fact("money", 5), "5"),
        (_fact("percent", 12.5), "12.5 %"),
        (_fact("year", 1994), "1994"),
        (_fact("number", 31000, "machines"), "31,000 machines"),
        (_fact("flag", value=False), "no"),
        (_fact("set", ("Ann", "Bob", "Cy")), "Ann, Bob and Cy"),
        (_fact("person", "Ann Lee"), "Ann Lee"),
    ],
)
def test_the_sheets_value_in_words(fact, written):
    assert words.truth(fact) == written


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        (_fact("money", 79, "USD"), "99", "$99"),
        (_fact("money", 79, "USD"), "99 USD", "$99"),
        (_fact("money", 79, "USD"), "1500 EUR", "€1,500"),
        (_fact("money", 79, "USD"), "900 SEK", "900 SEK"),
        (_fact("money", 79, "USD"), "about 99 USD", "about $99"),
        (_fact("number", 3, "years"), "over 2 years", "over 2 years"),
        (_fact("year", 1994), "1989", "1989"),
        (_fact("flag", value=True), "false", "no"),
        (_fact("number", 3, "years"), "2 years", "2 years"),
        (_fact("person", "Ann Lee"), "Bob\nRay", "Bob Ray"),
    ],
)
def test_what_was_said_in_the_sheets_way(fact, value, said):
    assert words.said(fact, value) == said


def test_long_values_are_cut_at_a_word():
    cut = words.cut("a sentence that goes on " * 10)
    assert len(cut) <= 60
    assert cut.endswith("…")


def test_a_label_is_turned_round_where_it_has_a_vendor():
    assert words.who("Anthropic API, claude-sonnet-4-5") == "claude-sonnet-4-5 (Anthropic API)"
    assert words.who("captured answers") == "captured answers"
