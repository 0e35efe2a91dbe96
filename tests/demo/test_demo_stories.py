"""The demo is played through once, and what the plot tells must arrive as alerts on about the right days."""

from datetime import UTC, date, datetime

import pytest

from monitor.demo import stage
from storage import alerts
from storage.store import Store


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    return stage.play(tmp_path_factory.mktemp("demo") / "out", on_round=lambda _done, _of: None)


@pytest.fixture(scope="module")
def told(shown):
    store = Store.open(f"sqlite:///{shown.database}")
    start, end = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)
    with store.transaction() as tx:
        found = alerts.alerts(tx, "Ostrello", start, end)
    store.close()
    return found


def opened(told, key):
    return [alert.opened_at.date() for alert in told if alert.key.startswith(key)]


def test_every_round_of_the_six_weeks_ran(shown):
    assert shown.rounds == 18
    assert f"; in all, {shown.answers} answers came back." in " ".join(shown.report.read_text().split())


def test_the_first_mail_is_an_opening_balance(shown):
    day, subject = shown.mails[0]
    assert day == "Tue 06 Oct"
    assert "where we start" in subject


def test_the_former_chief_executive_is_there_from_the_first_round(told):
    assert date(2026, 10, 6) in opened(told, "outdated_fact:ceo")


def test_the_wrong_warranty_opens_in_week_one_and_is_resolved_in_week_four_or_five(told):
    alert = next(alert for alert in told if alert.key == "wrong_fact:warranty")
    assert alert.opened_at.date() <= date(2026, 10, 10)
    assert alert.resolved_at is not None
    assert date(2026, 10, 26) <= alert.resolved_at.date() <= date(2026, 11, 7)


def test_the_old_price_is_told_after_the_rise(told):
    days = opened(told, "outdated_fact:price-one")
    assert days
    assert date(2026, 10, 20) <= min(days) <= date(2026, 10, 24)


@pytest.mark.parametrize("assistant", ["gpt-5", "gemini"])
def test_the_fading_of_the_brand_passes_a_test(told, assistant):
    found = [alert for alert in told if alert.key.startswith("visibility_drop") and assistant in alert.signal.headline]
    assert found
    assert date(2026, 10, 27) <= found[0].opened_at.date() <= date(2026, 11, 12)


def test_the_new_model_is_named_as_the_cause(told):
    headlines = [alert.signal.headline for alert in told if alert.key.startswith("visibility_drop")]
    assert any("since gpt-5.1-2026-10-20 was served" in headline for headline in headlines)


def test_the_steady_assistants_are_not_accused(told):
    headlines = [alert.signal.headline for alert in told if alert.key.startswith("visibility_drop")]
    assert not any("claude" in headline or "sonar" in headline for headline in headlines)


def test_the_invented_recall_is_told_in_week_five(told):
    days = opened(told, "new_statement:recall")
    assert len(days) == 1
    assert date(2026, 11, 3) <= days[0] <= date(2026, 11, 7)


def test_single_slips_make_no_alert(told):
    said = [alert.signal.said for alert in told]
    assert not any("599" in words or "2015" in words for words in said)
