"""Prompts are put in, put otherwise, paused and taken out on the page."""

import re

import pytest

from monitor.domain.accounts import Role
from monitor.domain.rounds import RoundKind
from monitor.pipeline import asking
from monitor.service import outnamed


@pytest.fixture
def send(browser, stand, form_key):
    def sent(what: str, **fields: str):
        key = form_key(browser, f"{stand.home}/prompts/edit")
        return browser.post(f"{stand.home}/prompts/{what}", data={"form_key": key, **fields})

    return sent


def test_a_prompt_is_put_in_with_an_id_of_its_own(stand, send):
    assert send("edit", prompt="Who makes  the driest coats? #1: yes", topic="coats").status_code == 303
    new = stand.house.settings.prompts[-1]
    assert new.id == "who-makes-the-driest-coats-1-yes"
    assert new.text == "Who makes the driest coats? #1: yes"
    send("edit", prompt="Who makes the driest coats, 1, yes?", topic="coats")
    assert stand.house.settings.prompts[-1].id == "who-makes-the-driest-coats-1-yes-2"


def test_a_paused_prompt_is_kept_and_not_asked(browser, stand, send):
    send("pause", id="who", paused="yes")
    assert [prompt.id for prompt in stand.house.settings.asked] == ["best"]
    assert "paused" in browser.get(f"{stand.home}/prompts").text
    planned = asking.plan(stand.house, kind=RoundKind.MANUAL, key="later")
    assert planned
    send("pause", id="who", paused="no")
    assert [prompt.id for prompt in stand.house.settings.asked] == ["who", "best"]


def test_another_wording_and_taking_out(stand, send):
    send("edit", id="who", prompt="Who or what is Quarn?", topic="facts")
    assert stand.house.settings.prompts[0].text == "Who or what is Quarn?"
    send("drop", id="who")
    assert [prompt.id for prompt in stand.house.settings.prompts] == ["best"]
    assert send("drop", id="who").status_code == 404


def test_numbers_of_other_words_are_shown_apart(browser, stand, send):
    page = f"{stand.home}/prompts?last=30d"
    before = browser.get(page).text
    named = before.index("Who sells good rain coats?")
    rate = re.search(r"100 %[^<]*", before[named:])[0]
    send("edit", id="best", prompt="Which rain coats are best?", topic="coats")
    after = browser.get(page).text
    now, past = after.split("Before, in other words:", 1)
    assert "Nothing was measured with these words in these days" in now[now.index("Which rain coats are best?") :]
    assert "Who sells good rain coats?" in past
    assert rate in past
    row = browser.get(f"/api/v1/brands/{stand.home.removeprefix('/b/')}/prompts?last=30d").json()["prompts"][1]
    assert row["visibility"] == []
    assert row["earlier"][0]["text"] == "Who sells good rain coats?"
    assert not outnamed.outnamed(stand.house, stand.hands().date().replace(day=1), stand.hands().date()).rows


def test_paused_prompts_are_not_counted_as_asked(browser, stand, send):
    assert "2 prompts are put to each of 2 assistants." in browser.get(f"{stand.home}/prompts").text
    send("pause", id="who", paused="yes")
    assert "1 prompt is put to each of 2 assistants; 1 other is paused." in browser.get(f"{stand.home}/prompts").text


def test_a_prompt_that_is_there_already_is_told(send):
    shown = send("edit", prompt="Who sells good rain coats?")
    assert shown.status_code == 422
    assert "Who sells good rain coats?" in shown.text


def test_suggestions_name_the_brand_and_its_rivals(browser, stand):
    shown = browser.get(f"{stand.home}/prompts/edit").text
    assert "Fennick: which one should I choose?" in shown


def test_a_viewer_changes_no_prompt(stand):
    viewer = stand.signed_in(Role.VIEWER)
    assert viewer.get(f"{stand.home}/prompts/edit").status_code == 403
    assert "Add a prompt" not in viewer.get(f"{stand.home}/prompts").text


def test_prompts_come_to_programs_in_pages(browser, stand):
    address = f"/api/v1/brands/{stand.home.removeprefix('/b/')}/prompts?last=30d&limit=1"
    first = browser.get(address).json()
    rest = browser.get(f"{address}&after={first['next']}").json()
    assert [page["prompts"][0]["prompt"]["id"] for page in (first, rest)] == ["who", "best"]
    assert rest["next"] is None
    assert browser.get(f"{address}&after=nobody").status_code == 422


def test_worth_asking_are_shortlists_of_what_the_panel_speaks_of(browser, stand):
    page = browser.get(f"{stand.home}/prompts/edit").text
    assert "What are good alternatives to Fennick?" in page
    assert "best coats right now" in page, "a topic that its own prompts name is what is sold"
    asked = browser.get(f"{stand.home}/prompts/edit?what=umbrellas").text
    assert "What are the best umbrellas right now?" in asked
    assert "best coats" not in asked
