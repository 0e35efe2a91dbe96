"""The project's own hard cases, one line each."""

from datetime import date

import pytest

from monitor.domain.brand import Entity, Fact, FactSheet, FormerValue
from tests.support.claim_cases import Check, cases, checking, told, wanted

BRAND = "Halvorsen Audio"


def former(value: object, until: date) -> tuple[FormerValue, ...]:
    return (FormerValue(value=value, until=until),)  # type: ignore[arg-type]


SHEET = FactSheet(
    brand=Entity(name=BRAND),
    competitors=(Entity(name="Brightwave"),),
    as_of=date(2026, 11, 1),
    facts=(
        Fact(id="founded", kind="year", about="founding year", value=1987),
        Fact(id="founder", kind="person", about="founder", value="Ingrid Halvorsen"),
        Fact(
            id="ceo",
            kind="person",
            about="CEO",
            value="Marta Oyelaran",
            before=former("Tomas Brandl", date(2023, 6, 30)),
        ),
        Fact(
            id="hq",
            kind="place",
            about="headquarters",
            value="Bergen, Norway",
            before=former("Oslo, Norway", date(2015, 12, 31)),
        ),
        Fact(
            id="employees",
            kind="number",
            about="number of employees",
            value=1240,
            unit="people",
            tolerance=0.03,
            before=former(980, date(2021, 12, 31)),
        ),
        Fact(
            id="revenue",
            kind="money",
            about="annual revenue",
            value=312_000_000,
            unit="EUR",
            tolerance=0.02,
            before=former(287_000_000, date(2024, 12, 31)),
        ),
        Fact(id="stores", kind="number", about="number of own stores", value=46, unit="stores", tolerance=0),
        Fact(id="countries", kind="number", about="countries where it sells", value=31, unit="countries", tolerance=0),
        Fact(id="return_days", kind="number", about="return window", value=60, unit="days", tolerance=0),
        Fact(id="warranty", kind="number", about="warranty", value=3, unit="years", says="Warranty: 3 years a pair."),
        Fact(id="battery", kind="number", about="battery life of the Fjord One", value=38, unit="hours", tolerance=0),
        Fact(
            id="price",
            kind="money",
            about="price of the Fjord One",
            value=349,
            unit="EUR",
            tolerance=0,
            before=former(399, date(2025, 3, 31)),
        ),
        Fact(id="recycled", kind="percent", about="share of plastic that is recycled", value=64, tolerance=0.01),
        Fact(id="launch", kind="date", about="launch date of the Fjord One", value="2021-09-14"),
        Fact(id="listed", kind="flag", about="whether Halvorsen Audio is publicly traded", value=False),
        Fact(id="parts", kind="flag", about="sells spare parts to private persons", value=True),
        Fact(id="shipping", kind="flag", about="whether standard shipping is free", value=True),
        Fact(
            id="leather",
            kind="flag",
            about="whether the headphones contain leather",
            value=False,
            before=former(True, date(2022, 12, 31)),
        ),
        Fact(id="owners", kind="set", about="owners", value=("Halvorsen family", "Nordlys Capital")),
        Fact(
            id="app",
            kind="text",
            about="name of the app",
            value="SoundNest",
            before=former("Fjord Control", date(2023, 1, 31)),
        ),
        Fact(id="owner", kind="text", about="parent company", value="the Halvorsen Trust", cues=("owned by", "owner")),
    ),
)


@pytest.fixture(scope="module")
def check() -> Check:
    return checking(SHEET, f"What is {BRAND}?")


@pytest.mark.parametrize(("category", "lang", "words", "expected"), cases("claims"))
def test_the_case_is_read_as_a_person_would(check: Check, category: str, lang: str, words: str, expected: str) -> None:
    found = check(words, lang)
    assert told(found) == wanted(expected), category
    for claim in found:
        assert 0 <= claim.start < claim.end <= len(words)
        assert claim.why
        assert all(claim.start <= mark.start < mark.end <= claim.end for mark in claim.marks)
        assert bool(claim.marks) == claim.verdict.wrong


def test_there_are_many_cases_of_many_categories() -> None:
    assert len(cases("claims")) >= 100
    assert len({case[0] for case in cases("claims")}) >= 20
