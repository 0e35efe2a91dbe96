"""Columns come back from their bytes as they were, whichever of their measures are wanted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.answers import Surface
from monitor.domain.digests import Columns, Sums
from monitor.domain.measures import Measure
from storage.packing import packed, unpacked

_PROMPTS = ("best", 'odd, "kinds": "', "worst")
_MEASURES = (Measure.VISIBILITY, Measure.CITED, Measure.NET_STANCE)
_VECTOR = st.one_of(
    st.lists(st.integers(-3, 9), min_size=3, max_size=3),
    st.lists(st.integers(-70_000, 70_000), min_size=3, max_size=3),
    st.lists(st.sampled_from([0.5, 1.0, -2.25]), min_size=3, max_size=3),
)


@st.composite
def _sums(draw):
    of = draw(_VECTOR)
    return Sums(
        measure=draw(st.sampled_from(_MEASURES)),
        subject=draw(st.sampled_from(["Corvane", '", "kinds": "bd"}', "コルヴァン"])),
        regime="model=m",
        hits=draw(_VECTOR),
        of=of,
        answers=draw(st.one_of(st.just(of), _VECTOR)),
    )


def _column(sums):
    return Columns(
        assistant_id="a", surface=Surface.API, prompts=_PROMPTS, topics=("", "", "bags"), words=("", "", "w"), sums=sums
    )


def _listed(columns):
    return [
        replace(one, sums=tuple(replace(s, hits=[*s.hits], of=[*s.of], answers=[*s.answers]) for s in one.sums))
        for one in columns
    ]


@given(st.lists(st.lists(_sums(), max_size=4).map(tuple), max_size=3), st.sets(st.sampled_from(_MEASURES)))
def test_what_is_wanted_is_what_is_left_of_all(found, wanted):
    columns = [_column(sums) for sums in found]
    body = packed(columns)
    assert _listed(unpacked(body)) == _listed(columns)
    narrow = [replace(one, sums=tuple(each for each in one.sums if each.measure in wanted)) for one in columns]
    assert _listed(unpacked(body, only=wanted)) == _listed(narrow)


@pytest.mark.parametrize("hits", [[1, 2, 3], [300, 2, 3], [0.5, 2, 3]])
def test_days_that_tell_the_same_have_their_own_numbers(hits):
    first = _column(
        (Sums(measure=Measure.CITED, subject="a", regime="", hits=[0, 0, 1], of=[1, 1, 1], answers=[1, 1, 1]),)
    )
    second = replace(first, sums=(replace(first.sums[0], hits=hits),))
    assert [_listed(unpacked(packed([each]))) for each in (first, second)] == [_listed([first]), _listed([second])]
