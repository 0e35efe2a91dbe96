"""Every time on a page is the brand's own, with its zone said; programs get UTC."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest

from monitor.brandfile import editing as text
from monitor.domain.errors import Mistake
from monitor.service import editing, running
from storage import rounds

# West of the rounds: those of six in the morning, UTC, are of the evening before.
ANGELES = {"cron": "0 6 * * *", "timezone": "America/Los_Angeles", "samples": 1}
STOCKHOLM = {"cron": "0 6 * * *", "timezone": "Europe/Stockholm", "samples": 1}


@pytest.fixture
def at_home(stand):
    """The stand, whose brand lives in Stockholm."""
    now = stand.house.settings
    editing.save(stand.house, text.put_section(now.source, "schedule", STOCKHOLM), base=now.version, by="anna")
    return stand


def _text(browser, address: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", browser.get(address).text)).split())


def _first(browser, address: str, of: str) -> str:
    found = re.findall(rf'href="([^"]*/{of}/[^"?]+)"', browser.get(address).text)
    return html.unescape(next(each for each in found if not each.endswith("/new")))


@pytest.mark.parametrize("room", ["rounds", "answers", "settings"])
def test_a_page_tells_its_times_as_the_brand_counts_them(browser, at_home, room):
    shown = _text(browser, f"{at_home.home}/{room}")
    assert re.search(r"\d{4}, \d\d:\d\d", shown)
    assert "Europe/Stockholm" in shown
    assert "UTC" not in shown


def test_a_round_an_answer_and_its_exchange_are_told_alike(browser, at_home):
    shown = _text(browser, _first(browser, f"{at_home.home}/rounds", "rounds"))
    assert "Round of 8 March 2026, 07:00 Europe/Stockholm" in shown
    answer = _text(browser, _first(browser, f"{at_home.home}/answers", "answers"))
    assert "07:00 Europe/Stockholm" in answer
    assert "UTC" not in answer


def test_programs_get_utc(browser, at_home):
    key = at_home.home.removeprefix("/b/")
    (newest, *_) = browser.get(f"/api/v1/brands/{key}/rounds").json()["rounds"]
    assert datetime.fromisoformat(newest["round"]["opened_at"]).utcoffset().total_seconds() == 0
    assert newest["round"]["opened_at"].startswith("2026-03-08T06:00")


def test_a_round_that_runs_is_told_in_the_time_of_the_brand(at_home, samples_round):
    with pytest.raises(Mistake, match=r"since 8 March 2026, 13:00 Europe/Stockholm; wait for its end"):
        running.start(at_home.house, beside=samples_round)


@pytest.fixture
def samples_round(at_home):
    at_home.hands.now = datetime(2026, 3, 8, 12, tzinfo=UTC)
    running.start(at_home.house, beside=lambda _: None)
    with at_home.store.snapshot() as tx:
        assert rounds.open_rounds(tx, at_home.house.settings.brand)
    return lambda _: None


def test_a_list_of_times_says_its_zone_once(browser, at_home):
    shown = _text(browser, f"{at_home.home}/rounds")
    assert "Round (Europe/Stockholm)" in shown
    assert "8 March 2026, 07:00 scheduled" in shown
    assert "Times are Europe/Stockholm." in _text(browser, f"{at_home.home}/answers")


@pytest.fixture
def far_west(stand):
    """The stand, whose brand has moved to Los Angeles."""
    now = stand.house.settings
    editing.save(stand.house, text.put_section(now.source, "schedule", ANGELES), base=now.version, by="anna")
    return stand


def test_every_page_counts_the_days_that_its_clocks_show(browser, far_west):
    listed = _text(browser, f"{far_west.home}/answers?from=2026-03-07&to=2026-03-07")
    assert listed.count("7 March 2026, 22:00") == 4
    assert "6 March" not in listed
    rounds_ = _text(browser, f"{far_west.home}/rounds?from=2026-03-07&to=2026-03-07")
    assert "7 March 2026, 22:00 scheduled" in rounds_
    assert "6 March 2026, 22:00" not in rounds_
    fact = _text(browser, f"{far_west.home}/facts/founded?from=2026-03-01&to=2026-03-07")
    assert "since 4 March 2026" in fact
    assert "7 March 2026, 22:00" in fact or ", 7 March 2026" in fact
    assert "8 March" not in fact


def test_a_round_leads_to_the_day_of_its_answers(browser, far_west):
    address = _first(browser, f"{far_west.home}/rounds", "rounds")
    assert "from=2026-03-07" in browser.get(address).text
    assert "from=2026-03-08" not in browser.get(f"{far_west.home}/rounds").text


def test_days_of_the_api_are_the_brands_and_moments_utc(browser, far_west):
    key = far_west.home.removeprefix("/b/")
    found = browser.get(f"/api/v1/brands/{key}/answers?from=2026-03-07&to=2026-03-07").json()["answers"]
    assert {each["asked_at"] for each in found} == {"2026-03-08T06:00:00Z"}
    opened = [each["opened_at"] for each in browser.get(f"/api/v1/brands/{key}/alerts").json()["alerts"]]
    assert opened
    assert all(datetime.fromisoformat(each).utcoffset() == timedelta(0) for each in opened)
    day = min(datetime.fromisoformat(each) for each in opened).date() - timedelta(days=1)
    stood = browser.get(f"/api/v1/brands/{key}/alerts?from={day}&to={day}").json()["alerts"]
    assert stood
    wanted = browser.get("/api/v1/openapi.json").json()["paths"]["/api/v1/brands/{key}/answers"]["get"]["parameters"]
    assert {"from", "to"} <= {each["name"] for each in wanted if "brand" in each.get("description", "")}


def test_today_is_the_brands(browser, far_west):
    far_west.hands.now = datetime(2026, 3, 9, 5, tzinfo=UTC)  # ten in the evening of the eighth
    overview = _text(browser, f"{far_west.home}/overview?last=7d")
    assert "2 to 8 March 2026" in overview
    assert "9 March" not in overview
