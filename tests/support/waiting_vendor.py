"""A vendor that says when it is asked, and answers once it is let go."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE = 60  # seconds after which it answers by itself
REPLY = {
    "model": "m",
    "choices": [{"message": {"content": "Veloria was founded in 2011."}, "finish_reason": "stop"}],
    "usage": {},
}


class WaitingVendor(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.asked, self.go = threading.Semaphore(0), threading.Event()
        self.calls = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Answering(BaseHTTPRequestHandler):
    server: WaitingVendor

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls += 1
        self.server.asked.release()
        self.server.go.wait(PATIENCE)
        body = json.dumps(REPLY).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def waiting() -> Iterator[WaitingVendor]:
    server = WaitingVendor()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.go.set()
    server.shutdown()
    server.server_close()
