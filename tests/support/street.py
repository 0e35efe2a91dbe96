"""A house with its clock, and a post office at the end of the road that can refuse, drop and close."""

import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from monitor import pipeline
from monitor.domain.alerts import Alert, AlertState, Change, NoticeReason, Signal
from monitor.domain.brand import Severity
from monitor.pipeline.posting import post
from storage import outbox

MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


CRITICAL, MAJOR, MINOR = Severity


class PostOffice:
    """A mail server with a plan of what goes wrong; what it really took is in `taken`."""

    def __init__(self) -> None:
        self.taken = []  # recipient, message as it came
        self.refuses = {}  # recipient -> reply to RCPT
        self.drops = 0  # how often the connection is cut after the message was taken
        self.sessions = 0

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802 -- aiosmtpd's name
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        self.taken.append((envelope.rcpt_tos[0], envelope.content))
        if self.drops:
            self.drops -= 1
            server.transport.abort()
        return "250 OK"

    @property
    def mails(self):
        return [(to, message_from_bytes(content, policy=policy.default)) for to, content in self.taken]

    def texts(self, to=None):
        mails = [mail for recipient, mail in self.mails if to in {None, recipient}]
        return [" ".join(mail.get_body(("plain",)).get_content().split()) for mail in mails]


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Hands:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def seconds(self):
        return self.now.timestamp()


class Street:
    """A house with its clock, and the post office at the end of the road."""

    def __init__(self, house, hands, office, port) -> None:
        self.house, self.hands, self.office, self._port = house, hands, office, port
        self._controller = None

    def open(self):
        self._controller = Controller(self.office, hostname="127.0.0.1", port=self._port)
        self._controller.start()

    def close(self):
        if self._controller:
            self._controller.stop()
            self._controller = None

    def decide(self, *changes: Change, first_round=False):
        """Write messages about changes as a round does."""
        with self.house.store.transaction() as tx:
            written = post(self.house, tx, changes, self.hands.now, first_round=first_round)
            outbox.post(tx, written)
        return written

    def tell(self, **later: float):
        """Let time pass and send what is due."""
        self.hands.now += timedelta(**later)
        return pipeline.tell(self.house)

    def every_half_hour(self, days):
        for _ in range(48 * days):
            self.tell(minutes=30)


def change(name="price", reason=NoticeReason.OPENED, severity=MAJOR, at=MORNING):
    signal = Signal(
        rule="wrong_fact",
        subject=name,
        key=f"wrong_fact:{name}",
        severity=severity,
        headline=f"gpt-5 says your {name} is wrong",
        said="something",
        truth=f"The {name} is right.",
    )
    over = reason is NoticeReason.RESOLVED
    alert = Alert(
        id=name,
        brand="Veloria",
        key=signal.key,
        state=AlertState.RESOLVED if over else AlertState.OPEN,
        opened_at=MORNING,
        resolved_at=at if over else None,
        last_notice_at=at,
        signal=signal,
    )
    return Change(reason=reason, alert=alert)


def states(house):
    with house.store.snapshot() as tx:
        return {each.recipient: each.state for each in outbox.undelivered(tx, since=MORNING)}
