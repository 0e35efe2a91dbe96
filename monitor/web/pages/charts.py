"""Charts that are explored: what each is drawn from, and the library that draws it in the page."""

import gzip
from functools import cache
from threading import Lock
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse, Response

from monitor.service import portraits, side_by_side
from monitor.web import drawings
from monitor.web.place import Here
from reports import vega
from reports.lively import lively

router = APIRouter()

_FOR_EVER = {
    "cache-control": "public, max-age=31536000, immutable",
    "etag": f'"{vega.MARK}"',
    "vary": "accept-encoding",
}
_making = Lock()


@router.get("/b/{key}/charts/{name}")
def chart(place: Here, name: str, room: Annotated[int, Query(ge=1, le=10_000)] = 1000) -> Response:
    """Return what one of the brand's charts is drawn from in a page; `room` is how wide it may be, in pixels."""
    if name not in drawings.ALL:
        raise HTTPException(404, f"No chart is called {name!r}.")
    shown = portraits.portrait(place.house, place.period.start, place.period.end)
    alike = side_by_side.alike(place.house, shown) if name == drawings.COMPARED else None
    found = drawings.drawn(shown, name, alike=alike)
    if not found:
        raise HTTPException(404, "Nothing was measured in these days.")
    return JSONResponse(lively(found[0].spec, room=room))


@router.get("/static/vega-{mark}.js")
def library(request: Request, mark: str) -> Response:
    """Return the library; its address changes with its content, so that browsers keep it for ever."""
    if mark != vega.MARK:
        raise HTTPException(404, "This library is not here any more; reload the page.")
    if vega.MARK in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=_FOR_EVER)
    packed = _packed()
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type="text/javascript", headers={**_FOR_EVER, "content-encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type="text/javascript", headers=_FOR_EVER)


def _packed() -> bytes:
    with _making:  # whoever asks meanwhile waits for the same one
        return _made()


@cache
def _made() -> bytes:
    return gzip.compress(vega.script(), mtime=0)
