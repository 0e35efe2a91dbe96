"""Many facts at once: pasted from a spreadsheet, understood line by line, seen before they count."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from monitor.brandfile import editing as text
from monitor.domain.errors import Mistake
from monitor.service import pasting
from monitor.service.merging import Merged
from monitor.web.access import Right, needs
from monitor.web.forms import own_form
from monitor.web.pages.sheet_preview import previewed
from monitor.web.place import Here, Place
from monitor.web.render import page

router = APIRouter()

_NOTHING = "Nothing was pasted; paste at least one fact."
_MAY_APPROVE = [Depends(needs(Right.APPROVE))]


@router.get("/b/{key}/sheet/paste", dependencies=_MAY_APPROVE)
def paste(request: Request, place: Here) -> Response:
    return _form(request, place, "")


@router.post("/b/{key}/sheet/paste", dependencies=[*_MAY_APPROVE, Depends(own_form)])
def understood(request: Request, place: Here, facts: Annotated[str, Form(max_length=400_000)] = "") -> Response:
    """Show what the facts would change, or which lines were not understood."""
    pasted = facts.replace("\r\n", "\n")
    settings = place.house.settings
    try:
        found = pasting.lines(pasted, on=settings)
        if not found or any(line.why for line in found):
            return _form(request, place, pasted, found, why="" if found else _NOTHING)
        source = text.put_all(settings.source, "facts", [line.row for line in found if line.row])
        return previewed(request, place, Merged(source=source))
    except Mistake as mistake:
        return _form(request, place, pasted, why=str(mistake))


def _form(
    request: Request, place: Place, pasted: str, lines: list[pasting.Line] | None = None, *, why: str = ""
) -> Response:
    wrong = [line for line in lines or [] if line.why]
    return page(
        request,
        "sheet_paste.html.j2",
        status=422 if why or wrong else 200,
        place=place,
        room="facts",
        pasted=pasted,
        lines=lines or [],
        why=why or (f"{len(wrong)} of {len(lines or [])} lines were not understood." if wrong else ""),
    )
