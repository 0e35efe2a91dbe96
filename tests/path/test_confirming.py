"""What a round asks for again, of whom and how often; what it may cost; and what cannot be asked."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from monitor.domain.brand import AssistantSettings, Budget, ConfirmSettings, Prompt, Severity
from monitor.domain.confirming import ConfirmationState, Suspicion, Trigger
from monitor.domain.rounds import Round, RoundKind
from monitor.pipeline import confirming
from monitor.service import build
from monitor.service.environment import Environment

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
PROMPTS = tuple(Prompt(id=name, text=f"What about {name}?", topic="facts") for name in ("a", "b", "c", "d"))
CAUSE = Round(id="r1", brand="Veloria", kind=RoundKind.SCHEDULED, key="k", opened_at=NOW)


def suspicion(subject="founded", *, severity=Severity.CRITICAL, seen=(("a", "paid"),)):
    by_id = {prompt.id: prompt for prompt in PROMPTS}
    return Suspicion(
        rule="wrong_fact",
        subject=subject,
        value="1987",
        severity=severity,
        headline="h",
        triggers=tuple(Trigger(answer_id="x", assistant_id=name, prompt=by_id[prompt]) for prompt, name in seen),
        siblings=PROMPTS[1:],
    )


@pytest.fixture
def house(workplace):
    settings = replace(
        build.read_brand(workplace / "brand.yaml"),
        prompts=PROMPTS,
        assistants=(
            AssistantSettings(id="paid", use="openai", model="gpt-5-mini"),
            AssistantSettings(id="other", use="openai", model="gpt-5-mini"),
            AssistantSettings(id="unpriced", use="openai", model="no-such-model"),
            AssistantSettings(id="played", use="replay", model="p", options={"file": str(workplace / "answers.jsonl")}),
        ),
    )
    with build.open_store(Environment()) as store:
        yield build.build(settings, Environment(), store=store, keys={"OPENAI_API_KEY": "x"})


def planned(house, *suspected: Suspicion, limits=None, budget=None):
    settings = replace(house.settings, confirm=limits or ConfirmSettings(), budget=budget or Budget())
    return confirming.plan(replace(house, settings=settings), CAUSE, suspected, NOW)


def asked(plan):
    return [(probe.prompt.id, probe.assistant.id) for probe in plan.probes]


def test_the_same_prompt_and_assistant_and_half_as_often_its_siblings(house):
    plan = planned(house, suspicion())
    assert asked(plan) == [("a", "paid")] * 6 + [("b", "paid"), ("c", "paid")] * 3
    assert len({(probe.prompt.id, probe.sample) for probe in plan.probes}) == 12
    assert min(probe.sample for probe in plan.probes) == 2  # recorded and ordinary samples are 0 and 1
    assert (plan.round.kind, plan.round.key) == (RoundKind.CONFIRMING, "r1")
    assert [(one.state, one.planned) for one in plan.confirmations] == [(ConfirmationState.ASKED, 12)]


def test_several_places_share_the_samples(house):
    plan = planned(house, suspicion(seen=(("a", "paid"), ("b", "other"))), limits=ConfirmSettings(siblings=0))
    assert asked(plan) == [("a", "paid"), ("b", "other")] * 3


def test_the_most_serious_come_first_under_the_cap_and_answers_serve_all(house):
    minor = suspicion("a", severity=Severity.MINOR, seen=(("d", "paid"),))
    plan = planned(house, minor, suspicion("z"), suspicion("y"), limits=ConfirmSettings(per_round=14))
    assert len(plan.probes) == 14
    assert [(one.suspicion.subject, one.planned) for one in plan.confirmations] == [("y", 12), ("z", 12), ("a", 8)]


@pytest.mark.parametrize(
    ("who", "more", "said"),
    [
        ("played", {}, "these are recorded answers, and they hold no further sample"),
        ("gone", {}, "its assistant is no longer in the brand file"),
        ("unpriced", {"budget": Budget(per_month=Decimal(5))}, "the price of this model is not known"),
        ("paid", {"limits": ConfirmSettings(budget=Decimal(0))}, "extra samples may cost 0 USD a round"),
        ("paid", {"limits": ConfirmSettings(per_round=0)}, "this round had its 0 extra samples already"),
    ],
)
def test_what_cannot_be_asked_says_why(house, who, more, said):
    plan = planned(house, suspicion(seen=(("a", who),)), **more)
    assert (plan.round, plan.probes) == (None, ())
    assert [one.state for one in plan.confirmations] == [ConfirmationState.UNASKED]
    assert said in plan.confirmations[0].why


def test_without_a_key_nothing_is_planned(house):
    plan = planned(replace(house, environment={}), suspicion())
    assert "OPENAI_API_KEY is not set" in plan.confirmations[0].why
