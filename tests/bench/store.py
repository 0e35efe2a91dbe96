"""What the store takes in, as ratios to the bare driver in the same run."""

import itertools
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from monitor.domain.answers import Exchange, Reply
from monitor.domain.brand import AssistantSettings, Prompt
from monitor.domain.readings import Citation, Claim, Mention, Outcome, Owner, Reading, Verdict
from monitor.domain.rounds import Outcome as Settled
from monitor.domain.rounds import Probe, Round, RoundKind
from storage import answers, readings, rounds
from storage.captures import Capture
from storage.received import keep
from storage.store import Store

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ANSWERS, IMPORTED = 1_000, 5_000
TEXT = "Corvane bags last for years, and the shop repairs them. " * 20


def rows() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        pairs = [(_raw_commits(Path(folder), n), _commits(Path(folder), n)) for n in range(3)]
    raw, own = (max(rates) for rates in zip(*pairs, strict=True))
    yield "one answer with exchange and readings a commit, bare driver", f"{raw:,.0f}/s"
    yield "the same through the store (at least 1,500/s where bare SQLite makes 9,500)", f"{own:,.0f}/s"
    yield "ratio to the bare driver (at least 0.16)", f"{max(b / a for a, b in pairs):.2f}"
    with tempfile.TemporaryDirectory() as folder:
        pairs = [(_raw_import(Path(folder), n), _import(Path(folder), n)) for n in range(3)]
    raw, own = (max(rates) for rates in zip(*pairs, strict=True))
    yield "import: bare executemany of the same rows", f"{raw:,.0f} answers/s"
    yield "import through the store", f"{own:,.0f} answers/s"
    yield "ratio (at least 0.5)", f"{max(b / a for a, b in pairs):.2f}"


_SENT = f"""
    INSERT INTO attempts (id, probe_id, brand, generation, newest, state, month, asked_at,
                          owner, request_hash, request_id, detail)
    SELECT 't' || id, id, 'B', 1, true, 'sent', '{NOW}', '{NOW}', '', '', '', '' FROM probes
"""  # noqa: S608  -- a moment of ours


def rate(count: int, work: Callable[[], None]) -> float:
    begin = time.perf_counter()
    work()
    return count / (time.perf_counter() - begin)


def _reading(answer: str) -> Reading:
    """Twelve rows with its answer and exchange: what an answer of a page brings."""
    return Reading(
        answer_id=answer,
        outcome=Outcome.ANSWER,
        mentions=tuple(Mention(start=n * 9, end=n * 9 + 7, entity="Corvane") for n in range(5)),
        citations=tuple(
            Citation(url=f"https://a.example/{n}", domain="a.example", owner=Owner.OTHER) for n in range(2)
        ),
        claims=tuple(Claim(start=n, end=n + 4, fact="f", verdict=Verdict.SUPPORTED, value="1") for n in range(2)),
        analyzer="1",
        sheet="s",
    )


def _commits(folder: Path, number: int) -> float:
    return commits(f"sqlite:///{folder / f'own{number}.db'}")


def commits(address: str) -> float:
    """Answers a second that an empty database at this address takes, a commit each."""
    store = Store.open(address)
    one = AssistantSettings(id="one", use="openai", model="m")
    probes = [
        Probe(id=f"p{n}", round_id="r", prompt=Prompt(id=f"q{n}", text="Which?"), assistant=one) for n in range(ANSWERS)
    ]
    with store.transaction() as tx:
        rounds.open_round(
            tx, round=Round(id="r", brand="B", kind=RoundKind.MANUAL, key="k", opened_at=NOW), probes=probes
        )
        tx.connection().exec_driver_sql(_SENT)
    exchange = Exchange(request="{}", response=b"x" * 1500, status=200, url="u", sent_at=NOW, received_at=NOW)
    outcome = Settled(reply=Reply(text=TEXT, served_model="m"), exchanges=(exchange,), cost=Decimal("0.01"))

    def work() -> None:
        for n in range(ANSWERS):
            with store.transaction() as tx:
                keep(tx, f"tp{n}", "B", outcome, new_id=lambda n=n: f"a{n}")
                readings.save(tx, [_reading(f"a{n}")], NOW)

    per_second = rate(ANSWERS, work)
    store.close()
    return per_second


def _raw_commits(folder: Path, number: int) -> float:
    """The same rows by the driver alone, their values made beforehand."""
    raw = sqlite3.connect(folder / f"raw{number}.db", isolation_level=None)
    raw.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE answers (id TEXT PRIMARY KEY, body TEXT);"
        "CREATE TABLE exchanges (id TEXT PRIMARY KEY, body BLOB);"
        "CREATE TABLE readings (id TEXT PRIMARY KEY, body TEXT);"
        "CREATE TABLE found (id TEXT, place INT, words TEXT, start INT, end INT, PRIMARY KEY (id, place));"
    )
    found = [[(f"a{n}", place, "Corvane", place, place + 7) for place in range(9)] for n in range(ANSWERS)]

    def work() -> None:
        for n in range(ANSWERS):
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT INTO answers VALUES (?, ?)", (f"a{n}", TEXT))
            raw.execute("INSERT INTO exchanges VALUES (?, ?)", (f"a{n}", b"x" * 1500))
            raw.execute("INSERT INTO readings VALUES (?, ?)", (f"a{n}", TEXT))
            raw.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?)", found[n])
            raw.execute("COMMIT")

    per_second = rate(ANSWERS, work)
    raw.close()
    return per_second


def captured() -> list[Capture]:
    numbers = itertools.count()
    return [
        Capture(
            text=f"{n} {TEXT}",
            prompt=Prompt(id=f"q{n % 50}", text=f"Question {n % 50}?"),
            assistant="Some app",
            asked_at=NOW + timedelta(seconds=n),
            run=n,
        )
        for n in itertools.islice(numbers, IMPORTED)
    ]


def _import(folder: Path, number: int) -> float:
    return imported(f"sqlite:///{folder / f'own{number}.db'}")


def imported(address: str) -> float:
    """Answers a second that an empty database at this address takes in one import."""
    store, captures = Store.open(address), captured()
    round_ = Round(id="r", brand="B", kind=RoundKind.IMPORTED, key="k", opened_at=NOW)

    def work() -> None:
        with store.transaction() as tx:
            answers.add_captured(tx, round_, captures)

    per_second = rate(IMPORTED, work)
    store.close()
    return per_second


def _raw_import(folder: Path, number: int) -> float:
    """Insert the very rows that an import has made, into the same tables, by the driver alone."""
    source = Store.open(f"sqlite:///{folder / f'from{number}.db'}")
    with source.transaction() as tx:
        answers.add_captured(tx, Round(id="r", brand="B", kind=RoundKind.IMPORTED, key="k", opened_at=NOW), captured())
    source.close()
    target = Store.open(f"sqlite:///{folder / f'into{number}.db'}")
    target.close()
    read = sqlite3.connect(folder / f"from{number}.db")
    made = {
        name: read.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608  -- names of ours
        for name in ("rounds", "prompts", "assistants", "probes", "attempts", "answers")
    }
    raw = sqlite3.connect(folder / f"into{number}.db")
    raw.execute("PRAGMA synchronous = NORMAL")

    def work() -> None:
        for name, lines in made.items():
            raw.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(lines[0]))})", lines)  # noqa: S608
        raw.commit()

    per_second = rate(IMPORTED, work)
    read.close()
    raw.close()
    return per_second
