"""Money of several lands that write it alike."""

from datetime import date

import pytest

from monitor.analysis.folding import fold
from monitor.analysis.quantities import find
from monitor.analysis.reader import Reader
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, Fact, FactSheet, FormerValue

PLAN = Fact(
    id="plan", kind="money", about="yearly price of the repair plan", value=189, unit="CAD", tolerance=0.0,
    before=(FormerValue(value=159, until=date(2024, 12, 31)),),
)  # fmt: skip
READER = Reader(FactSheet(brand=Entity(name="Loomkite"), facts=(PLAN,)))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("It costs CA$1,999", "1999 CAD"),
        ("It costs AU$ 50", "50 AUD"),
        ("S$12 a month", "12 SGD"),
        ("US$5 million", "5000000 USD"),
        ("10 kanadische Dollar", "10 CAD"),
        ("30 canadian dollars", "30 CAD"),
        ("899カナダドル", "899 CAD"),
        ("40 dollars", "40 USD"),
        ("99 zł", "99 PLN"),
    ],
)
def test_dollars_are_of_the_land_that_is_named(words: str, shown: str) -> None:
    assert [one.shown for one in find(fold(words), [], "en", 0, len(words))] == [shown]


@pytest.mark.parametrize(
    ("price", "verdict"),
    [
        ("CA$189", "supported"),
        ("CA$159", "outdated"),
        ("CA$249", "contradicted"),
        ("$189", "supported"),
        ("159 dollars", "outdated"),
        ("$249", "unverified"),  # perhaps what it costs in the United States
        ("US$189", "unverified"),
    ],
)
def test_a_dollar_of_no_land_may_be_that_of_the_sheet(price: str, verdict: str) -> None:
    answer = Answer(id="a", text=f"The yearly price of the repair plan at Loomkite is {price}.")
    assert [claim.verdict for claim in READER.read(answer).claims] == [verdict]
