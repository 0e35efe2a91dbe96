"""A portrait out of digests has the same numbers, names and quotes as one out of the observations."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.domain.brand import AssistantSettings, Settings
from monitor.domain.readings import NewStatement, Outcome, StanceLabel, Verdict
from monitor.domain.rounds import MissReason, RoundKind
from monitor.drift import digested, measures
from tests.support.digests import digests_of
from tests.support.plain_portrait import portrait

NAMES = ("Quillmark", "Penfold", "Inkwell")
TEXTS = ("Quillmark costs $99 today. It is a pen.", "Quillmark costs $79 now. Penfold is older.", "No pen is best. No.")


@pytest.fixture(scope="module")
def brand(made):
    assistants = tuple(AssistantSettings(id=name, use="replay", model=name) for name in ("gpt", "claude"))
    return Settings(sheet=made.SHEET, assistants=assistants, version="v1")


@st.composite
def readings(draw, made):
    claims = draw(
        st.lists(
            st.builds(
                made.claim,
                st.just("$99"),
                st.sampled_from(Verdict),
                fact=st.sampled_from(["price", "founded"]),
                start=st.integers(0, 20),
            ),
            max_size=3,
        )
    )
    told = st.builds(
        NewStatement,
        start=st.integers(0, 3),
        end=st.integers(8, 20),
        topic=st.sampled_from(["recall", "lawsuit"]),
        gist=st.sampled_from(
            ["caps recalled", "caps recalled in May", "ink leaks", "sued over ink leaks", "ink recalled"]
        ),
    )
    return made.reading(
        draw(st.lists(st.sampled_from(NAMES), max_size=3)),
        outcome=draw(
            st.sampled_from([Outcome.ANSWER, Outcome.ANSWER, Outcome.ABSENCE, Outcome.REFUSAL, Outcome.EMPTY])
        ),
        claims=claims,
        statements=draw(st.lists(told, max_size=2)),
        stance=draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(StanceLabel), max_size=2)),
        citations=[
            made.citation(domain, entity=entity)
            for domain, entity in draw(
                st.lists(st.sampled_from([("quillmark.example", "Quillmark"), ("x.example", "")]), max_size=3)
            )
        ],
        recommended=draw(st.lists(st.sampled_from(NAMES), max_size=1)),
    )


@st.composite
def histories(draw, made):
    seen = []
    for number in range(draw(st.integers(1, 20))):
        day = draw(st.integers(0, 8)) * 3
        one = made.observe(
            draw(readings(made)),
            number=day,
            assistant=draw(st.sampled_from(["gpt", "claude", "late"])),
            prompt=draw(st.sampled_from([made.OPEN, made.OTHER, made.BRANDED])),
            sample=number,
            kind=draw(st.sampled_from([RoundKind.SCHEDULED] * 4 + [RoundKind.CONFIRMING, RoundKind.IMPORTED])),
            model=draw(st.sampled_from(["gpt-5", "gpt-5.1"])),
            miss=draw(st.sampled_from([None, None, None, MissReason.TIMEOUT])),
            searched=draw(st.sampled_from([None, True, False])),
            truncated=draw(st.sampled_from([False, False, True])),
            text=draw(st.sampled_from(TEXTS)),
        )
        cost = draw(st.sampled_from([None, Decimal("0.01")]))
        # one second each: what stands first where two are as many is told by time
        seen.append(replace(one, asked_at=one.asked_at + timedelta(seconds=number), cost=cost))
    return sorted(seen, key=lambda one: one.asked_at)


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_digests_say_what_the_answers_say(data, made, brand):
    seen = data.draw(histories(made))
    days = data.draw(st.sampled_from([7, 14, 28]))
    start = made.MONDAY.date() + timedelta(days=data.draw(st.integers(0, 4)))
    end = start + timedelta(days=days - 1)
    tallies = measures.tallies(seen, brand.sheet, settings_version="v1")
    known = {one.answer_id: one for one in seen}
    plain = portrait(seen, tallies, brand, start=start, end=end)
    short = digested.portrait(
        digests_of(seen, tallies),
        brand,
        start=start,
        end=end,
        beside=digested.Beside(rounds=(), rounds_due=0),
        fetch=lambda ids: {id_: known[id_] for id_ in ids},
    )
    assert _without_ties(short) == _without_ties(plain)


def _without_ties(shown):
    """Which of two equally frequent models or reasons stands first says nothing."""
    panels = tuple(replace(panel, models=tuple(sorted(panel.models))) for panel in shown.panels)
    return replace(shown, panels=panels)


def test_a_forgotten_answer_is_counted_and_not_quoted(made, brand):
    seen = [made.observe(made.reading(["Quillmark"], claims=[made.claim("$99")]))]
    tallies = measures.tallies(seen, brand.sheet, settings_version="v1")
    day = made.MONDAY.date()
    shown = digested.portrait(
        digests_of(seen, tallies),
        brand,
        start=day,
        end=day,
        beside=digested.Beside(rounds=(), rounds_due=0),
        fetch=lambda _: {},
    )
    price = next(each for each in shown.facts if each.fact.id == "price")
    assert (price.contradicted, price.quotes) == (1, ())
