"""Reports that were asked for, with their files, and links by which others may read one for a while."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, tuple_, update
from sqlmodel import Session

from monitor.domain.documents import Asked, Report
from storage.bodies import Body
from storage.rows import add, add_one
from storage.tables import LinkRow, ReportFileRow, ReportRow, table

_reports, _files, _links = table(ReportRow), table(ReportFileRow), table(LinkRow)
_ASKED: Body[Asked] = Body(Asked)


def ask(tx: Session, report: Report) -> None:
    """Write that a report was asked for."""
    row = {
        "id": report.id,
        "brand": report.brand,
        "start": report.asked.start,
        "end": report.asked.end,
        "edition": report.asked.edition,
        "body": _ASKED.text(report.asked),
        "asked_at": report.asked_at,
        "asked_by": report.asked_by,
        "made_at": None,
        "failed": "",
    }
    add_one(tx, ReportRow, row)


def made(tx: Session, report_id: str, files: dict[str, tuple[str, bytes]], now: datetime) -> None:
    """Keep the files of a report: name -> (media type, content)."""
    tx.connection().execute(delete(_files).where(_files.c.report_id == report_id))
    rows = [{"report_id": report_id, "name": n, "media": media, "body": body} for n, (media, body) in files.items()]
    add(tx, ReportFileRow, rows)
    tx.connection().execute(update(_reports).where(_reports.c.id == report_id).values(made_at=now, failed=""))


def failed(tx: Session, report_id: str, why: str) -> None:
    tx.connection().execute(update(_reports).where(_reports.c.id == report_id).values(failed=why))


def find(tx: Session, report_id: str) -> Report | None:
    row = tx.connection().execute(select(_reports).where(_reports.c.id == report_id)).first()
    return _report(tx, row) if row else None


def of_brand(tx: Session, brand: str, *, limit: int = 50, after: tuple[datetime, str] | None = None) -> list[Report]:
    """Return the newest reports of a brand, with the names of their files.

    `after` is when a report was asked for, and its id: what comes after it in this order is returned.
    """
    order = (_reports.c.asked_at, _reports.c.id)
    found = select(_reports).where(_reports.c.brand == brand).order_by(*(each.desc() for each in order)).limit(limit)
    if after is not None:
        found = found.where(tuple_(*order) < after)
    return [_report(tx, row) for row in tx.connection().execute(found).all()]


def file(tx: Session, report_id: str, name: str) -> tuple[str, bytes] | None:
    """Return media type and content of a file."""
    found = select(_files.c.media, _files.c.body).where(_files.c.report_id == report_id, _files.c.name == name)
    row = tx.connection().execute(found).first()
    return (row.media, row.body) if row else None


def add_link(  # noqa: PLR0917 -- few enough, and all needed
    tx: Session, token_hash: str, report_id: str, made_by: str, now: datetime, expires: datetime
) -> None:
    row = {"token_hash": token_hash, "report_id": report_id, "made_by": made_by, "created_at": now}
    add_one(tx, LinkRow, {**row, "expires_at": expires, "revoked_at": None})


def by_link(tx: Session, token_hash: str, now: datetime) -> Report | None:
    """Return the report that a link leads to, as long as it may."""
    valid = (_links.c.token_hash == token_hash, _links.c.expires_at > now, _links.c.revoked_at.is_(None))
    found = select(_reports).select_from(_reports.join(_links)).where(*valid)
    row = tx.connection().execute(found).first()
    return _report(tx, row) if row else None


def revoke_links(tx: Session, report_id: str, now: datetime) -> int:
    """End every link to a report; returns how many."""
    of = (_links.c.report_id == report_id, _links.c.revoked_at.is_(None))
    return int(tx.connection().execute(update(_links).where(*of).values(revoked_at=now)).rowcount)


def _report(tx: Session, row: Row[Any]) -> Report:
    files = select(_files.c.name, _files.c.media).where(_files.c.report_id == row.id).order_by(_files.c.name)
    return Report(
        id=row.id,
        brand=row.brand,
        asked=_ASKED.value(row.body),
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        made_at=row.made_at,
        failed=row.failed,
        files={each.name: each.media for each in tx.connection().execute(files)},
    )
