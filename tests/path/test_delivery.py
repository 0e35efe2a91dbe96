"""From a decision to mailboxes and webhooks, through outages, refusals, lost answers, nights and crashes."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from pydantic import SecretStr

from monitor import pipeline
from monitor.domain.alerts import Alert, AlertState, Change, NoticeReason, NoticeState, Signal
from monitor.domain.brand import Severity
from monitor.domain.rounds import RoundKind
from monitor.pipeline import leaving
from monitor.pipeline.posting import post
from monitor.service import build, steps
from monitor.service import post as outboxes
from monitor.service.environment import Environment
from reports.delivery import Delivered, Smtp
from storage import mailing, outbox

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


@pytest.fixture
def street(workplace) -> Iterator:
    """Build a house whose brand file has these alerts; its mail server is closed until it is opened."""
    made = []

    def build_one(alerts="alerts: {to: [brand@veloria.example]}", keys=None):
        text = (workplace / "brand.yaml").read_text()
        old = next(line for line in text.splitlines() if line.startswith("alerts:"))
        (workplace / "brand.yaml").write_text(text.replace(old, alerts))
        port, hands = free_port(), Hands()
        environment = Environment(smtp_url=SecretStr(f"smtp://127.0.0.1:{port}"))
        store = build.open_store(environment)
        opened = store.__enter__()
        house = build.build(
            build.read_brand(workplace / "brand.yaml"), environment, store=opened, clock=hands, keys=keys or {}
        )
        courier = Smtp(f"smtp://127.0.0.1:{port}", clock=hands.seconds)
        house = replace(house, post=courier)
        made.append((Street(house, hands, PostOffice(), port), store))
        return made[-1][0]

    yield build_one
    for one, store in made:
        one.close()
        store.__exit__(None, None, None)


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


def test_three_days_without_a_mail_server_end_in_one_mail_that_says_so(street):
    here = street()
    for day in range(3):
        here.decide(change(f"fact-{day}", at=here.hands.now))
        here.every_half_hour(1)
    assert here.office.taken == []
    here.open()
    here.every_half_hour(1)
    assert len(here.office.taken) == 1
    (text,) = here.office.texts()
    assert "This could not be delivered before. The oldest of it is 3 days old (2 November 2026, 09:00 UTC)." in text
    assert all(f"your fact-{day} is wrong" in text for day in range(3))
    assert "Findings about Veloria: 3 new" in text
    assert states(here.house) == {}


def test_nobody_hammers_a_server_that_is_down(street):
    here = street()
    here.decide(change())
    tries = [len(here.tell(minutes=5)) for _ in range(12 * 24 * 3)]
    assert sum(tries) < 25
    assert sum(tries[:12]) >= 3, "at first it is tried often"
    assert sum(tries[-6 * 12 :]) >= 1, "and never given up"


def test_greylisting_delays_and_loses_nothing(street):
    here = street()
    here.open()
    here.office.refuses["brand@veloria.example"] = "450 4.2.0 try later"
    here.decide(change())
    (tried,) = here.tell()
    assert (tried[1].state, tried[1].retry_after) == (NoticeState.WAITING, 900)
    assert here.tell(minutes=14) == []
    here.office.refuses.clear()
    here.tell(minutes=2)
    assert len(here.office.taken) == 1
    assert "could not be delivered before" not in here.office.texts()[0], "a quarter of an hour is nothing to speak of"


def test_one_refused_recipient_does_not_hide_behind_another(street):
    here = street("alerts: {to: [brand@veloria.example, gone@veloria.example]}")
    here.open()
    here.office.refuses["gone@veloria.example"] = "550 5.1.1 no such user"
    here.decide(change())
    here.tell()
    assert [to for to, _ in here.office.taken] == ["brand@veloria.example"]
    assert states(here.house) == {"gone@veloria.example": NoticeState.BOUNCED}
    here.every_half_hour(1)
    assert len(here.office.taken) == 1


def test_what_did_not_arrive_is_told_in_the_terminal_and_the_report(street, likeness, workplace):
    here = street("alerts: {to: [brand@veloria.example, gone@veloria.example], digest: {cron: '0 8 * * MON'}}")
    here.open()
    here.office.refuses["gone@veloria.example"] = "550 5.1.1 no such user"
    here.decide(change(), change("name", severity=MINOR))
    here.tell()
    said = (
        "1 message to gone@veloria.example since 2 November 2026 could not be delivered and is not tried again. "
        "The mail server refused gone@veloria.example (550 5.1.1 no such user)."
    )
    found = portrait_of(here.house)
    assert said in found.notes
    here.close()
    here.decide(change("other"))
    here.tell(hours=1)
    assert any("1 message to brand@veloria.example since 2 November 2026 could not be delivered yet." in note
               for note in portrait_of(here.house).notes)  # fmt: skip
    box = outboxes.box(here.house)
    assert said in box.failed
    assert len(box.held) == 2
    assert "for brand@veloria.example until 2026-11-09 07:00 UTC: You get every finding" in min(box.held)
    shown = likeness("outbox")
    assert shown.code == 1
    assert "brand@veloria.example" in shown.out


def portrait_of(house):
    day = house.clock().date()
    return pipeline.portray(house, day, day, rounds_due=0)


def test_an_answer_lost_after_the_message_is_followed_by_the_same_message_once(street):
    here = street()
    here.open()
    here.office.drops = 5
    here.decide(change())
    here.tell()
    here.decide(change("name"))
    here.every_half_hour(1)
    first, again = (content for _, content in here.office.taken if b"your price is wrong" in content)
    assert first == again, "the same bytes, the Message-ID among them"
    assert len([content for _, content in here.office.taken if b"your name is wrong" in content]) == 2
    assert states(here.house) == {"brand@veloria.example": NoticeState.UNKNOWN}


def test_opened_and_resolved_before_it_could_be_sent_is_one_honest_mail(street):
    here = street()
    here.decide(change())
    here.tell(hours=5)
    here.decide(change(reason=NoticeReason.RESOLVED, at=here.hands.now))
    here.open()
    here.tell(hours=1)
    ((_, mail),) = here.office.mails
    assert mail["Subject"] == "Came and went: gpt-5 says your price is wrong"
    (text,) = here.office.texts()
    assert "Found on 2 November 2026 and resolved on 2 November 2026, before you could be told of it." in text
    assert "because a finding came and went before you could be told of it. (Reason: passed." in text


def test_five_hundred_findings_at_once_are_one_mail(street):
    here = street()
    here.open()
    here.decide(*(change(f"fact-{number}") for number in range(500)))
    here.tell()
    ((_, mail),) = here.office.mails
    assert mail["Subject"].endswith("(and 499 more)")
    assert "Findings about Veloria: 500 new" in here.office.texts()[0]


def test_later_mails_about_an_alert_belong_to_its_first(street):
    here = street()
    here.open()
    here.decide(change())
    here.tell()
    here.decide(change(reason=NoticeReason.WORSENED))
    here.tell(hours=1)
    here.decide(change(reason=NoticeReason.RESOLVED))
    here.tell(hours=1)
    first, *later = (mail for _, mail in here.office.mails)
    assert "References" not in first
    assert [mail["References"] for mail in later] == [first["Message-ID"]] * 2
    assert all(mail["Auto-Submitted"] == "auto-generated" for mail in (first, *later))


NIGHTS = (
    'alerts: {to: [brand@veloria.example], quiet_hours: {from: "20:00", until: "07:00", timezone: Europe/Berlin}, '
    'digest: {cron: "0 8 * * MON"}}'
)


def test_a_night_is_one_mail_in_the_morning(street):
    here = street(NIGHTS)
    here.open()
    here.hands.now = datetime(2026, 11, 2, 21, 0, tzinfo=UTC)
    here.decide(change("price"))
    here.tell(hours=3)
    here.decide(change("name"))
    here.tell(hours=5)  # 06:00 in Berlin
    assert here.office.taken == []
    here.tell(hours=1)
    (text,) = here.office.texts()
    assert "Findings about Veloria: 2 new" in text
    assert "It waited for the end of your quiet hours (20:00 to 07:00, Europe/Berlin)." in text
    assert "could not be delivered" not in text


def test_a_mail_that_is_late_wakes_nobody_either(street):
    here = street(NIGHTS)
    here.hands.now = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)
    here.decide(change("price"))
    here.tell()  # nobody is there to take it
    here.open()
    here.tell(hours=3)  # 22:30 in Berlin
    assert here.office.taken == []
    here.tell(hours=8.5)
    (text,) = here.office.texts()
    assert "This could not be delivered before. The oldest of it is 11 hours old" in text


def test_what_is_critical_takes_along_what_was_put_off(street):
    here = street(NIGHTS)
    here.hands.now = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)
    here.decide(change("price"))
    here.tell()
    here.open()
    here.tell(hours=3)
    here.decide(change("name", severity=CRITICAL))
    here.tell()
    (text,) = here.office.texts()
    assert "Findings about Veloria: 2 new" in text


def test_what_is_critical_wakes_people_up(street):
    here = street(NIGHTS)
    here.open()
    here.hands.now = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)
    here.decide(change(severity=CRITICAL), change("name"))
    here.tell()
    assert "1 new" not in here.office.texts()[0]
    assert "Findings about Veloria: 2 new" in here.office.texts()[0]


def test_a_week_of_minor_findings_is_one_digest(street):
    here = street(NIGHTS)
    here.open()
    for day in range(4):
        here.decide(change(f"fact-{day}", severity=MINOR))
        here.every_half_hour(1)
    here.decide(change("fact-1", NoticeReason.RESOLVED, MINOR))
    assert here.office.taken == []
    here.every_half_hour(4)
    ((_, mail),) = here.office.mails
    assert mail["Date"].datetime == datetime(2026, 11, 9, 7, 0, tzinfo=UTC)  # Monday, 08:00 in Berlin
    assert mail["Subject"].startswith("gpt-5 says your fact-0 is wrong (and 2 more, 1 resolved)")
    (text,) = here.office.texts()
    assert "Minor findings about Veloria: 3 new and 1 came and went" in text
    assert "Those that can wait come together in a digest (alerts: digest)." in text


def test_a_digest_can_be_left_with_one_click_and_what_cannot_wait_still_comes(street):
    here = street(NIGHTS)
    here.house = replace(here.house, settings=replace(here.house.settings, site="https://pages.veloria.example"))
    here.open()
    here.decide(change("fact-1", severity=MINOR), change("fact-2", severity=CRITICAL))
    here.hands.now = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
    here.tell()
    mails = {bool(mail["List-Unsubscribe"]): mail for _, mail in here.office.mails}
    gathered = mails[False]  # it tells what could not wait as well
    assert "fact-2" in gathered["Subject"]
    here.decide(change("fact-3", severity=MINOR))
    here.hands.now = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
    here.tell()
    _, digest = here.office.mails[-1]
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    word = digest["List-Unsubscribe"].rpartition("/")[2].removesuffix(">")
    of = leaving.subscription(here.house.store, word)
    assert (of.recipient, of.kind) == ("brand@veloria.example", leaving.DIGESTS)
    with here.house.store.transaction() as tx:
        mailing.leave(tx, of.brand, of.recipient, of.kind, here.hands.now)
    before = len(here.office.mails)
    here.decide(change("fact-4", severity=MINOR))
    here.hands.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    here.tell()
    assert len(here.office.mails) == before
    here.decide(change("fact-5", severity=CRITICAL))
    here.tell()
    assert "fact-5" in here.office.mails[-1][1]["Subject"]


ROUTES = """\
alerts:
  to: [brand@veloria.example]
  routes:
    - {severity: critical, to: [chief@veloria.example]}
    - {topics: [founded], to: [history@veloria.example]}
