"""The fact sheet: change a fact, see what would be judged differently, keep every version."""

from dataclasses import fields
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from monitor.analysis import kinds
from monitor.brandfile import editing as text
from monitor.domain.brand import Severity
from monitor.domain.errors import Mistake
from monitor.service import editing, rereading
from monitor.service.sheet_rows import FactForm, form_of, row
from monitor.web.access import Right, needs
from monitor.web.forms import own_form
from monitor.web.place import Here, Place
from monitor.web.render import page

router = APIRouter()

_MAY_APPROVE = [Depends(needs(Right.APPROVE))]
_MAY_SAVE = [*_MAY_APPROVE, Depends(own_form)]


@router.get("/b/{key}/sheet")
def sheet(request: Request, place: Here) -> Response:
    return page(
        request,
        "sheet.html.j2",
        place=place,
        room="facts",
        facts=place.house.settings.sheet.facts,
        versions=editing.versions(place.house),
        reread=rereading.under_way(place.house),
    )


@router.get("/b/{key}/sheet/fact", dependencies=_MAY_APPROVE)
def fact(request: Request, place: Here, id: str = "") -> Response:  # noqa: A002 -- the word in the address
    known = place.house.settings.sheet.fact(id)
    if id and known is None:
        raise HTTPException(404, f"No fact of {place.brand} is called {id!r}.")
    form = form_of(known) if known else FactForm(id="", kind="text", about="", value="")
    return _form(request, place, form, new=known is None)


@router.post("/b/{key}/sheet/preview", dependencies=_MAY_SAVE)
async def preview(request: Request, place: Here) -> Response:
    """Show what the change would do, or what is wrong with it."""
    sent = await request.form()
    form = _typed({name: str(value) for name, value in sent.items()})
    new = str(sent.get("new", "")) == "yes"
    try:
        source = _changed(place, form, new=new)
        shown = editing.preview(place.house, source)
    except Mistake as mistake:
        return _form(request, place, form, new=new, why=str(mistake))
    return page(
        request, "sheet_preview.html.j2", place=place, room="facts", shown=shown, source=source, base=_base(place)
    )


@router.post("/b/{key}/sheet/drop", dependencies=_MAY_SAVE)
def drop(request: Request, place: Here, fact_id: Annotated[str, Form()]) -> Response:
    source = text.drop(place.house.settings.source, "facts", fact_id)
    shown = editing.preview(place.house, source)
    return page(
        request, "sheet_preview.html.j2", place=place, room="facts", shown=shown, source=source, base=_base(place)
    )


@router.post("/b/{key}/sheet", dependencies=_MAY_SAVE)
def save(
    place: Here, source: Annotated[str, Form(max_length=4_000_000)], base: Annotated[str, Form(max_length=40)]
) -> Response:
    """Make the change count; the stored answers are read again beside whoever saved it."""
    editing.save(place.house, source.replace("\r\n", "\n"), base=base, by=place.person.name)
    rereading.start(place.desk.house(place.brand))
    return RedirectResponse(f"{place.home}/sheet", status_code=303)


def _changed(place: Place, form: FactForm, *, new: bool) -> str:
    source = place.house.settings.source
    if new and place.house.settings.sheet.fact(form.id.strip()):
        raise Mistake(f"A fact is called {form.id.strip()!r} already; change that one, or take another id.")
    return text.put(source, "facts", row(form, written=text.row(source, "facts", form.id.strip())))


def _typed(sent: dict[str, str]) -> FactForm:
    known = {field.name for field in fields(FactForm)} - {"severity", "confidential"}
    words = {name: value.replace("\r\n", "\n") for name, value in sent.items() if name in known}
    severity = Severity(sent.get("severity", "")) if sent.get("severity") in set(Severity) else Severity.MAJOR
    whole = {"id": "", "kind": "text", "about": "", "value": ""} | words
    return FactForm(**whole, severity=severity, confidential=sent.get("confidential") == "yes")


def _form(request: Request, place: Place, form: FactForm, *, new: bool, why: str = "") -> Response:
    return page(
        request,
        "sheet_fact.html.j2",
        status=422 if why else 200,
        place=place,
        room="facts",
        form=form,
        new=new,
        why=why,
        kinds=sorted(kinds.ALL),
        severities=list(Severity),
    )


def _base(place: Place) -> str:
    return place.house.settings.version
