"""JSON Lines read strictly: every bad line is named, none is skipped in silence."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from monitor.domain.errors import Mistake

Row = Mapping[str, Any]
_T = TypeVar("_T")
_MOST_COMPLAINTS = 20
_MAX_LINE = 20_000_000  # bytes


class ReadingsFileError(Mistake):
    """A file that cannot be read; its text names every bad line as "file:line: what; remedy"."""


def rows(path: Path, convert: Callable[[Row], _T]) -> list[_T]:
    """Convert every line; blank lines are passed over.

    Raises ReadingsFileError with all complaints (the first twenty) at once.
    """
    found: list[_T] = []
    complaints: list[str] = []
    for number, line in _lines(path):
        try:
            found.append(convert(_object(line)))
        except RecursionError:
            complaints.append(f"{path.name}:{number}: nested too deeply; write one flat object per line")
        except KeyError as missing:
            complaints.append(f"{path.name}:{number}: no {missing}; every line needs it")
        except (ValueError, TypeError) as wrong:
            complaints.append(f"{path.name}:{number}: {wrong}")
    if complaints:
        more = len(complaints) - _MOST_COMPLAINTS
        shown = complaints[:_MOST_COMPLAINTS] + ([f"... and {more} more"] if more > 0 else [])
        raise ReadingsFileError("\n".join(shown))
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        content = path.read_bytes()
    except OSError as failed:
        raise ReadingsFileError(f"{path}: cannot be read ({failed.strerror}); name a file of JSON lines") from failed
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        if len(line) > _MAX_LINE:
            raise ReadingsFileError(f"{path.name}:{number}: longer than {_MAX_LINE} bytes; split the file")
        try:
            yield number, line.decode("utf-8-sig")
        except UnicodeDecodeError as failed:
            raise ReadingsFileError(f"{path.name}:{number}: not UTF-8 ({failed.reason}); save it as UTF-8") from failed


def _object(line: str) -> Row:
    try:
        found = json.loads(line, parse_constant=_no_constant)
    except json.JSONDecodeError as failed:
        raise ValueError(f"not JSON ({failed.msg} at column {failed.colno}); write one object per line") from failed
    if not isinstance(found, dict):
        raise TypeError(f"a {type(found).__name__}, not an object; write one object per line")
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON; leave it out or write null")
