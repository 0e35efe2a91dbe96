"""Hard cases of names, places and texts that no word of the fact's own stands beside, one line each."""

from datetime import date

import pytest

from monitor.domain.brand import Entity, Fact, FactSheet, FormerValue
from tests.support.claim_cases import Check, cases, checking, told, wanted

BRAND = "Merlow Pianos"
SHEET = FactSheet(
    brand=Entity(name=BRAND),
    competitors=(Entity(name="Kessler & Ruhl"),),
    as_of=date(2026, 11, 1),
    facts=(
        Fact(id="origin", kind="place", about="town where it began", value="Tartu, Estonia"),
        Fact(
            id="hq",
            kind="place",
            about="headquarters",
            value="Riga, Latvia",
            before=(FormerValue(value="Tallinn, Estonia", until=date(2011, 5, 31)),),
        ),
        Fact(id="made_in", kind="place", about="country where the pianos are made", value="Estonia"),
        Fact(
            id="head",
            kind="person",
            about="managing director",
            value="Liina Saar",
            before=(FormerValue(value="Joonas Tamm", until=date(2021, 6, 30)),),
        ),
        Fact(id="designer", kind="person", about="head of design", value="Mikael Roos"),
        Fact(
            id="club",
            kind="text",
            about="name of the loyalty club",
            value="Forte Circle",
            before=(FormerValue(value="Pedal Club", until=date(2020, 1, 31)),),
        ),
        Fact(id="owner", kind="text", about="parent company", value="Baltic Sound Group"),
        Fact(id="lessons", kind="text", about="day of free lessons", value="Thursday"),
    ),
)


@pytest.fixture(scope="module")
def check() -> Check:
    return checking(SHEET, f"What is {BRAND}?")


@pytest.mark.parametrize(("category", "lang", "words", "expected"), cases("names"))
def test_the_case_is_read_as_a_person_would(check: Check, category: str, lang: str, words: str, expected: str) -> None:
    assert told(check(words, lang)) == wanted(expected), category
