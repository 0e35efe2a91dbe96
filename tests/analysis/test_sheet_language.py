"""A fact sheet whose attributes are written in another language than English, and towns of one name."""

from datetime import UTC, datetime

import pytest

from monitor.analysis.reader import Reader
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, Fact, FactSheet, FormerValue

GERMAN = FactSheet(
    brand=Entity(name="Halmring"),
    facts=(
        Fact(id="founded", kind="year", about="Gründungsjahr", value=1951),
        Fact(id="staff", kind="number", about="Zahl der Mitarbeiter", unit="Mitarbeiter", value=640),
        Fact(id="seat", kind="place", about="Firmensitz", value="Seiffen, Sachsen"),
        Fact(id="head", kind="person", about="Geschäftsführung", value="Katrin Ahlers"),
        Fact(id="sales", kind="money", about="Jahresumsatz", unit="EUR", value=71_000_000),
    ),
)
ENGLISH = FactSheet(
    brand=Entity(name="Halmring"),
    facts=(
        Fact(id="seat", kind="place", about="headquarters", value="Portland, Maine"),
        Fact(id="fee", kind="money", about="annual tuition fee", unit="EUR", value=18_500),
        Fact(
            id="recycled",
            kind="percent",
            about="share of recycled material",
            value=62,
            before=(FormerValue(value=48, until=datetime(2025, 6, 30, tzinfo=UTC).date()),),
        ),
    ),
)


def verdicts(sheet: FactSheet, words: str, lang: str) -> dict[str, str]:
    answer = Answer(id="a", text=words, lang=lang, asked_at=datetime(2026, 11, 15, tzinfo=UTC))
    return {claim.fact: claim.verdict.value for claim in Reader(sheet).read(answer).claims}


@pytest.mark.parametrize(
    ("lang", "words", "expected"),
    [
        (
            "de",
            "Halmring wurde 1951 gegründet und hat 640 Beschäftigte.",
            {"founded": "supported", "staff": "supported"},
        ),
        ("de", "Halmring wurde 1961 gegründet.", {"founded": "contradicted"}),
        ("de", "Halmring hat einen Umsatz von 17 Millionen Euro.", {"sales": "contradicted"}),
        ("de", "Halmring wird von Katrin Ahlers geleitet.", {"head": "supported"}),
        ("de", "Halmring ist ein Hersteller mit Sitz in Seiffen im Erzgebirge (Sachsen).", {"seat": "supported"}),
        (
            "en",
            "Halmring was founded in 1961 and employs 640 people.",
            {"founded": "contradicted", "staff": "supported"},
        ),
    ],
)
def test_attributes_in_german_are_understood(lang: str, words: str, expected: dict[str, str]) -> None:
    assert verdicts(GERMAN, words, lang) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Halmring is based in Portland, Oregon.", {"seat": "contradicted"}),
        ("Halmring is based in Portland, Maine.", {"seat": "supported"}),
        ("Halmring is based in Portland, USA.", {"seat": "supported"}),
        ("Tuition at Halmring is €17,200 a year.", {"fee": "contradicted"}),
        ("As of 2024, 48% of Halmring's material was recycled.", {"recycled": "supported"}),
        ("As of 2026, 48% of Halmring's material is recycled.", {"recycled": "outdated"}),
        ("Some guidebooks still list 48% as Halmring's share of recycled material.", {}),
    ],
)
def test_same_town_of_another_state_and_figures_of_another_time(words: str, expected: dict[str, str]) -> None:
    assert verdicts(ENGLISH, words, "en") == expected
