"""Captured answers come in once and are observed like any other."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from monitor.domain.answers import Source, Surface
from monitor.domain.rounds import AttemptState, RoundKind, RoundState
from storage import answers, rounds
from storage.captures import Capture
from storage.tables import RoundRow, table


@pytest.fixture
def captures(samples):
    return [
        Capture(
            text=f"Answer {n}.",
            prompt=samples.prompt(),
            assistant="Deep Answers",
            asked_at=samples.now,
            run=1,
            sources=(Source(url="https://a.example"),),
            searched=True,
            lang="sv",
            country="SE",
        )
        for n in range(3)
    ]


def add(store, samples, captures, round_id="i1"):
    round_ = samples.round(round_id, kind=RoundKind.IMPORTED, key="2026-11-22")
    with store.transaction() as tx:
        return answers.add_captured(tx, round_, captures)


def test_they_are_observed_like_any_other(store, samples, captures):
    assert add(store, samples, captures) == (3, 0)
    with store.snapshot() as tx:
        seen = answers.observations(tx, samples.brand)
        (first, *_) = answers.unread(tx, samples.brand, analyzer="1", sheet="a")
    assert [o.text for o in seen] == ["Answer 0.", "Answer 1.", "Answer 2."]
    assert {(o.assistant_id, o.surface, o.kind, o.state, o.searched) for o in seen} == {
        ("deep-answers", Surface.APP, RoundKind.IMPORTED, AttemptState.ANSWERED, True)
    }
    assert seen[0].assistant_label == "Deep Answers, captured (app)"
    assert (seen[0].asked_at, seen[0].prompt) == (samples.now, samples.prompt())
    assert (first.lang, first.locale_country, first.sources) == ("sv", "SE", (Source(url="https://a.example"),))


def test_nothing_is_kept_twice(store, samples, captures):
    assert add(store, samples, captures[:2]) == (2, 0)
    assert add(store, samples, [*captures, captures[2]], "i2") == (1, 3)
    assert add(store, samples, captures, "i3") == (0, 3)
    with store.snapshot() as tx:
        assert len(answers.observations(tx, samples.brand, round_id="i1")) == 3
        assert tx.connection().execute(select(func.count()).select_from(table(RoundRow))).scalar_one() == 1


def test_the_same_words_on_another_surface_or_day_are_another_answer(store, samples, captures):
    first = captures[0]
    assert add(store, samples, [first, replace(first, surface=Surface.SERP), replace(first, asked_at=None)]) == (3, 0)
    with store.snapshot() as tx:
        seen = answers.observations(tx, samples.brand)
    assert sorted(o.surface for o in seen) == [Surface.APP, Surface.APP, Surface.SERP]
    assert {o.asked_at for o in seen} == {samples.now}


def test_an_import_with_nothing_new_opens_no_round(store, samples, captures):
    add(store, samples, captures)
    round_ = samples.round("i9", kind=RoundKind.IMPORTED, key="another")
    with store.transaction() as tx:
        assert answers.add_captured(tx, round_, captures) == (0, 3)
        assert rounds.find(tx, "i9") is None


def test_an_import_costs_nothing_and_is_never_asked(store, samples, captures):
    add(store, samples, captures)
    with store.transaction() as tx:
        assert rounds.unasked(tx, "i1") == []
        assert rounds.spent(tx, samples.brand, samples.now, samples.now.replace(year=2027)) == 0
        rounds.close_round(tx, "i1", RoundState.COMPLETE, "", samples.now)
        assert rounds.open_rounds(tx, samples.brand) == []
