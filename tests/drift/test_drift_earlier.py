"""What was known on a day, told out of a walk to a later one, is what a walk to that day finds."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.domain.answers import Surface
from monitor.domain.digests import Digest
from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import columns, earlier, history, why
from monitor.drift.regimes import Regime
from tests.bench import streams as simulated

BRAND = "Quillmark"
SMALL = simulated.World(prompts=8, samples=2, missing=0.1)


def _made(rng, days, *, subject=BRAND, assistant="gpt", after=40, factor=1.0, models=("m1", "m1"), first=0):
    """Tallies of one visibility; the second model comes with the change, or alternates with the first."""
    change = simulated.Change(after=after, factor=factor)
    series = Series(measure=Measure.VISIBILITY, assistant_id=assistant, surface=Surface.API, subject=subject)
    return [
        Tally(
            series=series,
            round_id=day.isoformat(),
            prompt_id=prompt,
            day=day,
            regime=Regime(model=models[(day - simulated.START).days >= after], prompt="w").text,
            hits=hits,
            of=of,
        )
        for day, prompts in simulated.stream(rng, SMALL, days, change)[1]
        for prompt, hits, of in prompts
        if (day - simulated.START).days >= first
    ]


def _digests(tallies):
    ordered = sorted(tallies, key=lambda tally: tally.day)
    return [
        Digest(round_id=day.isoformat(), day=day, columns=columns.columns([], list(own)))
        for day, own in groupby(ordered, key=lambda tally: tally.day)
    ]


def _until(digests, day):
    return [digest for digest in digests if digest.day <= day]


def _honest(digests, day):
    shifts, told = why.followed(history.columned(_until(digests, day)), BRAND)
    return shifts, why.unbuilt(told, BRAND)


def _walked(digests):
    past = history.columned(digests)
    walk = earlier.Walk(past, BRAND)
    why.followed(past, BRAND, walk)
    return walk.walked()


def _out_of(walked, digests, day):
    seen = history.columned(_until(digests, day), only=walked.made_of, start=walked.start)
    return earlier.told(walked, seen, BRAND, day)


def _panel(seed, factor, after, days):
    """A brand that changes, a rival, another assistant with a new model, one that alternates, a core of sources."""
    rng = random.Random(seed)  # noqa: S311
    flips = [
        replace(tally, regime=Regime(model=f"m{tally.day.day // 9 % 2}", prompt="w").text)
        for tally in _made(rng, days, assistant="flip")
    ]
    return [
        *_made(rng, days, factor=factor, after=after),
        *_made(rng, days, subject="Rival", first=12),
        *_made(rng, days, assistant="new", factor=factor, after=after, models=("m1", "m2")),
        *flips,
        *simulated.cited(rng, simulated.Carousel(prompts=4, core=2, places=1), days, lost_after=after + 30),
    ]


@settings(max_examples=10, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    factor=st.sampled_from([0.05, 0.4, 1.0, 1.6]),
    after=st.integers(8, 55),
    days=st.integers(60, 88),
    backs=st.lists(st.integers(0, 85), min_size=3, max_size=3),
)
def test_what_was_known_on_a_day_is_told_out_of_a_later_walk(seed, factor, after, days, backs):
    digests = _digests(_panel(seed, factor, after, days))
    walked = _walked(digests)
    for back in backs:
        day = digests[max(len(digests) - 1 - back, 0)].day
        assert day >= walked.since
        assert _out_of(walked, digests, day) == _honest(digests, day)


@pytest.fixture(scope="module")
def changed():
    return _digests(_made(random.Random(3), 85, factor=0.2, after=45))  # noqa: S311


def test_a_change_is_told_from_the_day_on_which_it_was_found_as_it_looked_then(changed):
    walked, found = _walked(changed), {}
    for digest in changed:
        shifts, _ = _out_of(walked, changed, digest.day)
        assert shifts == _honest(changed, digest.day)[0]
        found[digest.day] = shifts
    told = [day for day, shifts in found.items() if shifts]
    assert told[0] == found[told[0]][0].found
    assert found[told[0]][0].after.answers < found[told[-1]][0].after.answers


def test_a_missing_baseline_is_told_of_the_days_on_which_it_was_missing(changed):
    walked = _walked(changed)
    missing = [digest.day for digest in changed[:20] if _out_of(walked, changed, digest.day)[1]]
    assert missing == [digest.day for digest in changed[:20] if _honest(changed, digest.day)[1]]
    assert 0 < len(missing) < 20


def test_what_was_quiet_needs_no_second_walk():
    quiet = _digests(_made(random.Random(5), 60))  # noqa: S311
    walked = _walked(quiet)
    assert walked.asked(quiet[-1].day) == []
    assert walked.asked(quiet[0].day)


def test_how_many_were_watched_then_decides_how_much_evidence_is_asked_for():
    """Hundreds of series that came late ask for more evidence than was asked for before."""
    rng = random.Random(8)  # noqa: S311
    late = simulated.START + timedelta(days=50)
    tallies = _made(rng, 70, factor=0.55, after=25)
    one = next(tally for tally in tallies if tally.day > late)
    crowd = [
        replace(one, series=replace(one.series, measure=Measure.FIRST_CHOICE, subject=f"brand {number}"))
        for number in range(700)
    ]
    digests = _digests([*tallies, *crowd])
    walked = _walked(digests)
    for day in (simulated.START + timedelta(days=number) for number in (30, 40, 49)):
        assert _out_of(walked, digests, day) == _honest(digests, day)
    assert "about one false alarm in 120 years" in _out_of(walked, digests, late - timedelta(days=1))[0][0].test
    assert "in 180 years" in _out_of(walked, digests, digests[-1].day)[0][0].test


def test_a_walk_does_not_know_of_days_when_another_series_told_what_was_asked():
    rng = random.Random(2)  # noqa: S311
    cited = simulated.cited(rng, simulated.Carousel(prompts=4, core=1, places=1), 50)
    start = simulated.START + timedelta(days=20)
    newcomer = [
        replace(tally, series=replace(tally.series, subject="Aardvark"))
        for tally in cited
        if tally.series.measure is Measure.CITATION_RATE and tally.day >= start
    ]
    assert _walked(_digests(cited)).since == simulated.START
    assert _walked(_digests([*cited, *newcomer])).since == start


def test_a_history_begins_where_it_is_told_to(changed):
    start = date(2026, 2, 1)
    assert history.columned(changed, start=start).start == start
    assert history.columned(changed).start == simulated.START
