"""A small brand with a week of rounds, its pages over a real store, and browsers of paper."""

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from monitor.domain.accounts import Account, Right, Role
from monitor.pipeline import House
from monitor.service import accounts, build
from monitor.service.desk import Desk, brand_key
from monitor.web.app import create
from storage import accounts as account_rows
from storage import brands
from storage.store import Store
from tests.support import town


@dataclass(frozen=True)
class Stand:
    """The pages of the small brand."""

    desk: Desk
    hands: town.Hands
    folder: Path

    @property
    def store(self) -> Store:
        return self.desk.store

    @property
    def house(self) -> House:
        return self.desk.house(town.NAME)

    @property
    def home(self) -> str:
        return f"/b/{brand_key(town.NAME)}"

    def browser(self, **how: object) -> TestClient:
        return TestClient(create(self.desk, **how), follow_redirects=False)

    def keep_brands(self, names: Iterable[str]) -> None:
        """Keep brands beside the small one, so that somebody can be limited to them."""
        for name in names:
            source = self.house.settings.source.replace(repr(town.NAME), repr(name))
            with self.store.transaction() as tx:
                brands.use_settings(tx, build.parse_brand(source, self.folder / "brand.yaml"), self.hands())

    def account(self, email: str, password: str, role: Role = Role.VIEWER, **more: object) -> Account:
        """Make an account that can sign in."""
        self.keep_brands(set(more.get("brands") or ()) - set(self.desk.names()))
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


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost a quarter of a second by intent; tests of who may in need many."""
    monkeypatch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the brand's file, its recordings, and a store after eight rounds."""
    folder = tmp_path_factory.mktemp("week")
    town.settle(folder)
    return folder


@pytest.fixture
def stand(week: Path, tmp_path: Path) -> Iterator[Stand]:
    """The pages over a copy of that week."""
    folder = tmp_path / "stand"
    shutil.copytree(week, folder)
    hands = town.Hands()
    environment = town.environment(folder)
    with build.open_store(environment) as store:
        desk = Desk(store=store, environment=environment, files=(folder / "brand.yaml",), clock=hands)
        yield Stand(desk=desk, hands=hands, folder=folder)


@pytest.fixture
def browser(stand: Stand) -> TestClient:
    """Somebody at this machine."""
    return stand.browser()
