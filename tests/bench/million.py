"""Pages, reports and a round's own steps over a large store: LIKENESS_BENCH_ANSWERS of them (40,000 unless told).

Beside it stands a store of 10,000 answers with rounds of the same size: what takes longer in the large one grows with
what is stored. Pages are measured in this process, without the network.
"""

import os
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from starlette.testclient import TestClient

from monitor import pipeline
from monitor.domain.answers import Reply, Surface
from monitor.domain.documents import Asked, Edition
from monitor.domain.measures import Measure, Series
from monitor.domain.rounds import Attempt, Outcome, Round, RoundKind
from monitor.pipeline import House, changes
from monitor.service import documents, portraits, reporting, warm
from monitor.service.desk import Desk, brand_key
from monitor.web.app import API, create
from reports import pdf
from storage import answers, courses, rounds, tallies
from storage.ledger import StoreLedger
from storage.store import Store
from tests.bench import large

SMALL = 10_000
CALLS = 200
BRAND = next(iter(large.BRANDS))
SERIES = Series(measure=Measure.VISIBILITY, assistant_id="a0", surface=Surface.API_SEARCH, subject=BRAND)
HOME = f"/b/{brand_key(BRAND)}"
PAGES = ("overview", "alerts", "facts", "facts/f0", "answers", "answers?words=lasting", "answers?words=nothing+like+it",
         "answers?fact=f3&verdict=contradicted", "answers?verdict=outdated", "answers?entity=Fennick&last=90d",
         "answers?missed=true", "prompts", "rivals", "sources", "rounds", "rounds?last=365d", "reports", "review",
         "watch", "settings", "why", "overview?last=7d", "overview?last=90d", "overview?last=365d",
         "prompts?last=90d")  # fmt: skip
LISTS = ("answers", "alerts", "rounds", "facts", "sources", "rivals", "prompts", "lines")


def rows() -> Iterator[tuple[str, str]]:
    wanted = int(os.environ.get("LIKENESS_BENCH_ANSWERS", "40000"))
    with tempfile.TemporaryDirectory(dir=os.environ.get("LIKENESS_BENCH_FOLDER")) as folder:
        small, much = (Path(folder) / name for name in ("small", "large"))
        small.mkdir()
        much.mkdir()
        desk = large.made(small, SMALL)
        before = dict(_steps(desk))
        desk.store.close()
        begin = time.perf_counter()
        desk = large.made(much, wanted)
        yield "made in, on disk", f"{time.perf_counter() - begin:.0f} s, {_size(much):.1f} GB"
        yield from measured(desk, before)
        desk.store.close()


def _size(folder: Path) -> float:
    return sum(each.stat().st_size for each in folder.iterdir()) / 1e9


def measured(desk: Desk, before: dict[str, float]) -> Iterator[tuple[str, str]]:
    """Yield what a person waits for at the large brand's pages, and what a round takes."""
    with desk.store.snapshot() as tx:
        held = tx.connection().exec_driver_sql("SELECT count(*) FROM answers").scalar_one()
        named = tx.connection().exec_driver_sql("SELECT count(*) FROM mentions").scalar_one()
    yield "answers, mentions", f"{held:,}, {named:,}"
    house = desk.house(BRAND)
    yield "what a round's end computes of the history", _said(_taken(lambda: changes.keep(house, large.LAST)))
    yield "memory at most", _memory()
    yield "what is computed for the pages when something has changed", _said(_taken(lambda: warm.warm(house)))
    yield from _pages(desk)
    yield "50 at once, 500 pages: failed, pages a second", _crowd(desk)
    yield from _reports(house)
    yield "memory at most so far", _memory()
    for name, taken in _steps(desk):
        yield f"{name}: now, and times what it takes of {SMALL:,}", f"{taken:.1f} ms, {taken / before[name]:.2f}"
    yield "memory at most", _memory()


def _said(taken: float) -> str:
    return f"{taken / 1000:.1f} s"


def _memory() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"


def _taken(work: Callable[[], object]) -> float:
    """Return the milliseconds of CPU."""
    begin = time.process_time()
    work()
    return (time.process_time() - begin) * 1000


def _pages(desk: Desk) -> Iterator[tuple[str, str]]:
    with TestClient(create(desk)) as browser:
        addresses = [f"{HOME}/{room}" for room in PAGES] + [f"{API}/brands/{brand_key(BRAND)}/{each}" for each in LISTS]
        for address in addresses:
            taken = []
            for _ in range(15):
                begin = time.process_time()
                answer = browser.get(address)
                taken.append((time.process_time() - begin) * 1000)
            assert answer.status_code == 200, (address, answer.status_code, answer.text)
            rest = sorted(taken[1:])
            name = address.removeprefix(HOME).replace(brand_key(BRAND), "brand")
            said = ", ".join(f"{each:.0f}" for each in (taken[0], statistics.median(rest), rest[-1]))
            yield f"{name}: first, median, most; size", f"{said} ms; {len(answer.content) / 1000:.0f} kB"


