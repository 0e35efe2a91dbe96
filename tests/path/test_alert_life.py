"""A wrong fact from the first answer to its correction and back, through the real store and a vendor on loopback."""

import asyncio
import threading
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from http.server import ThreadingHTTPServer

import pytest

from monitor import pipeline
from monitor.alerts import rules
from monitor.domain.confirming import ConfirmationState
from monitor.domain.errors import Mistake
from monitor.domain.rounds import RoundKind
from monitor.service import alerts as people
from monitor.service import build, runs
from monitor.service.environment import Environment
from storage import alerts, answers, confirmations, held, rounds, tallies
from tests.support.chat import Chat

RIGHT = "Veloria was founded in 2011."
WRONG = "Veloria was founded in 1987."
BRAND = """\
brand: {{name: Veloria, domains: [veloria.example]}}
facts:
  - {{id: founded, kind: year, about: founding year, value: 2011, says: "{right}", severity: critical}}
prompts:
  - {{id: who, text: What is Veloria?, topic: facts}}
  - {{id: when, text: When was Veloria founded?, topic: facts}}
assistants:
  - {{id: one, use: openai_compatible, model: local-1, base_url: "{one}"}}
  - {{id: two, use: openai_compatible, model: local-2, base_url: "{two}"}}
schedule: {{cron: "0 6 * * *", timezone: UTC, samples: 2}}
alerts: {{to: [brand@veloria.example], from: likeness@veloria.example, smtp: folder}}
confirm: {{samples: 6, siblings: 0}}
"""
START = datetime(2026, 11, 2, 6, 0, tzinfo=UTC)


@dataclass
class Vendor:
    """A chat completions address that answers from a script, then with its usual words."""

    usual: str = RIGHT
    script: deque[str] = field(default_factory=deque)
    calls: int = 0

    def next(self) -> str:
        self.calls += 1
        return self.script.popleft() if self.script else self.usual


@pytest.fixture
def vendors():
    """Two vendors on loopback, with their addresses."""
    made = [Vendor(), Vendor()]
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _replying(vendor)) for vendor in made]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made, [f"http://127.0.0.1:{server.server_port}/v1" for server in servers]
    for server in servers:
        server.shutdown()
        server.server_close()


def _replying(vendor):
    class Replying(Chat):
        def called(self, _asked):
            self.reply(vendor.next(), model="local")

    return Replying


class Life:
    """A brand whose days are run one by one."""

    def __init__(self, house, folder) -> None:
        self.house, self.folder, self.seen = house, folder, set()

    def day(self):
        """Run the next day's round; returns the mails that it brought, as (subject, text)."""
        self.house.clock.now += timedelta(days=1)
        key = self.house.clock.now.isoformat()
        asyncio.run(runs.run(self.house, kind=RoundKind.SCHEDULED, key=key, stop=asyncio.Event()))
        new = sorted(set((self.folder / "mail").glob("*.eml")) - self.seen)
        self.seen |= set(new)
        return [self._read(path) for path in new]

    def _read(self, path):
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        return str(mail["Subject"]), " ".join(mail.get_body(("plain",)).get_content().split())

    def asked(self, kind=RoundKind.CONFIRMING):
        with self.house.store.snapshot() as tx:
            seen = answers.observations(tx, "Veloria")
        return [one for one in seen if one.kind is kind]

    def alert(self):
        with self.house.store.snapshot() as tx:
            (found,) = alerts.alerts(tx, "Veloria", START, START + timedelta(days=400))
        return found


