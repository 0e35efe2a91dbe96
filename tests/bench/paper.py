"""A report on paper: some ten pages with eight charts, and the whole of what a small brand's report can hold."""

import re
import tempfile
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from monitor.domain.documents import Asked
from monitor.domain.portrait import Portrait
from monitor.pipeline import House
from monitor.service import documents, reporting
from reports import pdf
from tests.bench import large

BRAND = "Quillby"  # 20 prompts x 3 assistants x 3 samples a day
ANSWERS = 10_000
ASKED = Asked(start=large.LAST - timedelta(days=3), end=large.LAST)
_CHARTS = re.compile(r"<svg\b")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b")


def rows() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        desk = large.made(Path(folder), ANSWERS)
        house = desk.house(BRAND)
        whole = documents.portrait(house, ASKED.start, ASKED.end)
        pdf.pdf(reporting.page(house, ASKED, whole))  # the fonts are found once
        for shown in (_ten_pages(whole), whole):
            yield "PDF: pages, charts, CPU time, best of three", _measured(house, shown)
        desk.store.close()


def _ten_pages(whole: Portrait) -> Portrait:
    """Return as much of a portrait as fills ten or eleven pages with eight charts."""
    return replace(whole, facts=whole.facts[:4], lines=dict([*whole.lines.items()][:6]))


def _measured(house: House, shown: Portrait) -> str:
    html = reporting.page(house, ASKED, shown)
    taken = []
    for _ in range(3):
        begin = time.process_time()
        made = pdf.pdf(html)
        taken.append(time.process_time() - begin)
    return f"{pages(made)}, {len(_CHARTS.findall(html))}, {min(taken):.1f} s"


def pages(made: bytes) -> int:
    """Return how many pages a PDF has."""
    inside = (zlib.decompress(each[1]) for each in _STREAM.finditer(made) if each[1][:1] == b"x")
    return sum(len(_PAGE.findall(text)) for text in (made, *inside))
