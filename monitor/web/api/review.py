"""Review by programs: the findings that wait for a person's word, and what was said of them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel

from monitor.domain.alerts import Quote
from monitor.domain.reviews import Decision, Review
from monitor.service import reviewing
from monitor.service.beside import in_a_thread
from monitor.web.access import Right, needs
from monitor.web.bodies import Body
from monitor.web.cursors import no_place
from monitor.web.once import AtMostOnce
from monitor.web.place import InBrand

router = APIRouter(tags=["review"])


class Finding(BaseModel):
    id: str
    alert: str  # its id
    said: str  # what it is about
    quote: Quote
    answers: int  # quoted ones that put it so
    truth: str  # the sheet's side
    why: str  # the analyzer's reason
    checked: str  # what a second opinion says; empty: there is none


class Findings(BaseModel):
    """One page of what waits, the oldest alert first."""

    findings: list[Finding]
    next: str | None  # the `after` of the next page


class Word(Body):
    decision: Decision


class Decided(BaseModel):
    finding: str
    decision: Decision
    closed: list[str]  # ids of alerts that have nothing left


@router.get("/brands/{key}/review")
def waiting(place: InBrand, after: str = "", limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Findings:
    """Return the findings of open alerts that nobody has reviewed; `next` goes into `after`."""
    found = reviewing.open_findings(place.house)
    ids = [each.id for each in found]
    if after and after not in ids:
        raise no_place(after)
    begin = ids.index(after) + 1 if after else 0
    shown = found[begin : begin + limit]
    more = len(found) > begin + limit
    return Findings(findings=[_shown(place, each) for each in shown], next=shown[-1].id if more else None)


@router.post(
    "/brands/{key}/review/{finding_id}",
    response_model=Decided,
    status_code=201,
    dependencies=[Depends(needs(Right.EDIT))],
)
def decide(place: InBrand, finding_id: str, once: AtMostOnce, word: Word) -> Response:
    """Confirm a finding, dismiss it, or take an earlier word back; alerts and numbers follow."""
    said = {each: [finding_id] if word.decision is each else [] for each in Decision}

    def work() -> dict[str, object]:
        done = reviewing.decide(
            place.house,
            confirm=said[Decision.CONFIRMED],
            dismiss=said[Decision.DISMISSED],
            undo=said[Decision.WITHDRAWN],
            by=place.person.name,
            beside=in_a_thread,
        )
        closed = [each.alert.id for each in done.closed]
        return {"finding": finding_id, "decision": word.decision, "closed": closed}

    return once(work)


@router.get("/brands/{key}/decisions")
def decisions(place: InBrand, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> list[Review]:
    """Return what was said of findings, and by whom, the newest first."""
    return place.house.mask.all(reviewing.decisions(place.house, limit=limit))


def _shown(place: InBrand, of: reviewing.OpenFinding) -> Finding:
    of = place.house.mask.all(of)
    return Finding(
        id=of.id,
        alert=of.alert.id,
        said=of.said,
        quote=of.quote,
        answers=of.answers,
        truth=of.truth,
        why=of.why,
        checked=of.checked,
    )
