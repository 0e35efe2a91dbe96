"""A report is asked for on the page, made beside it, read, downloaded and shared for a while."""

import re
import time
import zipfile
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from io import BytesIO

import pytest

from monitor.domain.accounts import Role
from monitor.domain.brand import ReportPlan
from monitor.service import documents


def asked(browser, stand, form_key, **more: object):
    """Ask for a report and return the address of its page once it is made."""
    key = form_key(browser, f"{stand.home}/reports")
    sent = {"form_key": key, "first": "2026-03-05", "final": "2026-03-08", **more}
    address = browser.post(f"{stand.home}/reports", data=sent).headers["location"]
    for _ in range(200):
        if "It is being made" not in browser.get(address).text:
            return address
        time.sleep(0.05)
    raise AssertionError("the report was never made")


@pytest.mark.parametrize("edition", ["full", "leadership", "evidence"])
def test_every_edition_is_made_and_hostile_words_stay_words(browser, stand, form_key, edition):
    page = asked(browser, stand, form_key, edition=edition)
    stem = "quarn----b-sons--b-"
    name = next(line for line in browser.get(page).text.split('"') if line.endswith(".html"))
    shown = browser.get(name)
    assert shown.status_code == 200
    assert "sandbox" in shown.headers["content-security-policy"]
    assert "<script>alert(1)" not in shown.text
    assert "1974" in shown.text
    assert stem[:5] in name


def test_the_evidence_names_the_hash_of_each_answer(browser, stand, form_key):
    page = asked(browser, stand, form_key, edition="evidence")
    name = next(line for line in browser.get(page).text.split('"') if line.endswith(".html"))
    text = browser.get(name).text
    assert text.count("Exhibit ") == 4
    assert re.search(r"Exhibit 1: founding year <span[^>]*>Wrong<", text)
    assert text.count('class="hash">text ') == 4


def test_periods_are_compared_with_their_intervals(browser, stand, form_key):
    page = asked(browser, stand, form_key, edition="leadership", compare="true")
    name = next(line for line in browser.get(page).text.split('"') if line.endswith(".html"))
    text = browser.get(name).text
    assert "compared with 1 March" in text or "compared with 1-4 March" in text or "compared with" in text
    assert "Right, of checked statements" in text


def test_tables_and_answers_come_as_files(browser, stand, form_key):
    page = asked(browser, stand, form_key, formats=["csv", "jsonl"])
    names = [line for line in browser.get(page).text.split('"') if "/files/" in line]
    tables = browser.get(next(name for name in names if name.endswith(".zip")))
    assert "attachment" in tables.headers["content-disposition"]
    assert "facts.csv" in zipfile.ZipFile(BytesIO(tables.content)).namelist()
    rows = browser.get(next(name for name in names if name.endswith(".jsonl"))).text.splitlines()
    assert len(rows) == 16


def test_a_format_that_cannot_be_made_is_told(browser, stand, form_key):
    page = asked(browser, stand, form_key, formats=["pdf"])
    assert "It could not be made: This command draws no PDF" in browser.get(page).text


def test_a_link_shows_one_report_for_a_while_and_can_be_ended(stand, form_key):
    editor = stand.signed_in(Role.EDITOR)
    page = asked(editor, stand, form_key)
    made = editor.post(f"{page}/links", data={"form_key": form_key(editor, f"{stand.home}/reports")})
    assert made.status_code == 303, "whoever loads the page anew makes no second link"
    made = editor.get(made.headers["location"]).text
    link = next(part for part in made.split('"') if "/shared/" in part)
    path = link[link.index("/shared/") :]
    stranger = stand.browser()
    assert stranger.get(path).status_code == 200
    assert stranger.get(page).status_code == 303
    stand.hands.now += timedelta(days=15)
    assert stranger.get(path).status_code == 404
    stand.hands.now -= timedelta(days=15)
    editor.post(f"{page}/links/end", data={"form_key": form_key(editor, f"{stand.home}/reports")})
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize("days", [{"first": "2026-03-09", "final": "2026-03-01"}, {"first": "soon"}])
def test_days_that_are_none_are_told_in_a_sentence(browser, stand, form_key, days):
    key = form_key(browser, f"{stand.home}/reports")
    sent = {"form_key": key, "first": "2026-03-05", "final": "2026-03-08", **days}
    assert browser.post(f"{stand.home}/reports", data=sent).status_code == 422


def regular(stand, edition, *, compare=False):
    """Return the report that comes by itself in this edition."""
    plan = ReportPlan(cron="0 8 * * *", period="day", to=("chief@quarn.example",), edition=edition, compare=compare)
    documents.send_due(replace(stand.house, settings=replace(stand.house.settings, reports=(plan,))))
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in stand.folder.rglob("*.eml")]
    report = next(mail for mail in mails if mail["To"] == "chief@quarn.example")
    return next(report.iter_attachments()).get_content()


def test_a_regular_report_comes_in_the_edition_that_the_file_asks_for(stand):
    html = regular(stand, "leadership", compare=True)
    assert "Each assistant at a glance" in html
    assert "compared with" in html


def test_the_evidence_comes_by_schedule_too(stand):
    html = regular(stand, "evidence")
    assert "1974" in html
    assert re.search(r"\b[0-9a-f]{64}\b", html)


def test_days_before_the_calendar_begins_are_told_in_a_sentence(browser, stand):
    at = f"/api/v1/brands/{stand.home.removeprefix('/b/')}/reports"
    refused = browser.post(at, json={"start": "1000-01-01", "end": "2000-01-01", "compare": True})
    assert refused.status_code == 422
    assert "no 365,243 days to compare with" in refused.json()["error"]


def test_a_report_of_days_to_come_is_refused(browser, stand, form_key):
    key = form_key(browser, f"{stand.home}/reports")
    sent = {"form_key": key, "first": "2031-01-01", "final": "2031-01-31"}
    told = browser.post(f"{stand.home}/reports", data=sent)
    assert told.status_code == 422
    assert "has not come yet" in told.text


def test_reports_that_differ_are_told_apart_and_the_page_to_read_comes_first(browser, stand, form_key):
    for more in ({}, {"assistant": "alpha"}):
        asked(browser, stand, form_key, **more)
    address = asked(browser, stand, form_key, topic="coats", compare="true", formats=["csv", "jsonl"])
    shown = browser.get(f"{stand.home}/reports").text
    assert len(set(re.findall(r'/reports/\w+">([^<]+)</a>', shown))) == 3
    assert ", full, only the topic coats, compared</a>" in shown
    text = browser.get(address).text
    places = [text.index(title) for title in ("Read it", "tables as CSV", "as JSONL")]
    assert places == sorted(places)
