"""Alerts: which stand, one of them, and what people do about it."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field

from monitor.domain.alerts import Alert, AlertState
from monitor.domain.brand import Severity
from monitor.service import alerts as people
from monitor.web.access import Right, needs
from monitor.web.bodies import Body
from monitor.web.cursors import no_place, of_words, words
from monitor.web.once import AtMostOnce
from monitor.web.period import Period
from monitor.web.place import Chosen, InBrand, Place

router = APIRouter(tags=["alerts"])

_EDIT = [Depends(needs(Right.EDIT))]


class Note(Body):
    note: Annotated[str, Field(max_length=500)] = ""


class Silence(Note):
    until: date  # the day on which it may speak again


class Alerts(BaseModel):
    """One page of alerts."""

    alerts: list[Alert]
    next: str | None  # the `after` of the next page


class Changed(BaseModel):
    alert: str


@router.get("/brands/{key}/alerts")
def alerts(  # noqa: PLR0917 -- FastAPI gives them by name
    place: InBrand,
    days: Chosen,
    state: AlertState | None = None,
    severity: Severity | None = None,
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> Alerts:
    """Return alerts, open ones first, then the gravest, then the newest; `next` goes into `after`.

    With `last`, or `from` and `to`, those that stood on one of these days; without, all of them.
    """
    found = people.listed(place.house, resolved=state is not AlertState.OPEN)
    found = [each for each in found if days is None or _stood(place, each, days)]
    fitting = [each for each in found if state in {None, each.state} and severity in {None, each.signal.severity}]
    begin = _place(after) if after else None
    left = sorted((_rank(each), each.id) for each in fitting if begin is None or _rank(each) > begin)
    by_id = {each.id: each for each in fitting}
    return Alerts(
        alerts=[by_id[alert_id] for _, alert_id in left[:limit]],
        next=of_words(left[limit - 1][0]) if len(left) > limit else None,
    )


def _stood(place: Place, alert: Alert, days: Period) -> bool:
    over = place.house.day(alert.resolved_at) if alert.resolved_at else days.end
    return place.house.day(alert.opened_at) <= days.end and over >= days.start


# Where an alert stands in the list: resolved ones later, the gravest first, then the newest; the id parts the rest.
_Rank = tuple[int, int, int, str]


def _rank(alert: Alert) -> _Rank:
    grave = list(Severity).index(alert.signal.severity)
    return int(alert.state is not AlertState.OPEN), grave, -round(alert.since.timestamp() * 1_000_000), alert.id


def _place(after: str) -> _Rank:
    resolved, grave, moment, alert_id = words(after, 4)
    try:
        return int(resolved), int(grave), int(moment), alert_id
    except ValueError:
        raise no_place(after) from None


@router.get("/brands/{key}/alerts/{alert_id}")
def one_alert(place: InBrand, alert_id: str) -> Alert:
    return _found(place, alert_id)


@router.post("/brands/{key}/alerts/{alert_id}/acknowledge", response_model=Changed, status_code=201, dependencies=_EDIT)
def acknowledge(place: InBrand, alert_id: str, once: AtMostOnce, said: Note) -> Response:
    """Say that somebody takes care of it: no reminders."""
    found = _found(place, alert_id)
    return once(lambda: _told(people.acknowledge(place.house, found.id, by=place.person.name, note=said.note)))


@router.post("/brands/{key}/alerts/{alert_id}/silence", response_model=Changed, status_code=201, dependencies=_EDIT)
def silence(place: InBrand, alert_id: str, once: AtMostOnce, said: Silence) -> Response:
    """Send nothing about it before a day."""
    found, by = _found(place, alert_id), place.person.name
    return once(lambda: _told(people.silence(place.house, found.id, until=said.until, by=by, note=said.note)))


@router.post("/brands/{key}/alerts/{alert_id}/speak", response_model=Changed, status_code=201, dependencies=_EDIT)
def speak(place: InBrand, alert_id: str, once: AtMostOnce) -> Response:
    """Take acknowledgement and silence back."""
    found = _found(place, alert_id)

    def work() -> dict[str, str]:
        people.unacknowledge(place.house, found.id)
        return _told(people.unsilence(place.house, found.id))

    return once(work)


def _found(place: Place, alert_id: str) -> Alert:
    found = people.one(place.house, alert_id)
    if found is None:
        raise HTTPException(404, "No alert with this id is kept here.")
    return found


def _told(alert: Alert) -> dict[str, str]:
    return {"alert": alert.id}
