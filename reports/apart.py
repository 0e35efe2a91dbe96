"""Charts drawn by a program of its own, which gets ready while this one still computes what they show.

The library that draws takes half a second to start and as long to warm up, and whoever calls it stands still meanwhile.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import IO

from reports import charts

# What a report draws most, some times over: by then the library is about as quick as it gets.
_TRIES = 3
_DAYS = [{"day": f"2026-01-{n % 28 + 1:02}", "rate": n % 7 / 7, "low": n % 7 / 8, "of": f"s{n % 5}"} for n in range(90)]
_RATE, _LOW = ({"field": field, "type": "quantitative"} for field in ("rate", "low"))
_OF = {"field": "of", "type": "nominal"}
_TRIED = {
    "data": {"values": _DAYS},
    "encoding": {"x": {"field": "day", "type": "temporal"}, "color": _OF},
    "layer": [
        {"mark": {"type": "area", "opacity": 0.2}, "encoding": {"y": _LOW, "y2": {"field": "rate"}}},
        {"mark": {"type": "line", "point": True}, "encoding": {"y": _RATE, "strokeDash": _OF, "shape": _OF}},
        {"mark": "rule", "encoding": {"y": _LOW, "y2": {"field": "rate"}}},
    ],
}


@contextmanager
def drawing() -> Iterator[None]:
    """Have another program draw for as long as the block lasts; what it cannot draw is drawn here."""
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "reports.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as other:
        try:
            with charts.drawn_by(partial(asked, other)):
                yield
        finally:
            other.kill()
            with suppress(OSError):  # what it was still to read
                _pipe(other.stdin).close()


def asked(other: "subprocess.Popen[bytes]", spec: str) -> str | None:
    """Return what the other program draws; None where it does not."""
    specs = _pipe(other.stdin)
    try:
        specs.write(spec.encode() + b"\n")
        specs.flush()
    except OSError:  # it has ended
        return None
    drawn: str | None = json.loads(_pipe(other.stdout).readline() or "null")
    return drawn


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    if end is None:
        raise ValueError("This program was started without pipes; ask for both.")
    return end


def answer(specs: IO[bytes], told: IO[bytes]) -> None:
    """Draw each line's chart and tell it as a line of JSON: null for what cannot be drawn."""
    for _ in range(_TRIES):
        charts.plain(charts.written(charts.framed(**_TRIED)))
    for line in specs:
        try:
            drawn = charts.plain(line.decode())
        except ValueError:  # the library says so of whatever is wrong
            drawn = None
        told.write(json.dumps(drawn).encode() + b"\n")
        told.flush()


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer)
