"""People are invited, given rights and brands, and shut out; programs get tokens that are shown once."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.accounts import Right, Role
from monitor.domain.errors import Mistake
from monitor.service import accounts
from storage import accounts as kept


@pytest.fixture
def admin(stand):
    return stand.signed_in(Role.ADMIN, email="boss@quarn.example")


def invited(stand, admin, form_key, **sent: object):
    answer = admin.post("/people", data={"form_key": form_key(admin, "/people"), "role": "editor", **sent})
    if answer.status_code == 303:
        answer = admin.get(answer.headers["location"])
    return answer, re.search(r"/welcome\?key=([\w-]+)", answer.text)


def test_an_invitation_goes_out_by_mail_and_lets_somebody_in(stand, admin, form_key):
    answer, link = invited(stand, admin, form_key, email="eve@quarn.example", rights=["spend"])
    assert answer.status_code == 200
    mails = [path.read_text("utf-8") for path in (stand.folder / "mail").glob("*.eml")]
    assert any("eve@quarn.example" in mail and "invited to the pages" in mail for mail in mails)
    new = stand.browser()
    assert "Choose a password" in new.get("/welcome", params={"key": link[1]}).text
    let_in = new.post("/welcome", data={"key": link[1], "password": "a sentence of some length"})
    assert let_in.headers["location"] == "/"
    used = stand.browser().get("/welcome", params={"key": link[1]})
    assert (used.status_code, 'name="password"' in used.text) == (410, False), "nothing is typed in vain"
    assert "used already or is too old" in used.text
    assert "Run a round now" in new.get(f"{stand.home}/rounds").text
    assert new.get("/people").status_code == 403


def test_a_short_password_is_told_and_the_link_still_works(stand, admin, form_key):
    _, link = invited(stand, admin, form_key, email="eve@quarn.example")
    short = stand.browser().post("/welcome", data={"key": link[1], "password": "short"})
    assert "has 5 characters" in short.text
    assert stand.browser().post("/welcome", data={"key": link[1], "password": "long enough now"}).status_code == 303


@pytest.mark.parametrize("email", ["", "eve", "eve@", "a b@quarn.example", "eve@quarn.example\r\nBcc: x@y.example"])
def test_an_address_that_is_none_is_told(stand, admin, form_key, email):
    answer, _ = invited(stand, admin, form_key, email=email)
    assert answer.status_code == 422


def test_rights_change_at_once_and_a_closed_account_is_out(stand, admin, form_key):
    viewer = stand.signed_in(Role.VIEWER, email="vic@quarn.example")
    stand.keep_brands(["Another"])
    sent = {"form_key": form_key(admin, "/people"), "role": "viewer", "brands": ["Another"]}
    admin.post("/people/vic@quarn.example", data=sent)
    assert viewer.get(f"{stand.home}/overview").status_code == 303  # signs in again, with the new rights
    admin.post("/people/vic@quarn.example/close", data={"form_key": form_key(admin, "/people")})
    sent = {"email": "vic@quarn.example", "password": "a sentence of some length"}
    assert stand.browser().post("/sign-in", data=sent).status_code == 401


def test_an_editor_cannot_make_himself_more(stand, form_key):
    editor = stand.signed_in(Role.EDITOR)
    for address in ("/people", "/tokens", "/people/editor@quarn.example"):
        sent = {
            "form_key": form_key(editor, f"{stand.home}/review"),
            "role": "admin",
            "email": "x@y.example",
            "name": "x",
        }
        assert editor.post(address, data=sent).status_code == 403


def test_a_token_is_shown_once_and_revoked(stand, admin, form_key):
    sent = {"form_key": form_key(admin, "/people"), "name": "our dashboard", "rights": ["view"]}
    made = admin.post("/tokens", data=sent)
    assert made.status_code == 303, "whoever loads the page anew makes no second token"
    word = re.search(r"lk_[\w-]+", admin.get(made.headers["location"]).text)[0]
    again = admin.get(made.headers["location"]).text
    assert word not in again
    assert "shown one time only" in again
    api = f"/api/v1/brands/{stand.home.removeprefix('/b/')}/facts"
    program = stand.browser()
    assert program.get(api, headers={"authorization": f"Bearer {word}"}).status_code == 200
    with stand.store.snapshot() as tx:
        token = kept.tokens(tx)[0]
    assert token.rights == {Right.VIEW}
    admin.post(f"/tokens/{token.id}/revoke", data={"form_key": form_key(admin, "/people")})
    assert program.get(api, headers={"authorization": f"Bearer {word}"}).status_code == 401


def test_what_is_shown_once_is_for_whoever_made_it_and_not_for_long(stand, admin, form_key):
    other = stand.signed_in(Role.ADMIN, email="other@quarn.example")
    sent = {"form_key": form_key(admin, "/people"), "name": "our dashboard"}
    made = admin.post("/tokens", data=sent).headers["location"]
    assert "lk_" not in other.get(made).text
    assert "lk_" in admin.get(made).text
    late = admin.post("/tokens", data=sent).headers["location"]
    stand.hands.now += timedelta(minutes=6)
    assert "lk_" not in admin.get(late).text


def test_the_first_invitation_is_shown_although_its_maker_must_sign_in_from_then_on(browser, stand, form_key):
    answer = browser.post(
        "/people", data={"form_key": form_key(browser, "/people"), "email": "a@b.example", "role": "admin"}
    )
    assert "/welcome?key=" in answer.text


def test_a_password_is_changed_by_whoever_knows_the_old_one(stand, form_key):
    mine, elsewhere = stand.signed_in(email="vic@quarn.example"), stand.browser()
    old, new = "a sentence of some length", "another sentence of words"
    elsewhere.post("/sign-in", data={"email": "vic@quarn.example", "password": old})
    sent = {"form_key": form_key(mine, "/account"), "old": "a wrong sentence", "new": new}
    assert "The password you have is another" in mine.post("/account/password", data=sent).text
    assert "at least 10" in mine.post("/account/password", data=sent | {"old": old, "new": "short"}).text
    changed = mine.post("/account/password", data=sent | {"old": old})
    assert "Your password is changed" in mine.get(changed.headers["location"]).text
    assert elsewhere.get("/account").status_code == 303
    again = stand.browser().post("/sign-in", data={"email": "vic@quarn.example", "password": new})
    assert again.status_code == 303


def test_rights_are_told_in_words_and_only_what_one_may_is_offered(stand, browser):
    assert "Change your password" not in browser.get("/account").text
    viewer = stand.signed_in(Role.VIEWER, brands=("Another", "One more"))
    assert "You may look at everything, for Another, One more." in viewer.get("/account").text
    assert "Add a brand" not in viewer.get("/").text
    assert "the right to manage people, programs and brands" in viewer.get("/people").text


def test_saving_something_else_widens_nobody(stand, admin, form_key):
    viewer = stand.signed_in(Role.VIEWER, email="vic@quarn.example", brands=("Another",))
    lost = stand.account("lost@quarn.example", "a sentence of some length")
    with stand.store.transaction() as tx:  # as older versions kept it: a slip, or a brand of another folder
        kept.save(tx, replace(lost, brands=frozenset({"Nosuch"})))
    key = {"form_key": form_key(admin, "/people"), "role": "editor"}
    shown = admin.get("/people").text
    assert 'value="Nosuch" checked' in shown
    assert "Nosuch is not kept here" in shown
    refused = admin.post("/people/vic@quarn.example", data=key)
    assert (refused.status_code, "No brand is ticked" in refused.text) == (422, True)
    assert admin.post("/people/lost@quarn.example", data=key | {"brands": ["Nosuch"]}).status_code == 303
    assert viewer.get(f"{stand.home}/overview").status_code == 404
    assert limits(stand) == {"vic@quarn.example": {"Another"}, "lost@quarn.example": {"Nosuch"}}
    admin.post("/people/vic@quarn.example", data=key | {"brands": ["Another"], "every": "true"})
    assert limits(stand)["vic@quarn.example"] is None, "lifted by the box that says so"


def test_a_brand_that_is_not_kept_here_is_refused(stand, admin, form_key):
    key = {"form_key": form_key(admin, "/people"), "role": "viewer", "brands": ["nosuch"]}
    vic = stand.account("vic@quarn.example", "a sentence of some length")
    for address, sent in [
        ("/people", {"email": "eve@quarn.example"}),
        ("/people/vic@quarn.example", {}),
        ("/tokens", {"name": "a"}),
    ]:
        refused = admin.post(address, data=key | sent)
        assert refused.status_code == 422
        assert "No brand called &#39;nosuch&#39; is kept here; there are Quarn" in refused.text
    with pytest.raises(Mistake, match="needs one at least"):
        accounts.change(stand.store, replace(vic, brands=frozenset()))
    with stand.store.snapshot() as tx:
        assert not kept.tokens(tx)
    assert limits(stand) == {"vic@quarn.example": None}


def test_who_may_see_none_of_the_brands_is_told_so(stand):
    lost = stand.signed_in(Role.VIEWER, email="lost@quarn.example", brands=("Another",))
    with stand.store.transaction() as tx:
        kept.save(tx, replace(kept.by_email(tx, "lost@quarn.example"), brands=frozenset({"Nosuch"})))
    assert "None of the brands that you may see is kept here" in lost.get("/").text


def limits(stand):
    """Return by address to which brands people are limited, but for the administrator."""
    with stand.store.snapshot() as tx:
        return {each.email: each.brands for each in kept.accounts(tx) if each.email != "boss@quarn.example"}
