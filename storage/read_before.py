"""Readings that another version of the sheet gave: what in them no fact touches need not be read again."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session

from monitor.domain.readings import Reading
from storage.observing import READING
from storage.rows import chunks
from storage.tables import ReadingRow, table

_readings = table(ReadingRow)


def newest(tx: Session, answers: Sequence[str], *, analyzer: str) -> dict[str, Reading]:
    """Return the newest readings of these answers that are by this version of the analyzer, whatever the sheet."""
    found: dict[str, Reading] = {}
    for some in chunks(answers):
        wanted = (_readings.c.answer_id.in_(some), _readings.c.newest, _readings.c.analyzer == analyzer)
        rows = tx.connection().execute(select(_readings.c.answer_id, _readings.c.body).where(*wanted))
        found |= {row.answer_id: READING.value(row.body) for row in rows}
    return found
