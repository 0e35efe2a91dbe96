"""Alerts on the page: from the list to the sentence, and what people do about one."""

import html
import re
from dataclasses import replace

import pytest

from monitor.domain.accounts import Role
from monitor.domain.alerts import AlertState, Cleared
from monitor.domain.measures import Rate
from monitor.service import alerts, spoken
from storage import alerts as rows


@pytest.fixture
def alert(browser, stand):
    """The address of the first open alert."""
    found = re.search(rf'href="({stand.home}/alerts/[^"]+)"', browser.get(f"{stand.home}/alerts").text)
    assert found
    return found[1]


def test_an_alert_shows_the_words_the_truth_and_what_to_do(browser, alert):
    shown = browser.get(alert).text
    assert "<mark>" in shown
    assert "What to do" in shown
    assert re.search(r"\d+ of \d+ answers", shown)
    assert "<script>alert(1)" not in shown


def test_a_mail_leads_to_the_alert_of_its_brand(browser, stand, alert):
    led = browser.get("/alerts/" + alert.rsplit("/", 1)[1])
    assert led.headers["location"] == alert
    assert browser.get("/alerts/none").status_code == 404


def test_acknowledging_is_a_form_that_says_who(stand, alert, form_key):
    editor = stand.signed_in(Role.EDITOR)
    sent = {"form_key": form_key(editor, alert), "note": "Ann asks the press office"}
    assert editor.post(f"{alert}/acknowledge", data=sent).status_code == 303
    shown = editor.get(alert).text
    assert "<strong>acknowledged by editor</strong>" in shown, "the head line says who, a line of its own what"
    assert re.search(r'<p class="said">editor, [^<]*2026, \d\d:\d\d UTC: Ann asks the press office</p>', shown)
    assert "acknowledged by editor (Ann asks the press office)" in editor.get(f"{stand.home}/alerts").text
    editor.post(f"{alert}/speak", data={"form_key": form_key(editor, alert)})
    assert "acknowledged by" not in editor.get(alert).text
    assert editor.get(f"{alert}/acknowledge").status_code == 405


def test_silencing_takes_a_day_to_come(browser, alert, form_key):
    key = form_key(browser, alert)
    assert browser.post(f"{alert}/silence", data={"form_key": key, "until": "2026-03-01"}).status_code == 422
    assert browser.post(f"{alert}/silence", data={"form_key": key, "until": "2026-04-01"}).status_code == 303
    assert "silenced until 1 April 2026" in browser.get(alert).text


def test_a_viewer_changes_nothing(stand, alert):
    viewer = stand.signed_in(Role.VIEWER)
    assert "Take care of it" not in viewer.get(alert).text
    assert viewer.post(f"{alert}/acknowledge", data={"form_key": "x"}).status_code == 403


@pytest.mark.parametrize("about", ["", "founded", "recall", "visibility"])
def test_why_there_is_no_mail_is_told_on_the_page(browser, stand, about):
    assert browser.get(f"{stand.home}/why", params={"about": about}).status_code == 200


def test_what_is_not_known_is_told_in_a_sentence(browser, stand):
    shown = browser.get(f"{stand.home}/why", params={"about": "weather"})
    assert shown.status_code == 422
    assert "no fact, watched topic or measure is called so" in shown.text


def test_a_source_beside_a_wrong_fact_leads_to_the_answers_that_cite_it_there(stand):
    known = next(each for each in alerts.listed(stand.house) if each.signal.subject == "founded")
    source = replace(known, signal=replace(known.signal, rule="wrong_source", values=("evil.example",)))
    found = spoken.citing(stand.house, source, known.signal.voices[0])
    assert (found["measure"], found["subject"], found["domain"]) == ("beside_wrong", "evil.example", "evil.example")
    counted = spoken.behind(stand.house, source, known.signal.voices[0])
    assert (counted["measure"], counted["subject"], counted["fact"]) == ("source", "evil.example", "founded")
    assert spoken.citing(stand.house, known, known.signal.voices[0]) == {}


def test_an_alert_leads_to_the_days_of_its_rounds_and_no_others(browser, stand):
    known = next(each for each in alerts.listed(stand.house) if each.signal.subject == "founded")
    found = spoken.behind(stand.house, known, known.signal.voices[0])
    assert (found["from"], found["to"]) == ("2026-03-05", "2026-03-06")
    shown = browser.get(f"{stand.home}/answers", params=found).text
    assert "<strong>2 answers</strong>" in shown
    assert "5 to 6 March 2026" in shown


