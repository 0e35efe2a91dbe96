"""Yes-or-no facts in the words of answers, one line each."""

from datetime import date

import pytest

from monitor.analysis.topics import spans
from monitor.domain.brand import Entity, Fact, FactSheet, FormerValue
from tests.support.claim_cases import Check, cases, checking, told, wanted


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


@pytest.fixture(scope="module")
def check() -> Check:
    return checking(SHEET)


@pytest.mark.parametrize(("lang", "words", "expected"), cases("flags"))
def test_a_flag_is_read_as_a_person_would(check: Check, lang: str, words: str, expected: str) -> None:
    assert told(check(words, lang)) == wanted(expected)


def test_a_word_may_say_the_opposite_of_its_topic() -> None:
    assert spans("whether its consoles are region-free") == [(25, 36, True)]
    assert spans("whether its consoles are region-locked") == [(25, 38, False)]
