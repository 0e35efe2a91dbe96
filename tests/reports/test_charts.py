import re
from dataclasses import replace
from xml.etree import ElementTree as ET

from monitor.domain.portrait import Point, Portrait
from reports import charts
from reports.bars import verdicts
from reports.dots import dots
from reports.trend import trend


def test_an_svg_is_well_formed_and_takes_the_colour_of_its_page(portrait: Portrait) -> None:
    rows = [(each.series.subject, each.series.assistant_id, each) for each in portrait.visibility]
    svg = charts.svg(dots(rows, title="% of answers"))
    assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314  -- our own drawing
    assert "currentColor" in svg
    assert charts.INK not in svg
    assert "<image" not in svg


def test_gaps_are_gaps(portrait: Portrait) -> None:
    lines = portrait.lines["accuracy"][:1]
    whole = [replace(lines[0], points=tuple(point for point in lines[0].points if point.estimate))]
    broken, joined = (charts.svg(trend(each, title="%")) for each in (lines, whole))
    assert max(path.count("M") for path in re.findall(r'\bd="([^"]*)"', broken) if "L" in path) > max(
        path.count("M") for path in re.findall(r'\bd="([^"]*)"', joined) if "L" in path
    )


def test_a_day_between_two_gaps_is_still_a_point(portrait: Portrait) -> None:
    line = portrait.lines["accuracy"][0]
    lonely = [
        replace(point, estimate=None if index != 5 else point.estimate) for index, point in enumerate(line.points)
    ]
    spec = trend([replace(line, points=tuple(lonely))], title="%")
    values = [value for value in spec["data"]["values"] if value["kind"] == "point"]
    assert sum(value["value"] is not None for value in values) == 1
    assert "currentColor" in charts.svg(spec)


def test_regime_changes_are_rules_with_their_cause(portrait: Portrait) -> None:
    svg = charts.svg(trend(portrait.lines["visibility"], title="%"))
    assert svg.count("gpt-5.1 was served") >= 2
    assert svg.count("stroke-dasharray") >= 2


def test_intervals_are_bands(portrait: Portrait) -> None:
    spec = trend(portrait.lines["visibility"][:1], title="%")
    assert [layer["mark"]["type"] for layer in spec["spec"]["layer"]] == [
        "area",
        "rule",
        "line",
        "point",
        "rule",
        "text",
        "text",
    ]
    measured = [value for value in spec["data"]["values"] if value["kind"] == "point" and value["value"] is not None]
    assert all(value["low"] <= value["value"] <= value["high"] for value in measured)


def test_a_point_without_neighbours_has_an_interval_too(portrait: Portrait) -> None:
    line = portrait.lines["visibility"][0]
    point = next(each for each in line.points if each.estimate and each.estimate.interval)
    spec = trend([replace(line, points=(point,), regimes=())], title="%")
    assert [value.get("alone") for value in spec["data"]["values"]] == [True]
    assert charts.svg(spec).count('stroke-width="5"') == 1


def test_a_line_of_nothing_can_be_drawn(portrait: Portrait) -> None:
    line = replace(portrait.lines["accuracy"][0], points=(Point(day=portrait.start, estimate=None),), regimes=())
    assert charts.svg(trend([line], title="%")).startswith("<svg")


def test_a_png_for_mails(portrait: Portrait) -> None:
    assert charts.png(verdicts(portrait.facts)).startswith(b"\x89PNG")


def test_the_same_spec_gives_the_same_drawing(portrait: Portrait) -> None:
    spec = verdicts(portrait.facts)
    first = charts.svg(spec)
    charts._svg.cache_clear()
    assert charts.svg(spec) == first
