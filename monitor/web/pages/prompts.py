"""Prompts: the panel, and what each prompt brings."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from monitor import pipeline
from monitor.service import asked_ever, panel
from monitor.web.place import Here
from monitor.web.render import page

router = APIRouter()
_LISTED = 40  # prompts of a page


@router.get("/b/{key}/prompts")
def prompts(request: Request, place: Here, after: Annotated[int, Query(ge=0, le=1_000_000)] = 0) -> Response:
    named = pipeline.naming(place.house.settings)
    rows = panel.prompts(place.house, place.period.start, place.period.end)
    others = panel.others(place.house, place.period.start, place.period.end) if not after else []
    return page(
        request,
        "prompts.html.j2",
        place=place,
        room="prompts",
        rows=rows[after : after + _LISTED],
        total=len(rows),
        asked=len(place.house.settings.asked),
        after=after,
        rest=after + _LISTED if after + _LISTED < len(rows) else 0,
        others=others[:_LISTED],
        others_left=max(0, len(others) - _LISTED),
        labels={each.id: named(each) for each in place.house.settings.assistants},
        everybody=dict(asked_ever.assistants(place.house, place.house.today)),
    )
