"""Readings stand side by side by version; the newest is shown and found."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from monitor.domain.readings import (
    Citation,
    Claim,
    Evidence,
    Mention,
    NewStatement,
    Outcome,
    Owner,
    Reading,
    Span,
    Stance,
    StanceLabel,
    Verdict,
)
from storage import answers, readings
from storage.tables import CitationRow, ClaimRow, MentionRow, ReadingRow, table

WHOLE = Reading(
    answer_id="",
    outcome=Outcome.ANSWER,
    mentions=(Mention(start=0, end=7, entity="Corvane"),),
    citations=(Citation(url="https://corvane.example/a", domain="corvane.example", owner=Owner.OWN),),
    ranks={"Corvane": 1},
    recommended=("Corvane",),
    stance={"Corvane": Stance(label=StanceLabel.POSITIVE, score=0.5)},
    claims=(
        Claim(start=0, end=9, fact="founded", verdict=Verdict.SUPPORTED, value="1943", marks=(Span(start=1, end=2),)),
    ),
    new_statements=(NewStatement(start=1, end=2, topic="recall"),),
    evidence=Evidence(stance={"Corvane": (Span(start=0, end=7),)}),
    analyzer="1",
    sheet="abc",
)


def save(store, samples, reading):
    with store.transaction() as tx:
        readings.save(tx, [reading], samples.now)


def counts(store):
    with store.snapshot() as tx:
        kinds = (ReadingRow, MentionRow, CitationRow, ClaimRow)
        return [tx.connection().execute(select(func.count()).select_from(table(kind))).scalar_one() for kind in kinds]


def test_a_reading_comes_back_whole(store, samples, answered):
    reading = replace(WHOLE, answer_id=answered)
    save(store, samples, reading)
    with store.snapshot() as tx:
        assert answers.observations(tx, samples.brand)[0].reading == reading
        assert answers.unread(tx, samples.brand, analyzer="1", sheet="abc") == []
        assert len(answers.unread(tx, samples.brand, analyzer="2", sheet="abc")) == 1
        assert len(answers.unread(tx, samples.brand, analyzer="1", sheet="def", round_id="r1")) == 1
        assert answers.unread(tx, samples.brand, analyzer="1", sheet="def", round_id="r2") == []


def test_reading_again_replaces_the_same_version(store, samples, answered):
    reading = replace(WHOLE, answer_id=answered)
    save(store, samples, reading)
    save(store, samples, replace(reading, mentions=()))
    assert counts(store) == [1, 0, 1, 1]
    with store.snapshot() as tx:
        assert answers.observations(tx, samples.brand)[0].reading.mentions == ()


def test_a_new_version_stands_beside_the_old_one_and_is_shown(store, samples, answered):
    first = replace(WHOLE, answer_id=answered)
    second = replace(first, analyzer="2", claims=())
    save(store, samples, first)
    save(store, samples, second)
    assert counts(store) == [2, 1, 1, 0]
    with store.snapshot() as tx:
        assert len(answers.observations(tx, samples.brand)) == 1
        assert answers.observations(tx, samples.brand)[0].reading == second
        assert readings.versions(tx, answered) == [first, second]
    save(store, samples, first)
    with store.snapshot() as tx:
        assert answers.observations(tx, samples.brand)[0].reading == first


@pytest.mark.parametrize("hostile", ["\x00", "\ud83d", "\u202e", "ＩＫＥＡ", "'; DROP TABLE readings; --"])
def test_no_text_breaks_a_reading(store, samples, answered, hostile):
    claim = replace(WHOLE.claims[0], value=f"1943{hostile}", why=hostile)
    save(store, samples, replace(WHOLE, answer_id=answered, claims=(claim,)))
    with store.snapshot() as tx:
        (seen,) = answers.observations(tx, samples.brand)
        assert seen.reading.claims[0].value.startswith("1943")
    assert counts(store) == [1, 1, 1, 1]


def test_an_observation_is_found_by_its_time(store, samples, answered):
    second = timedelta(seconds=1)
    with store.snapshot() as tx:
        for start, end, found in [
            (samples.now, samples.now, 1),
            (None, samples.now, 1),
            (samples.now, None, 1),
            (samples.now + second, None, 0),
            (None, samples.now - second, 0),
        ]:
            assert len(answers.observations(tx, samples.brand, start, end)) == found
        assert len(answers.observations(tx, samples.brand, round_id="r1")) == 1
        assert answers.observations(tx, "Tamarrow") == []
        assert answers.answer(tx, answered).question == "Which bags last longest?"
        assert answers.answer(tx, "nobody") is None


def test_the_assistant_is_called_as_the_caller_calls_it(store, samples, answered):
    assert answered
    with store.snapshot() as tx:
        assert answers.observations(tx, samples.brand)[0].assistant_label == "openai, gpt-5"
        (seen,) = answers.observations(tx, samples.brand, label=lambda settings: f"OpenAI API, {settings.model}")
        assert seen.assistant_label == "OpenAI API, gpt-5"
