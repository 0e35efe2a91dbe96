import gzip
import json
from datetime import date

import pytest

from monitor.domain.alerts import Alert, AlertState, Signal
from monitor.domain.answers import Surface
from monitor.domain.brand import Severity
from monitor.domain.measures import Measure, Series
from monitor.service import alerts as people
from monitor.web import drawings
from monitor.web.pages import charts
from reports import vega
from storage import alerts

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


def test_an_alert_about_a_measure_shows_its_course(browser, stand):
    series = Series(measure=Measure.VISIBILITY, assistant_id="alpha", surface=Surface.API_SEARCH, subject="Fennick")
    finding = Signal(
        rule="visibility_drop",
        subject="Fennick",
        key="visibility_drop:Fennick",
        severity=Severity.MAJOR,
        headline="alpha names Fennick less often",
        series=series,
        changed_on=date(2026, 3, 4),
    )
    drop = Alert(
        id="d1", brand=stand.house.settings.brand, key=finding.key, state=AlertState.OPEN,
        opened_at=stand.hands(), signal=finding,
    )  # fmt: skip
    with stand.store.transaction() as tx:
        alerts.keep(tx, [drop])
    shown = browser.get(f"{stand.home}/alerts/d1").text
    assert f'data-chart="{stand.home}/alerts/d1/chart?' in shown
    assert "since 4 March 2026" in shown
    told = browser.get(f"{stand.home}/alerts/d1/chart?last=7d&room=600").text
    assert '"assistant": "alpha"' in json.dumps(json.loads(told))
    other = next(each.id for each in people.listed(stand.house) if each.signal.series is None)
    assert "<figure" not in browser.get(f"{stand.home}/alerts/{other}").text
    assert browser.get(f"{stand.home}/alerts/{other}/chart").status_code == 404
