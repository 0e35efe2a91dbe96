"""One message to one recipient over SMTP, and an honest word on what became of it.

A server that may have taken the message is UNKNOWN, not failed: after the last line of DATA a lost connection says
nothing. A refusal for good (5xx to this recipient or this message) is BOUNCED; everything else waits.
"""

import smtplib
import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from typing import Any

from monitor.domain.alerts import NoticeState
from reports.mail_server import MailServerError, Server, parse
from reports.plain import one_line
from reports.receipt import Delivered

__all__ = ["GREYLISTED", "MISCONFIGURED", "UNREACHABLE", "MailServerError", "Server", "Smtp", "parse"]

GREYLISTED = 15 * 60.0  # seconds until a temporary refusal is tried again
UNREACHABLE = 5 * 60.0
MISCONFIGURED = 60 * 60.0  # a person has to act: trying often only locks the account

_TEMPORARY, _PERMANENT = 450, 500
_START_INPUT = 354


class _RefusedError(Exception):
    """The dialogue ended before the message could have been taken."""

    def __init__(self, delivered: Delivered, *, closes: bool = False) -> None:
        super().__init__(delivered.detail)
        self.delivered = delivered
        self.closes = closes  # the same would happen to every other message


class Smtp:
    """Sends by the server that LIKENESS_SMTP_URL names.

    After a failure that would befall every message (no connection, login refused) the server is left alone for its
    `retry_after`: the messages of that time wait without a try.
    """

    def __init__(
        self,
        url: str,
        *,
        tls: ssl.SSLContext | None = None,
        timeout: float = 30,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._server = parse(url)
        self._tls = tls or ssl.create_default_context()
        self._timeout = timeout  # seconds for each answer of the server
        self._clock = clock
        self._closed: tuple[float, Delivered] | None = None  # until when, and why

    def send(self, message: EmailMessage) -> Delivered:
        """Hand the message over; a server that repeats our password in its reply does not get it into a log."""
        delivered = self._sent(message)
        return replace(delivered, detail=self._hidden(delivered.detail))

    def look(self) -> str:
        """Connect, encrypt and log in, and send nothing; returns what is wrong, empty where nothing is."""
        try:
            with self._connected() as dialogue:
                self._login(dialogue)
        except _RefusedError as refused:
            return self._hidden(refused.delivered.detail)
        return ""

    def _hidden(self, detail: str) -> str:
        password = self._server.password
        return detail.replace(password, "[secret]") if password else detail

    def _sent(self, message: EmailMessage) -> Delivered:
        if self._closed and (left := self._closed[0] - self._clock()) > 0:
            closed = self._closed[1]
            return Delivered(state=NoticeState.WAITING, detail=closed.detail, retry_after=left)
        try:
            sender, recipient = _envelope(message)
            with self._connected() as dialogue:
                self._login(dialogue)
                _announce(dialogue, sender, recipient)
                return _hand_over(dialogue, message.as_bytes())
        except _RefusedError as refused:
            if refused.closes and refused.delivered.retry_after:
                self._closed = (self._clock() + refused.delivered.retry_after, refused.delivered)
            return refused.delivered

    def _connected(self) -> "_Dialogue":
        server = self._server
        try:
            if server.implicit_tls:
                dialogue: _Dialogue = _SecureDialogue(
                    server.host, server.port, timeout=self._timeout, context=self._tls
                )
            else:
                dialogue = _Dialogue(server.host, server.port, timeout=self._timeout)
            dialogue.ehlo_or_helo_if_needed()
            if server.starttls:
                self._encrypt(dialogue)
        except ssl.SSLError as error:
            raise _waiting(f"its encryption cannot be trusted ({error.reason})", MISCONFIGURED, self._server) from None
        except (OSError, smtplib.SMTPException) as error:
            raise _waiting(f"no connection ({_said(error)})", UNREACHABLE, self._server) from None
        return dialogue

    def _encrypt(self, dialogue: smtplib.SMTP) -> None:
        """Start TLS or stop: a stripped STARTTLS must not send a mail or a password in the clear."""
        if not dialogue.has_extn("starttls"):
            dialogue.close()
            raise _waiting("it does not offer STARTTLS, so nothing was sent", MISCONFIGURED, self._server)
        code, _ = dialogue.starttls(context=self._tls)
        if code != 220:  # noqa: PLR2004  -- RFC 3207: ready to start TLS
            dialogue.close()
            raise _waiting("it refused STARTTLS, so nothing was sent", MISCONFIGURED, self._server)
        dialogue.ehlo()

    def _login(self, dialogue: "_Dialogue") -> None:
        if not self._server.user:
            return
        try:
            dialogue.login_once(self._server.user, self._server.password)
        except smtplib.SMTPAuthenticationError as error:
            # The server's own words may repeat what was sent: only its number is told.
            why = f"it refused the login ({error.smtp_code}); check the user and password in LIKENESS_SMTP_URL"
            raise _waiting(why, MISCONFIGURED, self._server) from None
        except smtplib.SMTPNotSupportedError:
            why = "it offers no login that is known here; take the user out of LIKENESS_SMTP_URL"
            raise _waiting(why, MISCONFIGURED, self._server) from None
        except (OSError, smtplib.SMTPException):
            raise _waiting("the connection broke during the login", UNREACHABLE, self._server) from None


class _Dialogue(smtplib.SMTP):
    """Logs in with one try, and leaves without a word about a connection that is already gone."""

    def login_once(self, user: str, password: str) -> None:
        """Log in by the first way that the server offers; smtplib's own login would try all of them in turn."""
        ways: dict[str, Any] = {"PLAIN": self.auth_plain, "LOGIN": self.auth_login, "CRAM-MD5": self.auth_cram_md5}
        offered = self.esmtp_features.get("auth", "").upper().split()
        self.user, self.password = user, password
        for name, way in ways.items():
            if name in offered:
                self.auth(name, way)
                return
        raise smtplib.SMTPNotSupportedError

    def __exit__(self, *args: object) -> None:
        try:
            self.docmd("QUIT")
        except (OSError, smtplib.SMTPException):
            pass
        finally:
            self.close()


class _SecureDialogue(_Dialogue, smtplib.SMTP_SSL):
    pass


def _envelope(message: EmailMessage) -> tuple[str, str]:
    recipients = [address for _, address in getaddresses([str(value) for value in message.get_all("To", [])])]
    sender = parseaddr(str(message["From"]))[1]
    if len(recipients) != 1:
        raise ValueError("A message goes to one recipient: a refusal of one must not hide behind another.")
    return sender, recipients[0]


def _announce(dialogue: smtplib.SMTP, sender: str, recipient: str) -> None:
    """Name sender and recipient and ask to begin; afterwards the server waits for the message."""
    options = _options(dialogue, sender, recipient)
    try:
        _heed(dialogue.mail(sender, options), "the sender", lasting=False)
        _heed(dialogue.rcpt(recipient), one_line(recipient, 120), lasting=True)
        code, text = dialogue.docmd("DATA")
    except (OSError, smtplib.SMTPException) as error:
        detail = f"The mail server broke off before taking the message ({_said(error)})."
        raise _RefusedError(Delivered(state=NoticeState.WAITING, detail=detail, retry_after=GREYLISTED)) from None
    if code != _START_INPUT:
        _heed((code, text), "the message", lasting=True)
        _heed((_TEMPORARY, text), "the message", lasting=True)


def _options(dialogue: smtplib.SMTP, sender: str, recipient: str) -> tuple[str, ...]:
    if sender.isascii() and recipient.isascii():
        return ()
    if dialogue.has_extn("smtputf8"):
        return ("SMTPUTF8", "BODY=8BITMIME")
    detail = f"The mail server cannot take addresses such as {one_line(recipient, 120)}: it does not offer SMTPUTF8."
    raise _RefusedError(Delivered(state=NoticeState.BOUNCED, detail=detail))


def _hand_over(dialogue: smtplib.SMTP, content: bytes) -> Delivered:
    """Send the message itself; from here on a lost connection leaves its fate open."""
    try:
        dialogue.send(_dotted(content))
        code, text = dialogue.getreply()
    except (OSError, smtplib.SMTPException) as error:
        detail = f"The mail server fell silent after the message was handed over ({_said(error)}); it may have arrived."
        return Delivered(state=NoticeState.UNKNOWN, detail=detail, retry_after=GREYLISTED)
    _heed((code, text), "the message", lasting=True)
    return Delivered(state=NoticeState.SENT, detail=f"The mail server took it ({_reply(code, text)}).")


def _dotted(content: bytes) -> bytes:
    """Return the message as RFC 5321 wants it on the wire: CRLF lines, leading dots doubled, a dot at the end."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + b"\r\n.\r\n"


def _heed(reply: tuple[int, bytes], what: str, *, lasting: bool) -> None:
    """Raise for a refusal; one for good counts as such only where it concerns this recipient or message."""
    code, text = reply
    if code in {250, 251, 252}:
        return
    detail = f"The mail server refused {what} ({_reply(code, text)})."
    if code >= _PERMANENT and lasting:
        raise _RefusedError(Delivered(state=NoticeState.BOUNCED, detail=detail))
    pause = MISCONFIGURED if code >= _PERMANENT else GREYLISTED
    raise _RefusedError(Delivered(state=NoticeState.WAITING, detail=detail, retry_after=pause))


def _waiting(why: str, pause: float, server: Server) -> _RefusedError:
    detail = f"The mail server {server.host}:{server.port} cannot be used: {why}."
    return _RefusedError(Delivered(state=NoticeState.WAITING, detail=detail, retry_after=pause), closes=True)


def _reply(code: int, text: bytes) -> str:
    return one_line(f"{code} {text.decode('utf-8', 'replace')}", 160)


def _said(error: Exception) -> str:
    """Return what kind of failure it was; texts of exceptions are not repeated, they may hold what was sent."""
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "the connection broke"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {error.smtp_code}"
    if isinstance(error, OSError) and error.strerror and not isinstance(error, smtplib.SMTPException):
        return error.strerror
    return type(error).__name__
