"""Each finding goes to those who want it, mailboxes and webhooks."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from monitor.domain.alerts import NoticeState
from tests.support.street import CRITICAL, MINOR, change

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
