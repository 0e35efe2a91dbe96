"""Real workers as processes, a PostgreSQL that can be restarted at once, and a vendor that takes its time."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path

import psutil
from procrastinate.schema import SchemaManager
from pydantic import SecretStr
from sqlalchemy import text

from monitor import pipeline
from monitor.domain.rounds import RoundKind
from monitor.service import build
from monitor.service.environment import Environment
from storage import brands, queueing
from storage.store import Store
from tests.support import postgres
from tests.support.chat import Chat

NURSERY = Path(__file__).parent.parent / "worker" / "nursery.py"
BRAND = """\
brand: {{name: {name}, domains: [{domain}]}}
competitors: [{{name: Pedalix, domains: [pedalix.example]}}]
facts:
  - {{id: founded, kind: year, about: founding year, value: 2011, says: Founded in 2011., severity: critical}}
prompts:
{prompts}
assistants:
  - {{id: local, use: openai_compatible, model: local-1, base_url: '{address}', options: {options}}}
schedule: {{cron: "{cron}", timezone: UTC, samples: {samples}}}
alerts: {{to: [brand@{domain}], from: likeness@{domain}, smtp: folder}}
"""


class Vendor(ThreadingHTTPServer):
    """Answers after `wait` seconds and counts who was asked what."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.wait = 0.05
        self.calls = Counter()
        self.text = "Veloria was founded in 2011. It makes good bikes."
        self.counting = threading.Lock()

    @property
    def total(self) -> int:
        return self.calls.total()

    def handle_error(self, *_: object):
        """A worker that was killed resets its calls: nothing to tell."""


class _Answering(Chat):
    protocol_version = "HTTP/1.1"

    def called(self, asked):
        with self.server.counting:
            self.server.calls[asked["messages"][-1]["content"]] += 1
        time.sleep(self.server.wait)
        with suppress(BrokenPipeError):
            self.reply(self.server.text, model="served-1", tokens=(10, 10))


@contextmanager
def vending() -> Iterator[Vendor]:
    server = Vendor()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class Database:
    """A PostgreSQL server that can be killed and started again."""

    def __init__(self, server) -> None:
        self.server = server
        self.empty = postgres.making(server)

    def stop(self) -> None:
        """Stop at once: no connection is ended politely, nothing is written out."""
        pid = self.server.get_pid()
        os.kill(pid, signal.SIGQUIT)
        until(lambda: not psutil.pid_exists(pid), "the server to end")

    def start(self) -> None:
        folder, control = self.server.pgdata, str(self.server.bin_path / "pg_ctl")
        how = ("-w", "-t", "120", "-o", f'-h "" -k {folder}', "-l", str(folder / "log"), "-D", str(folder), "start")
        subprocess.run([control, *how], check=True, stdout=subprocess.DEVNULL, user=self.server.system_user)
        self.server.ensure_postgres_running()


def until(found, what, seconds=120.0):
    """Wait until something is so; what it was is told where it never is."""
    ends = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.02)
    return value


def new_nursery() -> subprocess.Popen:
    """Return the process that workers are forked from; it ends when its input does."""
    return subprocess.Popen([sys.executable, str(NURSERY)], stdin=subprocess.PIPE)


class Works:
    """A folder of brands, a database, and the workers on it."""

    def __init__(self, folder: Path, url: str, vendor: Vendor, nursery: subprocess.Popen) -> None:
        self.nursery = nursery
        self.folder = folder
        self.url = url
        self.vendor = vendor
        (folder / "brands").mkdir()
        self.environment = Environment(database_url=SecretStr(url), mail_folder=folder / "mail")
        self.store = Store.open(url)
        steps = {path.name: path.read_text() for path in Path(SchemaManager.get_migrations_path()).glob("*.sql")}
        queueing.prepare(self.store, SchemaManager.get_schema(), steps)
        self.workers = []

    def brand(self, name="Veloria", *, prompts=4, samples=1, cron="0 0 1 1 *", **options: str):
        domain = f"{name.lower()}.example"
        asked = "\n".join(f"  - {{id: q{n}, text: 'Question {n} of {name}?'}}" for n in range(prompts))
        address = f"http://127.0.0.1:{self.vendor.server_port}/v1"
        given = json.dumps({"requests_per_minute": "60000", "concurrency": "4"} | options)
        written = BRAND.format(
            name=name, domain=domain, prompts=asked, address=address, options=given, samples=samples, cron=cron
        )
        path = self.folder / "brands" / f"{name.lower()}.yaml"
        path.write_text(written, encoding="utf-8")
        return path

    def house(self, path):
        house = build.build(build.read_brand(path), self.environment, store=self.store)
        return replace(house, enqueue=queueing.enqueue)

    def plan(self, path, key="one"):
        return pipeline.plan(self.house(path), kind=RoundKind.MANUAL, key=key)

    def known_for(self, path, ago: timedelta):
        """The brand is known since a while: what fell due since then is to be asked."""
        house = self.house(path)
        with self.store.transaction() as tx:
            brands.use_settings(tx, house.settings, build.utc_now() - ago)

    def start(self, count=1, asking=2):
        """Start workers and return their process numbers."""
        numbers = self.folder / "workers.txt"
        numbers.unlink(missing_ok=True)
        wanted = {"folder": str(self.folder), "url": self.url, "count": count, "asking": asking}
        self.nursery.stdin.write(json.dumps(wanted).encode() + b"\n")
        self.nursery.stdin.flush()
        until(numbers.exists, "the workers' start")
        born = [int(number) for number in numbers.read_text().split()]
        self.workers += born
        return born

    def ended(self, number):
        """Whether a worker has ended as one that was asked to."""
        return (self.folder / f"ended-{number}").exists()

    def linger(self, seconds):
        """Every step takes so much longer from now on, so that a worker can be met at it."""
        (self.folder / "linger.txt").write_text(str(seconds))

    def at(self, step):
        """Return the worker that began a step last."""
        steps = self.folder / "steps.txt"
        begun = [line.split() for line in steps.read_text().splitlines()] if steps.exists() else []
        return next((int(number) for name, number in reversed(begun) if name == step), None)

    def asking(self):
        """Return the worker whose call is out."""
        owner = self.ask("SELECT owner FROM attempts WHERE state = 'sent' LIMIT 1")
        return int(owner.split("/")[1]) if owner else None

    def said(self):
        return (self.folder / "said.log").read_text()

    def ask(self, query, **values: object):
        with self.store.snapshot() as tx:
            return tx.connection().execute(text(query), values).scalar()

    def count(self, rows, where="true"):
        return self.ask(f"SELECT count(*) FROM {rows} WHERE {where}")  # noqa: S608  -- written in these tests

    def closed(self, rounds=1):
        return self.count("rounds", "state <> 'open'") >= rounds

    def end(self):
        for number in self.workers:
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.store.close()


@contextmanager
def working() -> Iterator[Works]:
    """Yield works of their own, for a program that measures or kills them."""
    with postgres.serving() as server, vending() as vendor, new_nursery() as nursery:
        works = Works(Path(tempfile.mkdtemp()), postgres.making(server)(), vendor, nursery)
        try:
            yield works
        finally:
            works.end()
