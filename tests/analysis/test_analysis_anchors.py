"""What the words of a sheet's attribute ask an answer to speak of."""

import pytest

from monitor.analysis import anchors, families, lexicon


def concepts(about: str, kind: str) -> set[str]:
    found, _ = anchors.anchors_of(
        anchors.without(about, ()), families.reader("", kind), lexicon.general().generic, kind
    )
    return {concept for anchor in found for concept in anchor.concepts}


@pytest.mark.parametrize(
    ("about", "kind", "expected"),
    [
        ("number of its own stores", "number", {"stores"}),
        ("order value from which delivery is free", "money", {"delivery", "free", "paid"}),
        ("revenue, financial year to June 2025", "money", {"revenue"}),
        ("year the shop went online", "year", {"stores", "launch"}),
        ("length of the warranty", "number", {"warranty"}),
        ("share of revenue earned outside Norway", "percent", {"revenue", "overseas", "abroad"}),
        ("year the company was registered", "year", {"founding"}),
        ("recommended retail price", "money", {"price", "monthly", "yearly"}),
    ],
)
def test_small_words_of_an_attribute_ask_for_nothing(about: str, kind: str, expected: set[str]) -> None:
    assert concepts(about, kind) == expected


def test_money_spent_on_something_is_no_price() -> None:
    assert "price" not in concepts("share of revenue spent on research", "percent")
