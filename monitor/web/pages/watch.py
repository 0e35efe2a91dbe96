"""Watch mode: chosen prompts every hour over a crisis, on one page that shows it all."""

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from monitor import pipeline
from monitor.domain.errors import Mistake
from monitor.domain.watches import Watch
from monitor.service import watch_hours, watching
from monitor.service.costing import Cost
from monitor.service.watching import Asked
from monitor.web.access import Right, needs
from monitor.web.forms import own_form
from monitor.web.place import Here, Place
from monitor.web.render import page
from storage import watches

router = APIRouter()

_MAY_SPEND = [Depends(needs(Right.SPEND)), Depends(own_form)]
_LONGEST = 20_000  # characters of the prompts of one's own


@router.get("/b/{key}/watch")
def watch(request: Request, place: Here) -> Response:
    return _list(request, place, Asked())


@router.post("/b/{key}/watch", dependencies=_MAY_SPEND)
async def start(request: Request, place: Here) -> Response:
    sent = await request.form()
    asked = Asked(
        prompts=tuple(str(each) for each in sent.getlist("prompts")),
        leading=str(sent.get("leading", ""))[:_LONGEST].replace("\r\n", "\n"),
        assistants=tuple(str(each) for each in sent.getlist("assistants")),
        hours=str(sent.get("hours", "")),
        budget=str(sent.get("budget", "")),
        to=str(sent.get("to", "")),
    )
    try:
        if sent.get("go") == "look":
            return _list(request, place, asked, costs=watching.cost(place.house, asked))
        started = watching.start(place.house, asked, by=place.person.name)
    except Mistake as mistake:
        return _list(request, place, asked, why=str(mistake))
    return RedirectResponse(f"{place.home}/watch/{started.id}", status_code=303)


@router.get("/b/{key}/watch/{watch_id}")
def one_watch(request: Request, place: Here, watch_id: str, stopped: str = "") -> Response:
    return _shown(request, place, watch_id, "watch.html.j2", stopped=stopped == "yes")


@router.get("/b/{key}/watch/{watch_id}/hours")
def hours_of(request: Request, place: Here, watch_id: str) -> Response:
    """Return the part of the page that grows while the watch runs."""
    return _shown(request, place, watch_id, "watch_hours.html.j2")


@router.post("/b/{key}/watch/{watch_id}/stop", dependencies=_MAY_SPEND)
def stop(place: Here, watch_id: str) -> Response:
    watching.stop(place.house, _known(place, watch_id), by=place.person.name)
    return RedirectResponse(f"{place.home}/watch/{watch_id}?stopped=yes", status_code=303)


def _known(place: Place, watch_id: str) -> Watch:
    with place.desk.store.snapshot() as tx:
        found = watches.one(tx, place.brand, watch_id)
    if found is None:
        raise HTTPException(404, "No watch with this id is kept here.")
    return found


def _shown(request: Request, place: Place, watch_id: str, template: str, *, stopped: bool = False) -> Response:
    known = _known(place, watch_id)
    named = pipeline.naming(place.house.settings)
    labels = {each.id: named(each) for each in place.house.settings.assistants}
    return page(
        request,
        template,
        place=place,
        room="watch",
        watch=known,
        stopped=stopped,
        hours=watch_hours.hours(place.house, known)[::-1],
        spent=watching.spent(place.house, known),
        labels=[labels.get(each, each) for each in known.assistants],
    )


def _list(
    request: Request, place: Place, asked: Asked, *, why: str = "", costs: tuple[Cost, Cost] | None = None
) -> Response:
    settings, named = place.house.settings, pipeline.naming(place.house.settings)
    with place.desk.store.snapshot() as tx:
        held = watches.watches(tx, place.brand)
    return page(
        request,
        "watches.html.j2",
        status=422 if why else 200,
        place=place,
        room="watch",
        held=held,
        asked=asked,
        why=why,
        costs=costs,
        prompts=settings.prompts,
        assistants=[(each.id, named(each)) for each in settings.assistants],
    )
