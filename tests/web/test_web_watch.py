"""A watch over a crisis: started on the page, asked every hour, told to its readers, ended by itself or by hand."""

import asyncio
import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest

from monitor.brandfile import editing as editing_text
from monitor.domain.accounts import Role
from monitor.domain.rounds import RoundKind
from monitor.service import clock, editing, pasting, watch_hours, watching
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
    assert "known: an alert stands since" not in browser.get(page).text
    tick(stand)
    tick(stand, later=timedelta(minutes=5))
    shown = browser.get(page).text
    assert "1 of 3 hours asked" in shown
    assert "4 of 4 questions answered" in shown
    assert "Wrong: founding year" in shown
    assert "prompted</span>" in shown
    assert "<script>alert(1)" not in shown
    assert len(mails(stand)) == 1
    assert "Watch over" in mails(stand)[0]
    assert "(prompted)" in mails(stand)[0]
    assert "New statement: recall (prompted)" in mails(stand)[0]
    assert "stands between [[ and ]]" in mails(stand)[0]
    assert "in the room Watch" in mails(stand)[0], "no site is named: nothing to link to, but a place to look"
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
    stopped = browser.post(f"{page}/stop", data={"form_key": key})
    assert "The watch is stopped." in browser.get(stopped.headers["location"]).text
    assert "The watch is stopped." not in browser.get(page).text
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


def test_what_an_open_alert_says_already_is_not_new(browser, stand, start):
    page = start(leading="").headers["location"]
    tick(stand)
    shown = browser.get(page).text
    assert "Wrong: founding year" in shown
    assert ">new</span>" not in shown
    assert re.search(rf'href="{stand.home}/alerts/\w+">known: an alert stands since', shown)
    assert not mails(stand)


def test_a_mail_leads_to_the_hour_where_the_brand_has_a_site(stand, start):
    file = stand.folder / "brand.yaml"
    file.write_text(file.read_text().replace("brand:\n", "brand:\n  site: https://likeness.quarn.example\n", 1))
    stand.desk.learn()
    record(stand, "Yes, Quarn recalled 300 rain coats in May.")
    page = start().headers["location"]
    tick(stand)
    text = mails(stand)[0].replace("=\n", "")
    assert f"https://likeness.quarn.example{page}#hour-1" in text


def test_what_it_costs_is_said_before_it_starts(browser, stand, start):
    shown = start(go="look")
    assert shown.status_code == 200
    assert "An hour: 4 calls, which cost nothing. All 3 hours: 12 calls, which cost nothing." in shown.text
    assert LEADING in shown.text
    with stand.store.snapshot() as tx:
        assert not watches.watches(tx, stand.house.settings.brand)
    assert 'value="start"' not in browser.get(f"{stand.home}/watch").text
    assert "is no budget" in start(go="look", budget="x").text


def test_an_hour_without_answers_says_why(browser, stand, start):
    page = start(prompts=[]).headers["location"]
    tick(stand)
    shown = browser.get(page).text
    assert "2 without an answer" in shown
    assert "Why no answer came: 1 &times; " in shown


def test_the_sheet_stands_beside_what_is_wrong_but_for_confidential_facts(browser, stand, start):
    page = start().headers["location"]
    tick(stand)
    assert "On the sheet:</strong> Quarn was founded in 2009." in browser.get(page).text
    (watch,) = _held(stand)
    now = stand.house.settings
    row = editing_text.row(now.source, "facts", "founded")
    editing.save(stand.house, editing_text.put(now.source, "facts", {**row, "confidential": True}), base=now.version)
    house = stand.desk.house(now.brand)
    assert not any(said.truth for hour in watch_hours.hours(house, watch) for said in hour.said)


def _held(stand):
    with stand.store.snapshot() as tx:
        return watches.watches(tx, stand.house.settings.brand)
