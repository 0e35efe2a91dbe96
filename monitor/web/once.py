"""`Idempotency-Key`: a post that is repeated after a lost answer does its work once (IETF draft of that name)."""

import hashlib
import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Header, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from monitor.web.access import Asking
from monitor.web.forms import from_here
from monitor.web.place import AtDesk
from storage import posts

Work = Callable[[], Any]
_JSON = "application/json"


class Once:
    """Does a post's work, or brings what it brought before."""

    def __init__(self, *, desk: AtDesk, person: str, key: str, request_hash: str) -> None:
        self._desk, self._person, self._key, self._hash = desk, person, key, request_hash

    def __call__(self, work: Work, *, status: int = 201) -> Response:
        """`work` returns what is sent as JSON; where it fails, the post may be repeated."""
        if not self._key:
            return JSONResponse(work(), status_code=status)
        with self._desk.store.transaction() as tx:
            known = posts.claim(tx, self._person, self._key, self._hash, self._desk.clock())
        if known is not None:
            return _again(known, self._hash)
        try:
            body = work()
        except BaseException:  # whatever ended it, a cancelled request too: a key that stayed claimed would answer 409
            with self._desk.store.transaction() as tx:
                posts.release(tx, self._person, self._key)
            raise
        with self._desk.store.transaction() as tx:
            posts.settle(tx, self._person, self._key, status, json.dumps(body))
        return JSONResponse(body, status_code=status)


def _again(known: posts.Done, request_hash: str) -> Response:
    if known.request_hash != request_hash:
        raise HTTPException(422, "This Idempotency-Key was used for another post; take a new one.")
    if not known.status:
        raise HTTPException(409, "The post with this Idempotency-Key is still under way; ask again in a moment.")
    return Response(known.body, status_code=known.status, media_type=_JSON, headers={"idempotent-replayed": "true"})


async def once(
    request: Request,
    desk: AtDesk,
    person: Asking,
    idempotency_key: Annotated[str, Header(max_length=200)] = "",
) -> Once:
    """Return what does the work of this post at most once per key and person."""
    if not person.by_token and not from_here(request):
        raise HTTPException(403, "Programs send a token; this request came from a page elsewhere.")
    whole = f"{request.method} {request.url.path}?{request.url.query}\n".encode() + await request.body()
    return Once(desk=desk, person=person.id, key=idempotency_key, request_hash=hashlib.sha256(whole).hexdigest())


AtMostOnce = Annotated[Once, Depends(once)]
