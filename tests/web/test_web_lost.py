"""An address that is cut short, mistyped or sent what it does not take: one sentence says what is wrong."""

import pytest


@pytest.mark.parametrize("end", ["", "/"])
def test_a_brand_without_a_room_leads_to_its_overview(browser, stand, end):
    answer = browser.get(f"{stand.home}{end}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{stand.home}/overview")
    assert browser.get(f"/b/none{end}").status_code == 404


def test_what_is_not_there_is_said_in_a_sentence(browser, stand):
    text = browser.get(f"{stand.home}/nowhere").text
    assert "Not Found" not in text
    assert "There is nothing at this address." in text
    api = f"/api/v1{stand.home.replace('/b/', '/brands/')}"
    assert browser.get(f"{api}/nowhere").json() == {"error": "There is nothing at this address."}
    assert browser.put(f"{api}/answers").json() == {"error": "This address takes no PUT."}


def test_a_token_that_ended_is_told_from_none(browser, stand):
    sent = browser.get("/api/v1/brands", headers={"authorization": "Bearer lk_none"})
    assert (sent.status_code, "token is not known" in sent.json()["error"]) == (401, True)


def test_a_mistake_is_said_once_and_in_our_words(browser, stand):
    twice = browser.get(f"{stand.home}/answers?from=x").text
    assert twice.count("must be a day such as 2026-10-31") == 1
    api = f"/api/v1{stand.home.replace('/b/', '/brands/')}"
    told = browser.post(f"{api}/reports", json={"from": 5, "to": "2026-03-08"}).json()["error"]
    assert told == "This cannot be read: from must be a day such as 2026-10-31."
    assert "at least one character." in browser.post(f"{api}/prompts/new", json={"text": ""}).json()["error"]
