"""A fact is changed on the page: what would be judged differently is shown first, and nothing is lost."""

import html
import re
import time

import pytest

from monitor.domain.accounts import Right, Role
from storage import brands

FOUNDED = {
    "id": "founded",
    "kind": "year",
    "about": "founding year",
    "value": "1974",
    "says": "Quarn was founded in 1974.",
    "severity": "critical",
    "new": "no",
}


@pytest.fixture
def previewed(browser, stand, form_key):
    """Send the form of a fact and return the page that comes."""

    def send(**fields: str):
        key = form_key(browser, f"{stand.home}/sheet/fact?id=founded")
        return browser.post(f"{stand.home}/sheet/preview", data={"form_key": key, **FOUNDED, **fields})

    return send


def hidden(page, name):
    field = re.search(rf'name="{name}"(?: value="([^"]*)"| hidden>(.*?)</textarea>)', page.text, re.DOTALL)
    return html.unescape(field[1] or field[2])


def test_the_preview_says_what_would_be_judged_differently(previewed):
    shown = previewed()
    assert "16 stored answers would be judged differently" in shown.text
    assert "founded: supported &rarr; contradicted in 12 answers" in shown.text
    assert "founded: contradicted &rarr; supported in 4 answers" in shown.text
    assert "+  value: 1974" in html.unescape(shown.text) or "value: 1974" in html.unescape(shown.text)


def test_a_saved_change_is_a_version_and_the_answers_are_read_again(browser, stand, previewed, form_key):
    shown = previewed()
    sent = {"form_key": form_key(browser, f"{stand.home}/sheet"), "source": hidden(shown, "source")}
    assert browser.post(f"{stand.home}/sheet", data=sent | {"base": hidden(shown, "base")}).status_code == 303
    for _ in range(200):
        if "still to be read" not in browser.get(f"{stand.home}/sheet").text:
            break
        time.sleep(0.05)
    facts = browser.get(f"{stand.home}/facts?last=30d").text
    assert "Quarn was founded in 1974." in facts
    with stand.store.snapshot() as tx:
        assert len(brands.versions(tx, stand.house.settings.brand)) == 2
    again = browser.post(f"{stand.home}/sheet", data=sent | {"base": hidden(shown, "base")})
    assert "Somebody else changed the brand file meanwhile" in again.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": "soon"}, "value"),
        ({"since": "tomorrow"}, "The first day is written"),
        ({"applies_to": "Sweden"}, "no limit of a fact"),
        ({"new": "yes"}, "already"),
        ({"source": "javascript:alert(1)"}, "source"),
    ],
)
def test_a_mistake_in_a_field_is_told_and_what_was_typed_stays(previewed, fields, said):
    shown = previewed(**fields)
    assert shown.status_code == 422
    assert said in html.unescape(shown.text)
    assert 'value="founding year"' in shown.text


def test_a_fact_is_added_and_taken_out(browser, stand, previewed, form_key):
    shown = previewed(id="ceo", kind="person", about="chief executive", value="Ida O'Hara: boss", says="", new="yes")
    assert shown.status_code == 200
    sent = {"source": hidden(shown, "source"), "base": hidden(shown, "base")}
    browser.post(f"{stand.home}/sheet", data=sent | {"form_key": form_key(browser, f"{stand.home}/sheet")})
    assert "Ida O&#39;Hara: boss" in browser.get(f"{stand.home}/sheet").text
    key = form_key(browser, f"{stand.home}/sheet")
    out = browser.post(f"{stand.home}/sheet/drop", data={"form_key": key, "fact_id": "ceo"})
    assert "No stored answer would be judged differently" in out.text


def test_to_approve_facts_is_a_right_of_its_own(stand):
    editor = stand.signed_in(Role.EDITOR)
    assert editor.get(f"{stand.home}/sheet/fact?id=founded").status_code == 403
    approver = stand.signed_in(Role.EDITOR, email="a@quarn.example", more=(Right.APPROVE,))
    assert approver.get(f"{stand.home}/sheet/fact?id=founded").status_code == 200
