"""Review: findings one after the other, confirmed or dismissed, from the keyboard if one likes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from monitor.service import reviewing
from monitor.service.beside import in_a_thread
from monitor.web.access import AT_THIS_MACHINE, Right, needs
from monitor.web.forms import own_form
from monitor.web.place import Here
from monitor.web.render import page

router = APIRouter()


@router.get("/b/{key}/review")
def review(request: Request, place: Here, skip: int = 0) -> Response:
    waiting = reviewing.open_findings(place.house)
    at = min(max(skip, 0), max(len(waiting) - 1, 0))
    shown = place.house.mask.all(waiting[at]) if waiting else None
    return page(
        request,
        "review.html.j2",
        place=place,
        room="review",
        waiting=len(waiting),
        at=at,
        shown=shown,
        decisions=reviewing.decisions(place.house),
        titles={fact.id: fact.about or fact.id for fact in place.house.settings.sheet.facts},
    )


@router.post("/b/{key}/review", dependencies=[Depends(needs(Right.EDIT)), Depends(own_form)])
def decide(
    place: Here,
    finding: Annotated[str, Form()],
    decision: Annotated[str, Form(pattern="^(confirm|dismiss|undo)$")],
    at: Annotated[int, Form()] = 0,
) -> Response:
    """Write a word on a finding; the numbers that it changes follow beside it."""
    by = "" if place.person.id == AT_THIS_MACHINE.id else place.person.name
    reviewing.decide(place.house, by=by, beside=in_a_thread, **{decision: [finding]})
    return RedirectResponse(f"{place.home}/review?skip={at}", status_code=303)
