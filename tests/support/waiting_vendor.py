"""A vendor that says when it is asked, and answers once it is let go."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer

from tests.support.chat import Chat

PATIENCE = 60  # seconds after which it answers by itself


class WaitingVendor(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.asked, self.go = threading.Semaphore(0), threading.Event()
        self.calls = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Answering(Chat):
    server: WaitingVendor

    def called(self, _asked: object) -> None:
        self.server.calls += 1
        self.server.asked.release()
        self.server.go.wait(PATIENCE)
        self.reply("Veloria was founded in 2011.", model="m")


@contextmanager
def waiting() -> Iterator[WaitingVendor]:
    server = WaitingVendor()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.go.set()
    server.shutdown()
    server.server_close()
