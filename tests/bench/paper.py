"""Reports as they are asked for: HTML of 90 days of a large brand, and on paper.

On paper: some ten pages with eight charts, and the whole of what a small brand's report can hold. The 90 days are of a
store of LIKENESS_BENCH_ANSWERS answers (40,000 unless told), or of that in the folder LIKENESS_BENCH_KEPT, filled by
`tests.bench.large`; what the program would keep of it is kept there.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from monitor.domain.documents import Asked
from monitor.domain.portrait import Portrait
from monitor.pipeline import House, changes
from monitor.service import documents, portraits, reporting, since_when
from monitor.service.desk import Desk
from reports import charts, pdf
from tests.bench import large

BRAND = "Quillby"  # 20 prompts x 3 assistants x 3 samples a day
ANSWERS = 10_000
ASKED = Asked(start=large.LAST - timedelta(days=3), end=large.LAST)
_CHARTS = re.compile(r"<svg\b")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b")


_QUARTER = timedelta(days=89)
_EARLIER = (1, 30)  # days before the newest


def rows() -> Iterator[tuple[str, str]]:
    yield from _of_a_quarter()
    yield from _on_paper()


def _of_a_quarter() -> Iterator[tuple[str, str]]:
    """Yield what the HTML of 90 days takes, in seconds, best of three."""
    with _large() as (desk, folder):
        house = desk.house(next(iter(large.BRANDS)))
        yield "90 days, HTML: portrait computed", _best(lambda: _portrait(house, large.LAST))
        shown = _portrait(house, large.LAST)
        first = _taken(lambda: _page(house, shown))
        yield "page of it: the first of a process, later ones", f"{first:.2f} s, {_best(lambda: _page(house, shown))}"
        for days in _EARLIER:
            end = large.LAST - timedelta(days=days)
            walk = _taken(lambda end=end: changes.look_back(house, end))
            took = _best(lambda end=end: _portrait(house, end))
            yield f"portrait of 90 days that end {days} earlier; the walk, unless it was kept", f"{took}; {walk:.1f} s"
        yield "in a new process: imports, portrait, page; MB here, there", _cold(folder, large.LAST)
        portraits.keep(house, portraits.PORTRAIT, large.LAST - _QUARTER, large.LAST)
        portraits.keep(house, since_when.CHECKED, large.LAST, large.LAST)
        yield "the same where pages have kept what they show", _cold(folder, large.LAST, "kept")


@contextmanager
def _large() -> Iterator[tuple[Desk, Path]]:
    kept = os.environ.get("LIKENESS_BENCH_KEPT")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(kept or made)
        wanted = int(os.environ.get("LIKENESS_BENCH_ANSWERS", "40000"))
        desk = large.opened(folder) if kept else large.made(folder, wanted)
        yield desk, folder
        desk.store.close()


def _portrait(house: House, end: date) -> Portrait:
    return documents.portrait(house, end - _QUARTER, end)


def _page(house: House, shown: Portrait) -> str:
    charts._svg.cache_clear()
    return reporting.page(house, Asked(start=shown.start, end=shown.end), shown)


def _taken(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _best(work: Callable[[], object]) -> str:
    return f"{min(_taken(work) for _ in range(3)):.2f} s"


def _cold(folder: Path, end: date, *kept: str) -> str:
    asked = [sys.executable, "-m", "tests.bench.cold", str(folder), str(end - _QUARTER), str(end), *kept]
    told = [subprocess.run(asked, capture_output=True, check=True, text=True).stdout.split() for _ in range(3)]
    best = min(told, key=lambda each: float(each[1]) + float(each[2]))
    return f"{', '.join(f'{float(each):.2f} s' for each in best[:3])}; {', '.join(best[3:])}"


def _on_paper() -> Iterator[tuple[str, str]]:
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
