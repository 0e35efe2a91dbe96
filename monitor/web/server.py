"""The server of the pages: on its own, or in a thread beside the clock."""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from types import FrameType

import structlog
import uvicorn
from fastapi import FastAPI

from monitor.domain.errors import Mistake
from monitor.service import accounts
from monitor.service.desk import Desk
from monitor.web import drawn_ahead
from monitor.web.app import LOOPBACK, create
from monitor.web.lean import share_memory

PORT = 8400

log = structlog.get_logger(__name__)


class PortTakenError(Mistake):
    """Something else listens where the pages would."""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def application(desk: Desk, *, host: str, names: tuple[str, ...], alone: bool = False) -> FastAPI:
    """Return the application for this address; Mistake for one beyond this machine while nobody has an account."""
    here = _is_loopback(host)
    if not here and not accounts.any_account(desk.store):
        raise Mistake(
            f"{host} can be reached by others, and no account exists; make one with `likeness accounts add`, "
            "or serve on 127.0.0.1."
        )
    hosts = {*LOOPBACK, *names} if names or here else {"*"}
    return create(desk, hosts=hosts, secure=bool(names), only_this_machine=here and not names, alone=alone)


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens; Mistake where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        why = f"The pages cannot listen on {host}:{port} ({error.strerror}); choose another --port."
        raise PortTakenError(why) from error
    return bound


def _server(desk: Desk, app: FastAPI) -> "_Server":
    share_memory()
    return _Server(
        uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=5), desk
    )


class _Server(uvicorn.Server):
    """Tells the rounds that were started on pages to end as soon as it is told itself."""

    def __init__(self, config: uvicorn.Config, desk: Desk) -> None:
        super().__init__(config)
        self._desk = desk

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._desk.rounds.tell()
        super().handle_exit(sig, frame)


@contextmanager
def _ending_by_itself() -> Iterator[None]:
    """Let the signal that ended the server not end the program, too: uvicorn raises it once more."""
    names = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(name, lambda *_: None) for name in names]
    try:
        yield
    finally:
        for name, handler in zip(names, before, strict=True):
            signal.signal(name, handler)


def run(
    desk: Desk,
    *,
    host: str = "127.0.0.1",
    port: int = PORT,
    names: tuple[str, ...] = (),
    on_open: Callable[[], None] = lambda: None,
) -> None:
    """Serve until stopped; `on_open` is called once the port is ours and the brand files are learnt."""
    app = application(desk, host=host, names=names, alone=True)
    with _bound(host, port) as bound:
        desk.learn()
        on_open()
        with drawn_ahead.drawing(desk), _ending_by_itself():
            _server(desk, app).run(sockets=[bound])
        desk.rounds.end()


@contextmanager
def beside(desk: Desk, *, host: str = "127.0.0.1", port: int = PORT, names: tuple[str, ...] = ()) -> Iterator[None]:
    """Serve in a thread for as long as the block lasts; the clock keeps the signals.

    Where the port is taken the block runs without pages: a round matters more.
    """
    app = application(desk, host=host, names=names)
    desk.learn()
    try:
        bound = _bound(host, port)
    except PortTakenError as taken:
        log.warning("no pages", why=str(taken))
        yield
        return
    server = _server(desk, app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, name="pages", daemon=True)
    thread.start()
    log.info("pages", address=f"http://{host}:{port}/")
    try:
        with drawn_ahead.drawing(desk):
            yield
    finally:
        desk.rounds.end()
        server.should_exit = True
        thread.join(timeout=10)
        bound.close()
