"""The sheet as it held on an earlier day."""

from dataclasses import replace
from datetime import date

from monitor.domain import holding
from monitor.domain.brand import FactSheet


def sheet_of(sheet: FactSheet, day: date) -> FactSheet:
    """Return the sheet with, for each fact that changed after `day`, the value that held on it."""
    return replace(sheet, facts=tuple(holding.on(fact, day) for fact in sheet.facts))
