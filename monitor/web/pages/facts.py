"""Facts: what each assistant says about each fact, how often, since when."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from monitor.domain.spells import Since
from monitor.service import portraits, since_when, unmeasured
from monitor.web import drawings
from monitor.web.place import Here, Place
from monitor.web.render import page
from reports.since import of_fact

router = APIRouter()


@router.get("/b/{key}/facts")
def facts(request: Request, place: Here) -> Response:
    shown = portraits.portrait(place.house, place.period.start, place.period.end)
    return page(
        request,
        "facts.html.j2",
        place=place,
        room="facts",
        nothing=None if shown.answers else unmeasured.unmeasured(place.house),
        portrait=shown,
        figures=drawings.drawn(shown, "verdicts"),
    )


@router.get("/b/{key}/facts/{fact_id}")
def one_fact(request: Request, place: Here, fact_id: str) -> Response:
    shown = portraits.portrait(place.house, place.period.start, place.period.end)
    found = next((each for each in shown.facts if each.fact.id == fact_id), None)
    if found is None:
        raise HTTPException(404, f"No fact of {place.brand} is called {fact_id!r}.")
    labels = {(panel.assistant_id, panel.surface): panel.label for panel in shown.panels}
    alerts = [alert for alert in shown.alerts if alert.signal.subject == fact_id]
    return page(
        request,
        "fact.html.j2",
        place=place,
        room="facts",
        found=found,
        labels=labels,
        alerts=alerts,
        since=of_fact(_since(place), fact_id),
    )


def _since(place: Place) -> list[Since]:
    return since_when.since(place.house, place.period.start, place.period.end)
