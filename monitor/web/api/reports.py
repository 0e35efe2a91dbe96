"""Reports: ask for one, see whether it is made, fetch its files."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response
from pydantic import AliasChoices, BaseModel, Field

from monitor.domain.documents import Asked, Edition, Report
from monitor.service import reporting
from monitor.web.bodies import Body
from monitor.web.cursors import moment_and_id, of_moment
from monitor.web.kept import find_report
from monitor.web.once import AtMostOnce
from monitor.web.place import InBrand
from storage import reports as kept

router = APIRouter(tags=["reports"])


class Wanted(Body):
    """The days are called `from` and `to` as in addresses; `start` and `end` are understood too."""

    start: Annotated[date, Field(alias="from", validation_alias=AliasChoices("from", "start"))]
    end: Annotated[date, Field(alias="to", validation_alias=AliasChoices("to", "end"))]  # both included
    edition: Edition = Edition.FULL
    compare: bool = False  # with the days before, as many
    assistant: str = ""
    topic: str = ""
    formats: list[str] = Field(default=["html"])  # html, pdf, csv, jsonl


class Made(BaseModel):
    id: str
    state: str  # under way, made, failed
    why: str  # why it failed
    edition: Edition
    start: date
    end: date
    asked_at: datetime
    files: list[str]


class Reports(BaseModel):
    """One page of reports, the newest first."""

    reports: list[Made]
    next: str | None  # the `after` of the next page


class Started(BaseModel):
    report: str


@router.get("/brands/{key}/reports")
def reports(place: InBrand, after: str = "", limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Reports:
    """Return the reports that were asked for, the newest first; `next` goes into `after` for the page that follows."""
    with place.desk.store.snapshot() as tx:
        held = kept.of_brand(tx, place.brand, limit=limit + 1, after=moment_and_id(after))
    shown, rest = held[:limit], held[limit:]
    return Reports(
        reports=[_made(each) for each in shown],
        next=of_moment(shown[-1].asked_at, shown[-1].id) if rest else None,
    )


@router.post("/brands/{key}/reports", response_model=Started, status_code=201)
def ask(place: InBrand, once: AtMostOnce, wanted: Wanted) -> Response:
    """Ask for a report; it is made meanwhile."""
    asked = Asked(
        start=wanted.start,
        end=wanted.end,
        edition=wanted.edition,
        before=reporting.days_before(wanted.start, wanted.end) if _comparable(wanted) else None,
        assistant=wanted.assistant,
        topic=wanted.topic,
        formats=tuple(dict.fromkeys(["html", *wanted.formats])),
    )
    return once(lambda: {"report": reporting.ask(place.house, asked, by=place.person.name).id})


def _comparable(wanted: Wanted) -> bool:
    return wanted.compare and wanted.start <= wanted.end


@router.get("/brands/{key}/reports/{report_id}")
def one_report(place: InBrand, report_id: str) -> Made:
    return _made(find_report(place, report_id))


@router.get("/brands/{key}/reports/{report_id}/files/{name}", response_class=Response)
def file(place: InBrand, report_id: str, name: str) -> Response:
    """Return one file of a report."""
    find_report(place, report_id)
    with place.desk.store.snapshot() as tx:
        found = kept.file(tx, report_id, name)
    if found is None:
        raise HTTPException(404, "This report has no such file.")
    return Response(found[1], media_type=found[0], headers={"content-disposition": "attachment"})


def _made(report: Report) -> Made:
    asked = report.asked
    return Made(
        id=report.id,
        state=report.state,
        why=report.failed,
        edition=asked.edition,
        start=asked.start,
        end=asked.end,
        asked_at=report.asked_at,
        files=list(report.files or {}),
    )
