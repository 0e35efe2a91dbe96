"""Leaving regular mail: one click in the mail program, or a page with a button; and coming back."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from monitor.pipeline import leaving
from monitor.web.place import AtDesk
from monitor.web.render import page
from storage import mailing

router = APIRouter()


@router.get("/unsubscribe/{word}")
def ask(request: Request, desk: AtDesk, word: str) -> Response:
    """Show a button: a mail program that looks at links must not sign anybody off."""
    return _shown(request, desk, word)


@router.post("/unsubscribe/{word}")
def leave(request: Request, desk: AtDesk, word: str, back: Annotated[str, Form()] = "") -> Response:
    """Sign off, or on again. The link itself is the proof, so no form of ours is needed (RFC 8058)."""
    of = leaving.subscription(desk.store, word)
    with desk.store.transaction() as tx:
        if back == "yes":
            mailing.come_back(tx, of.brand, of.recipient, of.kind)
        else:
            mailing.leave(tx, of.brand, of.recipient, of.kind, desk.clock())
    return _shown(request, desk, word)


def _shown(request: Request, desk: AtDesk, word: str) -> Response:
    of = leaving.subscription(desk.store, word)
    with desk.store.snapshot() as tx:
        left = mailing.has_left(tx, of.brand, of.recipient, of.kind)
    return page(request, "unsubscribe.html.j2", person=None, of=of, left=left, word=word)
