"""Charts are drawn before somebody looks, and again only when something has changed."""

import asyncio

from monitor.domain.rounds import RoundKind
from monitor.service import runs
from monitor.web.drawn_ahead import Ahead, drawing
from reports import charts
from tests.support import town


def drawn() -> int:
    return charts.drawn_so_far()


def test_whoever_looks_first_finds_the_charts_drawn(browser, stand):
    ahead = Ahead(stand.desk)
    assert ahead.look() == [town.NAME]
    before = drawn()
    for room in ("overview", "facts", "sources", "rivals"):
        assert "<svg" in browser.get(f"{stand.home}/{room}").text
    assert drawn() == before, "nothing was left to draw"


def test_nothing_is_drawn_again_until_a_round_has_ended(stand):
    ahead = Ahead(stand.desk)
    ahead.look()
    assert ahead.look() == []
    asyncio.run(runs.run(stand.house, kind=RoundKind.MANUAL, key="again", stop=asyncio.Event()))
    assert ahead.look() == [town.NAME]


def test_it_ends_with_the_pages(stand):
    with drawing(stand.desk, pause=60):
        pass
