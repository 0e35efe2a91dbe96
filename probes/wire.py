"""The one wire to every assistant: bytes out, bytes in, and a Miss for whatever goes wrong between."""

import asyncio
import itertools
import json
import logging
import ssl
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from monitor.domain.answers import Exchange
from monitor.domain.ledger import Clock
from monitor.domain.rounds import Miss, MissReason
from probes import encodings, links
from probes.assistant import Request
from probes.limits import Limits
from probes.redaction import hide, redact, redact_bytes

LARGEST = 16_000_000  # bytes of one reply, as sent and unpacked; a long answer with its sources has 0.2 MB
_KEPT_HEADERS = ("request-id", "ratelimit", "retry", "content-encoding", "content-type", "openai-processing-ms")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What one call brought: the exchange, and its unpacked body or why there is none."""

    exchange: Exchange
    body: bytes | Miss


class Wire:
    """Posts requests. One per round; `open_wire` closes it."""

    def __init__(self, clients: Sequence[httpx.AsyncClient], clock: Clock) -> None:
        self._clients = itertools.cycle(clients)
        self._clock = clock

    async def post(self, request: Request, *, signature: Mapping[str, str], secret: str, deadline: float) -> Sent:
        """Send one request, once. `signature` holds the headers with the key, `deadline` seconds are for all of it."""
        draft = _Draft(body=json.dumps(request.body, ensure_ascii=False), url=request.url, sent_at=self._clock())
        try:
            async with asyncio.timeout(deadline):
                await self._exchange(draft, {**request.headers, **signature})
            received = encodings.unpack(bytes(draft.received), draft.headers, LARGEST)
            body = received if isinstance(received, Miss) else redact_bytes(received, secret)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, UnicodeEncodeError, _TooLargeError) as error:
            body = _miss(error, deadline, secret)
        exchange = draft.exchange(self._clock(), secret)
        return Sent(exchange=exchange, body=body)

    async def follow(self, url: str) -> str:
        """Return where a vendor's redirect address leads; empty where that cannot be learned."""
        return await links.location(next(self._clients), url)

    async def _exchange(self, draft: "_Draft", headers: Mapping[str, str]) -> None:
        content = draft.body.encode("utf-8", "replace")
        async with next(self._clients).stream("POST", draft.url, content=content, headers=dict(headers)) as response:
            draft.status = response.status_code
            draft.headers = {name.lower(): value for name, value in response.headers.items()}
            async for piece in response.aiter_raw():
                draft.received += piece[: LARGEST + 1 - len(draft.received)]
                if len(draft.received) > LARGEST:
                    raise _TooLargeError


class _TooLargeError(Exception):
    """The reply passed LARGEST bytes."""


@dataclass
class _Draft:
    """An exchange while it goes on."""

    body: str
    url: str
    sent_at: datetime
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    received: bytearray = field(default_factory=bytearray)  # grows in place

    def exchange(self, now: datetime, secret: str) -> Exchange:
        kept = {name: value for name, value in self.headers.items() if any(part in name for part in _KEPT_HEADERS)}
        return Exchange(
            request=hide(self.body, secret),
            response=redact_bytes(bytes(self.received), secret),
            status=self.status,
            url=hide(self.url, secret),
            headers={name: hide(value, secret) for name, value in kept.items()},
            sent_at=self.sent_at,
            received_at=now if self.status is not None else None,
        )


_UNCONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_UNSENDABLE = (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError)
# The thrower says what may follow. Nothing was charged where no connection came about; where one did, nobody knows.
_FAILURES: tuple[tuple[tuple[type[Exception], ...], MissReason, str], ...] = (
    (_UNCONNECTED, MissReason.CONNECT, "No connection"),
    (_UNSENDABLE, MissReason.BAD_REQUEST, "Not sendable"),
    ((UnicodeEncodeError,), MissReason.KEY_REFUSED, "The key holds characters that no header can carry"),
    ((_TooLargeError,), MissReason.TOO_LARGE, f"The reply has more than {LARGEST} bytes; the rest was not read"),
    ((httpx.TimeoutException, TimeoutError), MissReason.TIMEOUT, "No whole reply"),
)
_NEVER_SENT = {MissReason.CONNECT, MissReason.BAD_REQUEST, MissReason.KEY_REFUSED}


def _miss(error: Exception, deadline: float, secret: str) -> Miss:
    known = (row for row in _FAILURES if isinstance(error, row[0]))
    _, reason, what = next(known, ((), MissReason.DROPPED, "The connection broke before the end of the reply"))
    if reason is MissReason.TIMEOUT:
        what = f"{what} within {deadline:g} seconds; it may have been charged"
    said = (
        redact(" ".join(str(error).split()), secret)[:200]
        if reason in {MissReason.CONNECT, MissReason.BAD_REQUEST}
        else ""
    )
    return Miss(
        reason=reason,
        detail=f"{what}: {said}." if said else f"{what}.",
        retry=reason is MissReason.CONNECT,
        pauses=reason in {MissReason.BAD_REQUEST, MissReason.KEY_REFUSED},
        charged=False if reason in _NEVER_SENT else None,
    )


# A client's pool looks at each of its connections for every request: many small pools are quicker than a large one.
_CALLS = 5  # of one client at once
_IDLE = 20  # connections that a client keeps, for it may talk to several hosts


@asynccontextmanager
async def open_wire(
    clock: Clock, limits: Limits, *, at_once: int = _CALLS, transport: httpx.AsyncBaseTransport | None = None
) -> AsyncIterator[Wire]:
    """Open the wire for so many calls at once: no redirects, no cookies, no packing asked for, idle connections few."""
    for name in ("httpx", "httpcore"):  # httpx logs whole addresses at INFO
        logging.getLogger(name).setLevel(logging.WARNING)
    async with AsyncExitStack() as opened:
        pools = range(max(-(-at_once // _CALLS), 1))
        clients = [await opened.enter_async_context(_client(limits, transport)) for _ in pools]
        yield Wire(clients, clock)


def _client(limits: Limits, transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        timeout=httpx.Timeout(limits.deadline, connect=limits.connect),
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=_IDLE),
        headers={
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json",
            "User-Agent": "likeness",
        },
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        follow_redirects=False,
        transport=transport,
        verify=_authorities(),
    )


@cache
def _authorities() -> ssl.SSLContext:
    """Return the certificates to trust, loaded once: that takes longer than many a call."""
    return httpx.create_ssl_context()
