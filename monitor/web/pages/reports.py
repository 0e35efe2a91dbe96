"""Reports: ask for one, see it made, read it, send a link that ends."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from monitor.domain.documents import Asked, Edition, Report
from monitor.service import accounts, asked_ever, reporting
from monitor.web.access import Right, needs
from monitor.web.forms import own_form
from monitor.web.kept import find_report
from monitor.web.onetime import AtNotes, Note
from monitor.web.place import AtDesk, Here
from monitor.web.render import page
from storage import reports as kept

router = APIRouter()

LINK_LASTS = timedelta(days=14)
_GONE = "A link is shown one time only. If you did not note it down, end all links and make a new one."
# A report is a page of its own: its style stands inside it, and nothing in it runs.
_ALONE = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
}


@router.get("/b/{key}/reports")
def reports(request: Request, place: Here) -> Response:
    with place.desk.store.snapshot() as tx:
        made = kept.of_brand(tx, place.brand)
    assistants = asked_ever.assistants(place.house, place.house.today)
    return page(
        request,
        "reports.html.j2",
        place=place,
        room="reports",
        made=made,
        editions=list(Edition),
        assistants=assistants,
        labels=dict(assistants),
        topics=sorted({each.topic for each in place.house.settings.prompts}),
    )


@router.post("/b/{key}/reports", dependencies=[Depends(own_form)])
def ask(  # noqa: PLR0917 -- FastAPI gives them by name
    place: Here,
    start: Annotated[date, Form(alias="first")],
    end: Annotated[date, Form(alias="final")],
    edition: Annotated[Edition, Form()] = Edition.FULL,
    compare: Annotated[bool, Form()] = False,  # noqa: FBT002 -- a box in a form
    assistant: Annotated[str, Form()] = "",
    topic: Annotated[str, Form()] = "",
    formats: Annotated[list[str] | None, Form()] = None,
) -> Response:
    asked = Asked(
        start=start,
        end=end,
        edition=edition,
        before=reporting.days_before(start, end) if compare and start <= end else None,
        assistant=assistant,
        topic=topic,
        formats=tuple(dict.fromkeys(["html", *(formats or [])])),
    )
    wanted = reporting.ask(place.house, asked, by=place.person.name)
    return RedirectResponse(f"{place.home}/reports/{wanted.id}", status_code=303)


@router.get("/b/{key}/reports/{report_id}")
def one_report(request: Request, place: Here, notes: AtNotes, report_id: str, once: str = "") -> Response:
    """Show a report and its files; `once` names a link that was just made, which is shown this one time."""
    shown = find_report(place, report_id)
    note = (notes.take(place.person, once, place.desk.clock()) or Note(said=_GONE)) if once else Note()
    return page(request, "report.html.j2", place=place, room="reports", shown=shown, files=_files(shown), note=note)


@router.get("/b/{key}/reports/{report_id}/state")
def state(request: Request, place: Here, report_id: str) -> Response:
    """Return the part of the page that moves while the report is made."""
    shown = find_report(place, report_id)
    return page(request, "report_state.html.j2", place=place, shown=shown, files=_files(shown))


# What the files of a report are called, in the order in which people want them.
_KINDS = {
    "text/html; charset=utf-8": "Read it",
    "application/pdf": "Download it as PDF",
    "application/zip": "Download its tables as CSV, zipped",
    "application/x-ndjson": "Download the answers behind it as JSONL",
}


def _files(shown: Report) -> list[tuple[str, str, str]]:
    """Return name, media type and title of each file, the one to read first."""
    order = list(_KINDS)
    found = [(name, media, _KINDS[media]) for name, media in (shown.files or {}).items()]
    return sorted(found, key=lambda each: order.index(each[1]))


@router.get("/b/{key}/reports/{report_id}/files/{name}")
def file(place: Here, report_id: str, name: str) -> Response:
    find_report(place, report_id)
    with place.desk.store.snapshot() as tx:
        return _sent(kept.file(tx, report_id, name), name)


@router.post("/b/{key}/reports/{report_id}/links", dependencies=[Depends(needs(Right.EDIT)), Depends(own_form)])
def link(request: Request, place: Here, notes: AtNotes, report_id: str) -> Response:
    """Make a link that shows this report to whoever has it, for two weeks."""
    find_report(place, report_id)
    secret, now = accounts.new_secret(), place.desk.clock()
    with place.desk.store.transaction() as tx:
        kept.add_link(tx, secret.hash, report_id, place.person.name, now, now + LINK_LASTS)
    address = f"{place.house.settings.site or str(request.base_url).rstrip('/')}/shared/{secret.word}"
    once = notes.put(place.person, Note(link=address), now)
    return RedirectResponse(f"{place.home}/reports/{report_id}?once={once}", status_code=303)


@router.post("/b/{key}/reports/{report_id}/links/end", dependencies=[Depends(needs(Right.EDIT)), Depends(own_form)])
def end_links(place: Here, report_id: str) -> Response:
    find_report(place, report_id)
    with place.desk.store.transaction() as tx:
        kept.revoke_links(tx, report_id, place.desk.clock())
    return RedirectResponse(f"{place.home}/reports/{report_id}", status_code=303)


@router.get("/shared/{word}")
def shared(desk: AtDesk, word: str) -> Response:
    """Show one report to somebody without an account."""
    with desk.store.snapshot() as tx:
        found = kept.by_link(tx, accounts.hash_of(word), desk.clock())
        name = next((name for name in found.files or {} if name.endswith(".html")), "") if found else ""
        if found is None or not name:
            raise HTTPException(404, "This link has ended; ask whoever gave it to you for a new one.")
        return _sent(kept.file(tx, found.id, name), name)


def _sent(found: tuple[str, bytes] | None, name: str) -> Response:
    if found is None:
        raise HTTPException(404, "This report has no such file.")
    media, body = found
    if media.startswith("text/html"):
        return HTMLResponse(body, headers=_ALONE)
    return Response(body, media_type=media, headers={"content-disposition": f'attachment; filename="{name}"'})
