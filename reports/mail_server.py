"""The mail server that LIKENESS_SMTP_URL names."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from monitor.domain.errors import Mistake

_SHAPE = "write it as smtp://user:password@mail.example.com:587 or smtps://user:password@mail.example.com"


class MailServerError(Mistake):
    """LIKENESS_SMTP_URL cannot be used; the text says why, without the password."""


@dataclass(frozen=True, kw_only=True)
class Server:
    host: str
    port: int
    user: str
    password: str
    implicit_tls: bool  # smtps://
    starttls: bool  # required before anything else is said

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port})"


def parse(url: str) -> Server:
    """Return the server that an address names; STARTTLS is required unless the host is this machine.

    `?starttls=off` allows a relay in one's own network that does not encrypt, without a login;
    `?starttls=required` asks for it on this machine too.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise MailServerError(f"LIKENESS_SMTP_URL is not an address; {_SHAPE}.") from None
    if parts.scheme not in {"smtp", "smtps"} or not host:
        raise MailServerError(f"LIKENESS_SMTP_URL is not an address of a mail server; {_SHAPE}.")
    server = Server(
        host=host,
        port=port or (465 if parts.scheme == "smtps" else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp" and _starttls(parts.query, host),
    )
    if server.user and not (server.implicit_tls or server.starttls or _is_loopback(host)):
        raise MailServerError("LIKENESS_SMTP_URL would send its password unencrypted; take out starttls=off.")
    return server


def _starttls(query: str, host: str) -> bool:
    asked = parse_qs(query).get("starttls", [""])[-1]
    if asked not in {"", "off", "required"}:
        raise MailServerError("LIKENESS_SMTP_URL: starttls is either off or required.")
    return asked == "required" or (not asked and not _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"
