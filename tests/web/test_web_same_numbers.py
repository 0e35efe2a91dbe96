"""A page, a report, a CSV file and the API say the same numbers."""

import csv
import io
import json

from monitor.domain.measures import Measure
from monitor.service import documents, portraits
from reports import report, words


def test_everything_says_the_same_numbers(browser, stand):
    start, end = stand.hands().date().replace(day=1), stand.hands().date()
    period = f"from={start}&to={end}"
    shown = portraits.portrait(stand.house, start, end)
    assert shown == documents.portrait(stand.house, start, end)
    told = json.loads(browser.get(f"/api/v1/brands/{stand.home.removeprefix('/b/')}/rivals?{period}").text)
    rows = list(csv.DictReader(io.StringIO(report.tables(shown)["visibility.csv"])))
    page = browser.get(f"{stand.home}/rivals?{period}").text
    html = report.html(shown, made_at=stand.hands())
    measured = [each for each in shown.visibility if each.series.measure is Measure.VISIBILITY]
    assert measured
    for each, sent, row in zip(measured, told["visibility"], rows, strict=True):
        assert sent["rate"] == {"hits": each.rate.hits, "of": each.rate.of}
        assert (float(row["hits"]), float(row["of"])) == (each.rate.hits, each.rate.of)
        assert float(row["low"]) == each.interval.low == sent["interval"]["low"]
        assert words.value_of(each) in page
        assert words.value_of(each).replace(" ", "\xa0") in html or words.value_of(each) in html
