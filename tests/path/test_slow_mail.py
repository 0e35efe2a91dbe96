"""A mail server that takes its time holds up one brand's mail, and nobody's calls."""

import asyncio
import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from monitor.domain.alerts import Notice, NoticeReason, NoticeState
from monitor.service import build, clock
from monitor.service.environment import Environment
from reports.delivery import Delivered
from storage import outbox

MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
NOTICE = Notice(
    id="n",
    brand="Veloria",
    recipient="reader@veloria.example",
    reason=NoticeReason.OPENED,
    changes=(),
    created_at=MORNING,
    message_id="<n@veloria.example>",
)


@dataclass
class SlowServer:
    """Takes a message only when somebody else has gone on meanwhile."""

    connected: threading.Event = field(default_factory=threading.Event)
    gone_on: threading.Event = field(default_factory=threading.Event)

    def send(self, _message):
        self.connected.set()
        taken = self.gone_on.wait(timeout=5)
        return Delivered(state=NoticeState.SENT) if taken else Delivered(state=NoticeState.WAITING, retry_after=900)


def test_others_go_on_while_a_mail_is_sent(workplace):
    server = SlowServer()

    async def other():
        await asyncio.to_thread(server.connected.wait, 10)
        server.gone_on.set()

    async def both():
        await asyncio.gather(clock.tick(replace(house, post=server), stop=asyncio.Event()), other())

    with build.open_store(Environment()) as store:
        settings = replace(build.read_brand(workplace / "brand.yaml"), schedule=None)
        house = build.build(settings, Environment(), store=store, clock=lambda: MORNING)
        with store.transaction() as tx:
            outbox.post(tx, [NOTICE])
        asyncio.run(both())
        with store.snapshot() as tx:
            assert outbox.undelivered(tx) == []