def _crowd(desk: Desk) -> str:
    failed, app, begin = [], create(desk), time.perf_counter()

    def one(number: int) -> None:
        with TestClient(app) as browser:
            for turn in range(10):
                answer = browser.get(f"{HOME}/{PAGES[(number * 7 + turn) % len(PAGES)]}")
                if answer.status_code != 200:
                    failed.append(answer.status_code)

    people = [threading.Thread(target=one, args=(number,)) for number in range(50)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return f"{len(failed)}, {500 / (time.perf_counter() - begin):.0f}"


def _reports(house: House) -> Iterator[tuple[str, str]]:
    for days in (30, 90):
        start = large.LAST - timedelta(days=days - 1)
        taken = [_taken(lambda start=start: documents.portrait(house, start, large.LAST)) for _ in range(2)]
        yield f"portrait of {days} days, computed: first, second", ", ".join(f"{each:.0f} ms" for each in taken)
    asked = Asked(start=large.LAST - timedelta(days=89), end=large.LAST)
    for edition in Edition:
        wanted = Asked(start=asked.start, end=asked.end, edition=edition)
        made: list[str] = []

        def make(wanted: Asked = wanted, made: list[str] = made) -> None:
            made.append(reporting.page(house, wanted, portraits.portrait(house, wanted.start, wanted.end)))

        taken = [_taken(make) for _ in range(2)]
        shown = ", ".join(f"{each:.0f} ms" for each in taken)
        yield f"HTML of 90 days, {edition}: first, second; size", f"{shown}; {len(made[0].encode()) / 1000:.0f} kB"
        took = _taken(lambda made=made: pdf.pdf(made[0]))
        yield f"PDF of it, {edition}; memory", f"{took:.0f} ms; {_memory()}"


def _steps(desk: Desk) -> Iterator[tuple[str, float]]:
    """Yield what each step of one more round takes, CPU milliseconds."""
    house = desk.house(BRAND)
    with house.store.snapshot() as tx:
        last = rounds.last_asked(tx, BRAND)
    planned: list[Round | None] = []
    yield (
        "plan of 2,160 probes",
        _taken(lambda: planned.append(pipeline.plan(house, kind=RoundKind.MANUAL, key="bench"))),
    )
    assert last, "there are rounds"
    assert planned[0], "it is the first of its key"
    yield from _calls(house, planned[0].id)
    with house.store.snapshot() as tx:
        yield "a round's observations", min(_taken(lambda: _seen(tx, last)) for _ in range(5))
    yield "a series of 120 days", min(_taken(lambda: _course(house)) for _ in range(9))
    yield "a measure of 120 days, tally by tally", min(_taken(lambda: _series(house)) for _ in range(3))
    yield "measures and digest of a round", _taken(lambda: pipeline.measure(house, last.id))
    yield "the history's changes, and alerts of a round", _taken(lambda: pipeline.decide(house, last))
    yield "alerts of a round, again", _taken(lambda: pipeline.decide(house, last))


def _calls(house: House, round_id: str) -> Iterator[tuple[str, float]]:
    """Yield what the rows around a call take, a call."""
    with house.store.snapshot() as tx:
        waiting = rounds.unasked(tx, round_id)[:CALLS]
        yield "a round's probes that wait", _taken(lambda: rounds.unasked(tx, round_id))
    ledger = StoreLedger(
        house.store,
        brand=BRAND,
        budget=house.settings.budget,
        month_start=lambda now: now.replace(day=1, hour=0),
        new_id=house.new_id,
    )
    held: list[Attempt] = []

    def reserve() -> None:
        for probe in waiting:
            attempt = ledger.reserve(probe, Decimal("0.01"), large.NOW)
            assert isinstance(attempt, Attempt), attempt
            held.append(attempt)

    outcome = Outcome(reply=Reply(text="Corvane.", served_model="m"), cost=Decimal("0.01"))

    def settle() -> None:
        for attempt in held:
            ledger.settle(attempt, outcome, large.NOW)

    yield "reserve, a call", _taken(reserve) / CALLS
    yield "settle, a call", _taken(settle) / CALLS


def _seen(tx: Store, last: Round) -> None:
    answers.observations(tx, BRAND, round_id=last.id)


def _course(house: House) -> None:
    days = large.LAST - timedelta(days=119), large.LAST
    with house.store.snapshot() as tx:
        assert not courses.missing(tx, BRAND, *days)
        assert len(list(courses.load(tx, BRAND, SERIES, *days))) > 1


def _series(house: House) -> None:
    with house.store.snapshot() as tx:
        tallies.load(tx, BRAND, large.LAST - timedelta(days=119), large.LAST, measure=Measure.VISIBILITY, subject=BRAND)
