"""The whole path: rounds that happen once, survive a kill, and reach a mailbox."""

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from monitor.service import build, clock
from monitor.service.environment import Environment
from tests.support.chat import Chat

LIKENESS = str(Path(sys.executable).with_name("likeness"))


class Mailbox:
    """Keeps what a real SMTP server took."""

    def __init__(self) -> None:
        self.received = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.received.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 OK"


@pytest.fixture
def mailbox(monkeypatch):
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("LIKENESS_SMTP_URL", f"smtp://127.0.0.1:{port}")
    yield box
    controller.stop()


def counted(folder, query):
    with sqlite3.connect(folder / "likeness.db") as store:
        return store.execute(query).fetchone()[0]


def test_a_mail_reaches_a_real_mailbox(workplace, likeness, mailbox, answers_turn_wrong):
    text = (workplace / "brand.yaml").read_text()
    (workplace / "brand.yaml").write_text(text.replace(", smtp: folder", ""))
    likeness("run")
    answers_turn_wrong()
    ran = likeness("run")
    assert ran.code == 0, ran.err
    assert [to for to, _ in mailbox.received] == [["brand@veloria.example"]] * 2
    assert "1987" in mailbox.received[1][1]


def test_a_silent_assistant_does_not_stop_the_others(workplace, likeness):
    lines = (workplace / "answers.jsonl").read_text().splitlines()
    (workplace / "answers.jsonl").write_text("\n".join(line for line in lines if '"two"' not in line))
    ran = likeness("run")
    assert ran.code == 3
    assert "partial" in ran.out
    assert counted(workplace, "SELECT count(*) FROM answers") == 4
    assert counted(workplace, "SELECT count(*) FROM alerts WHERE rule = 'silent_assistant'") == 1


def test_a_missing_key_names_its_variable_and_the_others_go_on(workplace, likeness, monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    text = (workplace / "brand.yaml").read_text()
    (workplace / "brand.yaml").write_text(
        text.replace("schedule:", "  - {id: three, use: openai, model: gpt-5-mini}\nschedule:")
    )
    ran = likeness("run")
    assert counted(workplace, "SELECT count(*) FROM answers") == 8
    assert counted(workplace, "SELECT count(*) FROM attempts WHERE detail LIKE '%OPENAI_API_KEY%'") == 4
    assert "no key 4" in ran.out


@pytest.fixture
def house(workplace):
    settings = build.read_brand(workplace / "brand.yaml")
    now = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)

    class Hands:
        def __init__(self) -> None:
            self.now = now

        def __call__(self) -> datetime:
            return self.now

    with build.open_store(Environment()) as store:
        yield build.build(settings, Environment(), store=store, clock=Hands())


def tick(house, hours=0):
    house.clock.now += timedelta(hours=hours)
    asyncio.run(clock.tick(house, stop=asyncio.Event()))


def test_a_slot_is_asked_once_however_often_the_clock_ticks(house, workplace):
    tick(house)
    tick(house, hours=6)
    tick(house)
    tick(house, hours=1)
    assert counted(workplace, "SELECT count(*) FROM rounds") == 1
    assert counted(workplace, "SELECT key FROM rounds") == "2026-11-02T06:00"
    assert counted(workplace, "SELECT count(*) FROM answers") == 8


def test_asleep_for_three_days_asks_the_latest_and_writes_the_rest_down(house, workplace):
    tick(house)
    tick(house, hours=80)
    assert counted(workplace, "SELECT count(*) FROM rounds") == 1
    assert counted(workplace, "SELECT count(*) FROM slots WHERE purpose = 'skipped round'") == 3


def test_what_was_left_out_is_listed(house, likeness):
    tick(house)
    tick(house, hours=80)
    listed = " ".join(likeness("rounds").out.split())
    assert (
        "Left out by `catch_up:` in the last 30 days: 2026-11-02T06:00, 2026-11-03T06:00 and 2026-11-04T06:00."
        in listed
    )


def test_a_first_scheduled_round_without_an_answer_is_told(house, workplace):
    whole = (workplace / "answers.jsonl").read_text()
    (workplace / "answers.jsonl").write_text("")
    tick(house)
    tick(house, hours=30)
    assert counted(workplace, "SELECT key FROM alerts") == "silent_assistant:most"
    assert counted(workplace, "SELECT reason FROM notices") == "opened"
    (workplace / "answers.jsonl").write_text(whole)
    tick(house, hours=24)
    assert counted(workplace, "SELECT count(*) FROM notices WHERE reason = 'opening_balance'") == 1


