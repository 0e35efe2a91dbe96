"""Watches over a crisis: which there are, what each hour of one brought; start one, stop it."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import Response
from pydantic import BaseModel, Field

from monitor.domain.watches import Watch
from monitor.service import watch_hours, watching
from monitor.service.watch_hours import Said
from monitor.service.watching import Asked
from monitor.web.access import Right, needs
from monitor.web.bodies import Body
from monitor.web.once import AtMostOnce
from monitor.web.place import InBrand, Place
from storage import watches as kept

router = APIRouter(tags=["watches"])

_SPEND = [Depends(needs(Right.SPEND))]


class NewWatch(Body):
    prompts: list[str] = Field(default=[])  # ids of the panel's
    leading: list[str] = Field(default=[], max_length=30)  # its own; what they bring is called prompted
    assistants: list[str] = Field(default=[])  # ids; none: all
    hours: Annotated[int, Field(ge=1, le=48)] = 24
    budget: Annotated[float, Field(gt=0, le=1_000_000)] = 10  # US dollars
    to: list[str] = Field(default=[])  # mail addresses


class OneHour(BaseModel):
    number: int  # from 1
    round: str
    opened_at: datetime
    probes: int
    answered: int
    refused: int
    missed: int
    said: tuple[Said, ...]  # wrong claims and new statements


class OneWatch(BaseModel):
    watch: Watch
    spent: Decimal  # US dollars
    hours: list[OneHour]


class Begun(BaseModel):
    watch: str


@router.get("/brands/{key}/watches")
def watches(place: InBrand) -> list[Watch]:
    """Return the watches, the newest first."""
    with place.desk.store.snapshot() as tx:
        return kept.watches(tx, place.brand)


@router.get("/brands/{key}/watches/{watch_id}")
def one_watch(place: InBrand, watch_id: str) -> OneWatch:
    """Return one watch with all that its hours brought."""
    found = _known(place, watch_id)
    return OneWatch(
        watch=found,
        spent=watching.spent(place.house, found),
        hours=[OneHour(**_counts(each)) for each in watch_hours.hours(place.house, found)],
    )


@router.post("/brands/{key}/watches", status_code=201, response_model=Begun, dependencies=_SPEND)
def start(place: InBrand, once: AtMostOnce, wanted: NewWatch) -> Response:
    """Start a watch; it is asked every hour and costs money."""
    asked = Asked(
        prompts=wanted.prompts,
        leading="\n".join(wanted.leading),
        assistants=wanted.assistants,
        hours=str(wanted.hours),
        budget=str(wanted.budget),
        to=",".join(wanted.to),
    )
    return once(lambda: {"watch": watching.start(place.house, asked, by=place.person.name).id})


@router.post("/brands/{key}/watches/{watch_id}/stop", status_code=201, response_model=Begun, dependencies=_SPEND)
def stop(place: InBrand, watch_id: str, once: AtMostOnce) -> Response:
    """End a watch now; the hour that is being asked is finished."""
    found = _known(place, watch_id)

    def work() -> dict[str, str]:
        watching.stop(place.house, found, by=place.person.name)
        return {"watch": found.id}

    return once(work)


def _known(place: Place, watch_id: str) -> Watch:
    with place.desk.store.snapshot() as tx:
        found = kept.one(tx, place.brand, watch_id)
    if found is None:
        raise HTTPException(404, "No watch with this id is kept here.")
    return found


def _counts(of: watch_hours.Hour) -> dict[str, Any]:
    held = of.standing
    return {
        "number": of.number,
        "round": held.round.id,
        "opened_at": held.round.opened_at,
        "probes": held.probes,
        "answered": held.answered,
        "refused": held.refused,
        "missed": held.missed + held.unknown,
        "said": of.said,
    }
