"""Lists of names in the words of answers, one line each: founders, countries, brands, product lines."""

from datetime import date

import pytest

from monitor.domain.brand import Entity, Fact, FactSheet
from tests.support.claim_cases import Check, cases, checking, told, wanted

SHEET = FactSheet(
    brand=Entity(name="Ottmar Boats", lookalikes=("Ottmar Boatsmen", "Ottmar Boats River")),
    competitors=(Entity(name="Velling"),),
    as_of=date(2026, 11, 1),
    facts=(
        Fact(
            id="makers",
            kind="set",
            about="people who founded the yard",
            value=("Ada Ottmar", "Nils Brekke", "Pia Roth"),
        ),
        Fact(id="countries", kind="set", about="countries in which it builds", value=("Poland", "Finland", "Portugal")),
        Fact(id="brands", kind="set", about="other boat brands of the group", value=("Selkie", "Marlane", "Tern & Co")),
        Fact(id="lines", kind="set", about="product lines", value=("Skerry", "Fulmar", "Petrel", "Eider")),
        Fact(id="owner", kind="person", about="owner", value="Rika Sund"),
    ),
)


@pytest.fixture(scope="module")
def check() -> Check:
    return checking(SHEET, "What is Ottmar Boats?")


@pytest.mark.parametrize(("lang", "words", "expected"), cases("sets"))
def test_a_list_is_read_as_a_person_would(check: Check, lang: str, words: str, expected: str) -> None:
    assert told(check(words, lang)) == wanted(expected)
