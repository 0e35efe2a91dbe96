"""Times that are counted back from today: "80 years ago", "seit drei Jahrzehnten"."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from monitor.analysis.moment import Grain, Moment, of_years, said_about
from monitor.analysis.numberwords import Spelled
from monitor.analysis.spans import Span, Stretch

_COUNTS_BACK = re.compile(r"years?|decade|centur|jahr|\bans\b|années|años|年前")
_AGO_TAIL = re.compile(
    r"\s(?:ago\b|back\b|after (?:it|its|the company|the firm|the brand) (?:was|being)|after (?:its|the) "
    r"(?:foundation|founding|start|launch|creation)|on the market|in business|in existence|old\b)"
    r"|[\s-](?:year-old|years? old|year history|years? of history)"
)
_AGO_HEAD = re.compile(r"\b(?:vor|il y a|hace|seit|depuis|for|desde hace|since)\s(?:\w+\s){0,3}$")
_UNIT = re.compile(
    r"[\s-]?(?:(?P<y>years?|jahren?|ans|années|años|年)|(?P<d>decades?|jahrzehnten?|décennies|décadas)"
    r"|(?P<c>centur(?:y|ies)|jahrhunderten?))"
)
_MANY = re.compile(r"[\s-](?:centuries|decades|years)\b")  # "a centuries old city" is not one century old
_COUNTED = re.compile(r"(?<![\d.,$€£])\d{1,3}(?![\d.,])")


def counted_back(folded: str, spelled: Sequence[Spelled], today: date, span: Span) -> Iterator[Moment]:
    """Yield the times between two offsets that are told by how long ago they were; `spelled` are numbers in words."""
    if _TURNED.search(folded, span.start, span.end):
        yield from _birthdays(folded, spelled, today, span)
    if not _COUNTS_BACK.search(folded, span.start, span.end):
        return
    numbers = [(m.start(), m.end(), float(m[0])) for m in _COUNTED.finditer(folded, span.start, span.end)]
    numbers += [(one.start, one.end, one.value) for one in spelled if not (one.weak and _MANY.match(folded, one.end))]
    for start, end, value in [_halved(folded, *one) for one in numbers]:
        unit = _UNIT.match(folded, end)
        if not unit:
            continue
        before = _AGO_HEAD.search(folded, max(0, start - 24), start)
        after = _AGO_TAIL.match(folded, unit.end()) or folded.startswith("前", unit.end())
        if after or (before and _goes_on(folded, before, span.start)):
            about = said_about(folded, start)
            yield from _back(Stretch(start=start, end=unit.end()), value, unit, about=about, today=today)


# "The firm turned ninety this year", "celebrated its 50th birthday in 2024".
_TURNED = re.compile(
    r"\b(?:turn(?:s|ed|ing)|celebrat(?:es?|ed|ing)|mark(?:s|ed)|feiert\w*|fête|fêté|cumpl(?:e|ió)|celebr[aó])\s"
    r"(?:(?:its|the|their|ihr|sein|das|ses|son|sus|su|los) )?"
)
_THIS_YEAR = re.compile(r"\W*(?:this year|dieses jahr|cette année|este año)\b")
_IN_YEAR = re.compile(r"[^.;]{0,30}?\b(?:in|im jahr|en)\s(?P<year>(?:19|20)\d\d)\b")
_NTH = re.compile(
    r"(?:st|nd|rd|th|\.|º|°|e|ème)?[\s-]?(?:birthday|anniversary|geburtstag|jubiläum|anniversaire|aniversario|ans"
    r"|años|jahre)?"
)
_LEAST_AGE = 5


def _birthdays(folded: str, spelled: Sequence[Spelled], today: date, span: Span) -> Iterator[Moment]:
    """Yield the years in which that began which turned so many years in another."""
    for found in _TURNED.finditer(folded, span.start, span.end):
        number = _COUNTED_HERE.match(folded, found.end())
        word = next((one for one in spelled if one.start == found.end()), None)
        if not number and not word:
            continue
        age, end = (int(number[0]), number.end()) if number else (round(word.value), word.end) if word else (0, 0)
        nth = _NTH.match(folded, end)
        end = nth.end() if nth else end
        told = _IN_YEAR.match(folded, end, span.end)
        year = int(told["year"]) if told else today.year if _THIS_YEAR.match(folded, end) else 0
        if year and _LEAST_AGE <= age < _MOST_YEARS:
            place: dict[str, object] = {"start": found.end(), "end": told.end() if told else end, "relative": True}
            yield of_years(year - age, year - age, Grain.YEAR, **place)


_COUNTED_HERE = re.compile(r"\d{1,3}(?!\d)")
_HALF = re.compile(r"\bhalf $")


def _halved(folded: str, start: int, end: int, value: float) -> tuple[int, int, float]:
    """Read "half a century" for fifty years."""
    half = _HALF.search(folded, max(0, start - 5), start) if value == 1 else None
    return (half.start(), end, 0.5) if half else (start, end, value)


_FOR = re.compile(r"for\s")
_PERFECT = re.compile(r"\b(?:has|have|he's|she's|it's|they've|we've)\s(?:\w+\s){0,6}(?:\S+\s){0,4}$")
_BY_THEN = re.compile(r"\b(?:had|was|were|by then|afterwards|after that|until)\b")


def _goes_on(folded: str, head: re.Match[str], low: int) -> bool:
    """Whether "for twelve years" lasts until today: "has made tea for", not "had led it for"."""
    if not _FOR.match(head[0]):
        return True
    before = folded[max(low, head.start() - 60) : head.start()]
    return bool(_PERFECT.search(before)) and not _BY_THEN.search(before)


_MOST_YEARS = 1000


def _back(span: Span, value: float, unit: re.Match[str], *, about: bool, today: date) -> Iterator[Moment]:
    """Count back from today; round numbers are taken for rounded ones."""
    years = value * (100 if unit["c"] else 10 if unit["d"] else 1)
    if not 0 < years < _MOST_YEARS:
        return
    rounded = about or years % 5 == 0 or bool(unit["d"] or unit["c"])
    slack = max(1, round(years * 0.07)) if rounded else 1
    middle = today.year - round(years)
    yield Moment(
        start=span.start, end=span.end, first=date(middle - slack, 1, 1), last=date(middle + slack, 12, 31),
        grain=Grain.DECADE if slack > 1 else Grain.YEAR, about=True, relative=True,
    )  # fmt: skip
