"""Forms that only our own pages can send: signed, and from the same place.

A page that is open elsewhere in the same browser can make it send a form with its cookies; it can neither read the
signature in our pages nor forge where the request comes from (OWASP, cross-site request forgery prevention).
"""

import hashlib
import hmac
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData

from monitor.web.access import Asking, Person

FIELD = "form_key"
_REFUSED = "This form was not sent from a page of Likeness, or the page is too old. Go back, reload it, and send again."


def form_key(person: Person) -> str:
    """Return what the person's forms carry; nobody without their secret can make it."""
    return hmac.new(person.secret.encode(), b"form", hashlib.sha256).hexdigest()


async def own_form(request: Request, person: Asking) -> None:
    """Let a form pass only if it comes from a page that we gave to this person."""
    if person.by_token:
        return
    sent = request.headers.get("x-form-key") or str((await request.form()).get(FIELD, ""))
    if not from_here(request) or not hmac.compare_digest(sent.encode(), form_key(person).encode()):
        raise HTTPException(403, _REFUSED)


async def _sent(request: Request) -> FormData:
    return await request.form()


# What a form holds, for routes that work too long to run on the event loop.
Sent = Annotated[FormData, Depends(_sent)]


def from_here(request: Request) -> bool:
    """Whether a request was sent by a page of ours, as far as the browser says."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
