"""The rows of a file of captured answers, with the line that each one starts on."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from monitor.domain.errors import Mistake

# An answer in a CSV cell may be longer than the 128 KB that the csv module allows by itself.
_LONGEST_CELL = 16 * 1024 * 1024


class CaptureError(Mistake):
    """A file of captured answers cannot be taken; the text names every bad line."""


def lines(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield (line number, row) of a JSONL, JSON (one list) or CSV file; CaptureError where it is none of them."""
    rows = {".csv": _csv, ".tsv": _csv, ".json": _json}.get(path.suffix.lower(), _jsonl)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from rows(stream, path)
    except OSError as error:
        raise CaptureError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CaptureError(f"{path.name} is not UTF-8 (byte {error.start}); save it as UTF-8.") from error


def _jsonl(stream: TextIO, path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(stream, start=1):
        if line.strip():
            yield number, _object(_loads(line, f"{path.name}:{number}"), f"{path.name}:{number}")


def _json(stream: TextIO, path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    rows = _loads(stream.read(), path.name)
    if not isinstance(rows, list):
        raise CaptureError(f"{path.name}: a .json file holds one list of answers; one object per line is .jsonl.")
    for number, row in enumerate(rows, start=1):
        yield number, _object(row, f"{path.name}, entry {number}")


def _loads(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CaptureError(f"{place}: this is not JSON: {error}.") from error


def _object(row: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(row, dict):
        raise CaptureError(f"{place}: an answer is an object with named fields, like {{“text”: “…”}}.")
    return row


def _csv(stream: TextIO, path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.DictReader(stream, dialect="excel-tab" if path.suffix.lower() == ".tsv" else "excel", strict=True)
    line = 2
    try:
        for row in rows:
            if None in row:
                raise CaptureError(f"{path.name}:{line}: there are more cells than columns; quote cells with commas.")
            yield line, row
            line = rows.line_num + 1
    except csv.Error as error:
        raise CaptureError(f"{path.name}:{rows.line_num}: this is not CSV: {error}.") from error
