"""Programs that are told to end, or stopped and continued, in the middle of a call."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.waiting_vendor import waiting

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
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LIKENESS_")}

    def run(*more: str):
        return subprocess.Popen(
            [LIKENESS, "run", *more], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    with waiting() as vendor:
        (tmp_path / "brand.yaml").write_text(BRAND.replace("URL", vendor.address))
        yield tmp_path, run, vendor


def states(folder):
    with sqlite3.connect(folder / "likeness.db") as store:
        return store.execute("SELECT state, count(*) FROM attempts GROUP BY state ORDER BY state").fetchall()


def test_a_round_told_to_end_in_mid_call_keeps_what_comes_in_time(place):
    folder, run, vendor = place
    program = run()
    assert vendor.asked.acquire(timeout=60)
    program.send_signal(signal.SIGTERM)
    time.sleep(0.2)
    vendor.go.set()
    out, _ = program.communicate(timeout=60)
    assert b"Traceback" not in out
    assert program.returncode == 3
    assert ("answered", 1) in states(folder)
    assert vendor.calls == 1, "the second probe was not begun"
    again = run("--resume")
    again.communicate(timeout=60)
    assert again.returncode == 0
    assert dict(states(folder))["answered"] == 2
    assert vendor.calls == 2


def test_a_program_that_was_stopped_and_continued_brings_its_answer_and_asks_nothing_twice(place):
    folder, run, vendor = place
    program = run()
    assert vendor.asked.acquire(timeout=60)
    program.send_signal(signal.SIGSTOP)
    try:
        with sqlite3.connect(folder / "likeness.db") as store:  # an hour passes, and another host gives it up
            store.execute("UPDATE attempts SET state = 'unknown', owner = ''")
        vendor.go.set()
        time.sleep(0.2)
    finally:
        program.send_signal(signal.SIGCONT)
    program.communicate(timeout=60)
    assert states(folder) == [("answered", 2)]
    assert vendor.calls == 2
