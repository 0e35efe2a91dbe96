"""Answers of the API carry the hash of what they say; who has it already is told so in a line (RFC 9110, 13.1.2)."""

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OK, _NOT_MODIFIED = 200, 304


class Tagged:
    """Adds an ETag to JSON that was asked for with GET, and answers 304 where nothing changed."""

    def __init__(self, app: ASGIApp, *, under: str) -> None:
        self._app, self._under = app, under

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] not in {"GET", "HEAD"}
            or not scope["path"].startswith(self._under)
        ):
            await self._app(scope, receive, send)
            return
        known = Headers(scope=scope).get("if-none-match", "")
        start: list[Message] = []
        body: list[bytes] = []

        async def held(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
                return
            body.append(message.get("body", b""))
            if not message.get("more_body"):
                await _sent(start[0], b"".join(body), known, send)

        await self._app(scope, receive, held)


async def _sent(start: Message, body: bytes, known: str, send: Send) -> None:
    if start["status"] == _OK:
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = MutableHeaders(scope=start)
        headers["etag"] = tag
        headers["cache-control"] = "private, no-cache"
        if tag in [part.strip().removeprefix("W/") for part in known.split(",")]:
            start["status"], body = _NOT_MODIFIED, b""
            del headers["content-length"], headers["content-type"]
    await send(start)
    await send({"type": "http.response.body", "body": body})
