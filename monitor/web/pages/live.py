"""What moves on every page: a round under way, and alerts that opened since the page did."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from monitor.service import alerts as people
from monitor.service import running
from monitor.web.place import Here
from monitor.web.render import page
from storage import progress

router = APIRouter()


@router.get("/b/{key}/live")
def live(request: Request, place: Here, since: Annotated[datetime, Query()]) -> Response:
    """Return the bar under the menu; empty where nothing happened since the page was opened."""
    open_round = running.now(place.house)
    with place.desk.store.snapshot() as tx:
        held = progress.one(tx, place.brand, open_round.id) if open_round else None
    moment = since if since.tzinfo else since.replace(tzinfo=place.desk.clock().tzinfo)
    new = [alert for alert in people.listed(place.house) if alert.since > moment]
    return page(request, "live.html.j2", place=place, held=held, new=new)
