"""Where a vendor's redirect addresses lead. Nothing but the vendor's own redirector is ever asked.

Gemini cites addresses of Google that expire; the page's own address has to be read when the answer comes.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import urlsplit

import httpx

from monitor.domain.answers import Reply

REDIRECTORS = frozenset({"vertexaisearch.cloud.google.com"})
MOST = 40  # addresses followed in one answer
SECONDS = 5.0  # for all of them together
_LONGEST = 2000  # characters of an address that is kept

Follow = Callable[[str], Awaitable[str]]  # an address -> where it leads; empty: not known
LookUp = Callable[[str], Awaitable[list[str]]]  # a host's name -> its IP addresses


async def resolved(reply: Reply, follow: Follow) -> Reply:
    """Return the reply with `resolved` filled where a source or citation is a redirect that could be followed."""
    urls = [source.url for source in reply.sources] + [citation.url for citation in reply.citations]
    redirects = list(dict.fromkeys(url for url in urls if is_redirect(url)))
    if not redirects:
        return reply
    led = await _all(redirects[:MOST], follow)
    return replace(
        reply,
        sources=tuple(replace(page, resolved=led.get(page.url, "")) for page in reply.sources),
        citations=tuple(replace(page, resolved=led.get(page.url, "")) for page in reply.citations),
    )


async def _all(urls: list[str], follow: Follow) -> dict[str, str]:
    """Follow all at once; what has not come after SECONDS stays unknown."""
    tasks = {url: asyncio.ensure_future(follow(url)) for url in urls}
    try:
        await asyncio.wait(tasks.values(), timeout=SECONDS)
        return {url: task.result() for url, task in tasks.items() if task.done()}
    finally:
        for task in tasks.values():
            task.cancel()


def is_redirect(url: str) -> bool:
    """Tell whether an address is a vendor's redirector.

    >>> is_redirect("https://vertexaisearch.cloud.google.com/grounding-api-redirect/AUZ")
    True
    >>> is_redirect("http://127.0.0.1/"), is_redirect("https://[broken")
    (False, False)
    """
    try:
        parts = urlsplit(url)
        where = (parts.scheme, parts.hostname, parts.port or 443)
    except ValueError:
        return False
    return where in {("https", host, 443) for host in REDIRECTORS}


async def addresses(host: str) -> list[str]:
    """Ask the system's resolver; an IPv4 address first, as not every machine has a way to IPv6."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [str(entry[4][0]) for entry in sorted(found, key=lambda entry: entry[0] != socket.AF_INET)]


async def location(client: httpx.AsyncClient, url: str, look_up: LookUp = addresses) -> str:
    """Ask a redirector where it leads, without going there; empty where it does not say.

    The connection goes to the address that was checked, so that a second answer of the resolver cannot move it.
    """
    if not is_redirect(url):
        return ""
    host = urlsplit(url).hostname or ""
    found = await look_up(host)
    if not found or not all(is_public(address) for address in found):
        return ""
    address = f"[{found[0]}]" if ":" in found[0] else found[0]
    target = httpx.URL(url).copy_with(host=address)
    try:
        async with client.stream(
            "GET", target, headers={"Host": host}, extensions={"sni_hostname": host}, timeout=SECONDS
        ) as response:
            return page(response.headers.get("location", "")) if response.is_redirect else ""
    except (httpx.HTTPError, httpx.InvalidURL):
        return ""


def page(url: str) -> str:
    """Return the address if it can be one of a public page, else nothing.

    >>> page("https://example.com/a"), page("javascript:alert(1)"), page("http://127.0.0.1:80/"), page("http://localhost")
    ('https://example.com/a', '', '', '')
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or "." not in host or len(url) > _LONGEST:
        return ""
    return url if is_public(host, otherwise=True) else ""


def is_public(host: str, *, otherwise: bool = False) -> bool:
    """Tell whether an IP address is a public one; `otherwise` is said of what is no IP address."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return otherwise
    return address.is_global and not address.is_multicast
