import random
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.answers import Surface
from monitor.domain.digests import Digest
from monitor.domain.measures import Measure, Series, Tally
from monitor.drift import columns, cores, course, history, leading, measures, regimes, strips, watched
from monitor.drift import why as told
from monitor.drift.baseline import Seen
from monitor.drift.estimates import estimate
from monitor.drift.regimes import Regime

NAMES = ("Quillmark", "Penfold", "Ostrello")


@pytest.fixture
def tallied(streams):
    """Seventy days of three names: prompts that come and go, change their words, and are asked twice on some days."""
    rng = random.Random(11)  # noqa: S311 -- an invented history
    return [tally for number in range(70) for tally in _day(streams.START + timedelta(days=number), number, rng)]


def _day(day, number, rng):
    for round_id in [f"r{number}", f"s{number}"][: 1 + number % 4 // 3]:
        for prompt in range(12):
            if rng.random() < 0.1:
                continue
            words = "new" if prompt == 3 and number > 30 else "old"
            for name in NAMES:
                regime = Regime(model="m2" if number > 45 else "m1", prompt=words, sheet=name[:2]).text
                of = rng.randrange(1, 4)
                for measure in (Measure.VISIBILITY, Measure.CITATION_RATE, Measure.CITED):
                    subject = f"{name}.example" if measure is Measure.CITED else name
                    hits = 1 if measure is Measure.CITED else rng.randrange(of + 1)
                    series = Series(
                        measure=measure,
                        assistant_id="gpt",
                        surface=Surface.API,
                        subject=subject,
                        topic="a" if prompt < 6 else "b",
                    )
                    yield Tally(
                        series=series,
                        round_id=f"{round_id}-{rng.randrange(2)}" if number == 20 else round_id,
                        prompt_id=f"p{prompt}",
                        day=day,
                        regime=regime,
                        hits=float(hits),
                        of=float(of),
                        answers=of,
                    )


def _digests(tallied):
    for day, round_id in sorted({(tally.day, tally.round_id) for tally in tallied}):
        own = [tally for tally in tallied if (tally.day, tally.round_id) == (day, round_id)]
        yield Digest(round_id=round_id, day=day, columns=columns.columns([], own))


def test_tallies_and_columns_tell_the_same(tallied):
    of_tallies, of_columns = history.listed(tallied), history.columned(_digests(tallied))
    assert told.followed(of_tallies, NAMES[0]) == told.followed(of_columns, NAMES[0])
    assert len(watched.streams(of_columns, NAMES[0])) == len(NAMES) * 2 + len(NAMES) - 1 + len(NAMES)


def test_strips_say_what_their_tallies_say(tallied):
    for series, own in measures.by_series(tallied).items():
        side = strips.of_tallies(own)
        assert strips.estimate(series, side) == estimate(series, own)
        assert strips.spans(side) == regimes.spans(own)
        assert strips.days(side) == sorted({tally.day for tally in own})
        again = strips.tallies(series, side)
        assert sorted(again, key=_place) == sorted((replace(t, series=series) for t in own), key=_place)


def _place(tally):
    return (tally.day, tally.round_id, tally.prompt_id, tally.regime, tally.hits, tally.of)


def test_a_day_is_one_look_however_many_rounds_it_has(tallied):
    own = next(own for series, own in measures.by_series(tallied).items() if series.measure is Measure.VISIBILITY)
    sums = {}
    for tally in own:
        key = (tally.day, f"{tally.prompt_id}\x1f{Regime.parse(tally.regime).prompt}")
        hits, of = sums.get(key, (0, 0))
        sums[key] = (hits + tally.hits, of + tally.of)
    found = watched.rounds(Measure.VISIBILITY, strips.of_tallies(own))
    assert [(day, one) for day, seen in found for one in seen] == [
        (day, Seen.of_answers(prompt, *sums[day, prompt])) for day, prompt in sorted(sums)
    ]


def test_a_lead_is_the_same_however_the_strips_are_laid(tallied):
    found = measures.by_series(tallied)
    own, other = (_strips_of(found, Measure.VISIBILITY, name) for name in NAMES[:2])
    series = Series(measure=Measure.LEAD, assistant_id="gpt", surface=Surface.API, subject=NAMES[1])
    wanted = _lead(strips.tallies(series, own), strips.tallies(series, other))
    laid = history.columned(_digests(tallied))
    alike = [laid.strips(replace(series, measure=Measure.VISIBILITY, subject=name)) for name in NAMES[:2]]
    for one, two in ((own, other), alike):
        assert {_at(t): (t.hits, t.of) for t in strips.tallies(series, leading.lead(one, two))} == wanted


def _strips_of(found, measure, name):
    return next(
        strips.of_tallies(own) for series, own in found.items() if (series.measure, series.subject) == (measure, name)
    )


def _at(tally):
    return (tally.round_id, tally.prompt_id, Regime.parse(tally.regime).model, tally.day)


def _lead(own, other):
    ours = {_at(tally): tally for tally in own}
    return {_at(t): (ours[_at(t)].hits - t.hits, ours[_at(t)].of) for t in other if _at(t) in ours}


def test_citations_are_filled_up_the_same_however_the_strips_are_laid(tallied):
    of_tallies, of_columns = history.listed(tallied), history.columned(_digests(tallied))
    for series in cores.Sources(of_tallies).since:
        one, two = (cores.Sources(each).strips(series) for each in (of_tallies, of_columns))
        assert one
        assert {_at(t): (t.hits, t.of) for t in strips.tallies(series, one)} == {
            _at(t): (t.hits, t.of) for t in strips.tallies(series, two)
        }


def test_what_never_or_always_was_is_constant(tallied):
    series = next(iter(measures.by_series(tallied)))
    own = strips.of_tallies(measures.by_series(tallied)[series])
    assert not strips.is_constant(own)
    assert strips.is_constant([strip._replace(hits=[0] * len(strip.of)) for strip in own])
    assert strips.is_constant([strip._replace(hits=strip.of) for strip in own])


def test_a_day_out_of_columns_is_that_of_its_tallies(tallied):
    whole = list(_digests(tallied))
    kept = {day: course.of_day(each for each in whole if each.day == day) for day in {each.day for each in whole}}
    for series, own in measures.by_series(tallied).items():
        days = tuple(kept[day][series] for day in sorted(kept) if series in kept[day])
        assert days == (course.course(series, own) if course.is_kept(series) else ())
