"""Whether assistants' hosts can be reached, and what time they say it is; nothing is asked, no key is sent."""

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from monitor.domain.brand import AssistantSettings
from monitor.domain.ledger import Clock
from probes import assistants

SECONDS = 8.0  # for one host, from looking up its name to the first line of its answer


@dataclass(frozen=True, kw_only=True)
class Reached:
    origin: str  # https://api.example.com
    why_not: str = ""  # one sentence's middle: "no connection"; empty: it answered
    ahead: timedelta | None = None  # our clock against the host's, to the second; None: it said no time


def origin(settings: AssistantSettings) -> str:
    """Return where an assistant is asked, without a path; empty for what answers from this machine.

    >>> origin(AssistantSettings(id="gpt", use="openai", model="gpt-5"))
    'https://api.openai.com'
    """
    known = assistants.ALL.get(settings.use)
    if known is None or known.recall or known.check(settings):
        return ""
    parts = urlsplit(known.request(settings, "").url)
    return f"{parts.scheme}://{parts.netloc}"


async def reach(origins: Sequence[str], clock: Clock) -> list[Reached]:
    """Knock at every host once; what it answers does not matter, as long as it answers."""
    async with httpx.AsyncClient(timeout=SECONDS, follow_redirects=False) as client:
        return list(await asyncio.gather(*(_knock(client, each, clock) for each in origins)))


async def _knock(client: httpx.AsyncClient, where: str, clock: Clock) -> Reached:
    try:
        async with client.stream("GET", where, headers={"User-Agent": "likeness"}) as response:
            return Reached(origin=where, ahead=_ahead(response.headers.get("date", ""), clock()))
    except httpx.TimeoutException:
        return Reached(origin=where, why_not=f"no answer within {SECONDS:g} seconds")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        untrusted = isinstance(error.__cause__ or error.__context__, ssl.SSLError) or "CERTIFICATE" in str(error)
        return Reached(origin=where, why_not="its certificate is not trusted" if untrusted else "no connection")


def _ahead(date: str, now: datetime) -> timedelta | None:
    try:
        return now - parsedate_to_datetime(date)
    except (ValueError, TypeError):
        return None
