import re
import socket
import sys
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.domain.documents import Edition
from monitor.domain.portrait import Portrait
from reports import charts, pdf, report

weasyprint = pytest.importorskip("weasyprint", exc_type=ImportError, reason="the extra `pdf` is not installed")


def test_the_report_becomes_a_pdf(portrait: Portrait, now: datetime) -> None:
    made = pdf.pdf(report.html(portrait, made_at=now))
    assert made.startswith(b"%PDF-")
    assert len(made) > 20_000


@pytest.mark.parametrize("compared", [False, True])
def test_the_edition_for_leaders_has_two_pages(portrait: Portrait, now: datetime, compared: bool) -> None:  # noqa: FBT001 -- a case
    html = report.html(
        portrait, made_at=now, edition=Edition.LEADERSHIP, before=_earlier(portrait) if compared else None
    )
    assert len(weasyprint.HTML(string=html).render().pages) <= 2


def _earlier(portrait: Portrait) -> Portrait:
    return replace(portrait, start=portrait.start - timedelta(days=30), end=portrait.start - timedelta(days=1))


def test_the_logo_is_in_the_pdf(portrait: Portrait, now: datetime) -> None:
    html = report.html(portrait, made_at=now, logo=charts.png({"mark": "bar", "data": {"values": [{}]}}))
    assert b"/Subtype /Image" in pdf.pdf(html)


def test_the_charts_are_drawn_with_ink(portrait: Portrait, now: datetime) -> None:
    html = report.html(portrait, made_at=now)
    assert html.count("<svg") >= 2
    without = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    assert len(pdf.pdf(html)) > len(pdf.pdf(without)) + 2_000 * html.count("<svg")


def test_a_table_of_many_assistants_stays_on_the_paper(portrait: Portrait, now: datetime) -> None:
    html = report.html(portrait, made_at=now)
    head = re.search(r"<thead><tr><td></td>(<th.*?)</tr>", html, re.DOTALL)
    assert head
    columns = head[1].count("<th")
    wide = html.replace(head[1], head[1] * 7, 1)
    for page in weasyprint.HTML(string=wide).render().pages:
        for box in page._page_box.descendants():
            if box.element_tag == "th":
                assert box.position_x + box.width <= page.width, f"{columns * 7} columns"


def test_nothing_is_fetched(tmp_path: object) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/x.png"
        html = (
            f"<img src='{address}'><link rel=stylesheet href='{address}'><img src='file://{tmp_path}/x'><p>still here"
        )
        assert pdf.pdf(html).startswith(b"%PDF-")
        with pytest.raises(TimeoutError):
            listening.accept()


def test_without_weasyprint_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "weasyprint", None)
    monkeypatch.setattr(pdf, "_missing", "OSError: cannot load library 'libpango'", raising=False)
    with pytest.raises(pdf.PdfError, match=r"likeness\[pdf\].*libpango"):
        pdf.pdf("<p>x")
    assert "weasyprint" in sys.modules
