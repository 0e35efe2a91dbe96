"""The pages are told to end while a round runs that was started on them."""

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import time

import pytest

from monitor.service.desk import brand_key
from tests.kill.test_signals import BRAND, LIKENESS, states
from tests.support.waiting_vendor import waiting

YEARLY = 'schedule: {cron: "0 0 1 1 *", timezone: UTC}\n'  # nothing is due while this test runs


@pytest.fixture
def serving(tmp_path):
    """Begins to serve a brand, at a port and by a command that are named, and has it end with the test."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LIKENESS_")}
    begun = []

    def begin(command, port, vendor):
        (tmp_path / "brand.yaml").write_text(BRAND.replace("URL", vendor.address) + YEARLY)
        with (tmp_path / "said.txt").open("w") as said:
            line = [LIKENESS, command, "--port", str(port)]
            begun.append(subprocess.Popen(line, cwd=tmp_path, env=environment, stdout=said, stderr=subprocess.STDOUT))
        return begun[-1]

    yield begin
    for program in begun:
        program.kill()
        program.wait()


@pytest.mark.parametrize("command", ["pages", "serve"])
def test_a_round_started_on_a_page_ends_as_one_of_run_does(tmp_path, serving, command):
    with waiting() as vendor:
        port = free_port()
        program = serving(command, port, vendor)
        assert run_now(port) == 201
        assert vendor.asked.acquire(timeout=60)
        program.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        vendor.go.set()
        code, said = program.wait(timeout=60), (tmp_path / "said.txt").read_text()
        assert (code, "Traceback" in said) == (0, False), said
        assert vendor.calls == 1, "the second probe was not begun"
    assert ("answered", 1) in states(tmp_path), "what comes in time is kept"
    with sqlite3.connect(tmp_path / "likeness.db") as store:
        ended = store.execute("SELECT state, why FROM rounds").fetchall()
        assert ended == [("partial", "it was stopped; 1 question was not asked")]
        assert store.execute("SELECT count(*) FROM readings").fetchone() == (1,)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def run_now(port):
    """Start a round as a program does, once the pages answer."""
    ends = time.monotonic() + 60
    while True:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            line.request("POST", f"/api/v1/brands/{brand_key('Veloria')}/rounds")
            return line.getresponse().status
        except ConnectionRefusedError:
            assert time.monotonic() < ends
            time.sleep(0.1)
        finally:
            line.close()
