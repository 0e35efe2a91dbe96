"""Webhooks over real HTTP on loopback: signed, within a deadline, only where they are allowed to go."""

import base64
import hashlib
import hmac
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from monitor.domain.alerts import Change, Notice, NoticeReason, NoticeState, Signal
from monitor.domain.brand import Network
from reports import discretion, webhook, whereabouts
from reports.webhook import BUSY, MISCONFIGURED, Webhook

SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes of this test's!").decode()
SITE = "https://likeness.tolvane.example"


@dataclass
class Room:
    """A chat room whose replies are set by the test."""

    status: int = 200
    body: bytes = b"ok"
    headers: dict[str, str] = field(default_factory=dict)
    drops: bool = False
    drips: bool = False
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def room() -> Iterator[tuple[Room, str]]:
    here = Room()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            here.heard.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            if here.drops:
                self.connection.close()
                return
            if here.drips:
                self._drip()
                return
            self.send_response(here.status)
            for name, value in {"Content-Length": str(len(here.body)), **here.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(here.body)

        def _drip(self) -> None:
            """Send a byte of a header now and then, so that no single read takes long."""
            for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 60:
                try:
                    self.wfile.write(bytes([letter]))
                except OSError:
                    return
                time.sleep(0.05)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield here, f"http://127.0.0.1:{server.server_port}/hook/T0PSECRET"
    server.shutdown()
    server.server_close()


@pytest.fixture
def hook(room: tuple[Room, str]) -> Webhook:
    return Webhook(name="CHAT", url=room[1], secret=SECRET, network=Network.LOOPBACK, deadline=10, clock=lambda: 1e9)


@pytest.fixture
def call(make_notice: Callable[..., Notice]) -> webhook.Call:
    return webhook.compose(replace(make_notice(), why="This webhook gets critical findings."), site=SITE)


def test_a_call_is_signed_so_that_its_receiver_can_tell_it_is_ours(
    room: tuple[Room, str], hook: Webhook, call: webhook.Call
) -> None:
    delivered = hook.send(call)
    assert (delivered.state, delivered.detail) == (NoticeState.SENT, "The webhook CHAT took it (200).")
    ((path, headers, body),) = room[0].heard
    assert path == "/hook/T0PSECRET"
    assert headers["host"] == room[1].split("/")[2]
    assert headers["webhook-id"] == "n-1.4f2a9c@tolvane.example"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = hmac.new(b"thirty-two bytes of this test's!", signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"
    assert headers["webhook-timestamp"] == "1000000000"


def test_without_a_secret_nothing_is_signed_and_a_plain_secret_is_its_bytes(
    room: tuple[Room, str], hook: Webhook, call: webhook.Call
) -> None:
    replace(hook, secret="").send(call)
    replace(hook, secret="hunter2").send(call)
    (_, first, _), (_, second, body) = room[0].heard
    assert "webhook-signature" not in first
    signed = f"{call.id}.1000000000.".encode() + body
    plain = hmac.new(b"hunter2", signed, hashlib.sha256).digest()
    assert second["webhook-signature"] == f"v1,{base64.b64encode(plain).decode()}"


def test_the_body_is_one_that_slack_shows_and_a_program_reads(call: webhook.Call) -> None:
    body = json.loads(call.body)
    assert set(body) == {"text", "blocks", "likeness"}
    assert body["text"].startswith("gpt-5 with search (OpenAI API) says the Tolvane One costs 1,990 euros: it is 2,490")
    assert body["blocks"][0]["type"] == "header"
    assert body["blocks"][-1]["type"] == "context"
    shown = json.dumps(body["blocks"], ensure_ascii=False)
    for said in (
        "it sells for *1,990 euros* at most dealers",
        "The Tolvane One has cost 2,490 euros since 1 May 2026",
        "7 of 10 answers that speak of it (70 %, 95 % interval 40-89 %)",
        "<https://likeness.tolvane.example/alerts/al-1|See the answers>",
        "Sent because a finding was opened. This webhook gets critical findings.",
        "Read by machine, not reviewed.",
    ):
        assert said in shown
    fields = body["likeness"]
    assert (fields["version"], fields["brand"], fields["reason"]) == (1, "Tolvane", "opened")
    (change,) = fields["changes"]
    quote = change["quotes"][0]
    assert [quote["text"][start:end] for start, end in quote["marks"]] == ["1,990 euros"]
    assert change["assistants"][0] | {"first_seen": None} == {
        "id": "gpt5-search",
        "label": "OpenAI API, gpt-5 with search",
        "surface": "api+search",
        "model": "gpt-5-2026-08-07",
        "hits": 7,
        "of": 10,
        "counts": "answers",
        "interval": [0.397, 0.892],
        "first_seen": None,
    }


def test_the_same_notice_is_the_same_bytes(make_notice: Callable[..., Notice]) -> None:
    assert webhook.compose(make_notice(), site=SITE) == webhook.compose(make_notice(), site=SITE)


def test_five_hundred_findings_fit_what_slack_takes(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal]
) -> None:
    for reason in (NoticeReason.OPENED, NoticeReason.OPENING_BALANCE, NoticeReason.RESOLVED):
        changes = [make_change(signals["price"], reason, number=n) for n in range(500)]
        body = json.loads(webhook.compose(make_notice(*changes), site=SITE).body)
        assert len(body["blocks"]) <= 50
        assert all(len(block["text"]["text"]) <= 3000 for block in body["blocks"] if "text" in block)
        assert len(body["blocks"][0]["text"]["text"]) <= 150
        assert "And 490 more." in json.dumps(body["blocks"])
        assert (len(body["likeness"]["changes"]), body["likeness"]["more"]) == (100, 400)


@pytest.mark.parametrize(
    "attack", ["<!channel> *bold* `x`", "<https://evil.example|click>", "a & b > c", "\ud800\0\u202e"]
)
def test_nothing_in_an_answer_pings_links_or_formats(
    make_notice: Callable[..., Notice], make_change: Callable[..., Change], signals: dict[str, Signal], attack: str
) -> None:
    price = signals["price"]
    quotes = (replace(price.quotes[0], text=f"{attack} 1,990 euros", marks=()),)
    call = webhook.compose(make_notice(make_change(replace(price, headline=attack, truth=attack, quotes=quotes))))
    shown = [block["text"]["text"] for block in json.loads(call.body)["blocks"] if block["type"] == "section"]
    for text in shown:
        assert "<" not in text
        assert "*bold*" not in text
        assert "`x`" not in text


def test_a_confidential_fact_is_only_named(make_notice: Callable[..., Notice]) -> None:
    body = webhook.compose(discretion.outside(make_notice(), frozenset({"price"})), site=SITE).body.decode()
    assert "A finding about a confidential fact" in body
    for secret in ("1,990", "2,490", "Tolvane One", "tolvane.example/one/price", "price"):
        assert secret not in body


@pytest.mark.parametrize(
    ("status", "headers", "state", "pause"),
    [
        (204, {}, NoticeState.SENT, None),
        (400, {}, NoticeState.BOUNCED, None),
        (413, {}, NoticeState.BOUNCED, None),
        (404, {}, NoticeState.WAITING, MISCONFIGURED),
        (403, {}, NoticeState.WAITING, MISCONFIGURED),
        (429, {"Retry-After": "1200"}, NoticeState.WAITING, 1200),
        (429, {"Retry-After": "soon"}, NoticeState.WAITING, BUSY),
        (503, {"Retry-After": "9999999"}, NoticeState.WAITING, 6 * 3600),
        (500, {}, NoticeState.WAITING, BUSY),
    ],
)
def test_what_an_answer_means(  # noqa: PLR0917  -- pytest gives them by name
    room: tuple[Room, str],
    hook: Webhook,
    call: webhook.Call,
    status: int,
    headers: dict[str, str],
    state: NoticeState,
    pause: float | None,
) -> None:
    room[0].status, room[0].headers = status, headers
    room[0].body = b"" if status == 204 else f"no_service T0PSECRET {SECRET}".encode()
    delivered = hook.send(call)
    assert (delivered.state, delivered.retry_after) == (state, pause)
    assert "T0PSECRET" not in delivered.detail
    assert SECRET not in delivered.detail
    assert str(status) in delivered.detail


def test_a_redirect_is_not_followed(room: tuple[Room, str], hook: Webhook, call: webhook.Call) -> None:
    room[0].status, room[0].headers = 307, {"Location": room[1] + "/elsewhere"}
    delivered = hook.send(call)
    assert delivered.state is NoticeState.WAITING
    assert "sends us elsewhere (307), which is not followed" in delivered.detail
    assert len(room[0].heard) == 1


def test_an_answer_that_is_lost_leaves_it_open_whether_it_was_heard(
    room: tuple[Room, str], hook: Webhook, call: webhook.Call
) -> None:
    room[0].drops = True
    delivered = hook.send(call)
    assert delivered.state is NoticeState.UNKNOWN
    assert "it may have heard it" in delivered.detail


def test_one_who_answers_a_byte_at_a_time_meets_the_deadline(
    room: tuple[Room, str], hook: Webhook, call: webhook.Call
) -> None:
    room[0].drips = True
    begun = time.monotonic()
    delivered = replace(hook, deadline=0.4).send(call)
    assert delivered.state is NoticeState.UNKNOWN
    assert time.monotonic() - begun < 3


def test_nobody_there_is_waited_for(hook: Webhook, call: webhook.Call) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    delivered = replace(hook, url=f"http://127.0.0.1:{port}/").send(call)
    assert (delivered.state, delivered.retry_after) == (NoticeState.WAITING, BUSY)


@pytest.mark.parametrize("network", [Network.PUBLIC, Network.LOOPBACK])
def test_a_private_address_is_not_called_unless_the_brand_file_allows_it(
    room: tuple[Room, str], hook: Webhook, call: webhook.Call, network: Network
) -> None:
    url = room[1].replace("http:", "https:") if network is Network.PUBLIC else "http://10.255.255.1/x"
    delivered = replace(hook, network=network, url=url).send(call)
    assert delivered.state is NoticeState.WAITING
    assert "it leads into a private network; write network:" in delivered.detail
    assert not room[0].heard


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"missing": "CHAT"}, "CHAT is not set"),
        ({"secret": "whsec_%%%"}, "begins with whsec_ and is not base64"),
        ({"url": "ftp://a.example/x"}, "holds no web address"),
        ({"url": "http://["}, "holds no web address"),
        ({"url": "https://user:pass@a.example/x"}, "holds a user or password"),
        ({"url": "http://a.example/x", "network": Network.PUBLIC}, "use https"),
    ],
)
def test_a_mistake_is_said_without_the_address(
    hook: Webhook, call: webhook.Call, change: dict[str, object], said: str
) -> None:
    delivered = replace(hook, **change).send(call)  # type: ignore[arg-type]
    assert (delivered.state, delivered.retry_after) == (NoticeState.WAITING, MISCONFIGURED)
    assert said in delivered.detail
    assert "pass" not in delivered.detail.replace("password", "")


