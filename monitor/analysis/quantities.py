"""Amounts in a text: plain numbers, money, percentages and durations, with their bounds."""

import re
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from monitor.analysis import bounds, fractions, measures, ranges, units
from monitor.analysis.numberwords import Spelled
from monitor.analysis.quantity import Bound, Dimension, Quantity

__all__ = ["Bound", "Dimension", "Quantity", "amount", "find"]

# A number of 5,000 digits is no claim; int() would refuse it and float() would make it infinite.
_MOST_DIGITS = 18
_DIGITS = re.compile(
    r"(?<![\w.,#])(?<!\w[-/])(?P<cur>(?:us|ca|c|au|a|nz|hk|s|r|mx)?\$|€|£|¥|₹"
    r"|(?:chf|usd|eur|gbp|sek|dkk|nok|jpy|cad|aud|nzd|hkd|sgd|inr|pln|brl|mxn|cny) )?\s?"
    r"(?P<number>\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)(?P<plus>\+)?"
)
_CJK_DIGITS = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff])(?P<number>\d+(?:[.,]\d+)*)")
_RANGE = re.compile(r"\s?(?:-|–|—|to|bis|à|a|~|から)\s?(?P<high>\d+(?:[.,]\d+)*)(?![\d-])")
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre)\s$")
_AND = re.compile(r"\s(?:and|und|et|y)\s(?P<high>\d+(?:[.,]\d+)*)(?![\d-])")
_COMMA_DECIMAL = {"de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "no", "fi", "pl", "cs", "tr", "ru"}


def amount(number: str, lang: str) -> float | None:
    """Read digits with separators as the language writes them; None for what is no number.

    >>> amount("2,3", "de"), amount("216,000", "en"), amount("1.000", "de"), amount("97.8", "en")
    (2.3, 216000.0, 1000.0, 97.8)
    """
    number = re.sub(r"[ \u00a0\u202f\u2009'’]", "", number)
    if len(number) > _MOST_DIGITS:
        return None
    decimal, group = (",", ".") if lang in _COMMA_DECIMAL else (".", ",")
    parts = number.split(group)
    grouped = all(len(part.split(decimal)[0]) == 3 for part in parts[1:]) and len(parts[0]) <= 3  # noqa: PLR2004
    if len(parts) > 1 and not grouped:  # "97,8" in an English text, "97.8" in a German one
        decimal, group = group, decimal
    try:
        return float(number.replace(group, "").replace(decimal, "."))
    except ValueError:
        return None


def find(folded: str, spelled: Sequence[Spelled], lang: str, low: int, high: int) -> list[Quantity]:
    """Return every amount between two offsets of a folded text, in order, without overlaps.

    `spelled` are the numbers in words that stand there.
    """
    digits = _DIGIT.search(folded, low, high)
    if not digits and not spelled:
        return fractions.find(folded, low, high) if _HALF.search(folded, low, high) else []
    in_words = spelled or _HALF.search(folded, low, high) or _IN_FIGURES.search(folded, low, high)
    found = fractions.find(folded, low, high) if in_words else []
    taken = [(quantity.start, quantity.end) for quantity in found]
    if digits:
        found += _written(folded, lang, low, high, taken)
    for one in spelled:
        if _ORDINAL.match(folded, one.end) or _UNSAID.search(folded, max(low, one.start - 16), one.start):
            continue
        if not _meets((one.start, one.end), taken) and not (one.weak and not _is_measured(folded, one)):
            quantity = _of_word(folded, one)
            if not quantity.weak:
                found.append(quantity)
                taken.append((quantity.start, quantity.end))
    return ranges.joined(folded, sorted(found, key=lambda quantity: quantity.start))


# "1st", "7 times more", "1ユーザーあたり" (per user): no count of anything.
_ORDINAL = re.compile(
    r"(?:st|nd|rd|th)\b|\s?(?:times|fois|veces|-fold)\b|[号倍]|[ァ-ヺー一-龯]{1,8}(?:あたり|当たり|につき)"
)
# "Several thousand", "a couple of hundred", "tens of millions": how many nobody says.
_UNSAID = re.compile(
    r"\b(?:several|few|many|couple(?: of)?|tens of|dozens of|hundreds of|thousands of|mehrere|einige|ein paar|viele"
    r"|plusieurs|quelques|des dizaines de|des centaines de|vari[oa]s|algun[oa]s|decenas de|cientos de|miles de)\s$"
)
_DIGIT = re.compile(r"\d")
_HALF = re.compile(r"majority|moitié|hälfte|mitad|by half|半数|\bjede|\bla \w+ parte\b")
_IN_FIGURES = re.compile(r" out of | of every | in 100?\b|\d割|\d分の")


def _written(folded: str, lang: str, low: int, high: int, taken: list[tuple[int, int]]) -> list[Quantity]:
    """Amounts in digits; their places are added to `taken`."""
    found = []
    numbers = [*_DIGITS.finditer(folded, low, high)]
    if lang == "ja" or not folded.isascii():
        numbers += _CJK_DIGITS.finditer(folded, low, high)
    for match in numbers:
        value = amount(match["number"], lang)
        if value is not None and not _ORDINAL.match(folded, match.end()) and not _meets(match.span("number"), taken):
            quantity = _of_digits(folded, match, value, lang)
            taken.append((quantity.start, quantity.end))
            if not _ORDINAL.match(folded, quantity.end):  # "the 100-millionth visitor"
                found.append(quantity)
    return found


def _is_measured(folded: str, one: Spelled) -> bool:
    """Whether even "a" or "one" is a number there: "a year", "one terabyte"."""
    if units.measures(folded, one.end):
        return True
    return folded[one.start : one.end] in _ONE and measures.behind(folded, one.end) is not None


_ONE = frozenset({"one", "ein", "eine", "einen", "un", "une", "uno"})


def _meets(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _of_digits(folded: str, match: re.Match[str], value: float, lang: str) -> Quantity:
    groups = match.groupdict()
    sign = (groups.get("cur") or "").strip()
    number = match["number"]
    yearlike = not sign and len(number) == 4 and number.isdigit() and 1500 <= value <= 2100  # noqa: PLR2004
    start, end = match.start("cur") if sign else match.start("number"), match.end()
    high, end = _range(folded, start, end, value, lang) if not yearlike else (None, end)
    value = value if high is None else ranges.lower_end(value, high)
    number_said = _Number(start=start, end=end, value=value, high=high, sign=sign, yearlike=yearlike)
    return _measured(folded, number_said, plus=bool(groups.get("plus")))


def _of_word(folded: str, one: Spelled) -> Quantity:
    if one.value == 1 and folded.endswith("half ", 0, one.start) and _DECADE.match(folded, one.end):  # "half a decade"
        return _measured(folded, _Number(start=one.start - len("half "), end=one.end, value=0.5))
    if (part := _OF_ONE.match(folded, one.end)) and (one.value < 1 or (one.value == _THREE and part["quarters"])):
        # "a quarter of a century", "three quarters of an hour"
        value = one.value / 4 if part["quarters"] else one.value
        return _measured(folded, _Number(start=one.start, end=part.end(), value=value))
    weak = one.weak and not _is_measured(folded, one)
    return _measured(folded, _Number(start=one.start, end=one.end, value=one.value, weak=weak))


def _range(folded: str, start: int, end: int, value: float, lang: str) -> tuple[float | None, int]:
    """The upper end of "10-12" or "between 10 and 12", and where it ends."""
    between = _BETWEEN.search(folded, max(0, start - 12), start)
    found = (_AND if between else _RANGE).match(folded, end)
    high = amount(found["high"], lang) if found else None
    return (high, found.end()) if found and high is not None and high > value else (None, end)


_OF_ONE = re.compile(r"(?P<quarters> quarters)? of an?(?= (?:century|decade|year|hour)\b)")
_THREE = 3
_DECADE = re.compile(r" (?:decade|century|year|dozen)\b")
_AND_HALF = re.compile(r" (?:and a half|et demie?|y medi[oa]|einhalb)\b")


class _Number(msgspec.Struct, frozen=True, kw_only=True):
    start: int
    end: int
    value: float
    high: float | None = None
    sign: str = ""  # of a currency, before the digits
    yearlike: bool = False
    weak: bool = False


def _measured(folded: str, one: _Number, *, plus: bool = False) -> Quantity:
    """Read magnitude, unit and bound around a number."""
    value, high, end, sign, plain = one.value, one.high, one.end, one.sign, True
    while found := units.magnitude(folded, end, money=bool(sign)):
        value, end, sign, plain = value * found.factor + found.rest, found.end, found.sign or sign, False
        high = None if high is None else high * found.factor
    yearlike, weak = one.yearlike and plain, one.weak and plain
    bound = bounds.read(folded, one.start, end, plus=plus)
    tail = units.tail(folded, end, sign, yearlike=yearlike)
    if tail.dimension is Dimension.DURATION and (half := _AND_HALF.match(folded, tail.end)):
        value, tail = value + 0.5, replace(tail, end=half.end())  # "a month and a half"
    if bound is Bound.EXACT:
        bound = bounds.behind(folded, tail.end)
    return Quantity(
        start=one.start,
        end=tail.end,
        value=value * tail.factor,
        dimension=tail.dimension,
        bound=bound,
        unit=tail.unit,
        high=None if high is None else high * tail.factor,
        yearlike=yearlike and tail.dimension is Dimension.PLAIN,
        weak=weak and tail.dimension is Dimension.PLAIN,
        loose=tail.loose,
    )
