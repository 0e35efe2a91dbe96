"""Pages and reports over a large store: LIKENESS_BENCH_ANSWERS of them (100,000 unless told), half of one brand.

Answers are made for one day by the program's own steps and repeated for 120 days by the database.
"""

import itertools
import os
import random
import resource
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from starlette.testclient import TestClient

from monitor import pipeline
from monitor.domain.answers import Reply
from monitor.domain.brand import AssistantSettings, Prompt
from monitor.domain.documents import Asked
from monitor.domain.measures import Measure
from monitor.domain.readings import Citation, Claim, Mention, Outcome, Owner, Reading, Stance, StanceLabel, Verdict
from monitor.domain.rounds import Outcome as Settled
from monitor.domain.rounds import Probe, Round, RoundKind, RoundState
from monitor.pipeline import changes
from monitor.service import documents, reporting
from monitor.service.desk import Desk, brand_key
from monitor.service.environment import Environment
from monitor.web.app import create
from storage import answers, pooled, readings, rounds
from storage.received import keep
from storage.store import Store

DAYS, BRANDS, PROMPTS, ASSISTANTS = 120, 3, 20, 4
FIRST = date(2026, 7, 1)
LAST = FIRST + timedelta(days=DAYS - 1)
NOW = datetime(LAST.year, LAST.month, LAST.day, 12, tzinfo=UTC)
MARK = "@0000"  # of the day that is repeated
NAMES = ("Corvane", "Fennick", "Tolvane", "Brisken", "Velmora")
ROOMS = ("overview", "alerts", "facts", "facts/f0", "answers", "answers?words=lasting", "prompts", "rivals", "sources",
         "rounds", "reports", "review")  # fmt: skip
# table, whether its rows are numbered by the database
TABLES = (
    ("rounds", False),
    ("probes", False),
    ("attempts", False),
    ("answers", False),
    ("readings", True),
    ("mentions", False),
    ("citations", False),
    ("claims", False),
    ("tallies", True),
    ("digests", False),
)
TEXT = "Corvane makes lasting bags. Fennick is cheaper. Corvane was founded in 1974 and costs 79 dollars. " * 3

_BRAND = """\
brand: {{name: "{name}", domains: [{name}.example]}}
competitors: [{rivals}]
facts:
{facts}
prompts:
{prompts}
assistants:
{assistants}
schedule: {{cron: "0 6 * * *", timezone: UTC}}
budget: {{per_month: 5}}
alerts: {{to: [brand@quarn.example], from: likeness@quarn.example, smtp: folder}}
"""


def rows() -> Iterator[tuple[str, str]]:
    wanted = int(os.environ.get("LIKENESS_BENCH_ANSWERS", "100000"))
    with tempfile.TemporaryDirectory(dir=os.environ.get("LIKENESS_BENCH_FOLDER")) as folder:
        desk = made(Path(folder), wanted)
        yield from measured(desk)
        desk.store.close()


def made(folder: Path, wanted: int) -> Desk:
    """Return a desk over a store with about so many answers."""
    desk = Desk(store=Store.open(f"sqlite:///{folder / 'large.db'}"), environment=Environment(), clock=lambda: NOW,
                files=[_file(folder, number) for number in range(BRANDS)])  # fmt: skip
    desk.learn()
    for number in range(BRANDS):
        share = wanted / 2 if number == 0 else wanted / 2 / (BRANDS - 1)
        samples = max(1, round(share / DAYS / PROMPTS / ASSISTANTS))
        _template(desk.house(_name(number)), number, samples)
    _repeated(desk.store)
    changes.keep(desk.house(_name(0)), LAST)  # as the end of its last round does
    return desk


def _name(number: int) -> str:
    return f"{NAMES[0]}{number}" if number else NAMES[0]