def test_a_clock_that_goes_back_a_day_asks_nothing_twice(house, workplace):
    tick(house)
    tick(house, hours=30)
    tick(house, hours=-24)
    tick(house, hours=24)
    assert counted(workplace, "SELECT count(*) FROM rounds") == 1


class Vendor(Chat):
    """A chat completions address on loopback that counts its calls and answers slowly."""

    calls = 0

    def called(self, _asked):
        type(self).calls += 1
        time.sleep(0.05)
        self.reply("Veloria was founded in 2011.", model="local-1")


@pytest.fixture
def vendor(workplace):
    Vendor.calls = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Vendor)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/v1"
    text = (workplace / "brand.yaml").read_text()
    start, end = text.index("assistants:"), text.index("schedule:")
    quick = "options: {requests_per_minute: 60000, tokens_per_minute: 60000000}"
    local = f"assistants:\n  - {{id: local, use: openai_compatible, model: local-1, base_url: '{address}', {quick}}}\n"
    text = text[:start] + local + text[end:]
    (workplace / "brand.yaml").write_text(text.replace("samples: 2", "samples: 20").replace("per_month: 5, ", ""))
    yield server
    server.shutdown()
    server.server_close()


def environment():
    return {**os.environ, "LIKENESS_SMTP_URL": ""}


def test_a_round_over_real_http_keeps_the_raw_exchange(workplace, likeness, vendor):
    ran = likeness("run")
    assert ran.code == 0, ran.out + ran.err
    assert Vendor.calls == 40
    assert counted(workplace, "SELECT count(*) FROM exchanges") == 40
    assert counted(workplace, "SELECT served_model FROM answers LIMIT 1") == "local-1"


def test_a_killed_round_loses_no_answer_and_is_finished_later(workplace, likeness, vendor):
    kills = 0
    for _ in range(3):
        running = subprocess.Popen(
            [LIKENESS, "run", *(["--resume"] if kills else [])],
            cwd=workplace,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        before = Vendor.calls
        while Vendor.calls < before + 5 and running.poll() is None:
            time.sleep(0.01)
        if running.poll() is None:
            running.send_signal(signal.SIGKILL)
            kills += 1
        running.wait()
    assert kills
    likeness("run", "--resume")
    assert counted(workplace, "SELECT count(*) FROM rounds") == 1
    assert counted(workplace, "SELECT count(*) FROM rounds WHERE state = 'open'") == 0
    answered = counted(workplace, "SELECT count(*) FROM attempts WHERE newest AND state = 'answered'")
    unknown = counted(workplace, "SELECT count(*) FROM attempts WHERE newest AND state = 'unknown'")
    assert answered + unknown == 40
    assert Vendor.calls <= 40 + unknown
    assert counted(workplace, "PRAGMA integrity_check") == "ok"


def test_serve_stops_cleanly(workplace, vendor):
    serving = subprocess.Popen(
        [LIKENESS, "serve"], cwd=workplace, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    for line in serving.stderr:
        if b"serving" in line:
            break
    serving.send_signal(signal.SIGTERM)
    _, said = serving.communicate(timeout=30)
    assert serving.returncode == 0
    assert b"stopped" in said
    assert b"Traceback" not in said


PRICES = """\
[[price]]
use = "openai_compatible"
model = "local-1"
per_million_input = "1000"
per_million_output = "1000"
read_on = 2026-11-01
source = "this test"
"""


def test_the_budget_is_never_passed(workplace, likeness, vendor, monkeypatch):
    (workplace / "prices.toml").write_text(PRICES)
    monkeypatch.setenv("LIKENESS_PRICES", "prices.toml")
    text = (workplace / "brand.yaml").read_text()
    (workplace / "brand.yaml").write_text(
        text.replace("budget: {currency: USD}", "budget: {per_month: 0.01, currency: USD}")
    )
    ran = likeness("run")
    assert ran.code == 3
    assert "budget 40" in ran.out
    assert Vendor.calls == 0
