"""Brands and watches that programs start: the same as on the pages, by words of JSON."""

from monitor.domain.accounts import Role
from monitor.service.desk import brand_key

API = "/api/v1"
BRAND = {
    "name": "Fennick & Co",
    "what": "rain coats",
    "rivals": "Corvane",
    "facts": "founding year: 1987",
    "prompts": "Who makes dry coats?",
    "assistants": "gpt-search",
    "own": "gpt-search, gpt-5.1, DE, de",
}


def test_a_program_starts_a_brand_after_a_look_at_its_cost(browser, stand):
    offered = browser.get(f"{API}/start/assistants").json()
    assert {"gpt-search", "perplexity"} <= {each["id"] for each in offered}
    assert not any(each["has_key"] for each in offered)
    assert [each["id"] for each in offered if each["refused"]] == ["gemini-search"]
    suggested = browser.post(f"{API}/start/prompts", json=BRAND).json()
    assert any("rain coats" in each["text"] for each in suggested)
    assert browser.post(f"{API}/start/costs", json=BRAND).json()["calls"] == 1
    assert "Fennick & Co" not in stand.desk.names()
    refused = browser.post(f"{API}/brands", json=BRAND)
    assert (refused.status_code, "terms" in refused.json()["error"]) == (422, True)
    vain = browser.post(f"{API}/brands", json={**BRAND, "terms_agreed": True, "ask": True})
    assert (vain.status_code, "OPENAI_API_KEY is not set" in vain.json()["error"]) == (422, True)
    wanted, once = {**BRAND, "terms_agreed": True}, {"idempotency-key": "1"}
    begun = browser.post(f"{API}/brands", json=wanted, headers=once)
    assert (begun.status_code, begun.json()) == (201, {"brand": brand_key("Fennick & Co"), "round": None})
    assert browser.post(f"{API}/brands", json=wanted, headers=once).json() == begun.json()
    assert "kept here already" in browser.post(f"{API}/brands", json=wanted).json()["error"]
    (asked,) = stand.desk.house("Fennick & Co").settings.assistants
    assert (asked.model, asked.locale.country) == ("gpt-5.1", "DE")


def test_mistakes_of_a_new_brand_are_sentences(browser):
    wanted = {**BRAND, "terms_agreed": True, "assistants": "", "others": "nobody, gpt"}
    assert "Other assistants, line 1" in browser.post(f"{API}/brands", json=wanted).json()["error"]
    assert "time zone" in browser.post(f"{API}/start/costs", json={**BRAND, "zone": "Mars/North"}).json()["error"]


def test_whom_the_program_would_refuse_is_refused_at_the_start(browser):
    wanted = {**BRAND, "terms_agreed": True, "assistants": "gemini-search"}
    assert "is not asked: Google's terms" in browser.post(f"{API}/brands", json=wanted).json()["error"]


def test_only_administrators_start_brands(stand):
    editor = stand.signed_in(Role.EDITOR)
    assert editor.post(f"{API}/brands", json={**BRAND, "terms_agreed": True}).status_code == 403
    assert editor.get(f"{API}/start/assistants").status_code == 403


def test_a_program_starts_a_watch_looks_at_it_and_stops_it(browser, stand):
    at = f"{API}/brands/{stand.home.removeprefix('/b/')}/watches"
    assert "between one and" in browser.post(at, json={}).json()["error"]
    begun = browser.post(at, json={"prompts": ["who"], "leading": ["Did Quarn recall coats?"], "hours": 2, "budget": 1})
    assert begun.status_code == 201
    name = begun.json()["watch"]
    assert [each["id"] for each in browser.get(at).json()] == [name]
    shown = browser.get(f"{at}/{name}").json()
    assert [each["leading"] for each in shown["watch"]["prompts"]] == [False, True]
    assert shown["hours"] == []
    assert browser.post(f"{at}/{name}/stop").status_code == 201
    assert browser.get(f"{at}/{name}").json()["watch"]["ended_at"]
    assert browser.get(f"{at}/nothing").status_code == 404
    assert stand.signed_in(Role.EDITOR).post(at, json={"prompts": ["who"]}).status_code == 403
