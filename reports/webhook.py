"""A notice for machines and chat rooms: one signed POST, with a body that Slack can show and programs can read.

Signed as standardwebhooks.com describes it: HMAC-SHA256 over id, timestamp and body. The address is a secret and comes
from the environment; it may only lead where the brand file allows, and redirects are not followed.
"""

import asyncio
import base64
import hashlib
import hmac
import re
import ssl
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from monitor.domain.alerts import NoticeState
from monitor.domain.brand import Network
from reports import whereabouts
from reports.plain import one_line
from reports.receipt import Call, Delivered
from reports.webhook_body import compose
from reports.whereabouts import ForbiddenError

__all__ = ["Call", "Webhook", "compose", "sign"]

BUSY = 5 * 60.0  # seconds until a temporary refusal is tried again
MISCONFIGURED = 60 * 60.0  # a person has to act
_LONGEST = 6 * 60 * 60.0  # that a Retry-After is believed
_CODED = "whsec_"
_TELLING = 5  # characters from which on a part of an address may be a secret
_SHOWN = 200  # bytes of a refusal's text
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_THIS_MESSAGE = frozenset({400, 413, 422})  # refused for what it is: the same again would fare the same


def sign(secret: str, call_id: str, timestamp: int, body: bytes) -> str:
    """Return the signature header's value; a secret that begins with `whsec_` is base64.

    >>> secret, call_id = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    >>> sign(secret, call_id, 1614265330, b'{"test": 2432232314}')
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    signed = f"{call_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()}"


def _key(secret: str) -> bytes:
    """Return what signs; ValueError where a secret that should be base64 is not."""
    coded = secret.removeprefix(_CODED)
    return secret.encode() if coded == secret else base64.b64decode(coded, validate=True)


def _signs(secret: str) -> bool:
    try:
        _key(secret)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """One address, and how it is called."""

    name: str  # the variable that holds the address: what messages call it
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)  # empty: not signed
    missing: str = ""  # the variable that is named and not set
    network: Network = Network.PUBLIC
    deadline: float = 20.0  # seconds for the whole call, finding the address included
    clock: Callable[[], float] = time.time
    tls: ssl.SSLContext | None = None

    def send(self, call: Call) -> Delivered:
        """Make the call; it takes its deadline at most, however slowly the other side speaks."""
        if self.missing:
            return self._waiting(f"{self.missing} is not set; set it, or take the webhook out of the brand file")
        if not _signs(self.secret):
            return self._waiting(f"its secret begins with {_CODED} and is not base64; copy it again, whole")
        if wrong := whereabouts.mistake(self.url, self.network):
            return self._waiting(wrong)
        with ThreadPoolExecutor(max_workers=1) as beside:  # the caller may itself be inside a running loop
            return beside.submit(asyncio.run, self._called(call)).result()

    async def _called(self, call: Call) -> Delivered:
        handed_over = False

        async def trace(event: str, _info: Any) -> None:
            nonlocal handed_over
            handed_over |= event == "http11.send_request_body.complete"

        try:
            async with asyncio.timeout(self.deadline):
                address = await whereabouts.resolve(self.url, self.network)
                return await self._posted(call, address, trace)
        except ForbiddenError as error:
            return self._waiting(str(error))
        except (TimeoutError, httpx.HTTPError, OSError) as error:
            why = "no answer in time" if isinstance(error, TimeoutError | httpx.TimeoutException) else "no connection"
            if handed_over:
                detail = f"The webhook {self.name} fell silent after it was called; it may have heard it."
                return Delivered(state=NoticeState.UNKNOWN, detail=detail, retry_after=BUSY)
            return self._waiting(why, BUSY)

    async def _posted(self, call: Call, address: str, trace: Callable[..., Any]) -> Delivered:
        transport = httpx.AsyncHTTPTransport(verify=self.tls or ssl.create_default_context(), trust_env=False)
        async with httpx.AsyncClient(transport=transport, timeout=self.deadline, trust_env=False) as client:
            url = httpx.URL(self.url)
            request = client.build_request(
                "POST",
                url.copy_with(host=address),  # the address that was looked at, not what a second look-up would say
                headers=self._headers(call) | {"Host": url.netloc.decode()},
                content=call.body,
                extensions={"sni_hostname": url.host, "trace": trace},
            )
            answer = await client.send(request, stream=True)
            try:
                text = b"" if answer.is_success else await _beginning(answer)
            finally:
                await answer.aclose()
        return self._heard(answer, text)

    def _headers(self, call: Call) -> dict[str, str]:
        at = int(self.clock())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Likeness",
            "Accept-Encoding": "identity",
            "webhook-id": call.id,
            "webhook-timestamp": str(at),
        }
        return headers | {"webhook-signature": sign(self.secret, call.id, at, call.body)} if self.secret else headers

    def _heard(self, answer: httpx.Response, text: bytes) -> Delivered:
        code = answer.status_code
        if answer.is_success:
            return Delivered(state=NoticeState.SENT, detail=f"The webhook {self.name} took it ({code}).")
        if answer.is_redirect:
            return self._waiting(f"it sends us elsewhere ({code}), which is not followed")
        said = self._clean(f"{code} {text.decode('utf-8', 'replace')}")
        if code in _THIS_MESSAGE:
            detail = f"The webhook {self.name} refused the message ({said})."
            return Delivered(state=NoticeState.BOUNCED, detail=detail)
        return self._waiting(f"it answered {said}", _pause(answer) if code in _BUSY else MISCONFIGURED)

    def _clean(self, said: str) -> str:
        """Return what the other side said without what it may repeat of our address and secret."""
        parts = urlsplit(self.url)
        secrets = [self.secret, *parts.path.split("/"), *re.split("[&=]", parts.query)]
        for word in sorted((word for word in secrets if len(word) >= _TELLING), key=len, reverse=True):
            said = said.replace(word, "[secret]")
        return one_line(said, 160)

    def _waiting(self, why: str, pause: float = MISCONFIGURED) -> Delivered:
        detail = f"The webhook {self.name} cannot be used: {why}."
        return Delivered(state=NoticeState.WAITING, detail=detail, retry_after=pause)


async def _beginning(answer: httpx.Response) -> bytes:
    """Return the first bytes of a refusal, as they came."""
    async for chunk in answer.aiter_raw(_SHOWN):
        return chunk
    return b""


def _pause(answer: httpx.Response) -> float:
    """Return how long the other side wants to be left alone, within reason."""
    written = answer.headers.get("Retry-After", "")
    return min(max(float(written), BUSY), _LONGEST) if written.isascii() and written.isdigit() else BUSY
