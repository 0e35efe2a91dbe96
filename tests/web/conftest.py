"""A small brand with a week of rounds, its pages over a real store, and browsers of paper."""

import asyncio
import json
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from pydantic import SecretStr
from starlette.testclient import TestClient

from monitor.domain.accounts import Account, Right, Role
from monitor.domain.rounds import RoundKind
from monitor.pipeline import House
from monitor.service import accounts, build, runs
from monitor.service.desk import Desk, brand_key
from monitor.service.environment import Environment
from monitor.web.app import create
from storage import accounts as account_rows
from storage.store import Store

NAME = "Quarn & <b>Sons</b>"
BRAND = f"""\
brand:
  name: {NAME!r}
  aliases: [Quarn]
  domains: [quarn.example]
competitors:
  - {{name: Fennick, domains: [fennick.example]}}
facts:
  - {{id: founded, kind: year, about: founding year, value: 2009, says: Quarn was founded in 2009., severity: critical}}
  - {{id: stores, kind: number, about: number of shops, value: 41, unit: shops, says: Quarn has 41 shops.}}
watch: [recall]
prompts:
  - {{id: who, text: What is Quarn?, topic: facts}}
  - {{id: best, text: Who sells good rain coats?, topic: coats, intent: discovery}}
assistants:
  - {{id: alpha, use: replay, model: paper-1, search: true, options: {{file: answers.jsonl}}}}
  - {{id: beta, use: replay, model: paper-2, search: false, options: {{file: answers.jsonl}}}}
schedule: {{cron: "0 6 * * *", timezone: UTC}}
budget: {{per_month: 5}}
alerts: {{to: [brand@quarn.example], from: likeness@quarn.example, smtp: folder}}
"""
RIGHT = "Quarn was founded in 2009 and has 41 shops. [Its page](https://www.quarn.example/about) tells more."
WRONG = "Quarn was founded in 1974 <script>alert(1)</script> and has 41 shops. It recalled 300 rain coats in May."
LIST = "Good choices are:\n\n1. **Fennick** - well made.\n2. **Quarn** - a classic.\n"
LAST = datetime(2026, 3, 8, 12, tzinfo=UTC)


@dataclass
class Hands:
    """A clock that tests set."""

    now: datetime = LAST

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Stand:
    """The pages of the small brand."""

    desk: Desk
    hands: Hands
    folder: Path

    @property
    def store(self) -> Store:
        return self.desk.store

    @property
    def house(self) -> House:
        return self.desk.house(NAME)

    @property
    def home(self) -> str:
        return f"/b/{brand_key(NAME)}"

    def browser(self, **how: object) -> TestClient:
        return TestClient(create(self.desk, **how), follow_redirects=False)

    def account(self, email: str, password: str, role: Role = Role.VIEWER, **more: object) -> Account:
        """Make an account that can sign in."""
        made = accounts.add(self.store, email, role=role, now=self.hands(), new_id=email, **more)
        accounts.accept(self.store, made.word, password, self.hands())
        with self.store.snapshot() as tx:
            return account_rows.by_id(tx, email)

    def signed_in(self, role: Role = Role.VIEWER, *, email: str = "", more: tuple[Right, ...] = (), **how: object):
        """Return a browser in which somebody with this role is signed in."""
        email, password = email or f"{role}@quarn.example", "a sentence of some length"
        self.account(email, password, role, more=more, brands=how.pop("brands", None))
        browser = self.browser(**how)
        answer = browser.post("/sign-in", data={"email": email, "password": password})
        assert answer.status_code == 303
        return browser


def form_key(browser: TestClient, page: str) -> str:
    """Return what makes a form of this page ours."""
    found = re.search(r'name="form_key" value="([0-9a-f]{64})"', browser.get(page).text)
    assert found
    return found[1]


@pytest.fixture(name="form_key")
def form_key_of():
    return form_key


def recordings() -> str:
    rows = []
    for day in range(1, 9):
        for assistant in ("alpha", "beta"):
            who = WRONG if assistant == "beta" and day >= 5 else RIGHT
            for prompt, text in (("who", who), ("best", LIST)):
                row = {
                    "assistant": assistant,
                    "prompt": prompt,
                    "sample": 0,
                    "text": text,
                    "model": f"served-{assistant}",
                }
                rows.append(json.dumps(row | {"asked_at": f"2026-03-{day:02}T06:00:00Z"}))
    return "\n".join(rows) + "\n"


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost a quarter of a second by intent; tests of who may in need many."""
    monkeypatch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the brand's file, its recordings, and a store after eight rounds."""
    folder = tmp_path_factory.mktemp("week")
    (folder / "brand.yaml").write_text(BRAND, encoding="utf-8")
    (folder / "answers.jsonl").write_text(recordings(), encoding="utf-8")
    environment = _environment(folder)
    hands = Hands()
    with build.open_store(environment) as store:
        settings = build.read_brand(folder / "brand.yaml")
        house = build.build(settings, environment, store=store, clock=hands, rng=random.Random(0))  # noqa: S311 -- the same each time
        for day in range(1, 9):
            hands.now = datetime(2026, 3, day, 6, tzinfo=UTC)
            asyncio.run(runs.run(house, kind=RoundKind.SCHEDULED, key=f"2026-03-{day:02}T06:00", stop=asyncio.Event()))
    return folder


def _environment(folder: Path) -> Environment:
    return Environment(
        database_url=SecretStr(f"sqlite:///{folder / 'likeness.db'}"),
        mail_folder=folder / "mail",
        reports_folder=folder / "reports",
    )


@pytest.fixture
def stand(week: Path, tmp_path: Path) -> Iterator[Stand]:
    """The pages over a copy of that week."""
    folder = tmp_path / "stand"
    shutil.copytree(week, folder)
    hands = Hands()
    environment = _environment(folder)
    with build.open_store(environment) as store:
        desk = Desk(store=store, environment=environment, files=(folder / "brand.yaml",), clock=hands)
        yield Stand(desk=desk, hands=hands, folder=folder)


@pytest.fixture
def browser(stand: Stand) -> TestClient:
    """Somebody at this machine."""
    return stand.browser()
