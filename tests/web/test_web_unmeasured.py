"""Days without answers say where there are some, when the next come, and what keeps them from coming."""

import html
import re
from datetime import timedelta

import pytest

from monitor.brandfile import editing as text
from monitor.service import documents, editing

ROOMS = ("overview", "facts", "answers", "rivals", "sources")


@pytest.mark.parametrize("room", ROOMS)
def test_days_without_answers_lead_to_those_that_have_some(browser, stand, room):
    stand.hands.now += timedelta(days=90)
    text = browser.get(f"{stand.home}/{room}").text
    assert "The newest answers are of 8 March 2026" in text
    assert "The next round is on Sunday, 7 June 2026, 06:00 (UTC)" in text
    (days,) = re.findall(r'href="(\?from=2026-02-07[^"]+)"', text)
    there = browser.get(f"{stand.home}/{room}{html.unescape(days)}").text
    assert "The newest answers are" not in there
    assert "The newest answers are" not in browser.get(f"{stand.home}/{room}?last=365d").text


def test_a_round_that_was_due_and_did_not_run_is_named(browser, stand):
    assert "did not run" not in browser.get(f"{stand.home}/rounds").text
    stand.hands.now += timedelta(days=2)
    text = " ".join(re.sub(r"<[^>]+>", "", browser.get(f"{stand.home}/rounds").text).split())
    assert "2 rounds were due and did not run: 10 March 2026, 06:00; 9 March 2026, 06:00 (UTC)." in text


def test_what_keeps_a_round_from_running_is_said(browser, stand):
    file = stand.folder / "brand.yaml"
    paper = re.compile(r"use: replay, model: paper-\d, search: (true|false), options: {file: answers.jsonl}")
    file.write_text(paper.sub("use: openai, model: gpt-5", file.read_text()))
    stand.desk.learn()
    stand.hands.now += timedelta(days=90)
    for room in ("rounds", "overview"):
        assert "No round can be run. OPENAI_API_KEY is not set" in browser.get(f"{stand.home}/{room}").text
    file.write_text(re.sub(r"(?s)prompts:.*?assistants:", "assistants:", file.read_text()))
    stand.desk.learn()
    assert "No round can be run" in browser.get(f"{stand.home}/rounds").text


def test_what_was_due_before_a_schedule_was_changed_was_due_by_the_old_one(browser, stand):
    """Neither the page nor a report holds past days against times that nobody had set yet."""
    now = stand.house.settings
    schedule = {"cron": "30 7 * * *", "timezone": "Europe/Stockholm", "samples": 1}
    editing.save(stand.house, text.put_section(now.source, "schedule", schedule), base=now.version, by="anna")
    assert "did not run" not in browser.get(f"{stand.home}/rounds").text
    house = stand.desk.house(now.brand)
    days = stand.hands().date().replace(day=1), stand.hands().date()
    assert documents.portrait(house, *days).rounds_due == documents.portrait(stand.house, *days).rounds_due == 7
    stand.hands.now += timedelta(days=1)
    shown = " ".join(re.sub(r"<[^>]+>", "", browser.get(f"{stand.home}/rounds").text).split())
    assert "1 round was due and did not run: 9 March 2026, 07:30 (Europe/Stockholm)." in shown