def test_the_secrets_are_in_no_repr(hook: Webhook) -> None:
    assert "T0PSECRET" not in repr(hook)
    assert SECRET not in repr(hook)


@pytest.mark.parametrize(
    ("address", "least"),
    [
        ("93.184.216.34", Network.PUBLIC),
        ("2606:2800:220:1:248:1893:25c8:1946", Network.PUBLIC),
        ("127.0.0.1", Network.LOOPBACK),
        ("::1", Network.LOOPBACK),
        ("::ffff:127.0.0.1", Network.LOOPBACK),
        ("10.1.2.3", Network.PRIVATE),
        ("192.168.1.1", Network.PRIVATE),
        ("fd00::1", Network.PRIVATE),
        ("64:ff9b::a00:1", Network.PRIVATE),
        ("2002:a00:1::", Network.PRIVATE),
        ("169.254.169.254", None),
        ("fe80::1", None),
        ("0.0.0.0", None),  # noqa: S104  -- nothing is bound to it
        ("224.0.0.1", None),
        ("255.255.255.255", None),
        ("100.64.0.1", None),
    ],
)
def test_where_an_address_may_be(address: str, least: Network | None) -> None:
    order = list(Network)
    for network in order:
        allowed = least is not None and order.index(network) >= order.index(least)
        assert whereabouts.is_allowed(address, network) is allowed, network
    if least is Network.PUBLIC:
        assert ip_address(address).is_global
        assert not whereabouts.is_allowed(address, Network.PRIVATE, plain=True), "unencrypted only what is near"
