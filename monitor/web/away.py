"""What is answered while the database is away: one sentence, and one line in the log."""

import structlog
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.web.render import page
from storage.errors import StoreError

log = structlog.get_logger(__name__)

HEALTH = "/healthz"
_API = "/api/"


class Standing:
    """An application that stays on its feet without its database, whoever inside it asked for that."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except StoreError as error:
            if begun:
                raise
            request = Request(scope)
            response = await run_in_threadpool(told, request, error)
            await response(scope, receive, send)


def told(request: Request, error: Exception) -> Response:
    """Return that the database is away, as who asked can read it; its address is for the log alone."""
    log.error("not answered", path=request.url.path, why=str(error))
    said = error.said if isinstance(error, StoreError) else "cannot be used"
    if request.url.path == HEALTH:
        return JSONResponse({"well": False, "wrong": [f"the database {said}"]}, status_code=503)
    why = f"The database {said}; try again in a minute."
    if request.url.path.startswith(_API):
        return JSONResponse({"error": why}, status_code=503)
    return page(request, "mistake.html.j2", status=503, code=503, why=why)
