"""A program whose files cannot grow in the middle of a round: it pays for nothing meanwhile, and goes on by itself."""

import os
import resource
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.kill.test_signals import BRAND, LIKENESS, states
from tests.support.waiting_vendor import waiting

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a program's limits be set by another")


def test_a_round_waits_for_room_and_asks_on(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LIKENESS_")}
    said = tmp_path / "said.txt"
    with waiting() as vendor, said.open("w") as output:
        (tmp_path / "brand.yaml").write_text(BRAND.replace("URL", vendor.address))
        program = subprocess.Popen(
            [LIKENESS, "run"], cwd=tmp_path, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        assert vendor.asked.acquire(timeout=60)
        _, hard = resource.prlimit(program.pid, resource.RLIMIT_FSIZE)
        room = Path(tmp_path / "likeness.db-wal").stat().st_size
        resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (room, hard))
        vendor.go.set()
        wait_for(said, "asking waits until the store can write again")
        time.sleep(0.7)
        assert vendor.calls == 1, "nobody pays for an answer that cannot be kept"
        assert states(tmp_path) == [("sent", 1)]
        resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (hard, hard))
        assert program.wait(timeout=60) == 0
    assert states(tmp_path) == [("answered", 2)]
    assert vendor.calls == 2
    assert "Traceback" not in said.read_text()
    with sqlite3.connect(tmp_path / "likeness.db") as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def wait_for(file, words):
    ends = time.monotonic() + 30
    while words not in file.read_text():
        assert time.monotonic() < ends, file.read_text()
        time.sleep(0.02)
