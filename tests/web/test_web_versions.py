"""The versions of a brand file are told as a brand manager reads them: who changed what, and when."""

import html
import re
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from monitor.brandfile import editing as text
from monitor.domain.brand import Budget, Entity, Prompt, ReportPlan, Schedule
from monitor.service import changes_said, editing, sheet_changes, versions_told


@pytest.fixture
def edited(stand):
    """Somebody edits the fact `founded` and moves the rounds to Stockholm, one after the other."""
    now = stand.house.settings
    row = text.row(now.source, "facts", "founded")
    stand.hands.now = datetime(2026, 3, 9, 9, 14, tzinfo=UTC)
    editing.save(stand.house, text.put(now.source, "facts", {**row, "value": 2010}), base=now.version, by="anna")
    now = stand.desk.house(now.brand).settings
    schedule = {"cron": "30 7 * * TUE,SAT", "timezone": "Europe/Stockholm", "samples": 1}
    editing.save(stand.house, text.put_section(now.source, "schedule", schedule), base=now.version, by="<i>ben</i>")
    return stand


def test_a_version_says_in_words_what_became_of_what(browser, edited):
    page = browser.get(f"{edited.home}/sheet").text.split('id="versions"')[1]
    seen = " ".join(html.unescape(re.sub(r"<pre.*?</pre>|<[^>]+>", " ", page, flags=re.DOTALL)).split())
    assert "Monday, 9 March 2026, 10:14 Europe/Stockholm, edited by anna" in seen
    assert "Founding year: 2009 → 2010." in seen
    assert "Schedule, times: “every day at 06:00” → “Tuesday, Saturday at 07:30”." in seen
    assert "Schedule, time zone: UTC → Europe/Stockholm." in seen
    assert "edited by <i>ben</i> counts now" in seen
    assert "The first version." in seen


def test_the_text_itself_stands_folded_behind_it(browser, edited):
    page = browser.get(f"{edited.home}/sheet").text.split('id="versions"')[1]
    assert re.search(r"<details><summary>The difference in the brand file</summary><pre[^>]*>[^<]*value: 2009", page)
    assert page.count("<pre") == page.count("<details")


def test_a_version_that_cannot_be_read_any_more_keeps_its_text(stand):
    assert versions_told._changes("no: brand", stand.house.settings.source) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"prompts": ()}, "Prompt taken out: “Is it good?”"),
        ({"prompts": (Prompt(id="good", text="Is it fine?"),)}, "Prompt reworded: “Is it good?” → “Is it fine?”"),
        ({"prompts": (Prompt(id="good", text="Is it good?", paused=True),)}, "Prompt paused: “Is it good?”"),
        ({"prompts": (Prompt(id="good", text="Is it good?", topic="b"),)}, "Prompt “Is it good?”, topic: general → b."),
        ({"budget": Budget(per_month=Decimal(9))}, "Budget, most in a month: nothing → 9."),
        ({"schedule": Schedule(samples=3)}, "Schedule, samples of a prompt: 1 → 3."),
        ({"schedule": None}, "The section on schedule is taken out."),
        ({"reports": (ReportPlan(cron="0 8 * * MON"),)}, "The section on reports is new."),
        ({"site": "https://l.example"}, "Address of the pages: nothing → https://l.example."),
    ],
)
def test_every_section_has_its_words(stand, change, said):
    before = replace(stand.house.settings, prompts=(Prompt(id="good", text="Is it good?"),), schedule=Schedule())
    before = replace(before, budget=Budget())
    assert list(sheet_changes.told(before, replace(before, **change))) == [said]


def test_names_have_theirs(stand):
    before = stand.house.settings
    rivals = (Entity(name="Fennick", domains=("fennick.example",), aliases=("Fenn",)), Entity(name="Ort"))
    after = replace(before, sheet=replace(before.sheet, competitors=rivals))
    assert list(changes_said.told(before, after)) == ["New competitor: Ort.", "Fennick, other names: nothing → Fenn."]