class Hands:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def life(tmp_path, monkeypatch, vendors):
    monkeypatch.chdir(tmp_path)
    for name in ("LIKENESS_DATABASE_URL", "LIKENESS_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    one, two = vendors[1]
    (tmp_path / "brand.yaml").write_text(BRAND.format(one=one, two=two, right=RIGHT), encoding="utf-8")
    settings = build.read_brand(tmp_path / "brand.yaml")
    with build.open_store(Environment()) as store:
        made = Life(build.build(settings, Environment(), store=store, clock=Hands()), tmp_path)
        assert len(made.day()) == 1  # the opening balance
        yield made


def test_from_the_first_wrong_answer_to_its_correction_and_back(life, vendors):
    (one, two), _ = vendors
    one.script.extend([RIGHT, RIGHT, WRONG, RIGHT, *[WRONG] * 3, RIGHT, *[WRONG] * 2])
    ((subject, text),) = life.day()
    assert "1987" in subject
    assert "5 of 6 extra samples" in text
    assert len(life.asked()) == 6
    alert = life.alert()
    assert alert.signal.voices[0].noun == "extra samples"
    with life.house.store.snapshot() as tx:
        summed = {tally.round_id for tally in tallies.load(tx, "Veloria", START.date(), date(2027, 1, 1))}
    assert summed.isdisjoint(one.round_id for one in life.asked())

    one.usual = two.usual = WRONG
    ((subject, text),) = life.day()
    assert subject.startswith("Worse: ")
    assert life.alert().told.assistants == ("one", "two")

    with pytest.raises(Mistake, match="likeness alerts"):
        people.acknowledge(life.house, "nonesuch", by="Ann")
    people.acknowledge(life.house, alert.id[:8], by="Ann", note="asked the vendor")
    one.usual = two.usual = RIGHT
    assert life.day() == []
    ((subject, text),) = life.day()
    assert subject.startswith("Resolved: ")
    closed = life.alert()
    assert [(voice.assistant_id, voice.rate.hits, voice.rate.of) for voice in closed.cleared.voices] == [
        ("one", 0, 8),
        ("two", 0, 8),
    ]
    assert RIGHT in [quote.text for quote in closed.cleared.quotes]

    two.usual = WRONG
    ((subject, text),) = life.day()
    assert subject.startswith("Back again: ")
    assert (life.alert().id, life.alert().opened_at) == (alert.id, alert.opened_at)


def test_what_a_person_silences_is_not_sent_and_comes_back(life, vendors):
    (one, two), _ = vendors
    one.usual = WRONG
    assert len(life.day()) == 1
    alert = life.alert()
    until = (life.house.clock.now + timedelta(days=3)).date()
    people.silence(life.house, alert.id, until=until, by="Ann", note="known")
    two.usual = WRONG
    assert life.day() == []
    assert life.day() == []
    assert [each.silenced.by for each in people.listed(life.house)] == ["Ann"]
    ((subject, _),) = life.day()
    assert subject.startswith("Worse: ")
    assert life.alert().silenced is None


def test_a_single_slip_is_asked_again_and_not_mailed(life, vendors):
    (one, _), _ = vendors
    one.script.extend([WRONG])
    assert life.day() == []
    assert len(life.asked()) == 6
    with life.house.store.snapshot() as tx:
        (slip,) = held.held(tx, "Veloria", START, START + timedelta(days=9))
        (asked,) = confirmations.since(tx, "Veloria", START)
    assert slip.why.startswith("It was asked for again at once: none of 6 extra samples")
    assert asked.state is ConfirmationState.SLIP
    assert life.day() == []
    assert len(life.asked()) == 6


def test_a_second_process_plans_nothing_more_and_a_killed_one_loses_nothing(life, vendors):
    (one, _), _ = vendors
    one.script.extend([WRONG])
    house = life.house
    house.clock.now += timedelta(days=1)
    planned = pipeline.plan(house, kind=RoundKind.SCHEDULED, key="day")
    asyncio.run(pipeline.ask(house, planned, on_settled=lambda *_: None, stop=asyncio.Event()))
    pipeline.read(house, planned.id)
    one.usual = WRONG
    for _ in range(3):  # decided, and killed before the extra samples were asked
        assert pipeline.decide(house, planned) == []
    with house.store.snapshot() as tx:
        assert len([one for one in rounds.open_rounds(tx, "Veloria") if one.kind is RoundKind.CONFIRMING]) == 1
    ran = asyncio.run(runs.resume(house, stop=asyncio.Event()))
    assert [change.reason for each in ran for change in each.changes] == ["opened"]
    assert len(life.asked()) == 6
    assert asyncio.run(runs.resume(house, stop=asyncio.Event())) == []


def test_what_is_kept_of_rounds_tells_what_all_their_answers_tell(life, vendors):
    (one, two), _ = vendors
    one.usual = WRONG
    for wrong in (WRONG, RIGHT, RIGHT, WRONG):
        two.usual = wrong
        life.day()
    house = life.house
    with house.store.snapshot() as tx:
        last = rounds.last_asked(tx, "Veloria")
        seen = answers.observations(tx, "Veloria", START, house.clock(), label=pipeline.naming(house.settings))
    for forgotten in (False, True):
        with house.store.transaction() as tx:
            if forgotten:  # as in a store from before it was kept
                tx.connection().exec_driver_sql("DELETE FROM look_backs")
        view = pipeline.looked_at(house, last)
        whole = replace(
            view,
            observations=tuple(each for each in seen if each.round_id == last.id),
            history=tuple(each for each in seen if each.round_id != last.id),
        )
        assert not all(each.text for each in view.history)
        assert {(o.answer_id, o.asked_at) for o in view.history} == {(o.answer_id, o.asked_at) for o in whole.history}
        assert [rule.find(view) for rule in rules.ALL.values()] == [rule.find(whole) for rule in rules.ALL.values()]
        assert any(rule.find(view) for rule in rules.ALL.values())
