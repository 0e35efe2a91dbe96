"""Shares written as fractions: "two-thirds", "nine in ten", "one coach in seven", "half of", 3割."""

import re

from monitor.analysis import bounds
from monitor.analysis.quantity import Bound, Dimension, Quantity

_COUNTS = {
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "fifty": 50,
    "zwei": 2, "drei": 3, "vier": 4, "neun": 9, "ein": 1, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4,
    "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "vingt": 20,
    "uno": 1, "una": 1, "la": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9, "diez": 10, "veinte": 20,
}  # fmt: skip
_PART = (
    ("hal", 2), ("third", 3), ("drit", 3), ("tiers", 3), ("terc", 3), ("quar", 4), ("four", 4), ("viert", 4),
    ("cuart", 4), ("fif", 5), ("fünf", 5), ("cinq", 5), ("quint", 5), ("sixi", 6), ("sech", 6), ("sext", 6), ("six", 6),
    ("sieb", 7), ("sept", 7), ("sév", 7), ("eigh", 8), ("ach", 8), ("huit", 8), ("oct", 8), ("nin", 9), ("neun", 9),
    ("ten", 10), ("zehn", 10), ("dix", 10), ("déc", 10), ("twentie", 20), ("zwanz", 20), ("vingt", 20), ("zwei", 2),
)  # fmt: skip
_EN = "one|two|three|four|five|six|seven|eight|nine|ten"
_PERIODS = "(?:years?|months?|weeks?|days?|hours?|minutes?|countries|cities|states|languages|colou?rs|sizes)"
_GOES_ON = r"(?=[.,;:)]|$| (?:\w+ly )?(?:now|already|today|is|was|has|comes|goes|runs|gets)\b)"
_FRACTIONS = re.compile(
    r"\b(?<!and )(?P<top>one|a|two|three|four|five|six|seven|eight|nine|zwei|drei|vier|neun|ein|deux|trois"
    r"|quatre|neuf|un|dos|una|la"
    r"|tres|cuatro|nueve)[\s-](?P<part>half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?"
    r"|ninths?|tenths?|twentieths?|drittel"
    r"|viertel|fünftel|sechstel|siebtel|achtel|zehntel|zwanzigstel|tiers|quarts?|cinquièmes?|sixièmes?|septièmes?"
    r"|huitièmes?|dixièmes?|vingtièmes?|tercios?|cuartos?|quintos?|sextos?|octavos?|décimos?"
    r"|(?:terceras?|cuartas?|quintas?|sextas?|décimas?) partes?)\b"
    r"(?! of an? (?!per ?cent)| million| billion| d[eu] siècle| de siglo)"
    rf"|\b(?P<in>{_EN}|\d{{1,2}}) (?:in|out of)(?: every)? (?P<of>{_EN}|twelve|twenty|10|100|\d)\b(?! {_PERIODS}\b)"
    rf"|\bone \w+ in (?P<each>{_EN}|twelve|twenty)\b{_GOES_ON}"
    r"|\bune? (?:\w+ )?sur (?P<sur>deux|trois|quatre|cinq|six|sept|huit|dix|vingt)\b"
    r"|\bun[oa] (?:\w+ )?de cada (?P<cada>dos|tres|cuatro|cinco|seis|siete|ocho|diez|veinte)\b"
    r"|\bjede[rsnm]? (?P<jede>(?:zwei|drit|vier|fünf|sechs|sieb|ach|neun|zehn|zwanzigs)te)[rsnm]?\b"
    r"(?! (?:tage?|wochen?|monate?|jahre?|stunden?|minuten?)\b)"
    rf"|\b(?P<cents>\d{{1,3}}(?:\.\d+)?|{_EN}|eleven|twelve|twenty)(?P<more> and a half)?"
    r" (?:cents|pence|øre|öre|rappen|yen) (?:of|out of|in|from|on) (?:every"
    r"|each) (?:euro|dollar|pound|franc"
    r"|krone|krona|hundred yen)"
    r"|(?P<wari>\d(?:\.\d)?)割(?P<bu>\d分)?|(?P<den>\d{1,2})分の(?P<num>\d{1,2})"
    r"|\b(?P<half>half(?: of| the)|(?<=by )half(?! of| an?\b)|the majority of|la moitié|die hälfte|la mitad)"
    r"|(?P<kanji>[過約]?半数)"
)
_OF_PERCENT = re.compile(r" (?:of (?:a|one) |de |eines )?(?:per ?cent|prozents?|pour cent|por ciento)\b")


def find(folded: str, low: int, high: int) -> list[Quantity]:
    """Return the fractions between two offsets as percentages; each is said for what is near it."""
    return [one for match in _FRACTIONS.finditer(folded, low, high) if (one := _percentage(folded, match))]


def _percentage(folded: str, match: re.Match[str]) -> Quantity | None:
    value, end = _value(match), match.end()
    if match["top"] and (small := _OF_PERCENT.match(folded, end)):  # "a fifth of a percent"
        value, end = value / 100, small.end()
    bound = bounds.read(folded, match.start(), end)
    if (match["half"] or "").startswith("the maj") or (match["kanji"] or "").startswith("過"):
        bound = Bound.OVER
    if not 0 < value <= 100:  # noqa: PLR2004  -- per cent
        return None
    exact = match["cents"] or end > match.end()
    return Quantity(
        start=match.start(),
        end=end,
        value=value,
        dimension=Dimension.PERCENT,
        unit="%",
        bound=Bound.ABOUT if bound is Bound.EXACT and not exact else bound,
    )


def _value(match: re.Match[str]) -> float:
    if match["half"] or match["kanji"]:
        return 50.0
    if match["cents"]:
        return _number(match["cents"]) + (0.5 if match["more"] else 0.0)
    if match["wari"]:
        return 10 * float(match["wari"]) + float((match["bu"] or "0")[0])
    top, of = _parts(match)
    return 100.0 * top / of


def _parts(match: re.Match[str]) -> tuple[float, float]:
    """What stands above the line and below it."""
    if match["den"]:
        return float(match["num"]), float(match["den"]) or 1.0
    if match["in"]:
        return _number(match["in"]), _number(match["of"])
    if each := match["each"] or match["sur"] or match["cada"]:
        return 1.0, _number(each)
    part = match["jede"] or match["part"]
    top = 1.0 if match["jede"] else _COUNTS[match["top"]]
    return top, next(parts for stem, parts in _PART if part.startswith(stem))


def _number(word: str) -> float:
    return _COUNTS.get(word) or float(word) or 1.0
