import json

import pytest

from monitor.domain.measures import Measure
from monitor.domain.portrait import Portrait
from reports import charts, figures
from reports.lively import lively


@pytest.fixture(name="drawn")
def drawn_by_name(portrait: Portrait) -> dict[str, figures.Figure]:
    every = (
        *figures.trends(portrait, Measure.VISIBILITY, title="Visibility", axis="%"),
        *figures.comparison(portrait, portrait.visibility, title="Visibility", axis="%"),
        *figures.verdicts(portrait.facts),
    )
    return {each.name: each for each in every}


def values(figure: figures.Figure) -> list[dict]:
    return [value for value in figure.spec["data"]["values"] if value.get("behind")]


def test_every_number_of_a_chart_says_its_n_and_interval_and_whose_it_is(drawn):
    for value in values(drawn["visibility-course"]):
        who, days, number = value["said"].split("\n")
        assert who == value["line"]
        assert str(value["behind"]["from"][:4]) in days
        assert "answers (" in number
        assert "95 % interval" in number
    for value in values(drawn["visibility-compared"]):
        assert value["name"] in value["said"]
        assert value["assistant"] in value["said"]


def test_a_point_leads_to_the_answers_of_its_days_and_its_assistant(drawn, portrait):
    asked = {panel.assistant_id for panel in portrait.panels}
    found = values(drawn["visibility-course"])
    assert found
    for value in found:
        behind = value["behind"]
        assert behind["assistant"] in asked
        assert behind["from"] == value["day"]
        assert behind["from"] <= behind["to"] <= portrait.end.isoformat()


def test_a_rate_leads_to_all_that_it_counts_hits_or_not(drawn):
    for value in values(drawn["visibility-compared"]):
        assert {"measure", "subject", "surface"} <= set(value["behind"])


def test_a_bar_leads_to_the_answers_with_its_verdict(drawn, portrait):
    for value in values(drawn["verdicts"]):
        assert value["behind"]["fact"] in {each.fact.id for each in portrait.facts}
        assert value["behind"]["verdict"] in {"supported", "outdated", "contradicted"}


@pytest.mark.parametrize("room", [200, 320, 1000])
def test_a_chart_to_explore_fits_its_page_and_takes_its_colour(drawn, room):
    for name, figure in drawn.items():
        made = lively(figure.spec, room=room)
        assert charts.INK not in json.dumps(made)
        assert made["usermeta"]["days"] is (name == "visibility-course")
        assert made.get("width", 0) <= room


def test_exploring_leaves_the_picture_as_it_was(drawn):
    for figure in drawn.values():
        before = json.dumps(figure.spec)
        lively(figure.spec, room=300)
        assert json.dumps(figure.spec) == before
