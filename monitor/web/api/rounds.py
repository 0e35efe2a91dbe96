"""Rounds: what ran, and run one now."""

from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import Response
from pydantic import BaseModel

from monitor import pipeline
from monitor.domain.progress import Missed, Standing
from monitor.domain.rounds import Round
from monitor.service import costing, running
from monitor.service.costing import Cost
from monitor.web.access import Right, needs
from monitor.web.cursors import moment_and_id, of_moment
from monitor.web.once import AtMostOnce
from monitor.web.place import Here, InBrand
from storage import progress

router = APIRouter(tags=["rounds"])


class RoundState(BaseModel):
    round: Round
    probes: int
    answered: int
    refused: int
    missed: int
    unknown: int  # answers that were lost: these calls may have been charged
    cost: Decimal  # US dollars


class Rounds(BaseModel):
    """One page of rounds, the newest first."""

    rounds: list[RoundState]
    next: str | None  # the `after` of the next page


class OneRound(RoundState):
    misses: list[Missed]


class Started(BaseModel):
    round: str


@router.get("/brands/{key}/rounds")
def rounds(place: Here, after: str = "", limit: Annotated[int, Query(ge=1, le=500)] = 100) -> Rounds:
    """Return the rounds of the period, the newest first; `next` goes into `after` for the page that follows."""
    days = place.house.bounds(place.period.start, place.period.end)
    with place.desk.store.snapshot() as tx:
        held = progress.rounds(tx, place.brand, *days, limit=limit + 1, after=moment_and_id(after))
    shown, rest = held[:limit], held[limit:]
    last = shown[-1].round if rest else None
    return Rounds(
        rounds=[RoundState(**_counts(each)) for each in shown],
        next=of_moment(last.opened_at, last.id) if last else None,
    )


@router.get("/brands/{key}/rounds/{round_id}")
def one_round(place: InBrand, round_id: str) -> OneRound:
    """Return one round with the reasons of its misses."""
    with place.desk.store.snapshot() as tx:
        found = progress.one(tx, place.brand, round_id)
        if found is None:
            raise HTTPException(404, "No round with this id is kept here.")
        misses = progress.misses(tx, round_id, label=pipeline.naming(place.house.settings))
    return OneRound(**_counts(found), misses=misses)


@router.get("/brands/{key}/costs")
def costs(place: InBrand) -> Cost:
    """Return what a round would cost that is started now, US dollars: expected, and at the very worst."""
    return costing.round_now(place.house)


@router.post(
    "/brands/{key}/rounds", status_code=201, response_model=Started, dependencies=[Depends(needs(Right.SPEND))]
)
def run_now(place: InBrand, once: AtMostOnce) -> Response:
    """Start a round now; it costs money."""
    return once(lambda: {"round": running.start(place.house, beside=place.desk.rounds.start)})


def _counts(of: Standing) -> dict[str, Any]:
    names = ("round", "probes", "answered", "refused", "missed", "unknown", "cost")
    return {name: getattr(of, name) for name in names}
