"""Rivals: whose part of the talk is how large, and who stands where we do not."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from monitor import pipeline
from monitor.service import outnamed, portraits, unmeasured
from monitor.web import drawings
from monitor.web.place import Here
from monitor.web.render import page
from reports import grids

router = APIRouter()
_MOST = 25  # prompts listed where others are named more often


@router.get("/b/{key}/rivals")
def rivals(request: Request, place: Here) -> Response:
    start, end = place.period.start, place.period.end
    shown = portraits.portrait(place.house, start, end)
    named = pipeline.naming(place.house.settings)
    ahead = outnamed.outnamed(place.house, start, end)
    return page(
        request,
        "rivals.html.j2",
        place=place,
        room="rivals",
        nothing=None if shown.answers else unmeasured.unmeasured(place.house),
        grids=[
            ("Share of voice", grids.grid(shown, shown.share_of_voice)),
            ("Named without being asked for", grids.grid(shown, shown.visibility)),
            ("Recommended", grids.grid(shown, shown.recommended)),
        ],
        replaced=ahead.rows[:_MOST],
        more=max(0, len(ahead.rows) - _MOST),
        unclear=ahead.unclear,
        labels={each.id: named(each) for each in place.house.settings.assistants},
        figures=drawings.drawn(shown, "visibility-compared", "share_of_voice-course"),
    )
