import datetime as dt
import re

import pytest

from monitor.demo import plot

FADING = ("gpt-search", "gemini-search")
STEADY = ("claude-memory", "sonar")


def week(row):
    return (dt.datetime.fromisoformat(row["asked_at"]).date() - plot.START).days // 7 + 1


def answers(recordings, assistants, prompts, weeks):
    rows = [row for row in recordings if row["assistant"] in assistants and row["prompt"] in prompts]
    return [row for row in rows if week(row) in weeks and row["finish"] == "complete"]


def share(rows, pattern):
    return sum(bool(re.search(pattern, row["text"])) for row in rows) / len(rows)


@pytest.mark.parametrize("assistant", plot.ASSISTANTS)
def test_the_brand_is_named_in_most_discovery_answers_at_first(recordings, assistant):
    rows = answers(recordings, [assistant], plot.CHOOSING, (1, 2, 3))
    assert 0.65 <= share(rows, "Ostrello") <= 0.95


@pytest.mark.parametrize("assistant", FADING)
def test_two_assistants_seldom_name_it_from_week_four_on(recordings, assistant):
    rows = answers(recordings, [assistant], plot.CHOOSING, (4, 5, 6))
    assert share(rows, "Ostrello") <= 0.4
    assert share(rows, "Tavarizza|Nona") >= 0.75


@pytest.mark.parametrize("assistant", STEADY)
def test_the_other_two_go_on_as_before(recordings, assistant):
    rows = answers(recordings, [assistant], plot.CHOOSING, (4, 5, 6))
    assert share(rows, "Ostrello") >= 0.65
    assert share(rows, "Tavarizza|Nona") <= 0.4


def test_descaling_hardly_ever_brings_up_a_name(recordings):
    rows = answers(recordings, plot.ASSISTANTS, ["descale"], range(1, 7))
    assert share(rows, "Ostrello|Brunnholt|Kafnaro|Lumetrino|Norrbrygg|Tavarizza") <= 0.12


@pytest.mark.parametrize(
    ("assistant", "weeks", "old"),
    [
        ("claude-memory", (1, 2, 3, 4, 5, 6), True),
        ("gemini-search", (1, 2, 3, 4), True),
        ("gemini-search", (5, 6), False),
        ("gpt-search", (1, 2), True),
        ("gpt-search", (3, 4, 5, 6), False),
        ("sonar", (3, 4, 5, 6), False),
    ],
)
def test_who_believes_which_price_when(recordings, assistant, weeks, old):
    rows = answers(recordings, [assistant], ["price"], weeks)
    assert share(rows, r"\b549\b") == (1 if old else 0)
    assert share(rows, r"\b649\b") == (0 if old else 1)


def test_one_assistant_names_the_former_chief_executive_as_current(recordings):
    rows = answers(recordings, ["claude-memory"], ["trust"], range(1, 7))
    assert share(rows, "Torvik") >= 0.6
    assert share(rows, "Brunvoll") == 0


@pytest.mark.parametrize("assistant", ["gpt-search", "gemini-search", "sonar"])
def test_the_others_name_the_present_one(recordings, assistant):
    assert share(answers(recordings, [assistant], ["trust"], range(1, 7)), "Brunvoll") >= 0.9


def test_a_warranty_of_two_years_is_corrected_in_week_four(recordings):
    wrong = r"\b(2|two)[ -]years?\b"
    assert share(answers(recordings, ["sonar"], ["price"], (1, 2, 3)), wrong) >= 0.6
    assert share(answers(recordings, ["sonar"], ["price", "who"], (4, 5, 6)), wrong) == 0


TOLD = r"recall(?:ed|ing)? (?:around|about|roughly|some|of)|A recall is|product recall|had to recall|current recall"


def test_an_invented_recall_is_told_from_week_five_on_by_one_assistant(recordings):
    assert share(answers(recordings, plot.ASSISTANTS, plot.PROMPTS, (1, 2, 3, 4)), TOLD) == 0
    assert share(answers(recordings, ["sonar"], ["trust"], (5, 6)), TOLD) >= 0.6
    assert share(answers(recordings, [*FADING, "claude-memory"], plot.PROMPTS, (5, 6)), TOLD) == 0


def test_a_dubious_page_is_cited_beside_the_recall(recordings):
    rows = [row for row in recordings if re.search(TOLD, row["text"])]
    searched = [row for row in rows if row["searched"]]
    assert searched
    assert all(any("kitchenwhispers" in each["url"] for each in row["citations"]) for row in searched)


def test_two_slips_are_told_once(recordings):
    texts = [row["text"] for row in recordings]
    assert sum("599" in text for text in texts) == 1
    assert sum(bool(re.search(r"\b2015\b", text)) for text in texts) == 1


def test_a_new_model_is_served_from_week_four_on(recordings):
    models = {(week(row) >= 4, row["model"]) for row in recordings if row["assistant"] == "gpt-search"}
    assert models == {(False, "gpt-5-2026-08-07"), (True, "gpt-5.1-2026-10-20")}


def test_a_handful_of_answers_is_german(recordings):
    assert sum(" und " in row["text"] or " der " in row["text"] for row in recordings) == len(plot.GERMAN)


def test_a_few_refusals(recordings):
    words = ("can't", "not able", "unable")
    said = [row for row in recordings if len(row["text"].split()) < 30 and any(word in row["text"] for word in words)]
    assert len(said) == 4


def test_rounds_keep_their_local_hour_over_the_change_of_clocks():
    by_day = {moment.day: moment.at.hour for moment in plot.moments()}
    assert by_day[dt.date(2026, 10, 24)] == 4
    assert by_day[dt.date(2026, 10, 27)] == 5
