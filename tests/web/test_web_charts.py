import gzip
import json

import pytest

from monitor.web import drawings
from monitor.web.pages import charts
from reports import vega

LIBRARY = f"/static/vega-{vega.MARK}.js"


@pytest.fixture(name="small")
def _small_library(monkeypatch):
    """The library takes seconds to make; the browser tests make it."""
    charts._made.cache_clear()
    monkeypatch.setattr(vega, "script", lambda: b"window.drawing = 1;")
    yield
    charts._made.cache_clear()


def test_every_chart_of_a_page_has_an_address_of_its_own(browser, stand):
    for room in ("overview", "facts", "rivals", "sources"):
        text = browser.get(f"{stand.home}/{room}?last=7d").text
        shown = [name for name in drawings.ALL if f'data-chart="{stand.home}/charts/{name}?last=7d"' in text]
        assert shown, room
        for name in shown:
            told = browser.get(f"{stand.home}/charts/{name}?last=7d&room=400")
            assert told.status_code == 200
            assert '"behind"' in told.text
            assert json.loads(told.text)["marks"]


def test_a_chart_that_is_none_is_refused(browser, stand):
    assert browser.get(f"{stand.home}/charts/nothing").status_code == 404
    assert browser.get(f"{stand.home}/charts/verdicts?from=2020-01-01&to=2020-01-02").status_code == 404


def test_the_library_is_kept_for_ever(browser, small):
    got = browser.get(LIBRARY)
    assert got.text == "window.drawing = 1;"
    assert got.headers["content-encoding"] == "gzip"
    assert got.headers["content-type"].startswith("text/javascript")
    assert "immutable" in got.headers["cache-control"]
    again = browser.get(LIBRARY, headers={"if-none-match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = browser.get(LIBRARY, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == got.text
    assert browser.get("/static/vega-000000000000.js").status_code == 404


def test_a_page_is_light_with_its_charts(browser, stand):
    for room in ("overview", "facts", "rivals", "sources"):
        assert len(browser.get(f"{stand.home}/{room}").content) <= 200_000
        assert len(gzip.compress(browser.get(f"{stand.home}/{room}").content)) <= 40_000
