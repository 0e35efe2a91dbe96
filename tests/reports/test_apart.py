"""Charts that another program draws are the same charts; where it draws nothing, they are drawn here."""

import io
import json
import subprocess
import sys

import pytest

from reports import apart, charts

SPEC = charts.framed(
    data={"values": [{"day": 1, "rate": 0.25}, {"day": 2, "rate": 0.5}]},
    mark="line",
    encoding={"x": {"field": "day", "type": "quantitative"}, "y": {"field": "rate", "type": "quantitative"}},
)


@pytest.fixture
def here():
    """What this program draws itself, to the last letter."""
    charts._svg.cache_clear()
    return charts.svg(SPEC)


def test_another_program_draws_the_same(here):
    charts._svg.cache_clear()
    asked = []
    with apart.drawing():
        (other,) = charts._elsewhere
        with charts.drawn_by(asked.append):
            assert charts.svg(SPEC) == here
        drawn = other(charts.written(SPEC))
        assert drawn == charts.plain(charts.written(SPEC))
        assert other('{"mark": "no such mark"}') is None
        assert other(charts.written(SPEC)) == drawn, "and goes on after what cannot be drawn"
    assert charts._elsewhere == []
    assert asked == []


def test_a_program_that_has_ended_is_missed_by_nobody(here, monkeypatch):
    charts._svg.cache_clear()
    monkeypatch.setattr(sys, "executable", "true")  # ends at once, whatever it is told
    with apart.drawing():
        assert charts.svg(SPEC) == here


def test_a_program_that_dies_meanwhile_is_missed_by_nobody(here):
    charts._svg.cache_clear()
    with apart.drawing():
        (other,) = charts._elsewhere
        other.args[0].kill()
        other.args[0].wait()
        assert other(charts.written(SPEC) + " " * 200_000) is None
        assert charts.svg(SPEC) == here


def test_what_cannot_be_drawn_is_said():
    told = io.BytesIO()
    apart.answer(io.BytesIO(b'{"mark": "no such mark"}\nno JSON\n' + json.dumps(SPEC).encode() + b"\n"), told)
    lines = [json.loads(line) for line in told.getvalue().splitlines()]
    assert lines[:2] == [None, None]
    assert lines[2].startswith("<svg")


def test_pipes_are_asked_for():
    with subprocess.Popen(["true"]) as other, pytest.raises(ValueError, match="without pipes"):
        apart.asked(other, "{}")
