"""What watchers ask: whether all is well, without an account and without a brand's name; and metrics for Prometheus."""

from importlib.util import find_spec
from ipaddress import ip_address

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from monitor.service import health
from monitor.web.access import Person

if find_spec("prometheus_client"):
    from monitor.service import metrics

router = APIRouter()


@router.get("/healthz")
def healthz(request: Request) -> JSONResponse:
    """200 while rounds run and messages go out, else 503; `wrong` says why."""
    desk = request.app.state.desk
    now = desk.clock()
    # A database that is away is told by monitor/web/away.py.
    found = health.look(desk.store, now, clocked=not request.app.state.alone)
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


@router.get("/metrics")
def prometheus(request: Request) -> Response:
    """Metrics of the brands that the asker sees; for a token, somebody signed in, or a program on this machine."""
    person: Person | None = getattr(request.state, "person", None)
    if person is None and not _from_this_machine(request):
        raise HTTPException(401, "Send a token: Authorization: Bearer ...; or ask from this machine.")
    if not find_spec("prometheus_client"):
        raise HTTPException(501, "Metrics need an extra; install it with: pip install 'likeness[metrics]'.")
    desk = request.app.state.desk
    told = metrics.text(desk.store, desk.clock(), sees=person.sees if person else lambda _: True)
    return Response(told, media_type=metrics.MEDIA)


def _from_this_machine(request: Request) -> bool:
    """Whether nobody stands in between: behind a proxy everybody seems to come from this machine."""
    headers = request.headers
    passed_on = request.app.state.secure or any(name in headers for name in ("forwarded", "x-forwarded-for", "via"))
    try:
        return not passed_on and request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
