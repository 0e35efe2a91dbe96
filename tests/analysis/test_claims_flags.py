"""Yes-or-no facts in the words of answers, one line each."""

from datetime import date
from pathlib import Path

import pytest

from monitor.analysis import text
from monitor.analysis.claims import Checker
from monitor.analysis.mentions import Finder
from monitor.analysis.topics import spans
from monitor.domain.answers import Answer
from monitor.domain.brand import Entity, Fact, FactSheet, FormerValue

CASES = Path(__file__).parent / "cases" / "flags.txt"


def flag(name: str, about: str, *, value: bool = False, until: date | None = None) -> Fact:
    before = (FormerValue(value=not value, until=until),) if until else ()
    return Fact(id=name, kind="flag", about=f"whether {about}", value=value, before=before)


SHEET = FactSheet(
    brand=Entity(name="Halvorsen Audio"),
    as_of=date(2026, 11, 1),
    facts=(
        flag("russia", "it sells headphones in Russia", until=date(2022, 6, 30)),
        flag("ai", "it uses generative AI for its manuals"),
        flag("lossless", "its plans include lossless sound", value=True, until=date(2024, 8, 31)),
        flag("cash", "its shops accept cash"),
        flag("downloads", "the free plan allows downloads"),
        flag("toilets", "toilets are open to people who buy nothing"),
        flag("dogs", "dogs are allowed in its shops"),
        flag("china", "it builds headphones in China", until=date(2019, 12, 31)),
        flag("locked", "its speakers are locked", until=date(2021, 6, 30)),
        flag("demo", "demo rooms are cleaned daily without asking", until=date(2023, 1, 31)),
        flag("hand", "its cables are made by hand", value=True),
        flag("home", "repaired headphones are delivered to the customer's home", value=True),
    ),
)
CHECKER, FINDER = Checker(SHEET), Finder(SHEET.entities)


def cases() -> list[tuple[str, str, str]]:
    lines = (line.split(" | ") for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return [(lang, words, expected) for lang, words, expected in lines]


@pytest.mark.parametrize(("lang", "words", "expected"), cases())
def test_a_flag_is_read_as_a_person_would(lang: str, words: str, expected: str) -> None:
    document = text.parse(words, lang)
    found = CHECKER.check(document, FINDER.find(document, ""), Answer(id="a", text=words, lang=lang))
    told = {claim.fact: claim.verdict.value for claim in found if claim.verdict != "unverified"}
    assert told == (dict(pair.split("=") for pair in expected.split(", ")) if expected != "-" else {})


def test_a_word_may_say_the_opposite_of_its_topic() -> None:
    assert spans("whether its consoles are region-free") == [(25, 36, True)]
    assert spans("whether its consoles are region-locked") == [(25, 38, False)]
