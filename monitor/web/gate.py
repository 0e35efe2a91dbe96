"""Finds out who asks, before any page is asked: a session's cookie, a program's token, or this machine."""

import secrets
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from monitor.domain.accounts import Account, Token
from monitor.service import accounts
from monitor.service.desk import Desk
from monitor.web.access import AT_THIS_MACHINE, Person

COOKIE = "likeness_session"
_BEARER = "bearer "


class Gate:
    """Puts the person into `request.state.person`; leaves it out where nobody is signed in."""

    def __init__(self, app: ASGIApp, *, desk: Desk, open_to_this_machine: bool) -> None:
        """`open_to_this_machine` says that only this machine reaches us: without accounts nobody signs in."""
        self._app, self._desk = app, desk
        self._local = replace(AT_THIS_MACHINE, secret=secrets.token_hex(32)) if open_to_this_machine else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            person = await run_in_threadpool(self._person, Request(scope))
            if person is not None:
                scope.setdefault("state", {})["person"] = person
        await self._app(scope, receive, send)

    def _person(self, request: Request) -> Person | None:
        store, now = self._desk.store, self._desk.clock()
        sent = request.headers.get("authorization", "")
        if sent.lower().startswith(_BEARER):
            token = accounts.token(store, sent[len(_BEARER) :].strip(), now)
            return by_token(token) if token else None
        cookie = request.cookies.get(COOKIE, "")
        session = accounts.session(store, cookie, now) if cookie else None
        if session is not None:
            return signed_in(session.account, session.secret)
        return None if self._local is None or accounts.any_account(store) else self._local


def signed_in(account: Account, secret: str) -> Person:
    return Person(
        id=account.id,
        name=account.name,
        role=account.role,
        rights=account.rights,
        brands=account.brands,
        secret=secret,
    )


def by_token(token: Token) -> Person:
    return Person(
        id=f"token:{token.id}", name=token.name, role=None, rights=token.rights, brands=token.brands, by_token=True
    )
