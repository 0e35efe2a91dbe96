"""Dates as they are written in Japanese: 2011年5月3日, 1990年代, 2020年春."""

import re
from collections.abc import Iterator

from monitor.analysis.moment import Grain, Moment, of_day, of_months, of_years
from monitor.analysis.spans import Span

_WRITTEN = re.compile(
    r"(?P<y>1[0-9]\d\d|20\d\d)年(?:(?P<dec>代)|(?P<m>1[0-2]|[1-9])月(?:(?P<d>[0-3]?\d)日)?|(?P<s>[春夏秋]))?"
)
_SEASONS = {"春": (3, 5), "夏": (6, 8), "秋": (9, 11)}


def written(folded: str, span: Span) -> Iterator[Moment]:
    """Yield the dates of a span of a folded text."""
    if "年" in folded[span.start : span.end]:
        for match in _WRITTEN.finditer(folded, span.start, span.end):
            moment = _moment(match)
            if moment:
                yield moment


def _moment(match: re.Match[str]) -> Moment | None:
    year, place = int(match["y"]), {"start": match.start(), "end": match.end()}
    if match["dec"]:
        return of_years(year, year + 9, Grain.DECADE, **place)
    if match["s"]:
        return of_months(year, *_SEASONS[match["s"]], Grain.SEASON, **place)
    if match["m"]:
        return of_day(year, int(match["m"]), match["d"], **place)
    return of_years(year, year, Grain.YEAR, **place)
