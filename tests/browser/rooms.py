"""Which pages there are: found by clicking, one example of each kind."""

import html
import re
from urllib.parse import urlsplit

from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.testclient import TestClient

from monitor.web import pages

_LINK = re.compile(r'<a [^>]*?href="([^"]+)"')
_FIRST = ("/", "/sign-in")


def kinds() -> list[APIRoute]:
    """Return the routes that answer to being opened."""
    return [
        route
        for router in pages.ALL
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in route.methods
    ]


def kind(path: str) -> str | None:
    """Return the pattern of the route that answers to a path."""
    scope = {"type": "http", "method": "GET", "path": path}
    return next((route.path for route in kinds() if route.matches(scope)[0] is Match.FULL), None)


def reached(client: TestClient, *, each: int = 1) -> dict[str, list[str]]:
    """Return, for each kind of page that clicking leads to, as many of its addresses as wanted."""
    found: dict[str, list[str]] = {}
    waiting = list(_FIRST)
    while waiting:
        address = waiting.pop(0)
        pattern = kind(urlsplit(address).path)
        if pattern is None or len(found.setdefault(pattern, [])) >= each or address in found[pattern]:
            continue
        answer = client.get(address, follow_redirects=True)
        if answer.headers.get("content-type", "").startswith("text/html"):
            found[pattern].append(address)
            waiting += links(answer.text, str(answer.url))
    return {pattern: addresses for pattern, addresses in found.items() if addresses}


def links(text: str, where: str) -> list[str]:
    """Return the addresses of our own that a page links to."""
    path = urlsplit(where).path
    written = [html.unescape(link) for link in _LINK.findall(text)]
    return [path + link if link.startswith("?") else link for link in written if link.startswith(("/", "?"))]
