"""Rounds: what ran, what was missed, what it cost; run one now, and watch it."""

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from monitor import pipeline
from monitor.domain.progress import Missed, Standing
from monitor.service import costing, running, unmeasured
from monitor.web.access import Right, needs
from monitor.web.forms import own_form
from monitor.web.place import Here
from monitor.web.render import page
from storage import progress

router = APIRouter()
_LISTED = 100


@router.get("/b/{key}/rounds")
def rounds(request: Request, place: Here) -> Response:
    with place.desk.store.snapshot() as tx:
        held = progress.rounds(
            tx, place.brand, *place.house.bounds(place.period.start, place.period.end), limit=_LISTED
        )
    return page(
        request,
        "rounds.html.j2",
        place=place,
        room="rounds",
        held=held,
        not_run=unmeasured.not_run(place.house, place.period.start, place.period.end),
        nobody=costing.nobody(place.house),
        money=running.money(place.house),
        running=running.now(place.house),
    )


@router.get("/b/{key}/rounds/new", dependencies=[Depends(needs(Right.SPEND))])
def before_it_runs(request: Request, place: Here) -> Response:
    """Say what a round would cost that is run now, and ask whether it shall."""
    costing.somebody_ready(place.house)
    named, asked = pipeline.naming(place.house.settings), costing.ready(place.house)
    return page(
        request,
        "round_new.html.j2",
        place=place,
        room="rounds",
        cost=costing.round_now(place.house),
        prompts=len(place.house.settings.asked),
        asked=[named(each) for each in asked],
        left_out=[named(each) for each in place.house.settings.assistants if each not in asked],
        money=running.money(place.house),
        running=running.now(place.house),
    )


@router.post("/b/{key}/rounds", dependencies=[Depends(needs(Right.SPEND)), Depends(own_form)])
def run_now(place: Here) -> Response:
    started = running.start(place.house, beside=place.desk.rounds.start)
    return RedirectResponse(f"{place.home}/rounds/{started}", status_code=303)


@router.get("/b/{key}/rounds/{round_id}")
def one_round(request: Request, place: Here, round_id: str) -> Response:
    return page(request, "round.html.j2", place=place, room="rounds", shown=_shown(place, round_id))


@router.get("/b/{key}/rounds/{round_id}/progress")
def progress_of(request: Request, place: Here, round_id: str) -> Response:
    """Return the part of the page that moves while the round runs."""
    return page(request, "progress.html.j2", place=place, shown=_shown(place, round_id))


def _shown(place: Here, round_id: str) -> tuple[Standing, list[Missed]]:
    with place.desk.store.snapshot() as tx:
        found = progress.one(tx, place.brand, round_id)
        if found is None:
            raise HTTPException(404, "No round with this id is kept here.")
        misses = progress.misses(tx, round_id, label=pipeline.naming(place.house.settings))
    return found, misses
