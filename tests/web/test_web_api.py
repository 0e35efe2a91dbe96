"""The API says what the pages show, once, and lets programs come back without asking twice."""

import re
import time
from datetime import timedelta

import pytest

from monitor.domain.accounts import Right, Role
from monitor.service import accounts

API = "/api/v1"
OF_DAYS = (
    *("/portrait", "/facts", "/statements", "/sources", "/changes", "/lines", "/rivals", "/alike", "/answers"),
    *("/rounds", "/alerts", "/prompts", "/replaced", "/since"),
)
PARTS = ("", "/reports", "/review", "/decisions", "/versions", "/why", "/costs", "/watches")


@pytest.fixture
def brand(stand):
    return f"{API}/brands/{stand.home.removeprefix('/b/')}"


@pytest.mark.parametrize("part", [*(f"{each}?last=30d" for each in OF_DAYS), *PARTS])
def test_everything_is_there_as_json(browser, brand, part):
    answer = browser.get(f"{brand}{part}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"


def test_a_word_that_an_address_does_not_know_is_refused(browser, brand):
    """What is not understood would otherwise bring everything, and look as if it had been."""
    for part in (*OF_DAYS, *PARTS):
        answer = browser.get(f"{brand}{part}", params={"foo": "bar"})
        assert (answer.status_code, "'foo' is no word of this address" in answer.json()["error"]) == (422, True)
    told = browser.get(f"{brand}/prompts?lst=30d").json()["error"]
    assert told == "'lst' is no word of this address; it takes after, limit, last, from, to."
    for part in PARTS:
        assert browser.get(f"{brand}{part}?last=30d").status_code == 422, "days mean nothing there"
    assert browser.post(f"{brand}/rounds?last=30d").json()["error"].endswith("it takes none.")
    assert browser.get(f"{brand}/why?about=a%00").status_code == 422


def test_alerts_of_days_are_those_that_stood_then(browser, brand):
    every = browser.get(f"{brand}/alerts").json()["alerts"]
    assert {each["opened_at"][:10] for each in every} == {"2026-03-06"}
    assert browser.get(f"{brand}/alerts?from=2026-03-01&to=2026-03-05").json()["alerts"] == []
    assert browser.get(f"{brand}/alerts?from=2026-03-06&to=2026-03-06").json()["alerts"] == every
    over = [each["id"] for each in every if each["resolved_at"]]
    later = browser.get(f"{brand}/alerts?from=2026-03-09&to=2026-03-10").json()["alerts"]
    assert [each["id"] for each in later] == [each["id"] for each in every if each["id"] not in over]


def test_pages_of_answers_follow_each_other(browser, brand):
    seen, after = [], ""
    while True:
        page = browser.get(f"{brand}/answers", params={"last": "30d", "limit": 7, "after": after}).json()
        seen += [hit["probe_id"] for hit in page["answers"]]
        after = page["next"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == 32


@pytest.mark.parametrize(("what", "least"), [("answers", 32), ("rounds", 8), ("alerts", 2), ("reports", 3)])
def test_next_is_used_as_it_is_in_an_address(browser, stand, brand, what, least):
    if what == "reports":
        for _ in range(3):
            stand.hands.now += timedelta(seconds=1)
            browser.post(f"{brand}/reports", json={"from": "2026-03-01", "to": "2026-03-08"})
    days = "" if what == "reports" else "last=30d&"
    seen, after = [], ""
    while True:
        page = browser.get(f"{brand}/{what}?{days}limit=1{after}").json()
        assert len(page[what]) == 1
        seen += page[what]
        if not page["next"]:
            break
        assert re.fullmatch(r"[\w:.~-]+", page["next"]), "nothing in it is to be escaped"
        after = f"&after={page['next']}"
    whole = browser.get(f"{brand}/{what}?{days}limit=200").json()
    assert [name_of(each) for each in seen] == [name_of(each) for each in whole[what]]
    assert len(seen) >= least
    assert whole["next"] is None


def name_of(row):
    return row.get("probe_id") or row.get("id") or row["round"]["id"]


@pytest.mark.parametrize("what", ["rounds", "alerts", "reports", "review"])
def test_a_place_that_is_none_is_told_in_every_list(browser, brand, what):
    answer = browser.get(f"{brand}/{what}", params={"after": "x~y"})
    assert answer.status_code == 422
    assert "names no place" in answer.json()["error"]


def test_findings_are_reviewed_by_a_program(stand, browser, brand):
    waiting = browser.get(f"{brand}/review?limit=1").json()
    (found,) = waiting["findings"]
    assert waiting["next"] == found["id"]
    assert found["quote"]["text"]
    rest = browser.get(f"{brand}/review?after={waiting['next']}").json()
    assert found["id"] not in [each["id"] for each in rest["findings"]]
    said = browser.post(f"{brand}/review/{found['id']}", json={"decision": "dismissed"})
    assert (said.status_code, said.json()["decision"]) == (201, "dismissed")
    assert found["id"] not in [each["id"] for each in browser.get(f"{brand}/review").json()["findings"]]
    (word,) = browser.get(f"{brand}/decisions").json()
    assert (word["id"], word["decision"], word["by"]) == (found["id"], "dismissed", "this machine")
    browser.post(f"{brand}/review/{found['id']}", json={"decision": "withdrawn"})
    assert found["id"] in [each["id"] for each in browser.get(f"{brand}/review").json()["findings"]]
    assert browser.post(f"{brand}/review/{found['id']}", json={"decision": "perhaps"}).status_code == 422
    assert browser.post(f"{brand}/review/nothing", json={"decision": "dismissed"}).status_code == 422
    viewer = stand.signed_in(Role.VIEWER)
    assert viewer.post(f"{brand}/review/{found['id']}", json={"decision": "confirmed"}).status_code == 403


def test_versions_and_reasons_are_told_to_programs(browser, brand):
    browser.post(f"{brand}/prompts/dry", json={"text": "Who makes dry coats?"})
    newest, first = browser.get(f"{brand}/versions").json()
    assert "Who makes dry coats?" in newest["changed"]
    assert first["changed"] == ""
    whole = browser.get(f"{brand}/versions/{first['version']}").json()
    assert "Who makes dry coats?" not in whole["source"]
    assert browser.get(f"{brand}/versions/none").status_code == 404
    assert any("alert" in each["title"].lower() for each in browser.get(f"{brand}/why").json())
    assert browser.get(f"{brand}/why?about=founded").json()
    assert "is called so" in browser.get(f"{brand}/why?about=nothing").json()["error"]


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
    other = browser.post(f"{brand}/prompts/dry", json={"text": "Who makes dry coats?"}, headers=headers)
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
    posts = [whole["post"] for whole in described["paths"].values() if "post" in whole]
    assert all("409" in each["responses"] for each in posts)
    assert {"from", "to"} <= described["components"]["schemas"]["Wanted"]["properties"].keys()


def test_an_alert_is_acknowledged_by_a_program(browser, brand):
    found = browser.get(f"{brand}/alerts", params={"state": "open"}).json()["alerts"]
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


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"{", "is no JSON"),
        (b"\xff", "send JSON in UTF-8"),
        (b'{"a":' + b"[" * 20_000 + b"]" * 20_000 + b"}", "not nested deeply"),
        (b'{"from": "2026-03-01", "to": "2026-03-08", "topic": "\\u0000a"}', "(NUL)"),
        (b'{"from": "2026-03-01", "to": "2026-03-08", "formats": ["\\u0000a"]}', "(NUL)"),
    ],
)
def test_a_body_that_cannot_be_read_is_told_so(browser, brand, sent, told):
    answer = browser.post(f"{brand}/reports", content=sent, headers={"content-type": "application/json"})
    assert (answer.status_code, told in answer.json()["error"]) == (422, True)