"""


def test_routes_lead_each_finding_to_those_who_want_it_and_say_so(street):
    here = street(ROUTES)
    here.open()
    here.decide(change("price", severity=CRITICAL), change("founded"))
    here.tell()
    told = {to: " ".join(here.office.texts(to)) for to, _ in here.office.mails}
    assert {to: ("your price" in text, "your founded" in text) for to, text in told.items()} == {
        "brand@veloria.example": (True, True),
        "chief@veloria.example": (True, False),
        "history@veloria.example": (False, True),
    }
    assert "The brand file names you for critical findings." in told["chief@veloria.example"]
    assert "The brand file names you for every finding about founded." in told["history@veloria.example"]


@pytest.fixture
def room():
    """A chat room that answers what it is told to."""
    heard, answers = [], []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append((dict(self.headers), json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(answers.pop(0) if answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield heard, answers, f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    server.server_close()


HOOK = "alerts: {webhooks: [{url_env: CHAT, secret_env: CHAT_SECRET, network: loopback}]}"


def test_a_webhook_is_told_the_same_and_tried_again(street, room):
    heard, answers, url = room
    here = street(HOOK, {"CHAT": url, "CHAT_SECRET": "hunter2"})
    answers += [503, 200]
    here.decide(change(severity=CRITICAL), change("name", severity=MINOR))
    here.tell()
    assert len(here.tell(minutes=4)) == 0
    here.tell(minutes=2)
    (first, body), (second, again) = heard
    assert body["likeness"]["changes"][0]["headline"] == "gpt-5 says your price is wrong"
    assert len(body["likeness"]["changes"]) == 1, "minor ones are not for it"
    assert first["webhook-id"] == second["webhook-id"]
    assert first["webhook-signature"].startswith("v1,")
    assert body == again
    assert here.tell(days=2) == []


def test_a_webhook_without_its_variable_waits_and_names_it(street):
    here = street(HOOK)
    here.decide(change())
    ((_, delivered),) = here.tell()
    assert delivered.state is NoticeState.WAITING
    assert "CHAT is not set" in delivered.detail


class Killed(BaseException):
    """Stands for a process that ends at once: nothing catches it, nothing is tidied up."""


class Failing:
    """A courier whose Nth message goes wrong in a chosen way; afterwards it delivers."""

    def __init__(self, courier, number, way) -> None:
        self.courier, self.left, self.way = courier, number, way

    def send(self, message):
        self.left -= 1
        if self.left:
            return self.courier.send(message)
        if self.way == "killed before":
            raise Killed
        if self.way == "refused":
            return Delivered(state=NoticeState.WAITING, detail="451", retry_after=900)
        delivered = self.courier.send(message)
        if self.way == "killed after":
            raise Killed
        return Delivered(state=NoticeState.UNKNOWN, detail="lost", retry_after=900) if delivered else delivered


@pytest.mark.parametrize("way", ["killed before", "killed after", "refused", "lost"])
def test_whichever_message_fails_nobody_misses_anything_and_only_a_lost_answer_doubles(street, way):
    """The Nth message fails for N = 1, 2, 3 ... until none does."""
    people = [f"p{number}@veloria.example" for number in range(4)]
    here = street(f"alerts: {{to: [{', '.join(people)}]}}")
    here.open()
    honest = here.house.post
    for number in range(1, 7):
        here.office.taken.clear()
        written = here.decide(change(f"fact-{number}"), change(f"other-{number}"))
        here.house = replace(here.house, post=Failing(honest, number, way))
        for _ in range(3):
            try:
                here.tell(hours=1)
            except Killed:
                continue
        ids = [mail["Message-ID"] for _, mail in here.office.mails]
        assert set(ids) == {notice.message_id for notice in written}, f"message {number} {way}"
        doubles = len(ids) - len(set(ids))
        assert doubles == (1 if way in {"killed after", "lost"} and number <= len(people) else 0)
        assert states(here.house) == {}


def test_two_first_rounds_at_once_send_one_opening_balance(street):
    here = street()
    here.open()
    stop = asyncio.Event()
    planned = [pipeline.plan(here.house, kind=RoundKind.MANUAL, key=key) for key in ("a", "b")]
    for round_ in planned:
        asyncio.run(steps.ask(here.house, round_.id, stop=stop))
        steps.read(here.house, round_.id)
        steps.measure(here.house, round_.id)
    together = threading.Barrier(2)

    def decide(round_):
        together.wait()
        steps.decide(here.house, round_.id)

    threads = [threading.Thread(target=decide, args=(round_,)) for round_ in planned]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    here.tell()
    assert [mail["Subject"] for _, mail in here.office.mails] == ["How AI assistants portray Veloria: where we start"]


def test_two_tellers_at_once_send_nothing_twice(street):
    people = [f"p{number}@veloria.example" for number in range(12)]
    here = street(f"alerts: {{to: [{', '.join(people)}]}}")
    here.open()
    here.decide(change())
    threads = [threading.Thread(target=pipeline.tell, args=(here.house,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(to for to, _ in here.office.taken) == sorted(people)
