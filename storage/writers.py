"""Rows as CSV that a spreadsheet may open, and as JSON lines."""

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain, islice
from typing import TextIO

# A cell that starts so is computed when a spreadsheet opens it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0")


def write_csv(rows: Iterable[Mapping[str, object]], stream: TextIO, *, columns: Iterable[str] = ()) -> int:
    """Write rows under a line of their names; returns how many. `columns` names them in case there are none.

    A cell that a spreadsheet would take for a formula gets a leading apostrophe. Open the stream with newline="".
    """
    rest = iter(rows)
    first = list(islice(rest, 1))
    names = list(first[0]) if first else list(columns)
    writer, count = csv.writer(stream), 0
    if names:
        writer.writerow(names)
    for row in chain(first, rest):
        writer.writerow([_cell(row[name]) for name in names])
        count += 1
    return count


def _cell(value: object) -> object:
    """Return what stands in a CSV cell.

    >>> _cell("=1+1"), _cell(-5), _cell(Decimal("0.00000001")), _cell(["a"])
    ("'=1+1", -5, '0.00000001', '["a"]')
    """
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return _plain(value) if isinstance(value, Decimal | date) else value


def write_jsonl(rows: Iterable[Mapping[str, object]], stream: TextIO) -> int:
    """Write rows as one JSON object per line; returns how many. Costs are strings, so that they stay exact."""
    count = 0
    for row in rows:
        stream.write(json.dumps(row, ensure_ascii=False, default=_plain) + "\n")
        count += 1
    return count


def _plain(value: object) -> str:
    """Return dollars with all their digits, and moments and days in ISO 8601."""
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else str(value)
