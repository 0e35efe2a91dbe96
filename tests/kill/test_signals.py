"""Programs that are told to end, or stopped and continued, in the middle of a call."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

LIKENESS = str(Path(sys.executable).with_name("likeness"))
BRAND = """\
brand: {name: Veloria}
facts: [{id: founded, kind: year, about: founding year, value: 2011, says: Veloria was founded in 2011.}]
prompts: [{id: who, text: What is Veloria?}, {id: best, text: Which city bikes are good?}]
assistants: [{id: local, use: openai_compatible, model: m, base_url: "URL", options: {concurrency: 1}}]
alerts: {to: [brand@veloria.example], smtp: folder}
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a brand, and a vendor that answers when it is told to."""
    asked, go = threading.Semaphore(0), threading.Event()
    calls = []

    class Vendor(BaseHTTPRequestHandler):
        def do_POST(self):
            calls.append(self.rfile.read(int(self.headers["Content-Length"])))
            asked.release()
            go.wait(60)
            message = {"message": {"content": "Veloria was founded in 2011."}, "finish_reason": "stop"}
            body = json.dumps({"model": "m", "choices": [message], "usage": {}}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Vendor)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    text = BRAND.replace("URL", f"http://127.0.0.1:{server.server_port}/v1")
    (tmp_path / "brand.yaml").write_text(text)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LIKENESS_")}

    def run(*more: str):
        return subprocess.Popen(
            [LIKENESS, "run", *more], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    yield tmp_path, run, asked, go, calls
    go.set()
    server.shutdown()
    server.server_close()


def states(folder):
    with sqlite3.connect(folder / "likeness.db") as store:
        return store.execute("SELECT state, count(*) FROM attempts GROUP BY state ORDER BY state").fetchall()


def test_a_round_told_to_end_in_mid_call_keeps_what_comes_in_time(place):
    folder, run, asked, go, calls = place
    program = run()
    assert asked.acquire(timeout=60)
    program.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    go.set()
    out, _ = program.communicate(timeout=60)
    assert b"Traceback" not in out
    assert program.returncode == 3
    assert ("answered", 1) in states(folder)
    assert len(calls) == 1, "the second probe was not begun"
    again = run("--resume")
    again.communicate(timeout=60)
    assert again.returncode == 0
    assert dict(states(folder))["answered"] == 2
    assert len(calls) == 2


def test_a_program_that_was_stopped_and_continued_brings_its_answer_and_asks_nothing_twice(place):
    folder, run, asked, go, calls = place
    program = run()
    assert asked.acquire(timeout=60)
    program.send_signal(signal.SIGSTOP)
    try:
        with sqlite3.connect(folder / "likeness.db") as store:  # an hour passes, and another host gives it up
            store.execute("UPDATE attempts SET state = 'unknown', owner = ''")
        go.set()
        time.sleep(0.2)
    finally:
        program.send_signal(signal.SIGCONT)
    program.communicate(timeout=60)
    assert states(folder) == [("answered", 2)]
    assert len(calls) == 2
