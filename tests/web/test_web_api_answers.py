"""Answers by programs: a number is followed to those that it counts, and what cannot be is refused in a sentence."""

import pytest


@pytest.fixture
def brand(stand):
    return f"/api/v1/brands/{stand.home.removeprefix('/b/')}"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ('{"text": "Yes.", "assistant": "App", "asked_at": "2030-01-01T00:00:00Z"}', "has not come yet"),
        ('{"text": "Yes.", "assistant": "App", "asked_at": "2026-03-01 02:30"}', "says no time zone"),
        ('{"text": "\xff"}', "answers.jsonl is not UTF-8"),
    ],
)
def test_times_and_bytes_that_cannot_be_are_told(browser, brand, sent, told):
    answer = browser.post(f"{brand}/answers", content=sent.encode("latin-1"))
    assert (answer.status_code, told in answer.json()["error"]) == (422, True)
    assert "/" not in answer.json()["error"], "nothing of where it was written here"


def test_a_prompt_or_topic_that_never_was_is_told(browser, brand):
    assert browser.get(f"{brand}/answers?prompt=nope").json()["error"] == "No prompt is called 'nope' here."
    assert browser.get(f"{brand}/answers?topic=nope").json()["error"] == "No topic is called 'nope' here."
    line = '{"text": "Quarn.", "assistant": "App", "asked_at": "2026-03-01T02:30:00Z", "prompt_id": "theirs"}'
    browser.post(f"{brand}/answers", content=line.encode())
    assert len(browser.get(f"{brand}/answers?prompt=theirs").json()["answers"]) == 1
    later = browser.get(f"{brand}/answers?prompt=theirs&from=2026-03-07&to=2026-03-08")
    assert (later.status_code, later.json()["answers"]) == (200, [])
    assert browser.get(f"{brand}/answers?prompt=best&from=2026-02-01&to=2026-02-02").status_code == 200


def test_a_number_of_the_api_is_followed_to_its_answers(browser, brand):
    days = {"from": "2026-03-01", "to": "2026-03-08"}
    for each in browser.get(f"{brand}/rivals", params=days).json()["visibility"]:
        of, rate = each["series"], each["rate"]
        asked = {**days, "measure": of["measure"], "subject": of["subject"], "assistant": of["assistant_id"]}
        found = browser.get(f"{brand}/answers", params={**asked, "surface": of["surface"], "limit": 200}).json()
        assert (found["rate"], len(found["answers"])) == (rate, each["answers"])
        hits = browser.get(f"{brand}/answers", params={**asked, "side": "hits", "limit": 200}).json()["answers"]
        assert len(hits) == rate["hits"]
    assert "There is no measure 'odd'" in browser.get(f"{brand}/answers?measure=odd").json()["error"]
    assert browser.get(f"{brand}/answers").json()["rate"] is None
