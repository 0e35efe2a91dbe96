"""The fact sheet: change a fact, see what would be judged differently, keep every version."""

from dataclasses import fields
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from monitor.analysis import kinds
from monitor.brandfile import editing as text
from monitor.domain.brand import Severity
from monitor.domain.errors import Mistake
from monitor.service import merging, numbers_typed, rereading, versions_told
from monitor.service.merging import Merged
from monitor.service.sheet_rows import FactForm, form_of, row
from monitor.web.access import Right, needs
from monitor.web.forms import Sent, own_form
from monitor.web.pages.sheet_preview import previewed
from monitor.web.place import Here, Place
from monitor.web.render import page

router = APIRouter()
_LISTED = 30  # versions

_MAY_APPROVE = [Depends(needs(Right.APPROVE))]
_MAY_SAVE = [*_MAY_APPROVE, Depends(own_form)]


@router.get("/b/{key}/sheet")
def sheet(request: Request, place: Here) -> Response:
    versions, kept = versions_told.newest(place.house, _LISTED)
    return page(
        request,
        "sheet.html.j2",
        place=place,
        room="facts",
        facts=place.house.settings.sheet.facts,
        newest=place.house.settings.version,
        versions=versions,
        earlier=kept - len(versions),
        reread=rereading.under_way(place.house),
    )


@router.get("/b/{key}/sheet/fact", dependencies=_MAY_APPROVE)
def fact(request: Request, place: Here, id: str = "") -> Response:  # noqa: A002 -- the word in the address
    known = place.house.settings.sheet.fact(id)
    if id and known is None:
        raise HTTPException(404, f"No fact of {place.brand} is called {id!r}.")
    form = form_of(known) if known else FactForm(id="", kind="text", about="", value="")
    return _form(request, place, form, base=place.house.settings.version, new=known is None)


@router.post("/b/{key}/sheet/preview", dependencies=_MAY_SAVE)
def preview(request: Request, place: Here, sent: Sent) -> Response:
    """Show what the change would do, or what is wrong with it."""
    form, new = _typed(sent), sent.get("new") == "yes"
    base = str(sent.get("base", "")) or place.house.settings.version
    try:
        return previewed(request, place, _changed(place, form, base=base, new=new))
    except Mistake as mistake:
        return _form(request, place, form, base=base, new=new, why=str(mistake))


@router.post("/b/{key}/sheet/drop", dependencies=_MAY_SAVE)
def drop(request: Request, place: Here, fact_id: Annotated[str, Form()]) -> Response:
    return previewed(request, place, Merged(source=text.drop(place.house.settings.source, "facts", fact_id)))


def _changed(place: Place, form: FactForm, *, base: str, new: bool) -> Merged:
    """Return the change of one fact on top of the newest text, whatever the form was loaded from."""
    if new and place.house.settings.sheet.fact(form.id.strip()):
        raise Mistake(f"A fact is called {form.id.strip()!r} already; change that one, or take another id.")
    source = merging.begun_on(place.house, base)
    written = text.row(source, "facts", form.id.strip())
    _check_numbers(form, form_of(known) if (known := place.house.settings.sheet.fact(form.id)) else None)
    return merging.onto(place.house, text.put(source, "facts", row(form, written=written)), base=base)


def _check_numbers(form: FactForm, known: FactForm | None) -> None:
    """Mistake where a number was typed anew that can be read in two ways."""
    before = {known.value, *known.before.splitlines()} if known else set()
    for line in (form.value, *form.before.splitlines()):
        if line not in before:
            numbers_typed.check(form.kind, line.partition("|")[0])


def _typed(sent: FormData) -> FactForm:
    known = {field.name for field in fields(FactForm)} - {"severity", "confidential"}
    words = {name: str(value).replace("\r\n", "\n") for name, value in sent.items() if name in known}
    severity = Severity(str(sent["severity"])) if sent.get("severity") in set(Severity) else Severity.MAJOR
    whole = {"id": "", "kind": "text", "about": "", "value": ""} | words
    return FactForm(**whole, severity=severity, confidential=sent.get("confidential") == "yes")


def _form(request: Request, place: Place, form: FactForm, *, base: str, new: bool, why: str = "") -> Response:
    return page(
        request,
        "sheet_fact.html.j2",
        status=422 if why else 200,
        place=place,
        room="facts",
        form=form,
        base=base,
        new=new,
        why=why,
        kinds=sorted(kinds.ALL),
        severities=list(Severity),
    )
