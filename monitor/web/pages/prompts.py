"""Prompts: the panel, and what each prompt brings."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from monitor import pipeline
from monitor.service import panel
from monitor.web.place import Here
from monitor.web.render import page

router = APIRouter()


@router.get("/b/{key}/prompts")
def prompts(request: Request, place: Here) -> Response:
    named = pipeline.naming(place.house.settings)
    return page(
        request,
        "prompts.html.j2",
        place=place,
        room="prompts",
        rows=panel.prompts(place.house, place.period.start, place.period.end),
        labels={each.id: named(each) for each in place.house.settings.assistants},
    )
