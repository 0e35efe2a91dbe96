"""A browser over the pages of a small brand; whatever it opens, it asks nobody else and complains of nothing."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page

from monitor.service import accounts, build
from monitor.service.desk import Desk
from reports.pdf import pdf
from tests.browser import serving
from tests.support import town

Open = Callable[..., Page]


@pytest.fixture(autouse=True, scope="module")
def _quick_passwords() -> Iterator[None]:
    """Passwords cost a quarter of a second by intent; tests need several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def eight_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("eight-days")
    town.settle(folder)
    return folder


@pytest.fixture(scope="module")
def desk(eight_days: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk over a copy of those days, for one file of tests."""
    folder = tmp_path_factory.mktemp("desk") / "copy"
    shutil.copytree(eight_days, folder)
    where = town.environment(folder)
    with build.open_store(where) as store:
        yield Desk(store=store, environment=where, files=(folder / "brand.yaml",), clock=town.Hands(), draw=pdf)


@pytest.fixture(scope="module")
def served(desk: Desk) -> Iterator[serving.Served]:
    with serving.served(desk) as here:
        yield here


@pytest.fixture(scope="module")
def home(served: serving.Served) -> str:
    return served.home(town.NAME)


@pytest.fixture(scope="module")
def chromium(served: serving.Served) -> Iterator[Browser]:
    """One browser for a file of tests: while it runs, no other test of this process may run an event loop."""
    if serving.chromium() is None:
        pytest.skip("no chromium is installed; `apt-get install chromium` brings one")
    with serving.opened() as browser:
        yield browser


@pytest.fixture
def witness() -> serving.Witness:
    return serving.Witness()


@pytest.fixture
def new_page(chromium: Browser, served: serving.Served, witness: serving.Witness) -> Iterator[Open]:
    """Open a page in a context of its own; at the end nothing that it did may be strange."""
    contexts = []

    def new(**how: object) -> Page:
        context = chromium.new_context(base_url=served.address, **how)
        contexts.append(context)
        context.set_default_timeout(serving.PATIENCE)
        page = context.new_page()
        witness.watch(page, f"127.0.0.1:{served.port}")
        return page

    yield new
    for context in contexts:
        context.close()
    assert witness.seen == []


@pytest.fixture
def page(new_page: Open) -> Page:
    return new_page()
