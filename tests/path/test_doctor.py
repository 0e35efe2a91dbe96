"""The doctor, as a user calls him: against a real mail server, a real host, and what is missing."""

import json
import socket
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from monitor.service import keeping
from monitor.service.checkup import Verdict
from monitor.service.checkup_store import clocks
from storage.store import Store

KEY = "k3y-that-nobody-may-see-4711"
PASSWORD = "pa55-that-nobody-may-see-4712"
REPLY = {"model": "paper-9", "choices": [{"message": {"content": "OK"}, "finish_reason": "stop"}]}


class Host(BaseHTTPRequestHandler):
    """An assistant's host that knows one key."""

    ahead = timedelta()
    asked = 0

    def do_GET(self):
        self.answer(404, b"{}")

    def do_POST(self):
        type(self).asked += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        known = self.headers["Authorization"] == f"Bearer {KEY}"
        self.answer(
            200 if known else 401,
            json.dumps(REPLY if known else {"error": {"message": self.headers["Authorization"]}}).encode(),
        )

    def answer(self, status, body):
        self.send_response_only(status)
        self.send_header("Date", format_datetime(datetime.now(UTC) + self.ahead, usegmt=True))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, _format, *_args: object):
        return


@pytest.fixture
def host(workplace, monkeypatch):
    """A brand file whose one assistant is a host on this machine, and its key."""
    kind = type("OneHost", (Host,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    text = (workplace / "brand.yaml").read_text(encoding="utf-8")
    head, _, rest = text.partition("assistants:")
    address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    one = f"assistants:\n  - {{id: here, use: openai_compatible, model: m, base_url: '{address}', key_env: HERE_KEY}}\n"
    (workplace / "brand.yaml").write_text(head + one + rest[rest.index("schedule:") :], encoding="utf-8")
    monkeypatch.setenv("HERE_KEY", KEY)
    yield kind
    server.shutdown()
    thread.join()
    server.server_close()


class PostOffice:
    def __init__(self) -> None:
        self.taken = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.taken.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"

    def let_in(self, _server, _session, _envelope, _mechanism, auth):
        return AuthResult(success=auth.password == PASSWORD.encode(), handled=False)


@pytest.fixture
def office(monkeypatch):
    taken = PostOffice()
    door = Controller(
        taken,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=taken.let_in,
        auth_require_tls=False,
    )
    door.start()
    taken.address = f"smtp://ann:{PASSWORD}@127.0.0.1:{door.port}"
    monkeypatch.setenv("LIKENESS_SMTP_URL", taken.address)
    yield taken
    door.stop()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def told(ended):
    return {(each["what"], each["verdict"]) for each in json.loads(ended.out)}


def test_all_is_found_well(host, office, likeness):
    with closing(Store.open("sqlite:///likeness.db")) as store:
        keeping.beat(store)
    ended = likeness("doctor", "--json")
    assert ended.code == 0, ended.out
    whats = ("brand file", "key", "host", "clock", "mail", "schema", "tick", "messages")
    assert told(ended) >= {(what, "ok") for what in whats}
    assert not office.taken
    assert host.asked == 0


def test_only_who_asks_for_it_gets_a_call_and_a_mail(host, office, likeness):
    ended = likeness("doctor", "--ask", "--mail-to", "ann@veloria.example", "--json")
    assert ended.code == 0, ended.out
    assert ("answer", "ok") in told(ended)
    assert host.asked == 1
    ((to, content),) = office.taken
    assert to == ["ann@veloria.example"]
    assert b"Likeness can send mail" in content


def test_what_is_wrong_is_named_with_its_remedy_and_no_secret(host, office, likeness, monkeypatch):
    monkeypatch.setenv("HERE_KEY", KEY + "-wrong")
    monkeypatch.setenv("LIKENESS_SMTP_URL", office.address.replace(PASSWORD, PASSWORD + "x"))
    ended = likeness("doctor", "--ask")
    assert ended.code == 1
    said = " ".join(ended.out.split())
    assert "key refused" in said
    assert "refused the login (535)" in said
    assert "->" in said
    assert KEY not in ended.out + ended.err
    assert PASSWORD not in ended.out + ended.err


def test_a_missing_key_a_silent_host_and_a_wrong_clock(host, likeness, monkeypatch, workplace):
    host.ahead = timedelta(hours=-1)
    monkeypatch.delenv("HERE_KEY")
    ended = likeness("doctor", "--json")
    assert ended.code == 1
    assert told(ended) >= {("key", "broken"), ("clock", "broken"), ("host", "ok"), ("mail", "attention")}
    text = (workplace / "brand.yaml").read_text(encoding="utf-8")
    port = text.partition("127.0.0.1:")[2].partition("/")[0]
    (workplace / "brand.yaml").write_text(text.replace(f":{port}/", ":1/"), encoding="utf-8")
    assert ("host", "broken") in told(likeness("doctor", "--json"))


def test_a_mistake_in_a_brand_file_is_found_and_the_rest_goes_on(workplace, likeness):
    (workplace / "brand.yaml").write_text("brand: {nam: X}\n", encoding="utf-8")
    ended = likeness("doctor", "--json")
    assert ended.code == 1
    assert told(ended) >= {("brand file", "broken"), ("disk", "ok"), ("schema", "attention")}
    assert not (workplace / "likeness.db").exists(), "the doctor makes nothing"


def test_two_files_of_one_brand_are_found(workplace, likeness):
    (workplace / "second.yaml").write_text((workplace / "brand.yaml").read_text())
    ended = likeness("doctor", "--json", "--brand", ".")
    assert ended.code == 1
    assert "Two files name Veloria" in ended.out


def test_a_database_that_another_program_holds_is_found(workplace, likeness):
    Store.open("sqlite:///likeness.db").close()
    with closing(sqlite3.connect("likeness.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        ended = likeness("doctor", "--json")
    assert ended.code == 1
    assert "is held by another program" in ended.out


def test_no_database_is_one_sentence(workplace, likeness, monkeypatch):
    monkeypatch.setenv("LIKENESS_DATABASE_URL", f"postgresql://me:{PASSWORD}@127.0.0.1:1/nothing")
    ended = likeness("doctor", "--json")
    assert ("database", "broken") in told(ended)
    assert PASSWORD not in ended.out


@pytest.mark.parametrize(("seconds", "verdict"), [(2, Verdict.OK), (30, Verdict.ATTENTION), (3600, Verdict.BROKEN)])
def test_how_far_clocks_may_be_apart(seconds, verdict):
    assert clocks("clock", "the other", timedelta(seconds=seconds)).verdict is verdict


def test_a_database_without_its_tables_is_one_line_among_the_others(workplace, likeness):
    Store.open("sqlite:///likeness.db").close()
    with closing(sqlite3.connect("likeness.db")) as raw:
        raw.execute("DROP TABLE beats")
    found = told(likeness("doctor", "--json"))
    assert found >= {("brand file", "ok"), ("disk", "ok"), ("database", "broken")}
