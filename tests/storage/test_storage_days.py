"""Days of a zone: searched by their first moments, and moved when they become another zone's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from monitor.domain import days
from monitor.domain.digests import Digest
from monitor.domain.rounds import RoundKind, RoundState
from monitor.domain.search import Wanted
from storage import answers, derived, digests, imported, search, tallies
from storage.captures import Capture
from storage.observing import plain_label
from storage.tables import AttemptRow, RoundRow, table
from tests.storage.test_storage_digests import PART
from tests.storage.test_storage_tallies import TALLY

FIRST, SECOND, THIRD = date(2026, 11, 21), date(2026, 11, 22), date(2026, 11, 23)
HOURS = ((SECOND, "Europe/Vienna"), (FIRST, "America/Los_Angeles"), (SECOND, "Pacific/Auckland"))


@pytest.mark.parametrize(("day", "zone"), HOURS)
def test_an_answer_is_found_on_the_day_of_a_zone(store, samples, answered, day, zone):
    assert answered
    around = {day + timedelta(days=more): int(not more) for more in (-1, 0, 1)}
    with store.snapshot() as tx:
        wanted = [Wanted(start=each, end=each, zone=zone) for each in around]
        assert [search.count(tx, samples.brand, each) for each in wanted] == [(n, True) for n in around.values()]
        found = [search.find(tx, samples.brand, each, label=plain_label).hits for each in wanted]
        assert [len(hits) for hits in found] == list(around.values())
        (seen,) = answers.observations(tx, samples.brand, zone=zone)
    assert (seen.day, seen.asked_at) == (day, samples.now)


@pytest.mark.parametrize("more", [1, -1])
def test_days_that_follow_each_other_move_together(store, samples, more):
    moved = {day: day + timedelta(days=more) for day in (FIRST, SECOND, THIRD)}
    made = [replace(TALLY, day=day, hits=number) for number, day in enumerate(moved)]
    with store.transaction() as tx:
        tallies.save(tx, samples.brand, [*made, replace(TALLY, round_id="r2")])
        digests.save(tx, samples.brand, "r1", FIRST, [Digest(round_id="r1", day=day, parts=(PART,)) for day in moved])
        derived.keep(tx, samples.brand, "changes", THIRD, "x")
        derived.count_in(tx, samples.brand, "UTC")
        tallies.move(tx, samples.brand, "r1", moved)
        digests.move(tx, samples.brand, "r1", moved)
    with store.snapshot() as tx:
        assert tallies.of_round(tx, samples.brand, "r1") == [replace(each, day=moved[each.day]) for each in made]
        assert [each.day for each in tallies.of_round(tx, samples.brand, "r2")] == [TALLY.day]
        found = list(digests.load(tx, samples.brand, date.min, date.max))
        assert [each.day for each in found] == list(moved.values())
        assert derived.find(tx, samples.brand, "changes", THIRD) is None
        assert derived.zone(tx, samples.brand) == "UTC"


def test_a_digest_says_when_its_answers_were_asked(store, samples):
    late = replace(PART, first_at=PART.first_at + timedelta(hours=1), last_at=PART.last_at + timedelta(hours=2))
    samples.open(store, 0, "r1")
    samples.open(store, 0, "empty")
    with store.transaction() as tx:
        digests.save(tx, samples.brand, "r1", SECOND, [Digest(round_id="r1", day=SECOND, parts=(late, PART))])
        digests.save(tx, samples.brand, "empty", SECOND, [])
        spans = {each.round_id: (each.day, each.first, each.last) for each in digests.spans(tx, samples.brand)}
        digests.drop(tx, samples.brand, "r1")
        assert [each.round_id for each in digests.spans(tx, samples.brand)] == ["empty"]
    assert spans == {"r1": (SECOND, PART.first_at, late.last_at), "empty": (SECOND, samples.now, samples.now)}


def test_days_of_two_zones_are_known_to_be_mixed(store, samples):
    with store.transaction() as tx:
        derived.add_day(tx, samples.brand, "Europe/Vienna")
        assert derived.zone(tx, samples.brand) == ""
        derived.count_in(tx, samples.brand, "Europe/Vienna")
        derived.add_day(tx, samples.brand, "Europe/Vienna")
        assert derived.zone(tx, samples.brand) == "Europe/Vienna"
        derived.add_day(tx, samples.brand, "UTC")
        assert derived.zone(tx, samples.brand) not in {"", "UTC", "Europe/Vienna"}


def _import(store, samples, asked, opened):
    one = Capture(text="Yes.", prompt=samples.prompt(), assistant="Deep", asked_at=asked)
    key = {"kind": RoundKind.IMPORTED, "key": str(SECOND), "state": RoundState.COMPLETE}
    with store.transaction() as tx:
        answers.add_captured(tx, samples.round("i1", opened_at=opened, closed_at=opened, **key), [one])


MIDNIGHT, MORNING = datetime(2026, 11, 22, tzinfo=UTC), datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
NOON = days.noon(SECOND, "America/Los_Angeles")


@pytest.mark.parametrize(
    ("asked", "opened", "then"),
    [
        (MIDNIGHT, MIDNIGHT, NOON),
        (MORNING, MIDNIGHT, MORNING),
        (MORNING, MORNING, MORNING),
    ],
)
def test_old_imports_get_the_time_of_their_answers(store, samples, asked, opened, then):
    _import(store, samples, asked, opened)
    with store.transaction() as tx:
        assert imported.by_the_brand(tx, samples.brand, "America/Los_Angeles") == (["i1"] if then == NOON else [])
        assert imported.by_the_brand(tx, samples.brand, "America/Los_Angeles") == []
        attempts, rounds = table(AttemptRow), table(RoundRow)
        assert tx.connection().execute(select(attempts.c.asked_at)).scalar_one() == then
        assert tx.connection().execute(select(rounds.c.opened_at)).scalar_one() == then


def test_a_day_is_known_again_wherever_it_stands(store, samples):
    one = Capture(text="Yes.", prompt=samples.prompt(), assistant="Deep", asked_at=MIDNIGHT)
    round_ = samples.round("i1", kind=RoundKind.IMPORTED, key=str(SECOND))
    with store.transaction() as tx:
        assert answers.add_captured(tx, round_, [one]) == (1, 0)
        tx.connection().execute(update(table(AttemptRow)).values(asked_at=NOON))
        assert answers.add_captured(tx, round_, [replace(one, asked_at=NOON, day=SECOND)]) == (0, 1)
