"""What somebody would try from outside: every route at once, so that a new one is not forgotten."""

import json
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute

from monitor.domain.accounts import Right, Role
from monitor.service import accounts
from monitor.web.app import create

# What somebody without an account must be able to reach.
OPEN = {"/sign-in", "/welcome", "/shared/{word}", "/unsubscribe/{word}", "/healthz", "/metrics"}
# Forms that carry a proof of their own instead of our key.
PROVEN = {"/sign-in", "/welcome", "/unsubscribe/{word}"}

HOSTILE = (
    "<script>alert(1)</script>",
    "'\"><img src=x onerror=alert(1)>",
    "../../../../etc/passwd",
    "a\r\nSet-Cookie: x=1",
    "javascript:alert(1)",
    "\u202egnp.exe",
    "{{ 7 * 7 }}",
    "' OR 1=1 --",
    "x" * 5000,
)


def routes(stand, method):
    app = create(stand.desk)
    found = [(route.path, route) for route in _flat(app.routes) if method in route.methods]
    assert len(found) > 10
    return found


def _flat(found):
    for route in found:
        if isinstance(route, APIRoute):
            yield route
        elif inner := getattr(route, "routes", None) or getattr(
            getattr(route, "original_router", None), "routes", None
        ):
            yield from _flat(inner)


def address(path, stand):
    key = stand.home.removeprefix("/b/")
    filled = path.replace("{key}", key)
    for name in ("answer_id", "fact_id", "round_id", "report_id", "alert_id", "account_id", "token_id", "name", "word"):
        filled = filled.replace(f"{{{name}}}", "nothing")
    return filled


def test_no_form_is_taken_without_our_key(browser, stand):
    taken = [
        path
        for path, _ in routes(stand, "POST")
        if not path.startswith(("/api/", "/brands")) and path not in PROVEN
        if browser.post(address(path, stand), data={}).status_code not in {403, 404, 422}
    ]
    assert taken == []


def test_a_stranger_sees_nothing_once_there_are_accounts(stand):
    stand.account("anna@quarn.example", "a sentence of some length", Role.ADMIN)
    stranger = stand.browser()
    for path, _ in routes(stand, "GET"):
        if path in OPEN:
            continue
        full = path if path.startswith("/api/") or not path.startswith("/brands") else f"/api/v1{path}"
        answer = stranger.get(address(full, stand))
        assert answer.status_code in {303, 401, 404}, path
        assert "Quarn" not in answer.text, path


def test_hostile_words_in_an_address_are_neither_run_nor_fatal(browser, stand):
    for words in HOSTILE:
        for room in ("overview", "answers", "why", "sheet/fact", "prompts/edit"):
            for name in ("words", "assistant", "domain", "about", "id", "after", "last"):
                answer = browser.get(f"{stand.home}/{room}?{name}={quote(words)}")
                assert answer.status_code < 500, (room, name, words)
                assert "<script>alert(1)" not in answer.text
                assert "<img src=x" not in answer.text
                assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/gate.py"])
def test_no_file_outside_the_static_ones_is_served(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text


def test_a_note_with_markup_is_shown_as_text(browser, stand, form_key):
    listed = browser.get(f"{stand.home}/alerts").text
    alert = next(part for part in listed.split('"') if part.startswith(f"{stand.home}/alerts/"))
    browser.post(f"{alert}/acknowledge", data={"form_key": form_key(browser, alert), "note": HOSTILE[0]})
    assert "<script>alert(1)" not in browser.get(alert).text
    assert "&lt;script&gt;" in browser.get(alert).text


def test_forwarded_headers_make_nobody_local(stand):
    stand.account("anna@quarn.example", "a sentence of some length", Role.ADMIN)
    headers = {"x-forwarded-for": "127.0.0.1", "x-forwarded-host": "localhost", "x-real-ip": "127.0.0.1"}
    assert stand.browser().get(f"{stand.home}/overview", headers=headers).status_code == 303


def test_a_program_sends_captured_answers_once(stand):
    word = accounts.add_token(
        stand.store, name="capture", made_by="a", rights=[Right.VIEW, Right.EDIT], now=stand.hands(), new_id="t"
    ).word
    rows = [
        {"id": f"c{number}", "text": f"Quarn has {number} shops.", "question": "How many?", "assistant": "app",
         "asked_at": "2026-03-07T10:00:00Z"}
        for number in (41, 12)
    ]  # fmt: skip
    body = "\n".join(json.dumps(row) for row in rows)
    headers = {"authorization": f"Bearer {word}", "idempotency-key": "k"}
    address = f"/api/v1/brands/{stand.home.removeprefix('/b/')}/answers"
    first = stand.browser().post(address, content=body, headers=headers)
    assert first.json() == {"added": 2, "known": 0, "read": 2, "days": 1}
    assert stand.browser().post(address, content=body, headers=headers).json() == first.json()
    again = stand.browser().post(address, content=body, headers=headers | {"idempotency-key": "other"})
    assert again.json()["known"] == 2
    listed = stand.browser().get(f"{address}?last=30d&words=12+shops", headers=headers).json()["answers"][0]
    assert listed["assistant_label"] == "app, captured (app)", "an imported answer names who gave it"
    broken = stand.browser().post(address, content="{", headers=headers | {"idempotency-key": "third"})
    assert broken.status_code == 422
    assert "line" in broken.json()["error"] or ":1" in broken.json()["error"]