def _file(folder: Path, number: int) -> Path:
    place = folder / f"brand{number}.yaml"
    facts = [f'  - {{id: f{n}, kind: number, about: fact {n}, value: {n}, says: "It is {n}."}}' for n in range(12)]
    prompts = [f'  - {{id: q{n}, text: "Question {n}?", topic: t{n % 4}}}' for n in range(PROMPTS)]
    assistants = [f"  - {{id: a{n}, use: openai, model: m{n}, search: true}}" for n in range(ASSISTANTS)]
    place.write_text(
        _BRAND.format(
            name=_name(number),
            rivals=", ".join(f"{{name: {name}}}" for name in NAMES[1:]),
            facts="\n".join(facts),
            prompts="\n".join(prompts),
            assistants="\n".join(assistants),
        )
    )
    return place


def _template(house: pipeline.House, number: int, samples: int) -> None:
    """Ask, answer and read one day's round, and add it up."""
    opened = datetime(FIRST.year, FIRST.month, FIRST.day, 6, tzinfo=UTC)
    brand, rng = house.settings.brand, random.Random(number)  # noqa: S311 -- invented answers
    asked = list(itertools.product(house.settings.prompts, house.settings.assistants, range(samples)))
    probes = [_probe(number, place, *each) for place, each in enumerate(asked)]
    round_ = Round(id=f"r{number}{MARK}", brand=brand, kind=RoundKind.SCHEDULED, key=f"{FIRST}T06:00", opened_at=opened,
                   settings=house.settings.version)  # fmt: skip
    columns = "id, probe_id, brand, generation, newest, state, month, asked_at, owner, request_hash, request_id, detail"
    with house.store.transaction() as tx:
        rounds.open_round(tx, round=round_, probes=probes)
        tx.connection().exec_driver_sql(
            f"INSERT INTO attempts ({columns}) SELECT 't' || id, id, ?, 1, 1, 'sent', '2026-07-01', ?, '', '', '', '' "  # noqa: S608 -- our own names
            f"FROM probes WHERE round_id = ?",
            (brand, f"{opened:%Y-%m-%d %H:%M:%S.%f}", round_.id),
        )
        for place, probe in enumerate(probes):
            answer = f"x{number}-{place}{MARK}"
            reply = Reply(text=f"{TEXT}{rng.random()}", served_model="m", searched=True)
            settled = Settled(reply=reply, cost=Decimal("0.01"))
            keep(tx, f"t{probe.id}", brand, settled, new_id=lambda answer=answer: answer)
            readings.save(tx, [_reading(house, answer, rng)], opened)
        tx.connection().exec_driver_sql("UPDATE attempts SET state = 'answered'")
        rounds.close_round(tx, round_.id, RoundState.COMPLETE, "", opened + timedelta(hours=1))
    pipeline.measure(house, round_.id)


def _probe(number: int, place: int, prompt: Prompt, assistant: AssistantSettings, sample: int) -> Probe:
    return Probe(
        id=f"p{number}-{place}{MARK}", round_id=f"r{number}{MARK}", prompt=prompt, assistant=assistant, sample=sample
    )


def _reading(house: pipeline.House, answer: str, rng: random.Random) -> Reading:
    names = [house.settings.brand, *NAMES[1:]]
    fact = rng.randrange(12)
    verdict = rng.choices([Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNVERIFIED], [8, 1, 1])[0]
    named = [rng.choice(names) for _ in range(5)]
    domain = f"site{rng.randrange(60)}.example"
    return Reading(
        answer_id=answer,
        outcome=Outcome.ANSWER,
        mentions=tuple(Mention(start=n * 9, end=n * 9 + 7, entity=name) for n, name in enumerate(named)),
        recommended=tuple(named[:1]),
        stance={name: Stance(label=rng.choice(list(StanceLabel)), score=0.1) for name in named[:2]},
        citations=(Citation(url=f"https://{domain}/1", domain=domain, owner=Owner.OTHER),),
        claims=(Claim(start=75, end=79, fact=f"f{fact}", verdict=verdict, value="1974"),),
        analyzer=house.reader.version,
        sheet=house.settings.version,
    )


