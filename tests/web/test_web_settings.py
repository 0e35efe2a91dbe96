"""The settings page says which text counts, changes times and budget, and shows a file that is not taken."""

import html
import re

import pytest

from monitor.domain.accounts import Role


@pytest.fixture
def send(browser, stand, form_key):
    def sent(**fields: object):
        key = form_key(browser, f"{stand.home}/settings")
        whole = {"cron": "30 7 * * MON", "zone": "Europe/Stockholm", "samples": "2", "per_month": "12.5"}
        base = {"base": stand.house.settings.version}
        return browser.post(f"{stand.home}/settings", data={"form_key": key, **whole, **base, **fields})

    return sent


def test_times_and_budget_are_changed_and_nothing_else(browser, stand, send):
    before = stand.house.settings
    assert send().status_code == 303
    after = stand.house.settings
    assert (after.schedule.cron, after.schedule.timezone, after.schedule.samples) == (
        "30 7 * * MON",
        "Europe/Stockholm",
        2,
    )
    assert str(after.budget.per_month) == "12.5"
    assert (after.sheet.facts, after.prompts, after.alerts) == (before.sheet.facts, before.prompts, before.alerts)
    assert "written on the pages by this machine" in browser.get(f"{stand.home}/settings").text


def test_days_of_the_week_and_a_time_need_no_five_fields(browser, stand, send):
    assert send(cron="", days=["TUE", "SAT"], at="07:30").status_code == 303
    assert stand.house.settings.schedule.cron == "30 7 * * TUE,SAT"
    shown = browser.get(f"{stand.home}/settings").text
    assert re.findall(r'name="days" value="(\w+)" checked', shown) == ["TUE", "SAT"]
    assert 'name="at" value="07:30"' in shown
    assert "Tick at least one day" in send(cron="", at="07:30").text


def test_mistakes_are_told_in_words(send):
    assert "no time zone" in send(zone="Mars/North").text
    assert "cron" in send(cron="often").text
    assert "Somebody else changed" in send(base="0123456789ab").text


def test_a_mistake_names_the_field_and_no_line_of_a_file_that_nobody_sees(send):
    told = html.unescape(send(zone="Mars/North").text)
    assert "schedule, timezone: there is no time zone" in told
    assert not re.search(r"line \d|brand file:\d", told)


def test_a_file_that_changed_after_the_pages_is_shown_as_refused(browser, stand, send):
    stand.desk.learn()
    send()
    shown = browser.get(f"{stand.home}/settings").text
    assert "this file changed" not in shown
    file = stand.folder / "brand.yaml"
    file.write_text(file.read_text().replace("value: 41", "value: 42"))
    shown = browser.get(f"{stand.home}/settings").text
    assert "this file changed after" in shown
    assert "likeness apply" in shown


def test_keys_are_named_and_never_shown(browser, stand):
    assert "alpha" in browser.get(f"{stand.home}/settings").text
    viewer = stand.signed_in(Role.VIEWER)
    assert "Save" not in viewer.get(f"{stand.home}/settings").text
