"""Who may in, and what a page elsewhere can make a browser do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.accounts import Right, Role
from monitor.domain.errors import Mistake
from monitor.service import accounts
from monitor.web import server


def test_without_accounts_this_machine_may_everything(browser, stand):
    assert browser.get(f"{stand.home}/overview").status_code == 200


def test_with_an_account_everybody_signs_in(stand):
    stand.account("anna@quarn.example", "a sentence of some length", Role.ADMIN)
    answer = stand.browser().get(f"{stand.home}/overview")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?to=%2Fb%2F")


def test_other_addresses_are_refused_without_accounts(stand):
    with pytest.raises(Mistake, match="no account exists"):
        server.application(stand.desk, host="0.0.0.0", names=())  # noqa: S104 -- refused, which is the point


def test_a_name_that_is_not_ours_is_refused(browser, stand):
    answer = browser.get(f"{stand.home}/overview", headers={"host": "evil.example"})
    assert answer.status_code == 421


def test_every_response_carries_the_headers(browser, stand):
    for address in (f"{stand.home}/overview", "/nowhere", "/static/style.css"):
        headers = browser.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_a_form_without_our_key_changes_nothing(browser, stand):
    answer = browser.post(f"{stand.home}/rounds", data={"form_key": "0" * 64})
    assert answer.status_code == 403
    assert browser.post(f"{stand.home}/rounds").status_code == 403


def test_a_form_from_elsewhere_changes_nothing(browser, stand, form_key):
    key = form_key(browser, f"{stand.home}/rounds/new")
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert browser.post(f"{stand.home}/rounds", data={"form_key": key}, headers=headers).status_code == 403


def test_the_key_of_one_person_is_none_of_another(stand, form_key):
    editor = stand.signed_in(Role.EDITOR, email="e@quarn.example", more=(Right.SPEND,))
    other = stand.signed_in(Role.EDITOR, email="o@quarn.example", more=(Right.SPEND,))
    key = form_key(other, f"{stand.home}/rounds/new")
    assert editor.post(f"{stand.home}/rounds", data={"form_key": key}).status_code == 403


def test_spending_is_a_right_of_its_own(stand):
    editor = stand.signed_in(Role.EDITOR)
    assert "Run a round now" not in editor.get(f"{stand.home}/rounds").text
    assert editor.post(f"{stand.home}/rounds", data={"form_key": "x"}).status_code == 403


def test_a_person_sees_only_the_brands_that_were_given(stand):
    browser = stand.signed_in(brands=["Another"])
    assert browser.get(f"{stand.home}/overview").status_code == 404
    assert "Quarn" not in browser.get("/").text


def test_a_wrong_password_and_an_unknown_address_are_told_alike(stand):
    stand.account("anna@quarn.example", "a sentence of some length")
    browser = stand.browser()
    said = [
        browser.post("/sign-in", data={"email": email, "password": "wrong password"}).text
        for email in ("anna@quarn.example", "nobody@quarn.example")
    ]
    assert all("do not fit" in text for text in said)


def test_guessing_is_held_up_and_forgiven_with_time(stand):
    stand.account("anna@quarn.example", "a sentence of some length")
    browser = stand.browser()
    wrong = {"email": "anna@quarn.example", "password": "wrong password"}
    right = {"email": "anna@quarn.example", "password": "a sentence of some length"}
    for _ in range(5):
        browser.post("/sign-in", data=wrong)
    assert "Too many sign-ins failed" in browser.post("/sign-in", data=right).text
    stand.hands.now += timedelta(minutes=20)
    assert browser.post("/sign-in", data=right).status_code == 303


def test_a_sign_in_leads_nowhere_else(stand):
    stand.account("anna@quarn.example", "a sentence of some length")
    sent = {"email": "anna@quarn.example", "password": "a sentence of some length"}
    for to in ("https://evil.example", "//evil.example", "/\\evil.example"):
        assert stand.browser().post("/sign-in", data=sent | {"to": to}).headers["location"] == "/"


def test_the_cookie_is_out_of_reach_of_scripts(stand):
    stand.account("anna@quarn.example", "a sentence of some length")
    sent = {"email": "anna@quarn.example", "password": "a sentence of some length"}
    cookie = stand.browser(secure=True).post("/sign-in", data=sent).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert "samesite=lax" in cookie.lower()


def test_signing_out_ends_the_session(stand, form_key):
    browser = stand.signed_in(Role.ADMIN)
    browser.post("/sign-out", data={"form_key": form_key(browser, f"{stand.home}/rounds/new")})
    assert browser.get(f"{stand.home}/overview").status_code == 303


def test_an_invitation_is_used_once_and_ages(stand):
    invited = accounts.add(stand.store, "new@quarn.example", now=stand.hands(), new_id="n")
    old = accounts.invite_again(stand.store, "n", stand.hands())
    accounts.accept(stand.store, invited.word, "a long enough password", stand.hands())
    with pytest.raises(Mistake, match="used already"):
        accounts.accept(stand.store, invited.word, "another password", stand.hands())
    with pytest.raises(Mistake, match="too old"):
        accounts.accept(stand.store, old.word, "another password", stand.hands() + timedelta(days=8))


def test_the_last_administrator_stays(stand):
    admin = stand.account("anna@quarn.example", "a sentence of some length", Role.ADMIN)
    with pytest.raises(Mistake, match="last administrator"):
        accounts.change(stand.store, replace(admin, role=Role.VIEWER))


def test_the_store_holds_no_password_and_no_way_in(stand):
    browser = stand.signed_in(Role.ADMIN)
    token = accounts.add_token(
        stand.store, name="robot", made_by="a", rights=[Right.VIEW], now=stand.hands(), new_id="t"
    )
    raw = b"".join(path.read_bytes() for path in stand.folder.glob("likeness.db*"))
    for secret in ("a sentence of some length", browser.cookies["likeness_session"], token.word):
        assert secret.encode() not in raw
