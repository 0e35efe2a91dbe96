"""Shares written as fractions: "two-thirds", "nine in ten", "half of"."""

import re

from monitor.analysis import bounds
from monitor.analysis.quantity import Bound, Dimension, Quantity

_FRACTIONS = re.compile(
    r"\b(?<!and )(?P<top>one|a|two|three|four|five|six|seven|eight|nine|zwei|drei|vier|neun|ein|deux|trois"
    r"|quatre|neuf|un|dos"
    r"|tres|cuatro|nueve)[\s-](?P<part>half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?"
    r"|tenths?|drittel"
    r"|viertel|fünftel|zehntel|tiers|quarts?|cinquièmes?|dixièmes?|tercios?|cuartos?|quintos?|décimos?|cuartas partes"
    r"|terceras partes)\b(?! of an? | million| billion)"
    r"|\b(?P<in>one|two|three|four|five|six|seven|eight|nine|\d{1,2}) (?:in|out of)(?: every)? (?P<of>two"
    r"|three|four|five|ten|10|100|\d)\b"
    r"|\b(?P<cents>\d{1,3}(?:\.\d+)?) (?:cents|pence|øre|öre|rappen|yen) (?:of|out of|in|from|on) (?:every"
    r"|each) (?:euro|dollar|pound|franc"
    r"|krone|krona|hundred yen)"
    r"|\b(?P<half>half(?: of| the)|the majority of|la moitié|die hälfte|la mitad)"
)
_TOP = {
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "zwei": 2, "drei": 3, "vier": 4, "neun": 9, "ein": 1, "deux": 2, "trois": 3, "quatre": 4, "neuf": 9, "un": 1,
    "dos": 2,
    "tres": 3, "cuatro": 4, "nueve": 9, "ten": 10,
}  # fmt: skip
_PART = (
    ("hal", 2), ("third", 3), ("drittel", 3), ("tiers", 3), ("terc", 3), ("quar", 4), ("four", 4), ("viertel", 4),
    ("cuart", 4), ("fif", 5), ("fünf", 5), ("cinq", 5), ("quint", 5), ("six", 6), ("eigh", 8), ("ten", 10),
    ("zehn", 10), ("dix", 10), ("déc", 10),
)  # fmt: skip


def find(folded: str, low: int, high: int) -> list[Quantity]:
    """Return the fractions between two offsets as percentages; each is said for what is near it."""
    return [one for match in _FRACTIONS.finditer(folded, low, high) if (one := _percentage(folded, match))]


def _percentage(folded: str, match: re.Match[str]) -> Quantity | None:
    value = _value(match)
    bound = bounds.read(folded, match.start(), match.end())
    if match["half"] and match["half"].startswith("the maj"):
        bound = Bound.OVER
    if not 0 < value <= 100:  # noqa: PLR2004  -- per cent
        return None
    return Quantity(
        start=match.start(),
        end=match.end(),
        value=value,
        dimension=Dimension.PERCENT,
        unit="%",
        bound=Bound.ABOUT if bound is Bound.EXACT and not match["cents"] else bound,
    )


def _value(match: re.Match[str]) -> float:
    if match["half"]:
        return 50.0
    if match["cents"]:
        return float(match["cents"])
    if match["in"]:
        return 100.0 * _number(match["in"]) / _number(match["of"])
    return 100.0 * _TOP[match["top"]] / next(parts for stem, parts in _PART if match["part"].startswith(stem))


def _number(word: str) -> float:
    return _TOP.get(word) or float(word)
