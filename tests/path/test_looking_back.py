"""What was known on earlier days is told out of one walk, and kept until what it was made of changes."""

import random
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from operator import attrgetter

import pytest

from monitor.domain.digests import Digest
from monitor.drift import columns
from monitor.pipeline import changes
from monitor.service.desk import Desk
from monitor.service.environment import Environment
from storage import derived, digests, tallies
from storage.store import Store
from tests.bench import streams

BRAND = "Veloria"
DAYS = 130  # the histories of the last of them begin on another day than those of the first


@pytest.fixture
def house(workplace):
    last = streams.START + timedelta(days=DAYS - 1)
    desk = Desk(
        store=Store.open("sqlite:///likeness.db"),
        environment=Environment(),
        clock=lambda: datetime.combine(last, time(12), tzinfo=UTC),
        files=[workplace / "brand.yaml"],
    )
    desk.learn()
    _measured(desk.store)
    yield desk.house(BRAND)
    desk.store.close()


def _measured(store):
    world, change = streams.World(prompts=6, missing=0.0), streams.Change(after=100, factor=0.1)
    found = streams.tallies(streams.stream(random.Random(4), world, DAYS, change)[1])  # noqa: S311
    with store.transaction() as tx:
        tallies.save(tx, BRAND, found)
        for day, own in groupby(found, key=attrgetter("day")):
            digest = Digest(round_id=day.isoformat(), day=day, columns=columns.columns([], list(own)))
            digests.save(tx, BRAND, digest.round_id, day, [digest])


def _known(house, day):
    with house.store.snapshot() as tx:
        return changes.known(house, tx, day)


def _walks(house):
    with house.store.snapshot() as tx:
        return {
            (streams.START + timedelta(days=number)).isoformat()
            for number in range(DAYS)
            if derived.find(tx, BRAND, "explained", streams.START + timedelta(days=number))
        }


def test_every_earlier_day_is_told_as_a_walk_to_it_would_tell_it(house):
    changes.catch_up(house, house.clock().date())
    walks = _walks(house)
    days = [streams.START + timedelta(days=number) for number in (20, 89, 90, 99, 101, 104, 115, 129)]
    told = [_known(house, day) for day in days]
    assert _walks(house) == walks
    with house.store.transaction() as tx:
        for name in ("changes", "walked:"):
            derived.drop(tx, BRAND, name, house.clock().date() + timedelta(days=1))
    assert [_known(house, day) for day in days] == told
    assert [len(each.shifts) for each in told[:4] + told[-1:]] == [0, 0, 0, 0, 1]


def test_one_walk_serves_the_days_whose_histories_begin_on_the_same_day(house):
    changes.look_back(house, streams.START + timedelta(days=20))
    assert _walks(house) == {(streams.START + timedelta(days=89)).isoformat()}
    changes.look_back(house, streams.START + timedelta(days=88))
    assert len(_walks(house)) == 1
    changes.catch_up(house, house.clock().date())
    walks = _walks(house)
    changes.catch_up(house, house.clock().date())
    changes.look_back(house, streams.START + timedelta(days=105))
    assert _walks(house) == walks
    assert len(walks) < 6


def test_a_walk_is_forgotten_with_the_days_that_it_went_through(house):
    changed = streams.START + timedelta(days=50)
    changes.catch_up(house, house.clock().date())
    with house.store.transaction() as tx:
        found = tallies.load(tx, BRAND, changed, changed)
        tallies.save(tx, BRAND, found)
    assert _walks(house) == set()
    changes.look_back(house, streams.START + timedelta(days=40))
    assert _walks(house) == {(streams.START + timedelta(days=89)).isoformat()}


def test_a_later_round_forgets_no_walk_but_the_one_that_it_makes_anew(house):
    today = house.clock().date()
    changes.keep(house, today - timedelta(days=1))
    changes.keep(house, today)
    with house.store.snapshot() as tx:
        starts = {changes.history.beginning(streams.START, today - timedelta(days=back)) for back in (0, 1)}
        (start,) = starts
        assert derived.find(tx, BRAND, f"walked:{start}", today)
        assert derived.find(tx, BRAND, f"walked:{start}", today - timedelta(days=1)) is None
        assert derived.find(tx, BRAND, "changes", today - timedelta(days=1))


def test_nothing_measured_is_nothing_known(house):
    before = streams.START - timedelta(days=1)
    changes.look_back(house, before)
    changes.catch_up(house, before)
    assert _known(house, before) == changes.Known(shifts=(), building=())
    assert _walks(house) == set()
