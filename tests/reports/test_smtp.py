import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from monitor.domain.alerts import Notice, NoticeState
from reports import mail
from reports.delivery import Delivered, MailServerError, Smtp
from reports.smtp import GREYLISTED, MISCONFIGURED, UNREACHABLE, parse

PASSWORD = "s3cret-hunter2"


@dataclass
class Post:
    """A mail server whose faults are set by the test."""

    taken: list[Envelope] = field(default_factory=list)
    mail_reply: str = ""
    rcpt_reply: str = ""
    data_reply: str = ""
    drop_after_data: bool = False
    hang_after_data: bool = False
    logins: int = 0
    accepts_login: bool = True

    async def handle_MAIL(  # noqa: N802  -- aiosmtpd finds it by this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mail_reply:
            return self.mail_reply
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.rcpt_reply:
            return self.rcpt_reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data_reply:
            return self.data_reply
        self.taken.append(envelope)
        if self.drop_after_data:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if self.hang_after_data:
            await asyncio.sleep(1.5)
        return "250 queued as 42"

    def login(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object) -> AuthResult:
        self.logins += 1
        good = isinstance(data, LoginPassword) and data.password == PASSWORD.encode()
        return AuthResult(success=good and self.accepts_login, handled=False)


def _certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    client = ssl.create_default_context(cadata=made.public_bytes(serialization.Encoding.PEM).decode())
    return server, client


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return _certificate(tmp_path_factory.mktemp("tls"))


Start = Callable[..., tuple[Post, str]]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> Iterator[Start]:
    """Return a function that starts a server and gives it and the rest of its address after 'user@'."""
    running: list[Controller] = []

    def run(*, secure: bool = False, auth: bool = False, **faults: object) -> tuple[Post, str]:
        post = Post(**faults)  # type: ignore[arg-type]
        options: dict[str, Any] = {"tls_context": tls[0]} if secure else {}
        if auth:
            options |= {"authenticator": post.login, "auth_require_tls": secure}
        controller = Controller(post, hostname="127.0.0.1", port=_free_port(), ready_timeout=20, **options)
        controller.start()
        running.append(controller)
        return post, f"127.0.0.1:{controller.port}"

    yield run
    for controller in running:
        controller.stop()


@pytest.fixture
def message(make_notice: Callable[..., Notice]) -> EmailMessage:
    return mail.compose(make_notice(), sender="likeness@tolvane.example")


def _states(delivered: Delivered) -> tuple[NoticeState, float | None]:
    return delivered.state, delivered.retry_after


def test_a_mail_arrives_as_it_was_composed(start: Start, message: EmailMessage) -> None:
    post, at = start()
    delivered = Smtp(f"smtp://{at}").send(message)
    assert delivered.state is NoticeState.SENT
    [envelope] = post.taken
    assert envelope.mail_from == "likeness@tolvane.example"
    assert envelope.rcpt_tos == ["brand@tolvane.example"]
    assert isinstance(envelope.content, bytes)
    arrived = BytesParser(policy=default).parsebytes(envelope.content)
    assert arrived["Message-ID"] == message["Message-ID"]
    body, sent = arrived.get_body(("plain",)), message.get_body(("plain",))
    assert body
    assert sent
    assert body.get_content().replace("\r\n", "\n") == sent.get_content().replace("\r\n", "\n")


def test_lines_that_begin_with_a_dot_survive(start: Start) -> None:
    post, at = start()
    message = EmailMessage()
    message["From"], message["To"] = "a@tolvane.example", "b@tolvane.example"
    message.set_content(".\n..two\nplain\n.end\n")
    assert Smtp(f"smtp://{at}").send(message).state is NoticeState.SENT
    assert isinstance(post.taken[0].content, bytes)
    arrived = BytesParser(policy=default).parsebytes(post.taken[0].content)
    assert arrived.get_content() == ".\r\n..two\r\nplain\r\n.end\r\n"


@pytest.mark.parametrize("step", ["mail_reply", "rcpt_reply", "data_reply"])
def test_greylisting_waits(start: Start, message: EmailMessage, step: str) -> None:
    _, at = start(**{step: "451 4.7.1 try again later"})
    delivered = Smtp(f"smtp://{at}").send(message)
    assert _states(delivered) == (NoticeState.WAITING, GREYLISTED)
    assert "451" in delivered.detail


@pytest.mark.parametrize("step", ["rcpt_reply", "data_reply"])
def test_a_refused_recipient_or_message_bounces(start: Start, message: EmailMessage, step: str) -> None:
    _, at = start(**{step: "550 5.1.1 no such user"})
    delivered = Smtp(f"smtp://{at}").send(message)
    assert _states(delivered) == (NoticeState.BOUNCED, None)
    assert "550" in delivered.detail


def test_a_refused_sender_is_for_a_person_to_mend_and_loses_nothing(start: Start, message: EmailMessage) -> None:
    _, at = start(mail_reply="550 5.7.1 sender not allowed")
    assert _states(Smtp(f"smtp://{at}").send(message)) == (NoticeState.WAITING, MISCONFIGURED)


@pytest.mark.parametrize("fault", ["drop_after_data", "hang_after_data"])
def test_silence_after_the_message_is_unknown(start: Start, message: EmailMessage, fault: str) -> None:
    post, at = start(**{fault: True})
    delivered = Smtp(f"smtp://{at}", timeout=0.5).send(message)
    assert _states(delivered) == (NoticeState.UNKNOWN, GREYLISTED)
    assert len(post.taken) == 1


def test_nobody_there_waits_and_is_not_tried_for_every_message(message: EmailMessage) -> None:
    now = [0.0]
    smtp = Smtp(f"smtp://127.0.0.1:{_free_port()}", clock=lambda: now[0], timeout=1)
    assert _states(smtp.send(message)) == (NoticeState.WAITING, UNREACHABLE)
    now[0] = 100.0
    assert _states(smtp.send(message)) == (NoticeState.WAITING, UNREACHABLE - 100)


def test_starttls_encrypts_and_logs_in(
    start: Start, tls: tuple[ssl.SSLContext, ssl.SSLContext], message: EmailMessage
) -> None:
    post, at = start(secure=True, auth=True)
    url = f"smtp://brand:{PASSWORD}@{at}?starttls=required"
    assert Smtp(url, tls=tls[1]).send(message).state is NoticeState.SENT
    assert post.logins == 1
    assert len(post.taken) == 1


def test_a_stripped_starttls_sends_neither_password_nor_mail(start: Start, message: EmailMessage) -> None:
    post, at = start(auth=True)
    delivered = Smtp(f"smtp://brand:{PASSWORD}@{at}?starttls=required").send(message)
    assert _states(delivered) == (NoticeState.WAITING, MISCONFIGURED)
    assert "STARTTLS" in delivered.detail
    assert (post.logins, post.taken) == (0, [])


def test_a_certificate_that_nobody_signed_is_not_trusted(start: Start, message: EmailMessage) -> None:
    post, at = start(secure=True, auth=True)
    delivered = Smtp(f"smtp://brand:{PASSWORD}@{at}?starttls=required").send(message)
    assert _states(delivered) == (NoticeState.WAITING, MISCONFIGURED)
    assert "trusted" in delivered.detail
    assert (post.logins, post.taken) == (0, [])


def test_a_refused_login_is_not_hammered_and_not_told(start: Start, message: EmailMessage) -> None:
    post, at = start(auth=True, accepts_login=False)
    now = [0.0]
    smtp = Smtp(f"smtp://brand:{PASSWORD}@{at}", clock=lambda: now[0])
    first = smtp.send(message)
    again = [smtp.send(message) for _ in range(20)]
    assert _states(first) == (NoticeState.WAITING, MISCONFIGURED)
    assert all(each.state is NoticeState.WAITING for each in again)
    assert post.logins == 1
    assert all(PASSWORD not in each.detail for each in [first, *again])
    assert "LIKENESS_SMTP_URL" in first.detail
    now[0] = MISCONFIGURED + 1
    post.accepts_login = True
    assert smtp.send(message).state is NoticeState.SENT


def test_a_server_that_repeats_the_password_is_not_quoted(start: Start, message: EmailMessage) -> None:
    _, at = start(auth=True, rcpt_reply=f"550 user brand {PASSWORD} may not")
    delivered = Smtp(f"smtp://brand:{PASSWORD}@{at}").send(message)
    assert delivered.state is NoticeState.BOUNCED
    assert PASSWORD not in delivered.detail
    assert "[secret]" in delivered.detail


def test_a_server_that_says_nonsense_waits(message: EmailMessage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def talk() -> None:
            peer, _ = listening.accept()
            with peer:
                peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        speaker = threading.Thread(target=talk)
        speaker.start()
        delivered = Smtp(f"smtp://127.0.0.1:{port}", timeout=2).send(message)
        speaker.join()
    assert delivered.state is NoticeState.WAITING


def test_two_recipients_in_one_message_are_a_mistake(start: Start, message: EmailMessage) -> None:
    _, at = start()
    message.replace_header("To", "a@tolvane.example, b@tolvane.example")
    with pytest.raises(ValueError, match="one recipient"):
        Smtp(f"smtp://{at}").send(message)


@pytest.mark.parametrize(
    "url",
    ["", "mail.example.com", "http://mail.example.com", "smtp://", f"smtp://u:{PASSWORD}@h:99999", "smtp://h?starttls=no",
     f"smtp://u:{PASSWORD}@mail.example.com?starttls=off"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(MailServerError) as caught:
        Smtp(url)
    assert PASSWORD not in str(caught.value)
    assert "LIKENESS_SMTP_URL" in str(caught.value)


@pytest.mark.parametrize(
    ("url", "port", "implicit", "starttls"),
    [
        ("smtp://u:p%40ss@mail.example.com", 587, False, True),
        ("smtps://mail.example.com", 465, True, False),
        ("smtp://localhost:1025", 1025, False, False),
        ("smtp://[::1]:1025", 1025, False, False),
        ("smtp://127.0.0.5?starttls=required", 587, False, True),
        ("smtp://sink:1025?starttls=off", 1025, False, False),
    ],
)
def test_what_an_address_means(url: str, port: int, implicit: bool, starttls: bool) -> None:  # noqa: FBT001
    server = parse(url)
    assert (server.port, server.implicit_tls, server.starttls) == (port, implicit, starttls)
    assert "p@ss" not in repr(server)