def test_a_source_beside_a_wrong_fact_says_how_many_of_the_counted_cite_it(browser, stand):
    """Two of three that speak of the fact are counted; the page leads to the three, and to the two."""
    known = next(each for each in alerts.listed(stand.house) if each.signal.subject == "founded")
    source = replace(known, signal=replace(known.signal, rule="wrong_source", values=("evil.example",)))
    with stand.store.transaction() as tx:
        rows.keep(tx, [source])
    text = html.unescape(browser.get(f"{stand.home}/alerts/{source.id}").text)
    assert re.search(r'measure=source[^"]*">2 of 2 answers that speak of it[^<]*</a>, of which <a', text)
    assert re.search(r'measure=beside_wrong[^"]*">2 cite it</a>', text)


def test_questions_that_brought_nothing_are_not_called_answers(browser, stand):
    shown = browser.get(f"{stand.home}/answers?last=30d&measure=miss_rate").text
    assert re.search(r"<strong>\d+ questions</strong>", shown)


def test_a_long_note_fills_neither_the_list_nor_the_head(stand, alert, form_key):
    editor, note = stand.signed_in(Role.EDITOR), "We ask the press office to mend the page. " * 10
    editor.post(f"{alert}/acknowledge", data={"form_key": form_key(editor, alert), "note": note})
    assert "(We ask the press office to mend the page. We ask the press…)" in editor.get(f"{stand.home}/alerts").text
    assert note.strip() in editor.get(alert).text


def test_a_closed_alert_says_by_what_it_is_closed(browser, stand):
    known = next(each for each in alerts.listed(stand.house) if each.signal.subject == "founded")
    voice = replace(known.signal.voices[0], rate=Rate(hits=0, of=9), interval=None)
    closed = replace(known, state=AlertState.RESOLVED, resolved_at=stand.hands(), cleared=Cleared(voices=(voice,)))
    with stand.store.transaction() as tx:
        rows.keep(tx, [closed])
    shown = browser.get(f"{stand.home}/alerts/{known.id}").text
    assert re.search(
        r"Why it is closed</h2>\s*<p>How often it was found since:</p>\s*<ul[^>]*><li[^>]*>[^<]*0 of 9", shown
    )
    with stand.store.transaction() as tx:
        rows.keep(tx, [replace(closed, cleared=Cleared())])
    assert "Why it is closed" not in browser.get(f"{stand.home}/alerts/{known.id}").text


def test_what_is_said_on_a_topic_leads_to_all_that_could_say_it_and_to_those_that_do(browser, stand):
    known = next(each for each in alerts.listed(stand.house) if each.signal.subject == "recall")
    for voice in known.signal.voices:
        found = spoken.behind(stand.house, known, voice)
        shown = html.unescape(browser.get(f"{stand.home}/answers", params=found).text)
        hits, of = round(voice.rate.hits), round(voice.rate.of)
        assert f"that is not on your sheet is said in {hits} of {of} answers." in shown
        told = browser.get(f"{stand.home}/answers", params={**found, "side": "hits"}).text
        assert f"<strong>{hits} answer" in told
        assert "those that say so" in told


def test_a_source_beside_a_wrong_fact_comes_to_as_many_as_the_alert_says(browser, stand):
    known = next(each for each in alerts.listed(stand.house) if each.signal.subject == "founded")
    source = replace(known, signal=replace(known.signal, rule="wrong_source", values=("nobody.example",)))
    found = spoken.behind(stand.house, source, known.signal.voices[0])
    shown = browser.get(f"{stand.home}/answers", params=found).text
    assert "Citing nobody.example beside a wrong statement: 0 of 2 answers that speak of founding year." in shown


def test_an_import_changes_nothing_of_what_an_alert_leads_to(browser, stand):
    known = next(each for each in alerts.listed(stand.house) if each.signal.subject == "founded")
    before = spoken.behind(stand.house, known, known.signal.voices[0])
    line = '{"text": "Quarn was founded in 2009.", "assistant": "beta", "asked_at": "2026-03-06T03:00:00Z"}'
    api = f"/api/v1/brands/{stand.home.removeprefix('/b/')}/answers"
    assert browser.post(api, content=line.encode()).status_code == 201
    assert spoken.behind(stand.house, known, known.signal.voices[0]) == before
