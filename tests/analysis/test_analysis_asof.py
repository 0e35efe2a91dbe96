"""Answers of a day before a fact changed are held against what was true then."""

from datetime import UTC, date, datetime

import pytest

from monitor.analysis import asof, claims, text
from monitor.analysis.mentions import Finder
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, Fact, FactSheet, FormerValue

CEO = Fact(
    id="ceo",
    kind="person",
    about="CEO",
    value="Runa Telle",
    says="Runa Telle has led Varnholm since May 2026.",
    before=(
        FormerValue(value="Olav Skrede", until=date(2019, 6, 30)),
        FormerValue(value="Pia Lunde", until=date(2026, 4, 30)),
    ),
    since=date(2026, 5, 1),
)
PRICE = Fact(
    id="price",
    kind="money",
    about="price of the Varn Two",
    value=249,
    unit="EUR",
    tolerance=0,
    before=(FormerValue(value=199, until=date(2026, 4, 30)),),
    since=date(2026, 5, 1),
)
SHEET = FactSheet(brand=Entity(name="Varnholm"), facts=(CEO, PRICE), as_of=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("day", "words", "verdict"),
    [
        ("2026-03-02", "The CEO of Varnholm is Pia Lunde.", "supported"),
        ("2026-03-02", "The CEO of Varnholm is Runa Telle.", "contradicted"),
        ("2026-03-02", "In May 2026, Runa Telle will become CEO of Varnholm.", ""),
        ("2026-03-02", "The CEO of Varnholm is Olav Skrede.", "outdated"),
        ("2026-03-02", "The CEO of Varnholm is Gro Hammer.", "contradicted"),
        ("2026-04-30", "The CEO of Varnholm is Pia Lunde.", "supported"),
        ("2026-05-01", "The CEO of Varnholm is Pia Lunde.", "outdated"),
        ("2026-05-01", "The CEO of Varnholm is Runa Telle.", "supported"),
        ("2018-03-02", "The CEO of Varnholm is Olav Skrede.", "supported"),
        ("2026-03-02", "The Varn Two from Varnholm costs €199.", "supported"),
        ("2026-03-02", "The Varn Two from Varnholm costs €249.", "contradicted"),
        ("2026-06-02", "The Varn Two from Varnholm costs €199.", "outdated"),
    ],
)
def test_a_claim_is_judged_as_of_its_own_day(day: str, words: str, verdict: str) -> None:
    document = text.parse(words, "en")
    asked_at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    answer = Answer(id="a", text=words, question="What is Varnholm?", asked_at=asked_at)
    found = claims.Checker(SHEET).check(document, Finder(SHEET.entities).find(document), answer)
    told = [claim.verdict.value for claim in found if claim.verdict.value != "unverified"]
    assert told == ([verdict] if verdict else [])


def test_a_day_that_no_former_value_covers_leaves_the_fact_as_it_is() -> None:
    gap = Fact(id="a", kind="year", about="a", value=1, since=date(2026, 5, 1))
    sheet = FactSheet(brand=SHEET.brand, facts=(gap, CEO))
    assert asof.sheet_of(sheet, date(2026, 1, 1)).facts[0] is gap
    assert asof.sheet_of(sheet, date(2026, 6, 1)).facts == sheet.facts
