"""Reports say since when each assistant is wrong about a fact, in the words of the pages."""

import html
import re
from dataclasses import replace
from datetime import date

import pytest

from monitor.brandfile import editing as text
from monitor.domain.documents import Asked, Edition
from monitor.service import documents, editing, portraits, reporting, since_when, spells_found

DAYS = date(2026, 3, 1), date(2026, 3, 8)
WHOLE = "since 5 March 2026, in 4 of 4 checked answers; in none of the 4 before, from 1 March 2026 on"


def plain(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


@pytest.fixture
def told(stand):
    def made(**how: object) -> str:
        house = stand.desk.house(stand.house.settings.brand)
        asked = replace(Asked(start=DAYS[0], end=DAYS[1], edition=Edition.FULL), **how)
        return plain(reporting.page(house, asked, portraits.portrait(house, *DAYS)))

    return made


def test_the_full_report_says_what_the_page_of_the_fact_says(told, browser, stand):
    assert WHOLE in told()
    assert WHOLE in plain(browser.get(f"{stand.home}/facts/founded?last=30d").text)


def test_the_leadership_edition_says_it_in_short(told):
    short = told(edition=Edition.LEADERSHIP)
    assert "since 5 March 2026, in 4 of 4 checked answers." in short
    assert "in none of the 4 before" not in short


def test_a_report_of_one_assistant_says_it_of_that_one_and_one_of_a_topic_of_none(told):
    assert "since 5 March" in told(assistant="beta")
    assert "since 5 March" not in told(assistant="alpha")
    assert "since 5 March" not in told(topic="coats"), "the spells are over the prompts of every topic"


def test_a_regular_report_says_it_too(stand, tmp_path):
    (page, *_) = documents.write(stand.house, *DAYS, tmp_path)
    assert WHOLE in plain(page.read_text())


def test_a_confidential_fact_is_left_out(stand, told):
    now = stand.house.settings
    row = text.row(now.source, "facts", "founded")
    editing.save(stand.house, text.put(now.source, "facts", {**row, "confidential": True}), base=now.version)
    assert "since 5 March" not in told()


def test_what_was_said_up_to_an_earlier_day_is_cut_from_what_is_kept(stand):
    """The newest days are kept, and earlier ends are told from them as if the later days had not come."""
    for end in (date(2026, 3, 5), date(2026, 3, 6), DAYS[1]):
        honest = spells_found.reaching(spells_found.checked(stand.house, end), DAYS[0], end)
        assert since_when.since(stand.house, DAYS[0], end) == honest
        assert [each.spell.last for each in honest] == [end]
    assert since_when.since(stand.house, DAYS[0], date(2026, 3, 4)) == []
