"""What the store takes in on PostgreSQL, as ratios to the bare driver in the same run."""

from collections.abc import Iterator

import psycopg

from monitor.domain.rounds import Round, RoundKind
from storage import answers
from storage.store import Store
from tests.bench import store as sqlite
from tests.support.postgres import making, serving

_TABLES = (
    "CREATE TABLE answers (id TEXT PRIMARY KEY, body TEXT)",
    "CREATE TABLE exchanges (id TEXT PRIMARY KEY, body BYTEA)",
    "CREATE TABLE readings (id TEXT PRIMARY KEY, body TEXT)",
    'CREATE TABLE found (id TEXT, place INT, words TEXT, start INT, "end" INT, PRIMARY KEY (id, place))',
)
_IMPORTED = ("rounds", "prompts", "assistants", "probes", "attempts", "answers")


def rows() -> Iterator[tuple[str, str]]:
    with serving() as server:
        empty = making(server)
        pairs = [(_raw_commits(empty()), sqlite.commits(empty())) for _ in range(3)]
        raw, own = (max(rates) for rates in zip(*pairs, strict=True))
        yield "PostgreSQL: one answer with exchange and readings a commit, bare driver", f"{raw:,.0f}/s"
        yield "the same through the store", f"{own:,.0f}/s"
        yield "ratio (at least 0.5)", f"{max(b / a for a, b in pairs):.2f}"
        pairs = [(_raw_import(empty(), empty()), sqlite.imported(empty())) for _ in range(3)]
        raw, own = (max(rates) for rates in zip(*pairs, strict=True))
        yield "PostgreSQL: bare executemany of an import's rows", f"{raw:,.0f} answers/s"
        yield "import through the store", f"{own:,.0f} answers/s"
        yield "ratio (at least 0.5)", f"{max(b / a for a, b in pairs):.2f}"


def _raw_commits(address: str) -> float:
    """The same rows by the driver alone, their values made beforehand."""
    with psycopg.connect(address, autocommit=True) as raw:
        for statement in _TABLES:
            raw.execute(statement)
        found = [[(f"a{n}", place, "Corvane", place, place + 7) for place in range(9)] for n in range(sqlite.ANSWERS)]

        def work() -> None:
            for n in range(sqlite.ANSWERS):
                with raw.transaction(), raw.cursor() as cursor:
                    cursor.execute("INSERT INTO answers VALUES (%s, %s)", (f"a{n}", sqlite.TEXT))
                    cursor.execute("INSERT INTO exchanges VALUES (%s, %s)", (f"a{n}", b"x" * 1500))
                    cursor.execute("INSERT INTO readings VALUES (%s, %s)", (f"a{n}", sqlite.TEXT))
                    cursor.executemany("INSERT INTO found VALUES (%s, %s, %s, %s, %s)", found[n])

        return sqlite.rate(sqlite.ANSWERS, work)


def _raw_import(source: str, target: str) -> float:
    """Insert the very rows that an import has made, into the same tables, by the driver alone."""
    made_by = Store.open(source)
    with made_by.transaction() as tx:
        round_ = Round(id="r", brand="B", kind=RoundKind.IMPORTED, key="k", opened_at=sqlite.NOW)
        answers.add_captured(tx, round_, sqlite.captured())
    made_by.close()
    Store.open(target).close()
    with psycopg.connect(source) as read:
        made = {name: read.execute(f"SELECT * FROM {name}").fetchall() for name in _IMPORTED}  # noqa: S608
    with psycopg.connect(target) as raw, raw.cursor() as cursor:

        def work() -> None:
            for name, lines in made.items():
                places = ", ".join(["%s"] * len(lines[0]))
                cursor.executemany(f"INSERT INTO {name} VALUES ({places})", lines)  # noqa: S608
            raw.commit()

        return sqlite.rate(sqlite.IMPORTED, work)
