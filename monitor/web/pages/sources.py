"""Sources: the domains that answers point to, and who owns them."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from monitor.service import kept_up, portraits, unmeasured
from monitor.web import drawings
from monitor.web.place import Here
from monitor.web.render import page
from reports import grids
from reports.sections.sources import owner

router = APIRouter()
_MOST = 100


@router.get("/b/{key}/sources")
def sources(request: Request, place: Here) -> Response:
    shown = portraits.portrait(place.house, place.period.start, place.period.end)
    ordered = sorted(shown.domains, key=lambda each: (-each.citations, each.domain))
    return page(
        request,
        "sources.html.j2",
        place=place,
        room="sources",
        nothing=None if shown.answers else unmeasured.unmeasured(place.house),
        portrait=shown,
        domains=[(each, owner(each)) for each in ordered[:_MOST]],
        more=max(0, len(ordered) - _MOST),
        total=sum(each.citations for each in ordered),
        cited=sum(each.citations > 0 for each in ordered),
        retrieved=sum(not each.citations for each in ordered),
        uncited=sum(not each.citations for each in ordered[_MOST:]),
        core=portraits.kept(place.house, kept_up.CORE, place.period.start, place.period.end),
        grid=grids.grid(shown, shown.citation_rate),
        figures=drawings.drawn(shown, "citation_rate-course"),
    )