def _repeated(store: Store) -> None:
    """Copy the first day to all others, with ids and days of their own."""
    with store.transaction() as tx:
        connection = tx.connection()
        for table, numbered in TABLES:
            found = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
            columns = [column for column in found if not (numbered and column == "id")]
            plain = ", ".join(_changed(column) if _moves(table, column) else column for column in columns)
            connection.exec_driver_sql(f"CREATE TEMP TABLE first_{table} AS SELECT * FROM {table}")  # noqa: S608
            moving = sum(_moves(table, column) for column in columns)
            copy = f"INSERT INTO {table} ({', '.join(columns)}) SELECT {plain} FROM first_{table}"  # noqa: S608
            for number in range(1, DAYS):
                values = (f"@{number:04}", str(FIRST + timedelta(days=number))) * moving
                connection.exec_driver_sql(copy, values)


_MOVING = {"id", "round_id", "probe_id", "attempt_id", "answer_id", "key", "opened_at", "closed_at", "asked_at",
           "made_at", "day", "body", "month"}  # fmt: skip


def _moves(table: str, column: str) -> bool:
    return column in _MOVING and not (table == "probes" and column in {"prompt", "assistant"})


def _changed(column: str) -> str:
    return f"replace(replace({column}, '{MARK}', ?), '{FIRST}', ?)"


def measured(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield what a person waits for at the large brand's pages."""
    house = desk.house(_name(0))
    with desk.store.snapshot() as tx:
        held = tx.connection().exec_driver_sql("SELECT count(*) FROM answers").scalar_one()
        named = tx.connection().exec_driver_sql("SELECT count(*) FROM mentions").scalar_one()
    yield "answers, mentions", f"{held:,}, {named:,}"
    yield from _pages(desk)
    yield "50 at once, 500 pages: failed, pages a second", _crowd(desk)
    cold = _times(lambda: documents.portrait(house, LAST - timedelta(days=29), LAST), 3)
    yield "portrait of 30 days, computed anew (CPU, first and best)", f"{cold[0]:.0f}, {min(cold):.0f} ms"
    asked = Asked(start=LAST - timedelta(days=89), end=LAST)
    html = _times(lambda: reporting.page(house, asked, documents.portrait(house, asked.start, asked.end)), 2)
    yield "HTML report of 90 days (CPU, first and second)", f"{html[0]:.0f}, {html[1]:.0f} ms"
    with desk.store.snapshot() as tx:
        series = _times(lambda: pooled.pooled(tx, house.settings.brand, FIRST, LAST, Measure.VISIBILITY), 3)
        round_ = _times(lambda: answers.observations(tx, house.settings.brand, round_id=f"r0@{DAYS - 1:04}"), 3)
    yield "visibility of all, 120 days, summed (CPU)", f"{min(series):.1f} ms"
    yield "a round's observations (CPU)", f"{min(round_):.1f} ms"
    yield "memory at most", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"


def _times(work: Callable[[], object], often: int) -> list[float]:
    """Return the CPU milliseconds of each try."""
    taken = []
    for _ in range(often):
        begin = time.process_time()
        work()
        taken.append((time.process_time() - begin) * 1000)
    return taken


def _pages(desk: Desk) -> Iterator[tuple[str, str]]:
    with TestClient(create(desk)) as browser:
        for room in ROOMS:
            address = f"/b/{brand_key(_name(0))}/{room}"
            taken, answer = [], None
            for _ in range(15):
                begin = time.process_time()
                answer = browser.get(address)
                taken.append((time.process_time() - begin) * 1000)
            assert answer.status_code == 200, (room, answer.status_code)
            rest = sorted(taken[1:])
            yield (
                f"/{room}: first, median, most (CPU); size",
                f"{_said(taken[0], statistics.median(rest), rest[-1])}; {len(answer.content) / 1000:.0f} kB",
            )


def _said(*taken: float) -> str:
    return f"{', '.join(f'{each:.0f}' for each in taken)} ms"


def _crowd(desk: Desk) -> str:
    failed, begin = [], time.perf_counter()
    app = create(desk)
    addresses = [f"/b/{brand_key(_name(0))}/{room}" for room in ROOMS]

    def one(number: int) -> None:
        with TestClient(app) as browser:
            for turn in range(10):
                answer = browser.get(addresses[(number * 7 + turn) % len(addresses)])
                if answer.status_code != 200:
                    failed.append(answer.status_code)

    people = [threading.Thread(target=one, args=(number,)) for number in range(50)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    return f"{len(failed)}, {500 / (time.perf_counter() - begin):.0f}"