@pytest.mark.parametrize("address", ["/api/v1/openapi.json", "{brand}/answers", "{home}/overview"])
def test_head_gives_the_headers_alone(browser, brand, stand, address):
    address = address.format(brand=brand, home=stand.home)
    answer, whole = browser.head(address), browser.get(address)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.parametrize(
    ("way", "sent", "told"),
    [
        (
            "/reports",
            {"from": "2026-03-01", "to": "2026-03-08", "assistant": "nobody"},
            "No assistant is called 'nobody'",
        ),
        ("/reports", {"from": "2026-03-01", "to": "2026-03-08", "topic": "none"}, "No topic is called 'none'"),
        ("/reports", {"from": "2026-03-01", "to": "2026-03-08", "colour": 1}, "colour is not known here"),
        ("/watches", {"prompts": ["nope"]}, "No prompt is called nope"),
        ("/prompts/new", {"text": "Who?", "toppic": "x"}, "toppic is not known here"),
    ],
)
def test_a_name_that_is_not_known_is_refused(browser, brand, way, sent, told):
    answer = browser.post(f"{brand}{way}", json=sent)
    assert (answer.status_code, told in answer.json()["error"]) == (422, True)


def test_an_acknowledgement_takes_no_day(browser, brand):
    alert = browser.get(f"{brand}/alerts").json()["alerts"][0]["id"]
    assert browser.post(f"{brand}/alerts/{alert}/acknowledge", json={"until": "2027-01-01"}).status_code == 422
    past = browser.post(f"{brand}/alerts/{alert}/silence", json={"until": "2020-01-01"}).json()["error"]
    assert past == "2020-01-01 has begun already; name a later day."


def test_whoever_looks_for_somebody_unknown_is_told(browser, brand):
    told = browser.get(f"{brand}/answers?assistant=nobody").json()["error"]
    assert told == "No assistant is called 'nobody' here; there are alpha, beta."
    assert "No fact is called" in browser.get(f"{brand}/answers?fact=nope").json()["error"]


def test_a_mistake_in_what_is_sent_names_no_option_of_a_command(browser, brand):
    told = browser.post(f"{brand}/answers", content=b'{"said": "Yes."}\n{"text": "Yes."}').json()["error"]
    assert "answers.jsonl:1: there is no answer under text or response or answer or content" in told
    assert "call the field one of these" in told
    assert "give it a field “assistant”" in told
    assert "--" not in told


def test_nothing_cannot_be_imported(browser, brand):
    assert "No answer was sent" in browser.post(f"{brand}/answers", content=b"\n").json()["error"]
    row = b'{"text": "", "assistant": "app", "prompt": "Who?", "asked_at": "2026-03-07T06:00:00Z"}'
    assert browser.post(f"{brand}/answers", content=row).json()["added"] == 1, "an answer may come back empty"
