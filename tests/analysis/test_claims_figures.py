"""Figures of an invented chain of inns: what is counted or paid said in other words, elided, in tables, of others."""

from datetime import date

import pytest

from monitor.domain.brand import Entity, Fact, FactSheet, FormerValue
from tests.support.claim_cases import Check, cases, checking


def number(name: str, about: str, value: float, unit: str, *former: tuple[float, int]) -> Fact:
    before = tuple(FormerValue(value=each, until=date(year, 12, 31)) for each, year in former)
    return Fact(id=name, kind="number", about=about, value=value, unit=unit, tolerance=0, before=before)


def money(name: str, about: str, value: float, says: str = "", *former: tuple[float, int]) -> Fact:
    before = tuple(FormerValue(value=each, until=date(year, 12, 31)) for each, year in former)
    return Fact(id=name, kind="money", about=about, value=value, unit="EUR", says=says, tolerance=0, before=before)


SHEET = FactSheet(
    brand=Entity(name="Brunnhof"),
    competitors=(Entity(name="Tavarre"),),
    as_of=date(2026, 11, 1),
    facts=(
        Fact(id="founded", kind="year", about="year of foundation", value=1931),
        number("inns", "number of hotels worldwide", 420, "hotels", (390, 2022)),
        number("employees", "number of employees", 8200, "people", (9100, 2023)),
        number("members", "members of the loyalty programme", 2_600_000, "members", (1_900_000, 2021)),
        number("expiry", "months without activity after which points expire", 24, "months", (12, 2020)),
        number("cancel", "deadline for free cancellation before arrival (flexible rate)", 48, "hours", (24, 2019)),
        number("space", "photo storage in the free plan", 5, "GB"),
        number("age", "minimum age for a youth account", 13, "years"),
        money("revenue", "annual revenue", 940_000_000, "", (910_000_000, 2024)),
        money("price", "price of the Hofpass in Germany", 89, "", (79, 2023)),
        money("deal", "price that Larch Capital paid", 1_300_000_000, "Larch Capital bought Brunnhof in 2016."),
        money("fine", "settlement over the data breach of 2019", 47_000_000),
        Fact(id="family", kind="percent", about="share of the company held by the Oster family", value=52),
        Fact(id="neutral", kind="year", about="year by which it wants to be climate neutral", value=2040),
        Fact(id="club", kind="text", about="name of the loyalty programme", value="Brunnhof Circle"),
    ),
)


@pytest.fixture(scope="module")
def check() -> Check:
    return checking(SHEET, "What is Brunnhof?")


@pytest.mark.parametrize(("category", "lang", "words", "expected"), cases("figures"))
def test_the_figure_is_read_as_a_person_would(
    check: Check, category: str, lang: str, words: str, expected: str
) -> None:
    found = [f"{claim.fact}={claim.verdict}" for claim in check(words, lang) if claim.verdict != "unverified"]
    wanted = [] if expected == "-" else expected.split(", ")
    assert sorted(found) == sorted(wanted), category
