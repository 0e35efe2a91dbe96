"""A fact is changed on the page: what would be judged differently is shown first, and nothing is lost."""

import html
import inspect
import re
import time
from datetime import UTC, datetime

import pytest

from monitor.analysis.anew import Anew
from monitor.domain.accounts import Right, Role
from monitor.domain.readings import Verdict
from monitor.service import previewing
from monitor.web.pages import sheet, sheet_paste, sheet_preview
from storage import answers, brands, readings

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
    assert "Founding year: Right &rarr; Wrong in 12 answers" in shown.text
    assert "Founding year: Wrong &rarr; Right in 4 answers" in shown.text
    assert "+  value: 1974" in html.unescape(shown.text) or "value: 1974" in html.unescape(shown.text)


def test_the_preview_says_what_may_have_been_forgotten(previewed):
    forgotten = html.unescape(previewed(says="Quarn was founded in 2009.").text)
    assert "2009 is not among the former values of founding year" in forgotten
    assert "The sentence on founding year is the one from before" in forgotten
    thought_of = html.unescape(previewed(before="2009 | 2026-03-04").text)
    assert "former values of" not in thought_of
    assert "the one from before" not in thought_of


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
    assert again.status_code == 303, "sent twice, it is still one change"


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


@pytest.fixture
def keep(browser, stand, form_key):
    """Make a previewed edit count."""

    def send(shown):
        sent = {name: hidden(shown, name) for name in ("source", "base")}
        return browser.post(f"{stand.home}/sheet", data={"form_key": form_key(browser, f"{stand.home}/sheet"), **sent})

    return send


def fact(stand):
    return stand.house.settings.sheet.fact("founded")


def test_two_tabs_change_one_fact_and_both_changes_stay(previewed, stand, keep):
    base = stand.house.settings.version
    keep(previewed(value="2009", base=base, cues="set up"))
    shown = previewed(value="2009", base=base, approved_by="legal")
    assert "Meanwhile this machine changed" in shown.text
    assert "Founding year, other words: nothing \u2192 \u201cset up\u201d." in html.unescape(shown.text)
    assert keep(shown).status_code == 303
    assert (fact(stand).cues, fact(stand).approved_by) == (("set up",), "legal")


def test_two_tabs_change_one_field_and_it_is_told(previewed, stand, keep):
    base = stand.house.settings.version
    keep(previewed(value="1975", base=base))
    shown = previewed(value="1974", base=base)
    assert "You both changed the same" in shown.text
    assert "Founding year: 1975 \u2192 1974." in html.unescape(shown.text)
    assert fact(stand).value == 1975


def test_somebody_saves_between_preview_and_saving_and_nothing_typed_is_lost(previewed, stand, keep):
    base = stand.house.settings.version
    late = previewed(value="2009", base=base, approved_by="legal")
    keep(previewed(value="2009", base=base, cues="set up"))
    again = keep(late)
    assert again.status_code == 409
    assert "Meanwhile this machine changed" in again.text
    assert keep(again).status_code == 303
    assert (fact(stand).cues, fact(stand).approved_by) == (("set up",), "legal")


def test_an_earlier_version_is_put_back_and_the_answers_are_judged_by_it(browser, stand, previewed, keep, form_key):
    first, before = stand.house.settings, verdicts(stand)
    keep(previewed())
    assert "Go back to this version" in browser.get(f"{stand.home}/sheet").text
    key = form_key(browser, f"{stand.home}/sheet")
    shown = browser.post(f"{stand.home}/sheet/restore", data={"form_key": key, "version": first.version})
    assert "Founding year: 1974 \u2192 2009." in html.unescape(shown.text)
    keep(shown)
    assert stand.house.settings.sheet.facts == first.sheet.facts
    assert stand.house.settings.version != first.version, "who put it back, and when, is a version of its own"
    settle(browser, stand)
    assert verdicts(stand) == before


