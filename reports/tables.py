"""The numbers behind every chart, as CSV that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from reports.plain import shown

Cell = str | int | float | None

# A spreadsheet takes a cell that starts with one of these for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


@dataclass(frozen=True, kw_only=True)
class Table:
    name: str  # of the file, without its ending
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def text(table: Table) -> str:
    """Return the table as CSV with a header line; None becomes an empty cell."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(_row(row) for row in table.rows)
    return stream.getvalue()


def _row(row: Iterable[Cell]) -> list[Cell]:
    return [neutral(cell) if isinstance(cell, str) else cell for cell in row]


def neutral(cell: str) -> str:
    r"""Return a cell that is text for every spreadsheet.

    >>> neutral("=1+1"), neutral("fine"), neutral("\0x")
    ("'=1+1", 'fine', "'\ufffdx")
    """
    safe = shown(cell)
    return f"'{safe}" if cell.startswith(_FORMULA) else safe
