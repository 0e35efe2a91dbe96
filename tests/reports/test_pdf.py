import socket
import sys
from datetime import datetime

import pytest

from monitor.domain.portrait import Portrait
from reports import report

pytest.importorskip("weasyprint", exc_type=ImportError, reason="the extra `pdf` is not installed")

from reports import pdf


def test_the_report_becomes_a_pdf(portrait: Portrait, now: datetime) -> None:
    made = pdf.pdf(report.html(portrait, made_at=now))
    assert made.startswith(b"%PDF-")
    assert len(made) > 20_000


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
