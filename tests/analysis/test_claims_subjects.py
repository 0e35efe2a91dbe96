"""Facts about a person, a film, an album and an animal: what holds for companies must not accuse in these."""

from functools import cache

import pytest

from monitor.domain.brand import Entity, Fact, FactSheet
from tests.support.claim_cases import Check, cases, checking, told, wanted

FACTS = {
    "Ida Lund": (
        Fact(id="born", kind="date", about="date of birth", value="1962-08-16", cues=("born", "birth")),
        Fact(id="died", kind="date", about="date of death", value="2018-02-04", cues=("died", "death")),
        Fact(id="home", kind="place", about="home town", value="Haugesund, Norway"),
    ),
    "Night Ferry": (
        Fact(
            id="box_office", kind="money", about="box office", value=62_000_000, unit="USD", cues=("grossed", "earned")
        ),
        Fact(id="budget", kind="money", about="budget", value=21_000_000, unit="USD"),
        Fact(id="running", kind="number", about="running time", value=132, unit="minutes"),
        Fact(id="producer", kind="person", about="producer", value="Mina Aasen", cues=("produced by",)),
    ),
    "Slow Tide": (
        Fact(id="released", kind="date", about="release date", value="2012-06-14"),
        Fact(id="producers", kind="set", about="producers", value=("Jo Brink", "Liv Moe"), cues=("produced by",)),
    ),
    "Slow Tide Band": (Fact(id="founders", kind="set", about="founders", value=("Jo Brink", "Liv Moe", "Kai Holt")),),
    "Caesar": (Fact(id="owner", kind="person", about="owner", value="King Harald"),),
}


@cache
def ready(subject: str) -> Check:
    sheet = FactSheet(brand=Entity(name=subject), facts=FACTS[subject])
    return checking(sheet, f"What is known of {subject}?")


@pytest.mark.parametrize(("subject", "words", "expected"), cases("subjects"))
def test_the_case_is_read_as_a_person_would(subject: str, words: str, expected: str) -> None:
    assert told(ready(subject)(words)) == wanted(expected)
