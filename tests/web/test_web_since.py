"""Since when each assistant says something wrong: on the page of a fact, on the overview, and by the API."""

import html
import re

from tests.web.conftest import Stand

PERIOD = "last=30d"


def plain(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def test_a_fact_says_since_when_each_assistant_is_wrong_whether_an_alert_stood_or_not(browser, stand: Stand):
    text = browser.get(f"{stand.home}/facts/founded?{PERIOD}").text
    told = plain(text)
    assert "since 5 March 2026, in 4 of 4 checked answers; in none of the 4 before, from 1 March 2026 on" in told
    assert "last right on 4 March 2026" in told
    assert "never in these days" in told
    (first,) = re.findall(r'href="([^"]*side=hits[^"]*)">5 March 2026<', text)
    found = browser.get(html.unescape(first)).text
    assert found.count("Quarn was founded in 1974") == 1, "the day leads to its answer"


def test_a_spell_is_older_than_the_days_of_the_page(browser, stand: Stand):
    assert "since 5 March 2026" in plain(browser.get(f"{stand.home}/facts/founded?from=2026-03-07&to=2026-03-08").text)


def test_the_overview_says_what_is_wrong_and_since_when(browser, stand: Stand):
    text = plain(browser.get(f"{stand.home}/overview?{PERIOD}").text)
    assert "Founding year" in text.split("What is said wrong")[1]
    assert "since 5 March 2026" in text


def test_programs_are_told_too(browser, stand: Stand):
    (told,) = browser.get(f"/api/v1/brands/{stand.home.removeprefix('/b/')}/since?{PERIOD}").json()
    assert (told["fact"], told["assistant_id"], told["spell"]["first"]) == ("founded", "beta", "2026-03-05")
    assert told["said"].startswith("since 5 March 2026")
