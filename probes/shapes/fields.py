"""Reading JSON that promises nothing: each function returns its type whatever stands there."""

import json
import math
from decimal import Decimal, InvalidOperation
from typing import Any

from monitor.domain.rounds import Miss, MissReason
from monitor.domain.text import storable

Json = dict[str, Any]


def load(body: bytes) -> Json | Miss:
    """Return the object that a reply's body holds, or why it is none.

    Bytes that are not UTF-8 become U+FFFD one by one; a byte order mark is dropped.
    """
    try:
        value = json.loads(body.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):  # ValueError: also integers of more than 4,300 digits
        return _not_an_answer(body)
    return value if isinstance(value, dict) else _not_an_answer(body)


def _not_an_answer(body: bytes) -> Miss:
    start = body.lstrip()[:1]
    shape = {b"": "nothing", b"<": "a web page", b"{": "broken JSON", b"[": "a list"}.get(start, "text")
    detail = f"Status 200, but the body is {shape} ({len(body)} bytes) where an answer should be."
    return Miss(reason=MissReason.NOT_AN_ANSWER, detail=detail, charged=None)


def mapping(value: Any, *path: str) -> Json:
    """Return the object at the end of the path, or an empty one.

    >>> mapping({"a": {"b": {"c": 1}}}, "a", "b")
    {'c': 1}
    >>> mapping({"a": None}, "a", "b")
    {}
    """
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> list[Json]:
    """Return the objects of a list; anything else in it, or no list, is nothing.

    >>> objects([{"a": 1}, None, "x"])
    [{'a': 1}]
    """
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def strings(value: Any) -> list[str]:
    """Return the non-empty strings of a list."""
    return [storable(item) for item in value if isinstance(item, str) and item] if isinstance(value, list) else []


def text(value: Any) -> str:
    """Return a string that a store accepts, of the same length; anything else is empty."""
    return storable(value) if isinstance(value, str) else ""


def count(value: Any) -> int | None:
    """Return a count, or None for what is missing, negative or no whole number.

    >>> count(3), count(-3), count(True), count("3"), count(2.0)
    (3, None, None, None, 2)
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def total(*counts: int | None) -> int | None:
    """Return the sum of what is known, or None where nothing is.

    >>> total(1, None, 2), total(None)
    (3, None)
    """
    known = [number for number in counts if number is not None]
    return sum(known) if known else None


def seconds(value: Any, unit: float = 1.0) -> float | None:
    """Return a stated time, given in units of so many seconds, or None for what is no finite number.

    >>> seconds(7), seconds(1500, unit=0.001), seconds("7"), seconds(10**400), seconds(float("nan"))
    (7.0, 1.5, None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        stated = float(value) * unit
    except OverflowError:
        return None
    return stated if math.isfinite(stated) else None


def dollars(value: Any) -> Decimal | None:
    """Return a stated cost, or None for what is missing, negative or no finite number.

    >>> dollars(8.1e-05), dollars(-1), dollars("x")
    (Decimal('0.000081'), None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return None
    return Decimal(f"{amount:f}") if amount.is_finite() and amount >= 0 else None
