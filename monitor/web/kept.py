"""A kept report, by the id in an address."""

from fastapi import HTTPException

from monitor.domain.documents import Report
from monitor.web.place import Place
from storage import reports


def find_report(place: Place, report_id: str) -> Report:
    """Return a report of this brand; 404 for any other."""
    with place.desk.store.snapshot() as tx:
        found = reports.find(tx, report_id)
    if found is None or found.brand != place.brand:
        raise HTTPException(404, "No report with this id is kept here.")
    return found
