"""Times that people read are those of the brand's clocks, summer and winter; what programs read stays UTC."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from monitor.domain.alerts import Change, Notice, NoticeReason, Signal
from monitor.domain.portrait import Portrait
from reports import mail, report, webhook_body, words, zoned
from tests.support.mails import SENDER, both


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2026-10-24T22:30Z", "25 October 2026, 00:30 Europe/Stockholm"),
        ("2026-10-25T00:30Z", "25 October 2026, 02:30 Europe/Stockholm (CEST)"),
        ("2026-10-25T01:30Z", "25 October 2026, 02:30 Europe/Stockholm (CET)"),
        ("2026-10-25T07:10Z", "25 October 2026, 08:10 Europe/Stockholm"),
        ("2026-03-29T00:59Z", "29 March 2026, 01:59 Europe/Stockholm"),
        ("2026-03-29T01:00Z", "29 March 2026, 03:00 Europe/Stockholm"),
    ],
)
def test_summer_time_is_right_on_both_sides_of_its_change(moment: str, told: str) -> None:
    assert words.moment(zoned.at(datetime.fromisoformat(moment), "Europe/Stockholm")) == told


def test_a_moment_without_a_zone_of_its_own_is_utc() -> None:
    assert words.moment(datetime(2026, 11, 3, 7, 10, tzinfo=UTC)) == "3 November 2026, 07:10 UTC"


@dataclass(frozen=True, kw_only=True)
class Shelf:
    at: datetime
    day: date
    within: tuple["Shelf", ...] = ()


def test_moments_are_told_however_deep_and_days_stay() -> None:
    late = datetime(2026, 11, 3, 23, 30, tzinfo=UTC)
    shelf = Shelf(at=late, day=date(2026, 11, 3), within=(Shelf(at=late, day=date(2026, 11, 3)),))
    told = zoned.told(shelf, "Europe/Stockholm")
    assert words.day(told.within[0].at) == "4 November 2026"
    assert (told.day, told.within[0].day) == (shelf.day, shelf.day)
    bare = ("a", 1, None)
    assert zoned.told(bare, "Europe/Stockholm") is bare


def test_a_mail_is_written_in_the_time_of_its_brand(make_notice: Callable[..., Notice]) -> None:
    notice = make_notice()
    late = replace(notice, created_at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC), told_at=None)
    message = mail.compose(late, sender=SENDER, zone="Europe/Stockholm")
    for twin in both(message):
        assert "Written 21 November 2026, 00:30 Europe/Stockholm" in twin
    assert "Written 20 November 2026, 23:30 UTC" in both(mail.compose(late, sender=SENDER))[0]


def test_the_life_of_a_finding_is_told_in_days_of_the_brand(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    change = make_change(next(iter(signals.values())), NoticeReason.REMINDER)
    opened = replace(change.alert, opened_at=datetime(2026, 11, 20, 23, 30, tzinfo=UTC), reopened_at=None)
    notice = replace(make_notice(), reason=NoticeReason.REMINDER, changes=(replace(change, alert=opened),))
    text, _ = both(mail.compose(notice, sender=SENDER, zone="Europe/Stockholm"))
    assert "Open since 21 November 2026" in text
    assert "Open since 20 November 2026" in both(mail.compose(notice, sender=SENDER))[0]


def test_a_report_says_the_time_of_its_brand_and_its_tables_that_of_programs(portrait: Portrait) -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    shown = replace(portrait, alerts=(replace(portrait.alerts[0], opened_at=late, reopened_at=None),))
    html = report.html(shown, made_at=late, zone="Europe/Stockholm")
    assert "made 21 November 2026, 00:30 Europe/Stockholm" in html
    assert "open since 21 November 2026" in html
    assert "2026-11-20T23:30:00+00:00" in report.tables(shown)["alerts.csv"]


def test_a_webhook_gets_utc(make_notice: Callable[..., Notice]) -> None:
    body = json.loads(webhook_body.compose(make_notice()).body)
    assert body["likeness"]["written_at"].endswith("+00:00")
