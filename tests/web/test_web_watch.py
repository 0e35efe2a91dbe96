"""A watch over a crisis: started on the page, asked every hour, told to its readers, ended by itself or by hand."""

import asyncio
import json
from datetime import timedelta
from decimal import Decimal

import pytest

from monitor.domain.accounts import Role
from monitor.domain.rounds import RoundKind
from monitor.service import clock, pasting, watching
from storage import spending, tallies, watches
from storage.rows import put
from storage.tables import SpendingRow

LEADING = "Is it true that Quarn recalled rain coats?"
HOUR = timedelta(hours=1)


@pytest.fixture
def start(browser, stand, form_key):
    def started(**fields: object):
        key = form_key(browser, f"{stand.home}/watch")
        whole = {"prompts": ["who"], "leading": LEADING, "hours": "3", "budget": "1", "to": "press@quarn.example"}
        return browser.post(f"{stand.home}/watch", data={"form_key": key, **whole, **fields})

    return started


def record(stand, text):
    """Let both assistants say this to the leading prompt from now on."""
    row = {"prompt": pasting.free_id(f"watch {LEADING}", set()), "sample": 0, "text": text, "model": "served"}
    with (stand.folder / "answers.jsonl").open("a") as file:
        for assistant in ("alpha", "beta"):
            file.write(json.dumps(row | {"assistant": assistant, "asked_at": stand.hands().isoformat()}) + "\n")


def tick(stand, *, later=timedelta(0)):
    stand.hands.now += later
    asyncio.run(watching.tick(stand.house, stop=asyncio.Event()))


def mails(stand):
    return [
        path.read_text() for path in sorted((stand.folder / "mail").glob("*.eml")) if "Watch over" in path.read_text()
    ]


def test_each_hour_is_asked_once_shown_and_told(browser, stand, start):
    record(stand, "Yes, Quarn recalled 300 rain coats in May.")
    page = start().headers["location"]
    assert "within a minute" in browser.get(page).text
    tick(stand)
    tick(stand, later=timedelta(minutes=5))
    shown = browser.get(page).text
    assert "1 of 3 hours asked" in shown
    assert "4 of 4 probes answered" in shown
    assert "Wrong: founding year" in shown
    assert "prompted</span>" in shown
    assert "<script>alert(1)" not in shown
    assert len(mails(stand)) == 1
    assert "Watch over" in mails(stand)[0]
    assert "(prompted)" in mails(stand)[0]
    tick(stand, later=HOUR)
    assert "2 of 3 hours asked" in browser.get(page).text
    assert len(mails(stand)) == 1, "nothing was new in the second hour"
    tick(stand, later=2 * HOUR)
    assert "Ended" in browser.get(page).text
    tick(stand, later=HOUR)
    assert "2 of 3 hours asked" in browser.get(page).text


def test_what_a_watch_brings_enters_no_series_and_opens_no_alert(stand, start):
    record(stand, "Quarn was founded in 1901.")
    day = stand.hands().date()
    with stand.store.snapshot() as tx:
        before = tallies.load(tx, stand.house.settings.brand, day, day)
    start()
    tick(stand)
    asyncio.run(clock.tick(stand.house, stop=asyncio.Event()))
    with stand.store.snapshot() as tx:
        after = [each for each in tallies.load(tx, stand.house.settings.brand, day, day) if each not in before]
        held = watches.round_ids(tx, watches.watches(tx, stand.house.settings.brand)[0])
    assert not any(getattr(each, "round_id", "") in held.values() for each in after)
    assert not RoundKind.WATCH.in_series


def test_a_watch_is_stopped_by_hand_and_by_its_budget(browser, stand, start, form_key):
    page = start().headers["location"]
    assert "running already" in start().text
    key = form_key(browser, page)
    browser.post(f"{page}/stop", data={"form_key": key})
    assert "this machine stopped it" in browser.get(page).text
    tick(stand)
    assert "0 of 3 hours asked" in browser.get(page).text
    start(budget="0.000001")
    tick(stand)
    with stand.store.transaction() as tx:
        (running,) = watches.running(tx, stand.house.settings.brand)
        (round_id,) = watches.round_ids(tx, running).values()
        took = {"scope": spending.round_scope(round_id), "brand": running.brand, "spent": Decimal(1)}
        put(tx, SpendingRow, [took | {"held": Decimal(0)}], key=("brand", "scope"), change=("spent",))
    tick(stand, later=HOUR)
    assert "its budget of $0.000001 is spent" in browser.get(f"{stand.home}/watch/{running.id}").text


def test_mistakes_are_told(start):
    assert "between 1 and 48" in start(hours="49").text
    assert "is no budget" in start(budget="-1").text
    assert "Choose or write" in start(prompts=[], leading="").text
    shown = start(to="nobody")
    assert shown.status_code == 422
    assert "is no mail address" in shown.text


def test_a_viewer_sees_a_watch_and_starts_none(stand, start):
    page = start().headers["location"]
    viewer = stand.signed_in(Role.VIEWER)
    assert viewer.get(page).status_code == 200
    assert "Stop the watch" not in viewer.get(page).text
    assert viewer.post(f"{stand.home}/watch", data={"prompts": "who"}).status_code == 403
    assert viewer.get(f"{stand.home}/watch/unknown").status_code == 404


def test_personal_data_are_masked_in_a_watch_too(browser, stand, start):
    file = stand.folder / "brand.yaml"
    file.write_text(file.read_text() + "mask: true\n")
    stand.desk.learn()
    record(stand, "Write to ann.lee@mail.example: Quarn recalled 300 rain coats in May.")
    page = start().headers["location"]
    tick(stand)
    shown = browser.get(page).text
    assert "recalled 300 rain coats" in shown
    assert "ann.lee@mail.example" not in shown
    assert "[mail " in shown
    assert not any("ann.lee@mail.example" in mail for mail in mails(stand))
