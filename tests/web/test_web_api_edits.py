"""Programs edit prompts and facts as the pages do: each edit is a version, and mistakes are told."""

import re
import time
from datetime import timedelta

import pytest

from monitor.domain.accounts import Right, Role
from monitor.service import rereading


@pytest.fixture
def brand(stand):
    return f"/api/v1/brands/{stand.home.removeprefix('/b/')}"


FACT = {"id": "founded", "kind": "year", "about": "founding year", "value": "2010", "severity": "critical"}


def test_a_prompt_is_put_in_paused_and_taken_out(browser, stand, brand):
    made = browser.post(f"{brand}/prompts/dry", json={"text": "Who makes dry coats?", "topic": "coats"})
    assert made.status_code == 201
    assert made.json()["version"] == stand.house.settings.version
    assert stand.house.settings.prompts[-1].id == "dry"
    browser.post(f"{brand}/prompts/dry", json={"text": "Who makes dry coats?", "paused": True})
    assert [prompt.id for prompt in stand.house.settings.asked] == ["who", "best"]
    stand.hands.now += timedelta(seconds=1)  # the text as it was before counts again
    assert browser.post(f"{brand}/prompts/dry/drop").status_code == 201
    assert [prompt.id for prompt in stand.house.settings.prompts] == ["who", "best"]
    assert browser.post(f"{brand}/prompts/dry/drop").status_code == 404


def test_a_fact_is_changed_and_answers_are_read_again(browser, stand, brand):
    assert browser.post(f"{brand}/sheet/founded", json=FACT).status_code == 201
    assert stand.house.settings.sheet.fact("founded").value == 2010
    for _ in range(400):
        if rereading.under_way(stand.house) is None:
            break
        time.sleep(0.05)
    assert rereading.under_way(stand.house) is None


def test_mistakes_are_told(browser, brand):
    wrong = browser.post(f"{brand}/sheet/founded", json={**FACT, "value": "long ago"})
    assert wrong.status_code == 422
    assert "is not a number" in wrong.json()["error"]
    assert browser.post(f"{brand}/sheet/other", json=FACT).status_code == 422
    assert browser.post(f"{brand}/prompts/a b", json={"text": "What?"}).status_code == 422


def test_rights_are_those_of_the_pages(stand, brand):
    editor = stand.signed_in(Role.EDITOR)
    assert editor.post(f"{brand}/prompts/dry", json={"text": "Who makes dry coats?"}).status_code == 201
    assert editor.post(f"{brand}/sheet/founded", json=FACT).status_code == 403
    viewer = stand.signed_in(Role.VIEWER)
    assert viewer.post(f"{brand}/prompts/wet", json={"text": "Who?"}).status_code == 403


def test_an_earlier_version_is_looked_at_and_put_back(browser, stand, brand):
    first = stand.house.settings.version
    browser.post(f"{brand}/sheet/founded", json=FACT)
    stand.hands.now += timedelta(seconds=1)
    would = browser.get(f"{brand}/versions/{first}/preview").json()
    assert any("2009" in each for each in would["changes"])
    assert would["answers"] > 0
    made = browser.post(f"{brand}/versions/{first}/restore")
    assert made.status_code == 201
    assert made.json()["version"] == stand.house.settings.version
    assert stand.house.settings.sheet.fact("founded").value == 2009
    assert browser.post(f"{brand}/versions/none/restore").status_code == 404
    assert browser.get(f"{brand}/versions/none/preview").status_code == 404


def test_whoever_only_approves_facts_puts_back_nothing_else(browser, stand, brand):
    first = stand.house.settings.version
    browser.post(f"{brand}/prompts/dry", json={"text": "Who makes dry coats?"})
    stand.hands.now += timedelta(seconds=1)
    approver = stand.signed_in(Role.VIEWER, more=(Right.APPROVE,))
    assert approver.post(f"{brand}/versions/{first}/restore").status_code == 403
    assert approver.get(f"{brand}/versions/{first}/preview").status_code == 200


def test_assistants_of_imported_answers_are_offered_on_the_page(browser, stand, brand):
    line = '{"text": "Quarn was founded in 2009.", "question": "What is Quarn?", "assistant": "Shop Helper"}'
    assert browser.post(f"{brand}/answers?surface=app", content=line.encode()).status_code == 201
    text = browser.get(f"{stand.home}/answers").text
    (value,) = re.findall(r'<option value="([^"]*)">[^<]*Shop Helper[^<]*</option>', text)
    assert "Quarn was founded in 2009" in browser.get(f"{stand.home}/answers", params={"assistant": value}).text
