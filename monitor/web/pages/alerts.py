"""Alerts: which stand, what is behind one, and what people do about it."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from monitor.domain.alerts import Alert
from monitor.service import alerts as people
from monitor.service import spoken
from monitor.service import why as reasons
from monitor.service.desk import brand_key
from monitor.web.access import Asking, Right, needs
from monitor.web.forms import own_form
from monitor.web.place import AtDesk, Here, Place
from monitor.web.render import page
from reports import figures, letters, reviewers, rulewords, zoned
from reports.alert_state import state
from reports.lively import lively

router = APIRouter()

_MAY_EDIT = [Depends(needs(Right.EDIT)), Depends(own_form)]


@router.get("/b/{key}/alerts")
def alerts(request: Request, place: Here, resolved: bool = False) -> Response:  # noqa: FBT001, FBT002 -- a word in the address
    here = [zoned.told(alert, place.zone) for alert in people.listed(place.house, resolved=resolved)]
    return page(
        request,
        "alerts.html.j2",
        place=place,
        room="alerts",
        alerts=[(alert, rulewords.of(alert.signal.rule), state(alert, place.house.clock())) for alert in here],
        resolved=resolved,
    )


@router.get("/b/{key}/alerts/{alert_id}")
def one_alert(request: Request, place: Here, alert_id: str) -> Response:
    alert = _found(place, alert_id)
    signal = people.course(place.house, alert)
    drawn = replace(alert, signal=signal)
    told = zoned.told(drawn, place.zone)
    return page(
        request,
        "alert.html.j2",
        place=place,
        room="alerts",
        alert=alert,
        rule=rulewords.of(signal.rule),
        truth=letters.truth(signal),
        state=state(told, place.house.clock(), notes=False),
        speakers=[
            (
                letters.speaker(here, signal),
                voice,
                spoken.behind(place.house, drawn, voice),
                spoken.citing(place.house, drawn, voice),
            )
            for here, voice in zip(told.signal.voices, signal.voices, strict=True)
        ],
        found_since=[letters.speaker(voice, signal) for voice in alert.cleared.voices] if alert.cleared else [],
        checked=reviewers.of_quotes(signal.quotes, letters.checked(signal)),
        today=place.house.today,
        figures=figures.course_of(signal),
    )


@router.get("/b/{key}/alerts/{alert_id}/chart")
def chart(place: Here, alert_id: str, room: Annotated[int, Query(ge=1, le=10_000)] = 1000) -> Response:
    """Return what the course of an alert's measure is drawn from in a page; `room` is how wide it may be, in pixels."""
    found = figures.course_of(people.course(place.house, _found(place, alert_id)))
    if not found:
        raise HTTPException(404, "This alert has no course to draw.")
    return JSONResponse(lively(found[0].spec, room=room))


@router.post("/b/{key}/alerts/{alert_id}/acknowledge", dependencies=_MAY_EDIT)
def acknowledge(place: Here, alert_id: str, note: Annotated[str, Form(max_length=500)] = "") -> Response:
    people.acknowledge(place.house, _found(place, alert_id).id, by=place.person.name, note=note.strip())
    return _back(place, alert_id)


@router.post("/b/{key}/alerts/{alert_id}/silence", dependencies=_MAY_EDIT)
def silence(
    place: Here, alert_id: str, until: Annotated[date, Form()], note: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    found = _found(place, alert_id)
    people.silence(place.house, found.id, until=until, by=place.person.name, note=note.strip())
    return _back(place, alert_id)


@router.post("/b/{key}/alerts/{alert_id}/speak", dependencies=_MAY_EDIT)
def speak(place: Here, alert_id: str) -> Response:
    """Take acknowledgement and silence back."""
    found = _found(place, alert_id)
    people.unacknowledge(place.house, found.id)
    people.unsilence(place.house, found.id)
    return _back(place, alert_id)


@router.get("/b/{key}/why")
def why(request: Request, place: Here, about: str = "", assistant: str = "") -> Response:
    """Say why there is, or is not, a mail."""
    sheet = place.house.settings.sheet
    facts = [(fact.id, fact.about or fact.id) for fact in sheet.facts]
    return page(
        request,
        "why.html.j2",
        place=place,
        room="alerts",
        about=about,
        passages=reasons.explain(place.house, about, assistant=assistant),
        choices=[*facts, *((topic, topic) for topic in sheet.watch)],
    )


@router.get("/alerts/{alert_id}")
def from_a_mail(desk: AtDesk, person: Asking, alert_id: str) -> Response:
    """Lead from a mail to the alert's page, whichever brand it is of."""
    for name in desk.names():
        if person.sees(name) and people.one(desk.house(name), alert_id):
            return RedirectResponse(f"/b/{brand_key(name)}/alerts/{alert_id}", status_code=303)
    raise HTTPException(404, "No alert with this id is kept here.")


def _found(place: Place, alert_id: str) -> Alert:
    found = people.one(place.house, alert_id)
    if found is None:
        raise HTTPException(404, "No alert with this id is kept here.")
    return found


def _back(place: Place, alert_id: str) -> Response:
    return RedirectResponse(f"{place.home}/alerts/{alert_id}", status_code=303)
