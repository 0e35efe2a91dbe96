"""What is paid every month is no price that is paid once."""

import pytest

from monitor.analysis.reader import Reader
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, Fact, FactSheet

SHEET = FactSheet(
    brand=Entity(name="Velmark"),
    facts=(
        Fact(id="price", kind="money", unit="EUR", about="price of the Velmark One", value=649),
        Fact(id="care", kind="money", unit="EUR", about="monthly fee of the Care plan", value=4.9, cues=("Care plan",)),
    ),
)


@pytest.mark.parametrize(
    "sentence",
    [
        "An optional Care plan for 4.90 euros a month adds yearly servicing.",
        "For €4.90 per month, the Care plan includes seals and descaler.",
        "The Velmark One can be rented for €29 a month.",
    ],
)
def test_a_monthly_fee_is_not_held_against_the_price(sentence):
    read = Reader(SHEET).read(Answer(id="a", text=f"The Velmark One is a coffee machine. {sentence}"))
    assert [claim.verdict.value for claim in read.claims if claim.fact == "price"] == []


def test_a_wrong_price_is_still_wrong():
    read = Reader(SHEET).read(Answer(id="a", text="The price of the Velmark One is 549 euros."))
    assert [(claim.fact, claim.verdict.value) for claim in read.claims] == [("price", "contradicted")]
