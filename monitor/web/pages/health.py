"""What watchers ask: whether all is well. Without an account, and without a brand's name."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from monitor.domain.errors import Mistake
from monitor.service import health

router = APIRouter()


@router.get("/healthz")
def healthz(request: Request) -> JSONResponse:
    """200 while rounds run and messages go out, else 503; `wrong` says why."""
    desk = request.app.state.desk
    now = desk.clock()
    try:
        found = health.look(desk.store, now)
    except Mistake:  # its words name the database
        return JSONResponse({"well": False, "wrong": ["the database cannot be used"]}, status_code=503)
    body = {
        "well": not found.wrong,
        "wrong": list(found.wrong),
        "last_tick": found.last_tick.isoformat() if found.last_tick else None,
        "tick_age_seconds": (now - found.last_tick).total_seconds() if found.last_tick else None,
        "undelivered": found.undelivered,
        "oldest_undelivered_seconds": found.oldest.total_seconds(),
        "held": found.held,
        "paused_assistants": found.paused,
        "need_help": found.need_help,
        "schema": found.schema,
    }
    return JSONResponse(body, status_code=503 if found.wrong else 200)
