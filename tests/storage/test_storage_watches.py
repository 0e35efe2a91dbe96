"""A watch is kept as it was started, ends once, and knows its rounds."""

from datetime import timedelta
from decimal import Decimal

from monitor.domain.brand import Prompt
from monitor.domain.rounds import Round, RoundKind
from monitor.domain.watches import Watch
from storage import rounds, watches


def a_watch(samples, name="w1"):
    return Watch(
        id=name,
        brand=samples.brand,
        prompts=(Prompt(id="led", text="Is it true?", leading=True, names=frozenset({"Corvane"})),),
        assistants=("one",),
        budget=Decimal("2.50"),
        to=("press@corvane.example",),
        started_by="Ada",
        started_at=samples.now,
        ends_at=samples.now + timedelta(hours=5),
    )


def test_a_watch_is_kept_and_ended_once(store, samples):
    watch = a_watch(samples)
    later = samples.now + timedelta(hours=1)
    with store.transaction() as tx:
        watches.add(tx, watch)
    with store.transaction() as tx:
        assert watches.running(tx, samples.brand) == [watch]
        watches.end(tx, watch.id, later, why="Ada stopped it")
        watches.end(tx, watch.id, later + timedelta(hours=1))
    with store.snapshot() as tx:
        assert watches.running(tx, samples.brand) == []
        (ended,) = watches.watches(tx, samples.brand)
        assert (ended.ended_at, ended.why) == (later, "Ada stopped it")
        assert watches.one(tx, "Somebody else", watch.id) is None
    assert (watch.hours, watch.hour(samples.now), watch.hour(later)) == (5, 1, 2)


def test_a_watch_knows_its_own_rounds_in_the_order_of_the_hours(store, samples):
    watch, other = a_watch(samples), a_watch(samples, "w2")
    with store.transaction() as tx:
        for number, (mine, hour) in enumerate([(watch, 2), (watch, 1), (other, 1)]):
            opened = Round(
                id=f"r{number}",
                brand=samples.brand,
                kind=RoundKind.WATCH,
                key=mine.key(hour),
                opened_at=samples.now,
            )
            rounds.open_round(tx, round=opened, probes=[])
        assert watches.round_ids(tx, watch) == {"w1:01": "r1", "w1:02": "r0"}
