"""The pages on a port of this machine, and a browser that notes what it should never see."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import uvicorn
from playwright.sync_api import Browser, Page, Request, sync_playwright

from monitor.service.desk import Desk, brand_key
from monitor.web.app import create

PATIENCE = 60_000  # ms that a busy machine may take
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Return where a Chromium is, if one is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def opened() -> Iterator[Browser]:
    """Run a Chromium for as long as the block lasts. No event loop can be run in this thread meanwhile."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=list(_QUIET), timeout=PATIENCE)
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True)
class Served:
    """The pages of one desk under an address."""

    desk: Desk
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def home(self, brand: str) -> str:
        return f"{self.address}/b/{brand_key(brand)}"


@contextmanager
def served(desk: Desk) -> Iterator[Served]:
    """Serve in a thread, on a port that is free."""
    desk.learn()
    app = create(desk)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=1))
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Served(desk, bound.getsockname()[1])
        server.should_exit = True
        thread.join(timeout=30)


@dataclass
class Witness:
    """What a page did that a page of ours never does."""

    seen: list[str] = field(default_factory=list)
    refused_on_purpose: bool = False  # a test asks for something that is refused: its status is no finding

    def watch(self, page: Page, host: str) -> None:
        def asked(request: Request) -> None:
            if urlsplit(request.url).scheme in {"http", "https", "ws"} and urlsplit(request.url).netloc != host:
                self.seen.append(f"{page.url} asked for {request.url}")

        def dialog(shown: object) -> None:
            self.seen.append(f"{page.url} opened a dialog: {shown.message}")
            shown.dismiss()

        def said(message: object) -> None:
            status = message.text.startswith("Failed to load resource: the server responded with a status of 4")
            if message.type in {"error", "warning"} and not (status and self.refused_on_purpose):
                self.seen.append(f"{page.url} said on the console: {message.text}")

        page.on("request", asked)
        page.on("dialog", dialog)
        page.on("console", said)
        page.on("pageerror", lambda error: self.seen.append(f"{page.url} failed: {error}"))
