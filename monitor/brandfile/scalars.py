"""What one written value means, and the types that YAML would silently give it."""

import math
import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

import yaml

from monitor.brandfile.mistakes import Unfit, shown
from monitor.brandfile.suggest import suggestion
from monitor.brandfile.yaml_nodes import Items, Node, Scalar

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Reads = Callable[[Node], T]  # raises Unfit

_RESOLVER = yaml.resolver.Resolver()
_TRUE = {"true", "yes", "on"}
_FALSE = {"false", "no", "off"}
_NUMBER = re.compile(r"[-+]?[0-9]+(_[0-9]+)*(\.[0-9]*)?([eE][-+]?[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}([,.' \u2019\u00a0\u202f][0-9]{3})+([.,][0-9]+)?")
_PARTIAL_DATE = re.compile(r"(?P<year>[0-9]{4})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?")
_MOST_DIGITS = 40
_DATE_REMEDY = "write it as 2017-09-01, 2017-09 or 2017"


def is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and _tag(node) == "null"


def scalar(node: Node) -> Scalar:
    if isinstance(node, Scalar):
        return node
    what = "a list stands" if isinstance(node, Items) else "a section stands"
    raise Unfit(f"{what} where one value is wanted", "write one value")


def text(node: Node) -> str:
    """Return the text as written; Unfit where YAML would make something else of it."""
    written = scalar(node)
    tag = _tag(written)
    if tag == "null":
        raise Unfit("the value is empty", "write one, or remove the key")
    if tag not in {"str", "timestamp"}:
        quoted = f'write "{written.text}"' if len(written.text) <= _MOST_DIGITS else "put it in quotes"
        raise Unfit(f"YAML reads {shown(written.text)} as {_read_as(written.text, tag)}", f"quote it: {quoted}")
    return written.text.strip()


def _tag(written: Scalar) -> str:
    """Return the type that YAML 1.1 gives: str, bool, int, float, null, timestamp, merge, value."""
    if not written.plain:
        return "str"
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, written.text, (True, False))  # type: ignore[no-untyped-call]
    return tag.rpartition(":")[2]


def _read_as(written: str, tag: str) -> str:
    if tag == "bool":
        return "true" if written.lower() in _TRUE else "false"
    if ":" in written:
        return "a number to the base 60"
    if re.fullmatch(r"[-+]?0[0-9]+", written):
        return "an octal number"
    if tag in {"int", "float"} and len(written) <= _MOST_DIGITS and _NUMBER.fullmatch(written):
        return f"the number {float(written):g}"
    return "a number" if tag in {"int", "float"} else f"a {tag} sign"


def flag(node: Node) -> bool:
    written = scalar(node)
    word = written.text.lower() if written.plain else ""
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise Unfit(f"{shown(written.text)} is neither true nor false", "write true or false, without quotes")


def number(node: Node) -> int | float:
    """Return an int where the text is one; finite."""
    written = scalar(node)
    if not written.plain:
        raise Unfit(f"{shown(written.text)} stands in quotes, so it is text", "write the number without quotes")
    if is_null(written):
        raise Unfit("the value is empty", "write a number")
    if not _NUMBER.fullmatch(written.text):
        raise Unfit(f"{shown(written.text)} is not a number", _number_remedy(written.text))
    return _finite(written.text)


def _number_remedy(written: str) -> str:
    if _GROUPED.fullmatch(written):
        return "write digits only, with a point before decimals: 1000000 or 12.5"
    if ":" in written:
        return "YAML reads a colon as base 60; write one plain number and name its unit under unit"
    return "write digits only, such as 1943 or 12.5, and put a currency or unit under unit"


def _finite(written: str) -> int | float:
    if len(written) > _MOST_DIGITS:
        raise Unfit(f"the number {shown(written)} has {len(written):,} characters", "write a smaller number")
    if re.match(r"[-+]?0[0-9]", written):
        raise Unfit(f"YAML reads {written} as an octal number", "remove the leading zero")
    if re.fullmatch(r"[-+]?[0-9_]+", written):
        return int(written)
    value = float(written)
    if not math.isfinite(value):
        raise Unfit(f"{written} is too large", "write a smaller number")
    return value


def whole(low: int, high: int) -> Reads[int]:
    def read(node: Node) -> int:
        value = number(node)
        if not isinstance(value, int):
            raise Unfit(f"{value} is not a whole number", f"write a whole number from {low:,} to {high:,}")
        if not low <= value <= high:
            raise Unfit(f"{value:,} is out of range", f"write a whole number from {low:,} to {high:,}")
        return value

    return read


def ratio(node: Node) -> float:
    value = number(node)
    if not 0 <= value < 1:
        raise Unfit(f"{value} is out of range", "write a share such as 0.05 for 5 %, from 0 to below 1")
    return float(value)


def amount(node: Node) -> Decimal:
    """Return a sum of money, greater than nothing, exactly as written."""
    value = number(node)
    if not 0 < value <= 10**9:  # a budget beyond it is a slip of the finger
        raise Unfit(f"{value} is no budget", "write an amount above 0, such as 50")
    return Decimal(scalar(node).text.replace("_", ""))


def choice(*options: str) -> Reads[str]:
    def read(node: Node) -> str:
        written = text(node)
        if written not in options:
            raise Unfit(f"{shown(written)} is not known here", suggestion(written, options))
        return written

    return read


def member(options: type[E]) -> Reads[E]:
    reads = choice(*options)
    return lambda node: options(reads(node))


def date_text(node: Node) -> str:
    """Return a date as ISO text, as precise as written: "2020-12-10", "2020-12", "2020"."""
    written = scalar(node).text.strip()
    _parts(written)
    return written


def first_day(node: Node) -> date:
    return _parts(scalar(node).text.strip())[0]


def last_day(node: Node) -> date:
    """Return the last day of what is written: "2017-09" is 30 September, 2016 is 31 December."""
    return _parts(scalar(node).text.strip())[-1]


def _parts(written: str) -> Sequence[date]:
    """Return the first and the last day of a date, a month or a year."""
    match = _PARTIAL_DATE.fullmatch(written)
    if not match:
        raise Unfit(f"{shown(written)} is not a date", _DATE_REMEDY)
    year, month, day = (int(match[part] or 0) for part in ("year", "month", "day"))
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise Unfit(f"there is no day {written}", _DATE_REMEDY) from None
    last_month = month or 12
    return first, date(year, last_month, day or monthrange(year, last_month)[1])
