"""The server of the pages: on its own, or in a thread beside the clock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import uvicorn

from monitor.domain.errors import Mistake
from monitor.service import accounts
from monitor.service.desk import Desk
from monitor.web.app import LOOPBACK, create

PORT = 8400


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _server(desk: Desk, *, host: str, port: int, names: tuple[str, ...]) -> uvicorn.Server:
    """Raises Mistake for an address beyond this machine while nobody has an account."""
    if not _is_loopback(host) and not accounts.any_account(desk.store):
        raise Mistake(
            f"{host} can be reached by others, and no account exists; make one with `likeness accounts add`, "
            "or serve on 127.0.0.1."
        )
    here = _is_loopback(host)
    hosts = {*LOOPBACK, *names} if names or here else {"*"}
    app = create(desk, hosts=hosts, secure=bool(names), only_this_machine=here and not names)
    config = uvicorn.Config(
        app, host=host, port=port, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=5
    )
    return uvicorn.Server(config)


def run(desk: Desk, *, host: str = "127.0.0.1", port: int = PORT, names: tuple[str, ...] = ()) -> None:
    """Serve until stopped."""
    desk.learn()
    _server(desk, host=host, port=port, names=names).run()


@contextmanager
def beside(desk: Desk, *, host: str = "127.0.0.1", port: int = PORT, names: tuple[str, ...] = ()) -> Iterator[None]:
    """Serve in a thread for as long as the block lasts; the clock keeps the signals."""
    server = _server(desk, host=host, port=port, names=names)
    desk.learn()
    thread = threading.Thread(target=server.run, name="pages", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=10)
