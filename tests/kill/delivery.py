"""Kills the process that delivers, with SIGKILL, at every step there is, and counts what arrives.

    python tests/kill/delivery.py            # every step, and 300 kills at random moments

A step is a transaction's beginning, end and commit, and every line of the dialogue with a real mail server, the last
line of DATA among them. After each kill the delivery runs again as a new process would, an hour later. It must hold:
every recipient gets every alert; a message that comes twice has the same Message-ID and the same bytes; one kill
doubles one message at most, and only one that was handed over already.
"""

import contextlib
import json
import os
import random
import signal
import socket
import sqlite3
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, NoReturn, Self, TextIO

from aiosmtpd.controller import Controller
from pydantic import SecretStr

from monitor import pipeline
from monitor.domain.alerts import Alert, AlertState, Change, NoticeReason, Signal
from monitor.domain.brand import Severity
from monitor.pipeline import House
from monitor.pipeline.posting import post
from monitor.service import build
from monitor.service.environment import Environment
from reports import mail, smtp
from storage import alerts as alert_rows
from storage.store import Store

BRAND = """\
brand: {name: Veloria}
facts: [{id: founded, kind: year, about: founding year, value: 2011}]
alerts: {to: [%s]}
"""
BEGINNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NEVER = 10**9


class Mailbox:
    """Keeps what a real mail server took."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's name
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return "250 OK"


# In the process that is killed


@dataclass
class Tripwire:
    """Ends the process at the Nth step, as a power cut would."""

    left: int

    def step(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class WiredStore:
    """A store whose every transaction has a step before it, before its commit and after it."""

    def __init__(self, store: Store, wire: Tripwire) -> None:
        self._store, self._wire = store, wire
        self.snapshot = store.snapshot

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Any]:
        self._wire.step()
        with self._store.transaction() as tx:
            yield tx
            self._wire.step()
        self._wire.step()


def _wire_dialogue(wire: Tripwire) -> None:
    heard = smtp._Dialogue.getreply

    def getreply(self: Any) -> Any:
        wire.step()  # what was said last is on its way, the message itself among it
        reply = heard(self)
        wire.step()
        return reply

    smtp._Dialogue.getreply = getreply  # type: ignore[method-assign]


def furnish(folder: str, port: int) -> House:
    """Make all that a process needs before it opens the store; every process has a copy of it."""
    environment = Environment(smtp_url=SecretStr(f"smtp://127.0.0.1:{port}"))
    settings = build.read_brand(Path(folder) / "brand.yaml")
    with contextlib.closing(Store.open(f"sqlite:///{folder}/likeness.db")) as store:
        made = build.build(settings, environment, store=store, keys={})
        with store.snapshot() as tx:
            (notice,) = post(made, tx, _changes(0, BEGINNING), BEGINNING)[:1]
    mail.compose(notice, sender="likeness@veloria.example")  # templates are compiled once
    return made


def deliver(made: House, folder: str, number: int, now: datetime, kill_at: int) -> None:
    """Decide on the alerts of scenario `number` unless that was done, and tell what waits."""
    wire = Tripwire(kill_at)
    _wire_dialogue(wire)
    with contextlib.closing(Store.open(f"sqlite:///{folder}/likeness.db")) as store:
        house = replace(made, store=WiredStore(store, wire), clock=lambda: now)
        with house.store.transaction() as tx:
            known = {alert.id for alert in alert_rows.open_alerts(tx, "Veloria")}
            changes = [one for one in _changes(number, now) if one.alert.id not in known]
            alert_rows.apply(tx, changes, post(house, tx, changes, now), now)
        pipeline.tell(house)


def _changes(number: int, now: datetime) -> list[Change]:
    names = [f"fact-{number}-{letter}" for letter in "ab"]
    return [Change(reason=NoticeReason.OPENED, alert=_alert(name, now)) for name in names]


def _alert(name: str, now: datetime) -> Alert:
    signal_ = Signal(
        rule="wrong_fact", subject=name, key=f"wrong_fact:{name}", severity=Severity.MAJOR, headline=f"says {name}."
    )
    return Alert(
        id=name, brand="Veloria", key=signal_.key, state=AlertState.OPEN, opened_at=now, last_notice_at=now,
        signal=signal_,
    )  # fmt: skip


def nursery(orders: TextIO, answers: TextIO) -> None:
    """Fork a process for each line of orders: it starts in a blink, because all is imported already."""
    made = None
    for line in orders:
        order = json.loads(line)
        made = made or furnish(order["folder"], order["port"])
        child = os.fork()
        if child == 0:
            _born(made, order)
        if order["seconds"] is not None:
            time.sleep(order["seconds"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        ended = "killed" if os.WIFSIGNALED(status) else "ended" if os.WEXITSTATUS(status) == 0 else "failed"
        print(ended, file=answers, flush=True)


def _born(made: House, order: dict[str, Any]) -> NoReturn:
    """Deliver, and end without tidying up what belongs to the process that this one is a copy of."""
    code = 1
    try:
        deliver(made, order["folder"], order["number"], datetime.fromisoformat(order["now"]), order["at"])
        code = 0
    finally:
        os._exit(code)


# In the process that watches


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _open_nursery() -> tuple[int, TextIO, TextIO]:
    """Fork before there are threads: a copy of a process with threads may be stuck."""
    (hears, orders), (reads, answers) = os.pipe(), os.pipe()
    nursery_id = os.fork()
    if nursery_id == 0:
        os.close(orders)
        os.close(reads)
        try:
            nursery(os.fdopen(hears), os.fdopen(answers, "w"))
        finally:
            os._exit(0)
    os.close(hears)
    os.close(answers)
    return nursery_id, os.fdopen(orders, "w"), os.fdopen(reads)


@dataclass
class Tally:
    scenarios: int = 0
    kills: int = 0
    messages: int = 0
    doubled: int = 0
    wrong: list[str] = field(default_factory=list)  # sentences; empty: every promise was kept


class Watch:
    """A mail server, a folder, and processes that come and go."""

    def __init__(self, folder: Path, recipients: int) -> None:
        self.people = [f"p{number}@veloria.example" for number in range(recipients)]
        (folder / "brand.yaml").write_text(BRAND % ", ".join(self.people))
        self.folder, self.box, self.tally = folder, Mailbox(), Tally()
        self.port = _free_port()
        self._nursery, self._orders, self._answers = _open_nursery()

    def __enter__(self) -> Self:
        self._controller = Controller(self.box, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        self.run(0, BEGINNING)
        return self

    def __exit__(self, *_args: object) -> None:
        self._controller.stop()
        self._orders.close()
        os.waitpid(self._nursery, 0)
        self._answers.close()

    def run(self, number: int, now: datetime, *, kill_at: int = NEVER, seconds: float | None = None) -> bool:
        """Let a process deliver; whether it was killed."""
        order = {"folder": str(self.folder), "port": self.port, "number": number, "now": now.isoformat()}
        self._orders.write(json.dumps(order | {"at": kill_at, "seconds": seconds}) + "\n")
        self._orders.flush()
        ended = self._answers.readline().strip()
        self._unless(ended in {"killed", "ended"}, f"scenario {number}: the process {ended or 'is gone'}")
        return ended == "killed"

    def scenario(self, *, kill_at: int = NEVER, seconds: float | None = None) -> bool:
        """Kill once, run again an hour later, and hold what arrived against the promises; whether a kill fell."""
        self.tally.scenarios += 1
        number, before = self.tally.scenarios, len(self.box.taken)
        now = BEGINNING + timedelta(days=number)
        killed = self.run(number, now, kill_at=kill_at, seconds=seconds)
        handed_over = len(self.box.taken) - before
        self.run(number, now + timedelta(hours=1))
        self.tally.kills += killed
        self._judge(number, self.box.taken[before:], handed_over, killed=killed)
        return killed

    def _judge(self, number: int, taken: list[tuple[str, bytes]], handed_over: int, *, killed: bool) -> None:
        copies: dict[tuple[str, str], list[bytes]] = defaultdict(list)
        for to, content in taken:
            copies[to, str(message_from_bytes(content, policy=policy.default)["Message-ID"])].append(content)
        doubled = sum(len(each) - 1 for each in copies.values())
        self.tally.messages += len(taken)
        self.tally.doubled += doubled
        lost = [to for to in self.people for letter in "ab" if not _told(taken, to, f"fact-{number}-{letter}")]
        self._unless(not lost, f"scenario {number}: {lost} missed an alert")
        self._unless(len(copies) == len(self.people), f"scenario {number}: other messages than one for each")
        same = all(each.count(each[0]) == len(each) for each in copies.values())
        self._unless(same, f"scenario {number}: a message came again with other bytes")
        allowed = 1 if killed and handed_over else 0
        self._unless(doubled <= allowed, f"scenario {number}: {doubled} doubled, {handed_over} were handed over")

    def _unless(self, kept: bool, sentence: str) -> None:  # noqa: FBT001 -- the first half of a sentence
        if not kept:
            self.tally.wrong.append(sentence)

    def ended(self) -> Tally:
        with sqlite3.connect(self.folder / "likeness.db") as store:
            (whole,) = store.execute("PRAGMA integrity_check").fetchone()
            left = Counter(state for (state,) in store.execute("SELECT state FROM notices WHERE state != 'sent'"))
        self._unless(whole == "ok", f"the database is damaged: {whole}")
        self._unless(not left, f"messages are left: {dict(left)}")
        return self.tally


def _told(taken: list[tuple[str, bytes]], to: str, name: str) -> bool:
    return any(name.encode() in content for recipient, content in taken if recipient == to)


def at_every_step(watch: Watch, *, stride: int = 1) -> None:
    """Kill at the first step, the second, ... until a run ends before it is killed."""
    kill_at = 1
    while watch.scenario(kill_at=kill_at):
        kill_at += stride


def at_random_moments(watch: Watch, times: int, *, seed: int = 0, longest: float = 0.15) -> None:
    rng = random.Random(seed)  # noqa: S311  -- when to kill
    for _ in range(times):
        watch.scenario(seconds=rng.uniform(0, longest))


def play(*, recipients: int = 2, stride: int = 1, random_kills: int = 0) -> Tally:
    """Return what came of it; `wrong` is empty where every promise was kept."""
    with tempfile.TemporaryDirectory() as folder, Watch(Path(folder), recipients) as watch:
        at_every_step(watch, stride=stride)
        at_random_moments(watch, random_kills)
        return watch.ended()


def rows(*, random_kills: int = 300) -> Iterator[tuple[str, str]]:
    """Yield what is to be printed: name, value."""
    tally = play(random_kills=random_kills)
    yield "kills of the delivery, at every step and at random moments", str(tally.kills)
    yield "messages that arrived", str(tally.messages)
    yield "of them a second copy, with the same Message-ID and bytes", str(tally.doubled)
    yield "alerts lost, other doubles, broken promises", str(len(tally.wrong))
    for sentence in tally.wrong:
        yield "broken", sentence


def main(show: Callable[[str], object] = print) -> int:
    found = list(rows())
    for name, value in found:
        show(f"{name:62} {value}")
    return int(any(name == "broken" for name, _ in found))


if __name__ == "__main__":
    sys.exit(main())
