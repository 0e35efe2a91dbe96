"""What happens while a page is open appears on it; regular mail is left with one click."""

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from monitor.domain.brand import ReportPlan
from monitor.pipeline import leaving
from monitor.pipeline.leaving import Subscription
from monitor.service import documents


def test_nothing_new_is_an_empty_bar(browser, stand):
    shown = browser.get(f"{stand.home}/live", params={"since": "2026-03-08T11:00:00+00:00"})
    assert shown.text.strip() == ""


def test_alerts_that_opened_since_are_named(browser, stand):
    shown = browser.get(f"{stand.home}/live", params={"since": "2026-03-02T00:00:00+00:00"})
    assert "since you opened this page" in shown.text
    assert f"{stand.home}/alerts/" in shown.text


def test_the_page_asks_for_it_by_itself(browser, stand):
    assert 'hx-trigger="every 15s"' in browser.get(f"{stand.home}/facts?last=30d").text


@pytest.fixture
def mailed(stand):
    """Send the weekly report and return the mails."""

    def send():
        plan = ReportPlan(cron="0 8 * * *", period="week", to=("brand@quarn.example",))
        settings = replace(stand.house.settings, site="https://likeness.quarn.example", reports=(plan,))
        folder = stand.folder / "mail"
        before = set(folder.glob("*.eml"))
        documents.send_due(replace(stand.house, settings=settings))
        return [
            message_from_bytes(path.read_bytes(), policy=policy.default) for path in set(folder.glob("*.eml")) - before
        ]

    return send


def test_a_report_is_left_with_one_click_and_taken_up_again(stand, mailed):
    mail = mailed()[0]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = mail["List-Unsubscribe"].strip("<>").removeprefix("https://likeness.quarn.example")
    stranger = stand.browser()
    assert "Stop them" in stranger.get(path).text
    left = stranger.post(path, data={"List-Unsubscribe": "One-Click"})
    assert left.status_code == 200
    assert leaving.has_left(stand.house, "Brand@quarn.example")
    stranger.post(path, data={"back": "yes"})
    assert not leaving.has_left(stand.house, "brand@quarn.example")


def test_who_left_gets_no_report(stand, mailed):
    word = leaving.token(
        stand.store, Subscription(brand=stand.house.settings.brand, recipient="brand@quarn.example", kind="reports")
    )
    stand.browser().post(f"/unsubscribe/{word}")
    assert mailed() == []


@pytest.mark.parametrize("word", ["x", "a.b", "W10.00", "eyJhIjoxfQ.00"])
def test_a_link_that_is_not_ours_is_told(browser, word):
    assert browser.post(f"/unsubscribe/{word}").status_code == 422
