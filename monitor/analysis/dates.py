"""Dates, years, seasons, decades and centuries as they are written in five languages."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from monitor.analysis import lexicon
from monitor.analysis.folding import WORD
from monitor.analysis.moment import Grain, Moment, of_day, of_months, of_years, said_about

_MONTHS = (
    "january janvier januar enero jan janv ene january",
    "february février februar febrero feb févr fév febr",
    "march mars märz marzo mar mrz",
    "april avril abril apr avr abr",
    "may mai mayo",
    "june juin juni junio jun",
    "july juillet juli julio jul juil",
    "august août agosto aug ago",
    "september septembre septiembre sep sept",
    "october octobre oktober octubre oct okt",
    "november novembre noviembre nov",
    "december décembre dezember diciembre dec dez déc dic",
)
MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = "|".join(sorted(MONTH, key=len, reverse=True))
_YEAR = r"(?:1[0-9]\d\d|20\d\d|2100)"
_SEASON = {
    "spring": (3, 5), "frühjahr": (3, 5), "frühling": (3, 5), "printemps": (3, 5), "primavera": (3, 5), "春": (3, 5),
    "summer": (6, 8), "sommer": (6, 8), "été": (6, 8), "verano": (6, 8), "夏": (6, 8),
    "autumn": (9, 11), "fall": (9, 11), "herbst": (9, 11), "automne": (9, 11), "otoño": (9, 11), "秋": (9, 11),
    "early": (1, 4), "anfang": (1, 4), "début": (1, 4), "principios de": (1, 4), "beginning of": (1, 4),
    "start of": (1, 4),
    "mid": (5, 8), "mid-": (5, 8), "mitte": (5, 8), "mi-": (5, 8), "mediados de": (5, 8), "middle of": (5, 8),
    "late": (9, 12), "ende": (9, 12), "fin": (9, 12), "finales de": (9, 12), "end of": (9, 12),
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12), "first half of": (1, 6), "second half of": (7, 12),
}  # fmt: skip
_HALVES = frozenset({"q1", "q2", "q3", "q4", "first half of", "second half of"})
_VAGUE = frozenset(
    {"early", "anfang", "début", "principios de", "beginning of", "start of", "mid", "mid-", "mitte", "mi-"}
    | {"mediados de", "middle of", "late", "ende", "fin", "finales de", "end of"}
)
_WINTER = frozenset({"winter", "hiver", "invierno", "冬"})
_SEASON |= dict.fromkeys(_WINTER, (1, 3))  # or from December on: both are read
_SEASON_NAMES = "|".join(sorted((re.escape(name) for name in _SEASON), key=len, reverse=True))
_TENS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90, "zwanziger": 20, "dreißiger": 30, "vierziger": 40, "fünfziger": 50, "sechziger": 60,
    "siebziger": 70, "achtziger": 80, "neunziger": 90, "veinte": 20, "treinta": 30, "cuarenta": 40,
    "cincuenta": 50, "sesenta": 60,
    "setenta": 70, "ochenta": 80, "noventa": 90,
}  # fmt: skip
_ABSOLUTE = re.compile(
    rf"(?<![\w.,/-])(?:"
    rf"(?P<iso>(?P<iy>{_YEAR})-(?P<im>\d\d)(?:-(?P<id>\d\d))?)(?![\d-])"
    rf"|(?P<dmy>[0-3]?\d(?:st|nd|rd|th|er|\.|º)?)\s(?:of |de )?(?P<dm>{_NAME})\b\.?,?(?:\s(?:de "
    rf"|del )?(?P<dy>{_YEAR})(?!\d))?"
    rf"|(?P<mdm>{_NAME})\b\.?\s(?P<md>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\d)(?:,?\s(?P<my>{_YEAR})(?!\d))?"
    rf"|(?P<mm>{_NAME})\b\.?,?\s(?:of |de )?(?P<mmy>{_YEAR})(?!\d)"
    rf"|(?P<n1>[0-3]?\d)[./](?P<n2>[0-3]?\d)[./](?P<ny>{_YEAR})(?!\d)"
    rf"|(?P<my_m>0?[1-9]|1[0-2])/(?P<my_y>{_YEAR})(?!\d)"
    rf"|(?:the |les |la |los |die )?(?P<season>{_SEASON_NAMES})(?: (?:months|part|days|weeks)(?= of| in))?"
    rf"(?:[ -]of|(?:(?<=early)|(?<=late)|(?<=months)|(?<=part)|(?<=days)|(?<=weeks)) in)?(?:(?<=-)|\s)?(?:the |des? "
    rf"|l'année |l'an )?(?:jahres? |year (?:of )?|fy ?)?(?P<sy>{_YEAR})(?P<sdec>'?s\b|er\b)?(?!\d)"
    rf"|(?:early|mid|late|the|the early|the late|the mid|anfang der|ende der|mitte der|años"
    rf"|los años)?[ -]?(?P<tens>{'|'.join(_TENS)})\b(?! (?:percent|per cent|%|\d))"
    rf"|(?:années|años|anni)\s(?P<fd>19\d0|[2-9]0)\b"
    rf"|(?P<c>1[5-9]|2[01])(?:th|st)[ -]century"
    rf"|(?P<fy>fy|fiscal(?: year)?|financial year|geschäftsjahr|exercice) ?(?P<fyy>{_YEAR}|\d\d(?!\d))(?!\d)"
    rf"|(?P<y>{_YEAR})(?P<dec>s\b|er\b|'s\b)?(?![\d]|[.,]\d|/\d\d\b|-\d\d\b| ?%| ?percent)"
    r")"
)
_HIS = re.compile(r"\b(?:his|her|their|my|your)\b")  # "in his forties" is an age
_OPENING = frozenset(
    {
        *MONTH,
        *(word for name in _SEASON for word in WORD.findall(name)[:1]),
        *_TENS,
        *lexicon.listed("dating"),
    }
)


def written(folded: str, words: Sequence[tuple[int, int]], high: int) -> Iterator[Moment]:
    """Yield the dates that begin with one of these words: the pattern is tried only where a word may open a date."""
    after = -1
    for start, end in words:
        if start < after or not (
            folded[start].isdigit() or folded[start:end] in _OPENING or folded.startswith("fy", start)
        ):
            continue
        match = _ABSOLUTE.match(folded, start, high)
        if match and not (match["tens"] and _HIS.search(folded, max(0, match.start() - 12), match.end())):
            moment = _absolute(folded, match)
            if moment:
                after = moment.end
                yield moment


def _absolute(folded: str, match: re.Match[str]) -> Moment | None:  # noqa: PLR0911 -- one form each
    got = match.groupdict()
    place = {
        "start": match.start(),
        "end": match.end(),
        "about": said_about(folded, match.start()),
    }
    if got["iso"]:
        return of_day(int(got["iy"]), int(got["im"]), got["id"] and int(got["id"]), **place)
    if got["dmy"]:
        number = re.match(r"\d+", got["dmy"])
        return of_day(got["dy"] and int(got["dy"]), MONTH[got["dm"]], int(number[0]) if number else None, **place)
    if got["mdm"]:
        return of_day(got["my"] and int(got["my"]), MONTH[got["mdm"]], int(got["md"]), **place)
    if got["mm"]:
        return of_day(int(got["mmy"]), MONTH[got["mm"]], None, **place)
    if got["n1"]:
        return _either(int(got["n1"]), int(got["n2"]), int(got["ny"]), **place)
    if got["my_m"]:
        return of_day(int(got["my_y"]), int(got["my_m"]), None, **place)
    return _coarse(got, **place)


_LAST_MONTH = 12


def _either(one: int, two: int, year: int, **place: object) -> Moment | None:
    """Read 10/12/2020 both ways where both are dates."""
    first = of_day(year, two, one, **place) if two <= _LAST_MONTH else None
    second = of_day(year, one, two, **place) if one <= _LAST_MONTH else None
    if first and second and first.first != second.first:
        return replace(first, other=(second.first, second.last))
    return first or second


def _coarse(got: dict[str, str | None], **place: object) -> Moment | None:
    if got["season"] and got["sy"]:
        return _part_of(got["season"], int(got["sy"]), decade=bool(got["sdec"]), **place)
    if got["tens"]:
        return of_years(1900 + _TENS[got["tens"]], 1909 + _TENS[got["tens"]], Grain.DECADE, **place)
    if got["fd"]:
        decade = int(got["fd"]) if len(got["fd"]) == 4 else 1900 + int(got["fd"])  # noqa: PLR2004  -- "70", "1970"
        return of_years(decade, decade + 9, Grain.DECADE, **place)
    if got["c"]:
        return of_years(int(got["c"]) * 100 - 99, int(got["c"]) * 100, Grain.CENTURY, **place)
    text = got["fyy"] or got["y"] or ""
    year = int(text) + (2000 if len(text) == 2 else 0)  # noqa: PLR2004  -- "FY25"
    last = year + (9 if year % 100 else 99) if got["dec"] else year
    return of_years(year, last, Grain.DECADE if got["dec"] else Grain.YEAR, **place)


def _part_of(season: str, year: int, *, decade: bool, **place: object) -> Moment:
    """Read "autumn of 1958", "early 2025", "late 1970s"."""
    low, high = _SEASON[season]
    if decade and year % 100 == 0:  # "the mid 1900s" is a third of a century
        start = year + {1: 0, 5: 33, 9: 66}.get(low, 0)
        return of_years(start, start + 34, Grain.DECADE, **place)
    if decade:
        start = year + {1: 0, 5: 3, 9: 6}.get(low, 0)
        return of_years(start, start + 3, Grain.DECADE, **place)
    found = of_months(year, low, high, Grain.SEASON, **place)
    if season in _WINTER:
        return replace(found, other=(date(year, 12, 1), date(year + 1, 3, 20)))
    return replace(found, loosely=_loosely(found, season))


def _loosely(said: Moment, season: str) -> tuple[date, date]:
    """Return the days that a part of a year may still mean: "early" is vague, by the sun a season lasts longer."""
    if season not in _VAGUE:
        return said.first, said.last + timedelta(days=22 * (season not in _HALVES))
    low, high = max(1, said.first.month - 1), min(_LAST_MONTH, said.last.month + 1)
    wide = of_months(said.first.year, low, high, Grain.SEASON, start=0, end=0)
    return wide.first, wide.last
