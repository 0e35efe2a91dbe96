"""The application: every page and API route over one desk, behind the headers and the gate."""

from collections.abc import Collection
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Scope

from monitor.domain.errors import Mistake
from monitor.service.desk import Desk
from monitor.service.drafts import Drafts
from monitor.web import api, away, pages, unfit
from monitor.web.access import NotSignedInError, Right, needs
from monitor.web.etags import Tagged
from monitor.web.gate import Gate
from monitor.web.headers import Guarded
from monitor.web.heads import Heads
from monitor.web.known_words import only_known
from monitor.web.lean import few_at_once
from monitor.web.onetime import Notes
from monitor.web.render import page
from storage.errors import StoreError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "testserver"})
_STATIC = Path(__file__).parent / "static"
API = "/api/v1"
_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"description": "Nobody is signed in"},
    403: {"description": "A right is missing"},
    404: {"description": "There is no such thing"},
    422: {"description": "What was asked for cannot be: the error says why", "content": {"application/json": {}}},
}
_OF_API = [Depends(needs(Right.VIEW)), Depends(only_known(API))]
_NOBODY = "Sign in, or send a token."
_UNREADABLE = "There was an error parsing the body"  # FastAPI's words, with 400
_SMALLEST = 1000  # bytes worth compressing


def create(
    desk: Desk,
    *,
    hosts: Collection[str] = LOOPBACK,
    secure: bool = False,
    only_this_machine: bool = True,
    alone: bool = False,
) -> FastAPI:
    """Return the application. `hosts` are the names it answers to, `secure` says that it is reached by HTTPS.

    `only_this_machine`: it listens on loopback, so nobody signs in as long as there are no accounts.
    `alone`: no clock runs beside the pages, so a database on which none ever ticked is well.
    """
    app = FastAPI(title="Likeness", version="1", docs_url=None, redoc_url=None, openapi_url=f"{API}/openapi.json",
                  lifespan=few_at_once)  # fmt: skip
    app.state.desk = desk
    app.state.secure = secure
    app.state.alone = alone
    app.state.drafts = Drafts(desk.clock)
    app.state.notes = Notes()
    for router in pages.ALL:
        app.include_router(router, include_in_schema=False)
    for router in api.ALL:
        app.include_router(router, prefix=API, dependencies=_OF_API, responses=_REFUSALS)
    app.mount("/static", _Kept(directory=_STATIC), name="static")
    _answer_mistakes(app)
    app.add_middleware(Gate, desk=desk, open_to_this_machine=only_this_machine)
    app.add_middleware(Tagged, under=API)
    app.add_middleware(GZipMiddleware, minimum_size=_SMALLEST)
    app.add_middleware(away.Standing)
    app.add_middleware(Guarded, hosts=hosts, secure=secure)
    app.add_middleware(Heads)
    return app


class _Kept(StaticFiles):
    """Files whose address changes with their content: browsers keep them for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if scope.get("query_string"):
            response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def _answer_mistakes(app: FastAPI) -> None:
    app.add_exception_handler(NotSignedInError, _sign_in)
    app.add_exception_handler(Mistake, _mistake)
    app.add_exception_handler(StoreError, away.told)
    app.add_exception_handler(StarletteHTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unfit)


def _sign_in(request: Request, _: Exception) -> Response:
    if wants_json(request):
        sent = "authorization" in request.headers
        why = "This token is not known, or it has ended; an administrator makes a new one." if sent else _NOBODY
        return JSONResponse({"error": why}, status_code=401)
    return RedirectResponse(f"/sign-in?{urlencode({'to': _asked(request)})}", status_code=303)


def _asked(request: Request) -> str:
    """Return what was asked for, to go on with after the sign-in; a form that was sent is not sent again."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "") if request.method == "GET" else "/"


def _mistake(request: Request, error: Exception) -> Response:
    return told(request, 422, str(error))


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException | StarletteHTTPException) else 500
    why = str(getattr(error, "detail", ""))
    if why == _UNREADABLE:
        return told(request, 422, "What was sent cannot be read: send JSON in UTF-8, not nested deeply.")
    return told(request, status, _in_words(request, status) if why == HTTPStatus(status).phrase else why)


def _in_words(request: Request, status: int) -> str:
    """Return a refusal that nobody gave words to."""
    if status == HTTPStatus.NOT_FOUND:
        return "There is nothing at this address."
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return f"This address takes no {request.method}."
    return f"{HTTPStatus(status).phrase}."


def _unfit(request: Request, error: Exception) -> Response:
    found: Any = error.errors() if isinstance(error, RequestValidationError) else ()
    return told(request, 422, f"This cannot be read: {'; '.join(dict.fromkeys(unfit.said(each) for each in found))}.")


def wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def told(request: Request, status: int, why: str) -> Response:
    """Return a mistake as a page, or as JSON for programs."""
    if wants_json(request):
        return JSONResponse({"error": why}, status_code=status)
    return page(request, "mistake.html.j2", status=status, code=status, why=why)
