"""What an edit of the brand file would do, and the edit itself: saved, or put back from an earlier version."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from monitor.service import editing, merging, previewing, rereading
from monitor.service.merging import Merged
from monitor.web.access import Right, needs
from monitor.web.forms import own_form
from monitor.web.place import Here, Place
from monitor.web.render import page
from monitor.web.whole_edits import check_rights

router = APIRouter()

_MAY_SAVE = [Depends(needs(Right.APPROVE)), Depends(own_form)]


def previewed(request: Request, place: Place, merged: Merged, *, status: int = 200) -> Response:
    """Return the page that shows what an edit would do; Mistake where the text has mistakes."""
    return page(
        request,
        "sheet_preview.html.j2",
        status=status,
        place=place,
        room="facts",
        shown=previewing.preview(place.house, merged.source),
        merged=merged,
        titles={each.id: each.about or each.id for each in place.house.settings.sheet.facts},
        base=place.house.settings.version,
    )


@router.post("/b/{key}/sheet", dependencies=_MAY_SAVE)
def save(
    request: Request,
    place: Here,
    source: Annotated[str, Form(max_length=4_000_000)],
    base: Annotated[str, Form(max_length=40)],
) -> Response:
    """Make the change count; the stored answers are read again beside whoever saved it."""
    edited = source.replace("\r\n", "\n")
    check_rights(place, editing.parsed(place.house, edited), base)
    try:
        editing.save(place.house, edited, base=base, by=place.person.name)
    except editing.ChangedMeanwhile:
        house = place.desk.house(place.brand)
        return previewed(request, place, merging.onto(house, edited, base=base), status=409)
    rereading.start(place.desk.house(place.brand))
    return RedirectResponse(f"{place.home}/sheet", status_code=303)


@router.post("/b/{key}/sheet/restore", dependencies=_MAY_SAVE)
def restore(request: Request, place: Here, version: Annotated[str, Form(max_length=40)]) -> Response:
    """Show what it would do to put an earlier version back."""
    known = editing.version(place.house, version)
    if known is None:
        raise HTTPException(404, "No version of the brand file is called so.")
    return previewed(request, place, Merged(source=editing.without_note(known.source)))
