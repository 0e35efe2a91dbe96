from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain import days
from monitor.domain.answers import Surface
from monitor.domain.measures import Measure
from monitor.domain.readings import Evidence, Outcome, Span, StanceLabel, Verdict
from monitor.domain.rounds import AttemptState, MissReason, RoundKind
from monitor.drift import digesting, measures


@pytest.fixture
def rate(made):
    """(hits, of) of one measure over observations; None where nothing was measured."""

    def of(observations, measure, subject="Quillmark"):
        found = measures.tallies(observations, made.SHEET, settings_version="v1")
        own = [tally for tally in found if tally.series.measure is measure and tally.series.subject == subject]
        return (sum(tally.hits for tally in own), sum(tally.of for tally in own)) if own else None

    return of


def test_visibility_counts_answers_to_prompts_that_do_not_name_the_entity(made, rate):
    seen = [
        made.observe(made.reading(["Quillmark", "Penfold"])),
        made.observe(made.reading(["Penfold"]), sample=1),
        made.observe(made.reading(["Quillmark"]), prompt=made.BRANDED),
    ]
    assert rate(seen, Measure.VISIBILITY) == (1, 2)
    assert rate(seen, Measure.VISIBILITY, "Penfold") == (2, 3)


def test_an_absence_is_a_miss_of_the_entity(made, rate):
    seen = [made.observe(made.reading(["Quillmark"], outcome=Outcome.ABSENCE))]
    assert rate(seen, Measure.VISIBILITY) == (0, 1)


@pytest.mark.parametrize(
    "left_out",
    [
        {"miss": MissReason.TIMEOUT},
        {"state": AttemptState.REFUSED},
        {"state": AttemptState.UNKNOWN},
        {"truncated": True},
        {"kind": RoundKind.CONFIRMING},
    ],
)
def test_what_was_not_measured_is_no_zero(made, rate, left_out):
    assert rate([made.observe(made.reading(["Penfold"]), **left_out)], Measure.VISIBILITY) is None


@pytest.mark.parametrize("outcome", [Outcome.REFUSAL, Outcome.EMPTY])
def test_a_refusal_in_words_and_an_empty_answer_are_no_zero(made, rate, outcome):
    assert rate([made.observe(made.reading(outcome=outcome))], Measure.VISIBILITY) is None


def test_refusals_misses_and_cut_offs_have_their_own_rates_over_all_probes(made, rate):
    seen = [
        made.observe(made.reading(["Quillmark"])),
        made.observe(made.reading(outcome=Outcome.REFUSAL), sample=1),
        made.observe(state=AttemptState.REFUSED, sample=2),
        made.observe(miss=MissReason.TIMEOUT, sample=3),
        made.observe(truncated=True, sample=4),
    ]
    assert rate(seen, Measure.REFUSAL_RATE, "") == (2, 5)
    assert rate(seen, Measure.MISS_RATE, "") == (1, 5)
    assert rate(seen, Measure.CUT_OFF_RATE, "") == (1, 5)


def test_probes_that_were_never_settled_count_nowhere(made):
    seen = [made.observe(state=AttemptState.RESERVED)]
    assert measures.tallies(seen, made.SHEET, settings_version="v1") == []


def test_share_of_voice_is_over_the_entities_named(made, rate):
    seen = [made.observe(made.reading(["Quillmark", "Penfold", "Inkwell"])), made.observe(made.reading(["Penfold"]))]
    assert rate(seen, Measure.SHARE_OF_VOICE) == (1, 4)
    assert rate([made.observe(made.reading())], Measure.SHARE_OF_VOICE) is None


def test_position_is_the_order_of_first_mention(made, rate):
    seen = [made.observe(made.reading(["Penfold", "Quillmark"])), made.observe(made.reading(["Penfold"]), sample=1)]
    assert rate(seen, Measure.POSITION) == (2, 1)
    assert rate([made.observe(made.reading(ranks={"Quillmark": 4}))], Measure.LIST_RANK) == (4, 1)


def test_citations_are_counted_where_the_assistant_searched(made, rate):
    own = made.citation("quillmark.example", entity="Quillmark")
    other = made.citation("blog.example")
    seen = [
        made.observe(made.reading(citations=[own, other, other]), searched=True),
        made.observe(made.reading(), searched=True, sample=1),
        made.observe(made.reading(), searched=False, sample=2),
        made.observe(made.reading(), searched=None, sample=3),
    ]
    assert rate(seen, Measure.CITATION_RATE) == (1, 2)
    assert rate(seen, Measure.CITATION_SHARE) == (1, 3)


