"""What every response says to the browser, and which hosts it may be asked as.

No inline script, nothing from elsewhere, no framing: hostile words in an answer find nothing to run with
(OWASP secure headers). A request under a foreign host name is refused: that is how a page elsewhere would
reach a server on loopback (DNS rebinding).
"""

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Charts carry their sizes in style attributes; nothing that can run does.
_HEADERS = {
    "content-security-policy": _POLICY + "; style-src-attr 'unsafe-inline'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "x-robots-tag": "noindex",
}


class Guarded:
    """An application behind the headers."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str], secure: bool) -> None:
        self._app, self._hosts, self._secure = app, hosts, secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not self._known(Headers(scope=scope).get("host", "")):
            refused = PlainTextResponse("Likeness is not served under this name.", status_code=421)
            await refused(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._guard(MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_guarded)

    def _known(self, host: str) -> bool:
        return "*" in self._hosts or host.rsplit(":", 1)[0].strip("[]").lower() in self._hosts

    def _guard(self, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("cache-control", "no-store")
        if self._secure:
            headers.setdefault("strict-transport-security", "max-age=31536000")
