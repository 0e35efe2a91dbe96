"""Who may in, seen from a browser: signing in, an invitation, what each role finds, and forms from elsewhere."""

import pytest
from playwright.sync_api import expect

from monitor.domain.accounts import Role
from monitor.service import accounts

WORDS = "a sentence of some length"
ADMIN, VIEWER = "admin@quarn.example", "viewer@quarn.example"
ELSEWHERE = "http://elsewhere.example/"


@pytest.fixture(scope="module", autouse=True)
def _people(desk):
    expect.set_options(timeout=60_000)
    for email, role in ((ADMIN, Role.ADMIN), (VIEWER, Role.VIEWER)):
        made = accounts.add(desk.store, email, role=role, now=desk.clock(), new_id=email)
        accounts.accept(desk.store, made.word, WORDS, desk.clock())


def sign_in(page, email, password=WORDS):
    page.get_by_label("Mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")


def test_whoever_signs_in_comes_to_what_was_asked_for(page, home, witness):
    witness.refused_on_purpose = True
    page.goto(f"{home}/facts?last=7d")
    expect(page).to_have_title("Sign in · Likeness")
    sign_in(page, ADMIN, "some other sentence")
    expect(page.get_by_role("alert")).to_be_visible()
    sign_in(page, ADMIN)
    expect(page).to_have_url(f"{home}/facts?last=7d")


def test_a_viewer_finds_no_button_that_changes_anything(page, home):
    page.goto(f"{home}/alerts")
    sign_in(page, VIEWER)
    expect(page).to_have_url(f"{home}/alerts")
    for room in ("alerts", "review", "sheet", "prompts", "rounds"):
        page.goto(f"{home}/{room}")
        assert page.locator("main form[method=post]").count() == 0, room
    page.goto("/account")
    assert page.get_by_role("link", name="People and programs").count() == 0
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{home}/facts")
    expect(page).to_have_title("Sign in · Likeness")


def test_an_invitation_makes_an_account(new_page):
    page, other = new_page(), new_page()
    page.goto("/people")
    sign_in(page, ADMIN)
    form = page.locator("section", has=page.get_by_role("heading", name="Invite somebody"))
    form.get_by_label("Mail address").fill("new@quarn.example")
    form.get_by_label("Role").select_option("editor")
    form.get_by_role("button", name="Invite").click()
    other.goto(page.get_by_label("Link of the invitation").input_value())
    other.locator("input[type=password]").fill(WORDS)
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", level=1)).to_contain_text("How AI assistants portray")


def test_a_form_on_another_page_does_nothing_here(page, home, desk, witness):
    """A page elsewhere that the person has open sends a form with the cookie that the browser keeps for us."""
    page.goto(f"{home}/alerts")
    sign_in(page, ADMIN)
    expect(page).to_have_url(f"{home}/alerts")
    form = f'<form method="post" action="{home}/prompts/drop"><input name="id" value="who"><button>Win</button></form>'
    page.context.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body=form, content_type="text/html"))
    page.goto(ELSEWHERE)
    witness.seen.clear()  # this test alone opens a page elsewhere
    witness.refused_on_purpose = True
    page.get_by_role("button", name="Win").click()
    expect(page.locator("main, body").first).to_contain_text("Sign in")
    assert [prompt.id for prompt in desk.house(desk.names()[0]).settings.prompts] == ["who", "best"]
