"""Rows out of whatever somebody pastes: a spreadsheet's cells, CSV with commas or semicolons, or "about: value"."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.domain.errors import Mistake

# What the columns of a table may be called in its first line; without such a line they come in this order.
COLUMNS = {
    "about": {"about", "fact", "attribute", "what"},
    "value": {"value", "is", "answer", "today"},
    "says": {"says", "sentence", "statement", "wording"},
    "source": {"source", "proof", "link", "url", "page"},
    "kind": {"kind", "type"},
    "unit": {"unit", "currency"},
    "severity": {"severity", "weight", "importance"},
    "id": {"id", "key"},
    "before": {"before", "former", "former values"},
    "since": {"from", "since"},
    "until": {"until", "to"},
    "cues": {"cues", "other words"},
    "applies_to": {"applies_to", "limits"},
    "approved_by": {"approved_by", "approver", "approved by"},
    "confidential": {"confidential"},
}
_ORDER = ("about", "value", "says", "source")
_COLON = re.compile(r":(?!//)")
_MARKS = (";", ",")


@dataclass(frozen=True, kw_only=True)
class Pasted:
    """One row that was pasted."""

    number: int  # of its first line, from 1
    text: str
    cells: Mapping[str, str]  # by column; what was left empty is not among them


def rows(text: str) -> list[Pasted]:
    """Return the rows below the heading, if there is one; Mistake where a column or a quotation mark is unclear."""
    mark = _mark(text)
    written = list(_split(text, mark))
    columns = _heading(written[0][2]) if written and mark else ()
    return [
        Pasted(number=number, text=line, cells=_named(columns or _ORDER, cells))
        for number, line, cells in written[1 if columns else 0 :]
    ]


_Row = tuple[int, str, Sequence[str]]  # the number of its first line, its text, its cells


def _mark(text: str) -> str:
    """Return what stands between the cells; empty for lines with a colon after what they are about."""
    if "\t" in text:
        return "\t"
    lines = [line for line in text.splitlines() if line.strip()]
    for mark in _MARKS:
        if lines and (_is_heading([cell.strip(' "').lower() for cell in lines[0].split(mark)]) or _cut(text, mark)):
            return mark
    return ""


def _cut(text: str, mark: str) -> bool:
    """Whether every row has cells of its own: "warranty,3 years", never "sold in: Sweden, Norway"."""
    try:
        found = [cells for _, _, cells in _split(text, mark)]
    except Mistake:
        return False
    return all(len(cells) > 1 and not _COLON.search(cells[0]) and not _by_colon(cells) for cells in found)


def _by_colon(cells: Sequence[str]) -> bool:
    """Whether a row of two cells is rather one with a comma in what it is about: "founded, in year: 1943"."""
    return len(cells) == 2 and bool(_COLON.search(cells[1]))  # noqa: PLR2004 -- about and value


def _split(text: str, mark: str) -> Iterator[_Row]:
    lines = text.splitlines(keepends=True)
    if not mark:
        yield from ((at, line.strip(), _at_colon(line)) for at, line in enumerate(lines, 1) if line.strip())
        return
    reader, start = csv.reader(lines, delimiter=mark, skipinitialspace=mark != "\t", strict=True), 0
    try:
        for cells in reader:
            whole = "".join(lines[start : reader.line_num]).strip("\r\n")
            if whole.strip():
                yield start + 1, whole, cells if len(cells) > 1 else _at_colon(whole)
            start = reader.line_num
    except csv.Error:
        raise Mistake(
            f"Line {start + 1}: a quotation mark is not closed there, or stands inside a cell; write it twice."
        ) from None


def _at_colon(line: str) -> list[str]:
    return _COLON.split(line.strip(), 1)


def _named(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name and cell.strip()}


def _heading(cells: Sequence[str]) -> tuple[str, ...]:
    """Return what the columns hold; empty where the first row names none. Mistake where it names an unknown one."""
    heads = [cell.strip().lower() for cell in cells]
    if not _is_heading(heads):
        return ()
    unknown = [head for head in heads if head and not _column(head)]
    if unknown:
        raise Mistake(
            f"The column {unknown[0]!r} is not known; the columns are {', '.join(sorted(map(_called, COLUMNS)))}."
        )
    return tuple(map(_column, heads))


def _is_heading(heads: Sequence[str]) -> bool:
    named = {_column(head) for head in heads} - {""}
    return {"about", "value"} <= named or ("id" in named and len(named) > 1)


def _column(head: str) -> str:
    return next((name for name, words in COLUMNS.items() if head in words), "")


def _called(column: str) -> str:
    return {"says": "sentence", "since": "from"}.get(column, column)
