"""Every test of the store runs on SQLite and on a real PostgreSQL; both are thrown away afterwards."""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from monitor.domain.answers import Exchange, Finish, Reply
from monitor.domain.brand import AssistantSettings, Budget, Entity, FactSheet, Prompt, Settings
from monitor.domain.rounds import Outcome, Probe, Round, RoundKind
from storage import answers, brands, rounds
from storage.ledger import StoreLedger
from storage.store import Store
from tests.support.postgres import making, serving

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A PostgreSQL server of this test run's own."""
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def empty_postgres(postgres: Any) -> Callable[[], str]:
    """Makes an empty database and returns its address."""
    return making(postgres)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'likeness.db'}"
    return str(request.getfixturevalue("empty_postgres")())


@pytest.fixture(scope="session")
def postgres_store(empty_postgres: Callable[[], str]) -> Iterator[Store]:
    """One store on PostgreSQL for all tests, which empty it after them: quicker than a database for each."""
    opened = Store.open(empty_postgres())
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An open store without rows."""
    if request.param == "sqlite":
        opened = Store.open(f"sqlite:///{tmp_path / 'likeness.db'}")
        yield opened
        opened.close()
        return
    shared = request.getfixturevalue("postgres_store")
    yield shared
    names = ", ".join(SQLModel.metadata.tables)
    with shared.transaction() as tx:
        tx.connection().exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


@pytest.fixture
def new_id() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"id{next(numbers)}"


class Samples:
    """Values that tests start from."""

    now = NOW
    brand = "Corvane"
    sheet = FactSheet(brand=Entity(name="Corvane"))
    settings = Settings(sheet=sheet, source="brand: {name: Corvane}", version="abc")

    @staticmethod
    def prompt(id_: str = "best", text: str = "Which bags last longest?", **more: Any) -> Prompt:
        return Prompt(id=id_, text=text, **more)

    @staticmethod
    def assistant(id_: str = "gpt5", **more: Any) -> AssistantSettings:
        return AssistantSettings(**{"id": id_, "use": "openai", "model": "gpt-5", **more})

    def round(self, id_: str = "r1", *, key: str = "2026-11-22T06:00", **more: Any) -> Round:
        return Round(
            **{"id": id_, "brand": self.brand, "kind": RoundKind.SCHEDULED, "key": key, "opened_at": NOW, **more}
        )

    def probes(self, count: int, round_id: str = "r1") -> list[Probe]:
        return [
            Probe(id=f"{round_id}-p{n}", round_id=round_id, prompt=self.prompt(f"q{n}"), assistant=self.assistant())
            for n in range(count)
        ]

    @staticmethod
    def outcome(text: str = "Corvane bags last for years.", *, cost: str | None = "0.01", **more: Any) -> Outcome:
        exchange = Exchange(
            request="{}", response=b'{"raw": "\xff"}', status=200, url="https://api.example.com/v1", sent_at=NOW
        )
        reply = Reply(**{"text": text, "finish": Finish.COMPLETE, "served_model": "gpt-5-2026", **more})
        return Outcome(reply=reply, exchanges=(exchange,), cost=None if cost is None else Decimal(cost))

    def open(self, store: Store, count: int = 3, round_id: str = "r1", **more: Any) -> list[Probe]:
        """Open a round with `count` probes."""
        probes = self.probes(count, round_id)
        with store.transaction() as tx:
            brands.use_settings(tx, self.settings, NOW)
            assert rounds.open_round(tx, round=self.round(round_id, **{"key": round_id, **more}), probes=probes)
        return probes

    def ledger(self, store: Store, new_id: Callable[[], str], budget: Budget | None = None, **more: Any) -> StoreLedger:
        return StoreLedger(
            store,
            brand=self.brand,
            budget=budget or Budget(),
            month_start=lambda now: now.replace(day=1, hour=0, minute=0, second=0, microsecond=0),
            new_id=new_id,
            **more,
        )


@pytest.fixture
def samples() -> Samples:
    return Samples()


@pytest.fixture
def answered(store: Store, samples: Samples, new_id: Callable[[], str]) -> str:
    """The id of one stored answer."""
    (probe,) = samples.open(store, 1)
    ledger = samples.ledger(store, new_id)
    attempt = ledger.reserve(probe, Decimal(0), samples.now)
    ledger.sent(attempt, "hash", samples.now)
    ledger.settle(attempt, samples.outcome(), samples.now)
    with store.snapshot() as tx:
        return answers.unread(tx, samples.brand, analyzer="1", sheet="abc")[0].id
