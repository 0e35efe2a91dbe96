"""The API says what the pages show, once, and lets programs come back without asking twice."""

import time
from datetime import timedelta

import pytest

from monitor.domain.accounts import Right, Role
from monitor.service import accounts

API = "/api/v1"
PARTS = (
    *("", "/portrait", "/facts", "/statements", "/sources", "/changes", "/lines", "/rivals", "/answers", "/rounds"),
    *("/alerts", "/reports", "/prompts", "/replaced"),
)


@pytest.fixture
def brand(stand):
    return f"{API}/brands/{stand.home.removeprefix('/b/')}"


@pytest.mark.parametrize("part", PARTS)
def test_everything_is_there_as_json(browser, brand, part):
    answer = browser.get(f"{brand}{part}?last=30d" if part else brand)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"


def test_pages_of_answers_follow_each_other(browser, brand):
    seen, after = [], ""
    while True:
        page = browser.get(f"{brand}/answers", params={"last": "30d", "limit": 7, "after": after}).json()
        seen += [hit["probe_id"] for hit in page["answers"]]
        after = page["next"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == 32


def test_filters_narrow_the_search(browser, brand):
    found = browser.get(f"{brand}/answers", params={"last": "30d", "fact": "founded", "verdict": "contradicted"}).json()
    assert {hit["assistant_id"] for hit in found["answers"]} == {"beta"}
    assert len(found["answers"]) == 4
    one = browser.get(f"{brand}/answers/{found['answers'][0]['answer_id']}").json()
    claim = next(claim for claim in one["reading"]["claims"] if claim["verdict"] == "contradicted")
    assert "1974" in one["answer"]["text"][claim["start"] : claim["end"]]


def test_what_did_not_change_is_told_in_a_line(browser, brand):
    first = browser.get(f"{brand}/facts?last=30d")
    again = browser.get(f"{brand}/facts?last=30d", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_post_that_is_repeated_does_its_work_once(browser, brand):
    headers = {"idempotency-key": "tuesday"}
    first = browser.post(f"{brand}/rounds", headers=headers)
    again = browser.post(f"{brand}/rounds", headers=headers)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    other = browser.post(f"{brand}/rounds?x=1", headers=headers)
    assert other.status_code == 422
    assert "another post" in other.json()["error"]


def test_a_token_has_its_rights_and_no_more(stand, brand):
    stand.account("anna@quarn.example", "a sentence of some length", Role.ADMIN)
    browser, now = stand.browser(), stand.hands()
    token = accounts.add_token(
        stand.store, name="robot", made_by="a", rights=[Right.VIEW], lasts=timedelta(days=1), now=now, new_id="t"
    )
    headers = {"authorization": f"Bearer {token.word}"}
    assert browser.get(f"{brand}/facts").status_code == 401
    assert browser.get(f"{brand}/facts", headers=headers).status_code == 200
    assert browser.post(f"{brand}/rounds", headers=headers).status_code == 403
    stand.hands.now += timedelta(days=2)
    assert browser.get(f"{brand}/facts", headers=headers).status_code == 401


@pytest.mark.parametrize("after", ["x", "2026-01-01~p", "2026-03-05T06:00:00~p", "~", "2026-13-01T00:00:00Z~a"])
def test_a_cursor_that_is_none_is_told_in_a_sentence(browser, brand, after):
    answer = browser.get(f"{brand}/answers", params={"after": after})
    assert answer.status_code == 422
    assert "names no place" in answer.json()["error"]


def test_the_interface_describes_itself(browser):
    described = browser.get(f"{API}/openapi.json").json()
    assert f"{API}/brands/{{key}}/answers" in described["paths"]
    assert not [path for path in described["paths"] if not path.startswith(API)]


def test_an_alert_is_acknowledged_by_a_program(browser, brand):
    found = browser.get(f"{brand}/alerts", params={"state": "open"}).json()
    assert found
    address = f"{brand}/alerts/{found[0]['id']}"
    assert browser.post(f"{address}/acknowledge", json={"note": "seen"}).status_code == 201
    assert browser.get(address).json()["acknowledged"]["note"] == "seen"
    assert browser.post(f"{address}/speak").status_code == 201
    assert browser.get(address).json()["acknowledged"] is None
    assert browser.post(f"{address}/silence", json={"until": "2020-01-01"}).status_code == 422


def test_a_report_is_asked_for_and_fetched(browser, brand):
    wanted = {"start": "2026-03-01", "end": "2026-03-08", "formats": ["csv"]}
    report = browser.post(f"{brand}/reports", json=wanted).json()["report"]
    for _ in range(200):
        made = browser.get(f"{brand}/reports/{report}").json()
        if made["state"] != "under way":
            break
        time.sleep(0.05)
    assert made["state"] == "made"
    assert [name.rsplit(".")[-1] for name in made["files"]] == ["zip", "html"]
    assert browser.get(f"{brand}/reports/{report}/files/{made['files'][0]}").content[:2] == b"PK"


def test_a_page_elsewhere_cannot_post(browser, brand):
    answer = browser.post(f"{brand}/rounds", headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("answers?limit=many", "limit must be a whole number"),
        ("answers?limit=0", "limit must be at least 1"),
        ("answers?verdict=odd", "verdict must be one of supported,"),
    ],
)
def test_a_wrong_address_is_told_what_belongs_there(browser, brand, asked, said):
    answer = browser.get(f"{brand}/{asked}")
    assert answer.status_code == 422
    assert said in answer.json()["error"]


def test_a_body_that_is_no_json_is_told_so(browser, brand):
    answer = browser.post(f"{brand}/reports", content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert "is no JSON" in answer.json()["error"]


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "{brand}/answers", "{home}/overview"])
def test_head_gives_the_headers_alone(browser, brand, stand, address):
    address = address.format(brand=brand, home=stand.home)
    answer, whole = browser.head(address), browser.get(address)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == whole.headers["content-type"]
