"""Rounds whose answers were forgotten: the sums stay, alerts keep their quotes, nothing is counted anew."""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor import pipeline
from monitor.domain.rounds import RoundKind
from monitor.service import build, clock, keeping, runs
from monitor.service.environment import Environment
from storage import alerts, answers, raw, tallies

FIRST = datetime(2026, 3, 1, 6, tzinfo=UTC)
FAR = date(2027, 1, 1)


@dataclass
class Hands:
    now: datetime = FIRST

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def house(workplace):
    path = workplace / "brand.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "keep: {exchanges: 7d, answers: 60d}\n", encoding="utf-8")
    environment, hands = Environment(), Hands()
    with build.open_store(environment) as store:
        yield build.build(build.read_brand(path), environment, store=store, clock=hands)


def run(house, at):
    house.clock.now = at
    key = at.date().isoformat() + "T06:00"
    return asyncio.run(runs.run(house, kind=RoundKind.SCHEDULED, key=key, stop=asyncio.Event()))


def nothing_stands(house):
    """Close every alert: what one points to would stay."""
    with house.store.transaction() as tx:
        tx.connection().exec_driver_sql("UPDATE alerts SET state = 'resolved'")


def kept(house):
    with house.store.snapshot() as tx:
        seen = answers.observations(tx, house.settings.brand)
        wire = [one for one in seen if raw.exchanges(tx, one.answer_id)]
        return len(seen), len(wire), tallies.load(tx, house.settings.brand, FIRST.date(), FAR)


def test_answers_go_and_sums_stay(house):
    ran = run(house, FIRST)
    nothing_stands(house)
    seen, wire, sums = kept(house)
    assert seen == wire == 8
    house.clock.now = FIRST + timedelta(days=8)
    assert [each.what for each in keeping.once_a_day(house)] == ["exchanges", "exchanges"]  # of two surfaces
    assert kept(house) == (8, 0, sums)
    house.clock.now = FIRST + timedelta(days=61)
    assert sum(each.count for each in keeping.once_a_day(house)) == 8
    assert keeping.once_a_day(house) == [], "once a day"
    assert kept(house) == (0, 0, sums)
    pipeline.measure(house, ran.round.id)
    runs.measure_all(house)
    assert pipeline.read(house) == 0
    assert kept(house) == (0, 0, sums)
    pipeline.portray(house, FIRST.date(), FIRST.date(), rounds_due=1)
    run(house, FIRST + timedelta(days=62))
    assert kept(house)[0] == 8


def test_what_an_open_alert_points_to_stays(house, answers_turn_wrong):
    answers_turn_wrong()
    run(house, FIRST)
    run(house, FIRST + timedelta(days=1))
    with house.store.snapshot() as tx:
        (alert, *_) = alerts.open_alerts(tx, house.settings.brand)
    pointed = {quote.answer_id for quote in alert.signal.quotes}
    house.clock.now = FIRST + timedelta(days=90)
    assert keeping.forget(house)
    with house.store.snapshot() as tx:
        assert {one.answer_id for one in answers.observations(tx, house.settings.brand)} >= pointed
        assert alerts.open_alerts(tx, house.settings.brand)[0].signal.quotes == alert.signal.quotes


def test_the_clock_forgets_and_the_log_and_the_doctor_say_so(house, likeness, capfd):
    run(house, FIRST)
    nothing_stands(house)
    house.clock.now = FIRST + timedelta(days=61)
    asyncio.run(clock.tick(house, stop=asyncio.Event()))
    assert "forgotten" in capfd.readouterr().out
    with house.store.transaction() as tx:
        tx.connection().exec_driver_sql("UPDATE forgotten SET at = CURRENT_TIMESTAMP")
    found = json.loads(likeness("doctor", "--json").out)
    (said,) = [each["found"] for each in found if each["what"] == "forgetting"]
    assert "4 answers (api)" in said


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("keep: {answers: 90}", "quote it"),
        ("keep: {answers: 3 months}", "write days such as 90d, or all"),
        ("keep: {answers: 10d}", "write 42d or more"),
        ("keep: {pictures: 10d}", "knows no key"),
        ("keep: {app: {answers: 10d}}", "write 42d or more"),
        ("mask: maybe", "write true or false"),
    ],
)
def test_a_mistake_is_told(workplace, likeness, written, told):
    path = workplace / "brand.yaml"
    path.write_text(path.read_text(encoding="utf-8") + written + "\n", encoding="utf-8")
    refused = likeness("check")
    assert refused.code == 2
    assert told in refused.err


def test_what_may_be_written(workplace):
    path = workplace / "brand.yaml"
    more = "keep: {exchanges: 90d, answers: 400d, readings: all, app: {answers: 60d, exchanges: all}}\n"
    more += "mask: {except: [press@veloria.example]}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    read = build.read_brand(path)
    assert {what.value: days for what, days in read.keep.days.items()} == {"exchanges": 90, "answers": 400}
    assert read.keep.of("app", "answers") == 60
    assert read.keep.of("app", "exchanges") is None
    assert read.mask.on
    assert read.mask.besides == ("press@veloria.example",)
