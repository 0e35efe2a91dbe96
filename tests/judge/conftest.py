"""An answer with a flagged claim, an unverified one, a right one, a confidential one and a new statement."""

import json
from datetime import UTC, datetime

import pytest

from monitor.analysis import judge
from monitor.domain.answers import Surface
from monitor.domain.brand import Entity, Fact, FactSheet, FormerValue, Prompt
from monitor.domain.readings import Claim, NewStatement, Outcome, Reading, Verdict
from monitor.domain.rounds import AttemptState, Observation, RoundKind

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
TEXT = (
    "Veloria was founded in 1987. Some say the City costs about 1300 euros. It has 40 shops. "
    "Its frames come from Quellmark. In May, Veloria recalled a fork."
)
SHEET = FactSheet(
    brand=Entity(name="Veloria"),
    facts=(
        Fact(id="founded", kind="year", about="founding year", value=2011, says="Veloria was founded in 2011."),
        Fact(id="price", kind="money", unit="EUR", about="price", value=1290, before=(FormerValue(value=990),)),
        Fact(id="shops", kind="number", about="shops", value=40),
        Fact(id="supplier", kind="text", about="frame supplier", value="Brannock Steelworks", confidential=True),
    ),
    watch=("recall",),
)


def _claim(words: str, fact: str, verdict: Verdict, value: str) -> Claim:
    start = TEXT.index(words)
    return Claim(start=start, end=start + len(words), fact=fact, verdict=verdict, value=value, why=f"why {fact}")


CLAIMS = (
    _claim("Some say the City costs about 1300 euros", "price", Verdict.UNVERIFIED, "1300 EUR"),
    _claim("Veloria was founded in 1987", "founded", Verdict.CONTRADICTED, "1987"),
    _claim("It has 40 shops", "shops", Verdict.SUPPORTED, "40"),
    _claim("Its frames come from Quellmark", "supplier", Verdict.CONTRADICTED, "Quellmark"),
)
RECALL = "Veloria recalled a fork"
STATEMENT = NewStatement(
    start=TEXT.index(RECALL), end=TEXT.index(RECALL) + len(RECALL), topic="recall", gist="fork recall"
)


def observe(text: str = TEXT, *, claims=CLAIMS, statements=(STATEMENT,), answer_id: str = "a1") -> Observation:
    return Observation(
        probe_id=f"p-{answer_id}",
        answer_id=answer_id,
        round_id="r1",
        kind=RoundKind.SCHEDULED,
        asked_at=NOW,
        prompt=Prompt(id="who", text="What is Veloria?"),
        assistant_id="gpt",
        surface=Surface.API,
        state=AttemptState.ANSWERED,
        text=text,
        reading=Reading(
            answer_id=answer_id, outcome=Outcome.ANSWER, claims=tuple(claims), new_statements=tuple(statements)
        ),
    )


@pytest.fixture
def observation() -> Observation:
    return observe()


@pytest.fixture
def make_observation():
    return observe


@pytest.fixture
def sheet() -> FactSheet:
    return SHEET


@pytest.fixture
def batch(observation, sheet):
    (only,) = judge.batches([observation], sheet)
    return only


def entry(question, verdict="contradicted", quote="founded in 1987", why="It says 1987."):
    return {"id": question.id, "verdict": verdict, "quote": quote, "why": why}


@pytest.fixture
def make_entry():
    return entry


@pytest.fixture
def make_reply():
    return lambda *entries: json.dumps({"opinions": list(entries)})


@pytest.fixture
def now() -> datetime:
    return NOW
