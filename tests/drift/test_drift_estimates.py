import pytest

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Series
from monitor.drift import measures
from monitor.drift.estimates import estimate


@pytest.fixture
def tallied(made):
    seen = [
        made.observe(made.reading(["Penfold", "Quillmark"] if n % 4 else []), number=n, prompt=prompt)
        for n in range(8)
        for prompt in (made.OPEN, made.OTHER)
    ]
    return measures.tallies(seen, made.SHEET, settings_version="v1")


def _series(measure, topic=""):
    return Series(measure=measure, assistant_id="gpt", surface=Surface.API, subject="Quillmark", topic=topic)


def test_a_rate_knows_its_answers_and_prompts(tallied):
    found = estimate(_series(Measure.VISIBILITY), tallied)
    assert (found.rate.hits, found.rate.of, found.answers, found.prompts, found.unit) == (12, 16, 16, 2, "%")
    assert found.interval.low < 0.75 < found.interval.high


def test_a_ratio_counts_its_answers_apart_from_its_units(tallied):
    found = estimate(_series(Measure.SHARE_OF_VOICE), tallied)
    assert (found.rate.hits, found.rate.of, found.answers) == (12, 24, 12)


def test_a_place_is_a_plain_number(tallied):
    found = estimate(_series(Measure.POSITION), tallied)
    assert (found.rate.value, found.unit) == (2, "")
    assert found.interval.low >= 1


def test_an_empty_topic_takes_all_and_another_takes_none(tallied):
    assert estimate(_series(Measure.VISIBILITY, "pens"), tallied).answers == 16
    nothing = estimate(_series(Measure.VISIBILITY, "shoes"), tallied)
    assert (nothing.rate.value, nothing.interval, nothing.answers) == (None, None, 0)
