"""Sums of measures come back as they were, and a round's are replaced whole."""

from dataclasses import replace
from datetime import date, timedelta

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Series, Tally
from storage import tallies

DAY = date(2026, 11, 22)
TALLY = Tally(
    series=Series(
        measure=Measure.VISIBILITY, assistant_id="gpt5", surface=Surface.API, subject="Corvane", topic="bags"
    ),
    round_id="r1",
    prompt_id="best",
    day=DAY,
    regime="gpt-5 abc",
    hits=1.5,
    of=3,
    answers=3,
)


def test_they_come_back_by_day_and_measure(store, samples):
    later = replace(TALLY, round_id="r2", day=DAY + timedelta(days=1))
    stance = replace(TALLY, series=replace(TALLY.series, measure=Measure.NET_STANCE), hits=-2)
    with store.transaction() as tx:
        tallies.save(tx, samples.brand, [later, TALLY, stance])
    with store.snapshot() as tx:
        assert tallies.load(tx, samples.brand, DAY, DAY) == [TALLY, stance]
        assert tallies.load(tx, samples.brand, DAY, later.day, measure=Measure.VISIBILITY) == [TALLY, later]
        assert tallies.load(tx, samples.brand, DAY, DAY, subject="Tamarrow") == []
        assert tallies.load(tx, "Tamarrow", DAY, DAY) == []


def test_a_round_measured_again_is_not_counted_twice(store, samples):
    other = replace(TALLY, round_id="r2")
    again = replace(TALLY, regime="gpt-5 def")
    with store.transaction() as tx:
        tallies.save(tx, samples.brand, [TALLY, other])
        tallies.save(tx, samples.brand, [again])
        assert tallies.load(tx, samples.brand, DAY, DAY) == [other, again]