def test_no_stance_is_not_a_neutral_one(made, rate):
    labels = [StanceLabel.POSITIVE, StanceLabel.NEGATIVE, StanceLabel.NEGATIVE, StanceLabel.NEUTRAL, StanceLabel.NONE]
    read = [made.reading(stance={"Quillmark": label}) for label in labels]
    assert rate([made.observe(one, sample=n) for n, one in enumerate(read)], Measure.NET_STANCE) == (-1, 3)


def test_a_neutral_stance_counts_where_there_are_words_that_judge(made, rate):
    bare = made.reading(stance={"Quillmark": StanceLabel.NEUTRAL})
    judged = replace(bare, evidence=Evidence(stance={"Quillmark": (Span(start=0, end=4),)}))
    assert rate([made.observe(bare), made.observe(judged, sample=1)], Measure.NET_STANCE) == (0, 1)


def test_a_fact_is_judged_by_its_worst_verdict_where_there_is_one(made, rate):
    claims = [
        [made.claim("99"), made.claim("79", Verdict.SUPPORTED)],
        [made.claim("89", Verdict.OUTDATED)],
        [made.claim("79", Verdict.SUPPORTED)],
        [made.claim("?", Verdict.UNVERIFIED)],
        [],
    ]
    seen = [made.observe(made.reading(claims=each), sample=n) for n, each in enumerate(claims)]
    assert rate(seen, Measure.WRONG_RATE, "price") == (2, 3)
    assert rate(seen, Measure.CONTRADICTED_RATE, "price") == (1, 3)
    assert rate(seen, Measure.OUTDATED_RATE, "price") == (1, 3)
    assert rate(seen, Measure.ACCURACY, "") == (1, 3)
    assert rate(seen, Measure.WRONG_RATE, "founded") is None


def test_surfaces_are_never_mixed(made):
    seen = [made.observe(surface=surface, kind=RoundKind.IMPORTED) for surface in (Surface.API, Surface.APP)]
    found = measures.tallies(seen, made.SHEET, settings_version="v1")
    assert {tally.series.surface for tally in found} == {Surface.API, Surface.APP}
    assert all(tally.of == 1 for tally in found if tally.series.measure is Measure.VISIBILITY)


@given(st.randoms(use_true_random=False), st.integers(min_value=1, max_value=25))
def test_the_order_of_observations_does_not_matter(made, shuffler, count):
    named, prompts = (["Quillmark"], ["Penfold", "Quillmark"], []), (made.OPEN, made.OTHER, made.BRANDED)
    seen = [
        made.observe(made.reading(named[n % 3]), number=n % 4, sample=n, prompt=prompts[n % 5 % 3])
        for n in range(count)
    ]
    mixed = list(seen)
    shuffler.shuffle(mixed)
    found = measures.tallies(seen, made.SHEET, settings_version="v1")
    assert found == measures.tallies(mixed, made.SHEET, settings_version="v1")
    assert all(tally.of > 0 and tally.hits <= tally.of for tally in found if tally.series.measure is Measure.VISIBILITY)


MOMENTS = st.integers(0, 700_000_000).map(lambda seconds: datetime(2015, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds))


@given(
    st.lists(MOMENTS, min_size=1, max_size=6),
    st.sampled_from(["UTC", "Europe/Vienna", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"]),
)
def test_an_answer_is_counted_on_the_day_of_its_zone(made, moments, zone):
    seen = [
        replace(made.observe(made.reading(["Penfold"]), sample=sample), asked_at=asked_at, zone=zone)
        for sample, asked_at in enumerate(sorted(moments))
    ]
    found = measures.tallies(seen, made.SHEET, settings_version="v1")
    expected = {day: sum(days.day(each, zone) == day for each in moments) for day in {one.day for one in seen}}
    refusals = [tally for tally in found if tally.series.measure is Measure.REFUSAL_RATE]
    assert {tally.day: tally.of for tally in refusals} == expected
    summed = digesting.digests(seen, found, seen[0].round_id)
    assert {digest.day: sum(part.asked for part in digest.parts) for digest in summed} == expected
    assert {days.day(part.last_at, zone) for digest in summed for part in digest.parts} == set(expected)