def test_another_prompt_leaves_nothing_to_be_read_and_the_next_change_of_a_fact_is_read_from_there(
    browser, stand, previewed, keep, form_key
):
    key = form_key(browser, f"{stand.home}/prompts/edit")
    browser.post(f"{stand.home}/prompts/pause", data={"form_key": key, "id": "who", "paused": "yes"})
    assert "still to be read" not in browser.get(f"{stand.home}/sheet").text
    keep(previewed())
    settle(browser, stand)
    assert set(verdicts(stand).values()) == {None, Verdict.CONTRADICTED, Verdict.SUPPORTED}


def verdicts(stand):
    """Return the verdict on the year in every answer."""
    with stand.store.snapshot() as tx:
        found, _ = answers.newest(tx, stand.house.settings.brand, datetime.min.replace(tzinfo=UTC), 1000)
        return {each.id: readings.versions(tx, each.id)[-1].verdict_on("founded") for each in found}


def settle(browser, stand):
    """Wait until the stored answers are read again."""
    for _ in range(200):
        if "still to be read" not in browser.get(f"{stand.home}/sheet").text:
            return
        time.sleep(0.05)


def test_the_sample_behind_a_preview_is_told_and_bounded(previewed, monkeypatch):
    assert "All 32 answers of the last 90 days were looked through; 16 hold words of what changes" in previewed().text
    monkeypatch.setattr(previewing, "MOST_SEEN", 5)
    assert "Of 32 answers of the last 90 days, 5 were looked through, first those that" in previewed().text


def test_a_preview_that_is_cut_judges_first_what_speaks_of_the_fact_and_says_at_least(previewed, monkeypatch):
    """Words by which a fact is known stand in answers, too, that say nothing of it: these shall not use the room up."""
    judged = list[str]()
    moved = Anew.moved

    def noted(anew, answer):
        judged.append(answer.text)
        return moved(anew, answer)

    monkeypatch.setattr(Anew, "moved", noted)
    monkeypatch.setattr(previewing, "MOST_JUDGED", 16)
    assert "At least 16 stored answers would be judged differently" in previewed().text
    assert len(judged) == 16, "none of the others was looked at before"
    assert all("founded" in text for text in judged)


def test_pages_that_work_for_long_work_beside_the_event_loop():
    asked = [
        route.endpoint for route in (*sheet.router.routes, *sheet_preview.router.routes, *sheet_paste.router.routes)
    ]
    assert not any(inspect.iscoroutinefunction(each) for each in asked)


def test_what_no_verdict_depends_on_judges_no_answer_again(previewed):
    shown = previewed(value="2009", severity="minor", says="Quarn was founded in 2009.")
    assert "no verdict depends on this" in shown.text
    assert "Founding year, severity: critical \u2192 minor." in html.unescape(shown.text)


def test_a_mistake_names_the_field_and_no_line_of_a_file_that_nobody_sees(previewed):
    shown = html.unescape(previewed(before="long ago | 1990-01-01").text)
    assert "founded, former values: 'long ago' is not a number" in shown
    assert "edited brand file" not in shown
    assert not re.search(r"line \d|:\d+:", shown)


def test_a_number_that_can_be_read_in_two_ways_is_asked_for_again(previewed):
    shown = previewed(kind="number", value="1.200", unit="machines")
    assert "1.200 can be read in two ways; write 1200, or 1.2000 for 1.2." in shown.text


def test_who_may_approve_facts_alone_changes_nothing_else_by_a_saved_text(stand, form_key):
    approver = stand.signed_in(Role.EDITOR, email="b@quarn.example", more=(Right.APPROVE,))
    settings, key = stand.house.settings, form_key(approver, f"{stand.home}/sheet/fact?id=founded")
    richer = settings.source.replace("per_month: 5", "per_month: 5000")
    sent = {"form_key": key, "source": richer, "base": settings.version}
    assert approver.post(f"{stand.home}/sheet", data=sent).status_code == 403
    assert stand.house.settings.version == settings.version


def test_to_approve_facts_is_a_right_of_its_own(stand):
    editor = stand.signed_in(Role.EDITOR)
    assert editor.get(f"{stand.home}/sheet/fact?id=founded").status_code == 403
    approver = stand.signed_in(Role.EDITOR, email="a@quarn.example", more=(Right.APPROVE,))
    assert approver.get(f"{stand.home}/sheet/fact?id=founded").status_code == 200
