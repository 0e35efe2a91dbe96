"""Many messages and a slow mail server: a telling that outlasts a lease still sends each message once."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor import pipeline
from monitor.domain.alerts import Notice, NoticeReason, NoticeState
from monitor.service import build
from monitor.service.environment import Environment
from reports.delivery import Delivered
from storage import outbox

MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MESSAGES = 3


@dataclass
class SlowServer:
    """Takes ten minutes for a message; during the last one another program begins to tell what it finds due."""

    house: pipeline.House | None = None
    now: datetime = MORNING
    sent: list[str] = field(default_factory=list)

    def send(self, message):
        self.now += timedelta(minutes=10)
        if len(self.sent) == MESSAGES - 1:
            pipeline.tell(replace(self.house, post=Quick(self.sent)))
        self.sent.append(message["To"])
        return Delivered(state=NoticeState.SENT)


@dataclass
class Quick:
    sent: list[str]

    def send(self, message):
        self.sent.append(f"{message['To']} by another")
        return Delivered(state=NoticeState.SENT)


@pytest.fixture
def server(workplace):
    slow = SlowServer()
    with build.open_store(Environment()) as store:
        settings = build.read_brand(workplace / "brand.yaml")
        house = build.build(settings, Environment(), store=store, clock=lambda: slow.now)
        slow.house = replace(house, post=slow)
        yield slow


def notice(number, at):
    return Notice(
        id=f"n{number}",
        brand="Veloria",
        recipient=f"reader{number}@veloria.example",
        reason=NoticeReason.OPENED,
        changes=(),
        created_at=at + timedelta(seconds=number),
        message_id=f"<n{number}@veloria.example>",
        held_until=at,
    )


def test_a_message_that_is_being_sent_is_nobody_elses_however_late_its_turn_came(server):
    with server.house.store.transaction() as tx:
        outbox.post(tx, [notice(number, MORNING) for number in range(MESSAGES)])
    pipeline.tell(replace(server.house, post=server))
    assert server.sent == [f"reader{number}@veloria.example" for number in range(MESSAGES)]
