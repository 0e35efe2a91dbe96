"""This period beside another: each number of both with its interval, and whether the two can be told apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.domain.documents import Edition
from monitor.domain.measures import Estimate, Series
from monitor.domain.portrait import Portrait
from reports import words
from reports.section import Page, Section, asked


@dataclass(frozen=True, kw_only=True)
class Row:
    what: str
    who: str
    before: Estimate
    now: Estimate

    @property
    def apart(self) -> bool:
        """Whether the intervals do not touch: then chance alone hardly made the difference."""
        one, other = self.before.interval, self.now.interval
        return one is not None and other is not None and (one.high < other.low or other.high < one.low)


def _view(page: Page) -> Mapping[str, object]:
    before = page.before
    rows = list(_rows(before, page.portrait)) if before else []
    return {
        "rows": rows,
        "period": words.period(before.start, before.end) if before else "",
        "brand": page.portrait.brand,
    }


def _rows(before: Portrait, now: Portrait) -> Iterator[Row]:
    pairs = (
        ("Right, of checked statements", before.accuracy, now.accuracy),
        ("Named without being asked for", before.visibility, now.visibility),
        ("Share of voice", before.share_of_voice, now.share_of_voice),
        ("Recommended", before.recommended, now.recommended),
        ("Net stance", before.net_stance, now.net_stance),
        ("Cited, of answers that searched", before.citation_rate, now.citation_rate),
    )
    for what, earlier, later in pairs:
        known = {each.series: each for each in earlier}
        for each in later:
            if each.series in known and _own(each.series, now.brand) and _measured(each, known[each.series]):
                yield Row(what=what, who=asked(now, each.series), before=known[each.series], now=each)


def _own(series: Series, brand: str) -> bool:
    return series.subject in {"", brand} and not series.topic


def _measured(*estimates: Estimate) -> bool:
    return all(each.rate.of for each in estimates)


SECTION = Section(
    id="compared",
    order=15,
    title="Compared",
    view=_view,
    editions=frozenset({Edition.FULL, Edition.LEADERSHIP}),
    shown=lambda page: page.before is not None,
)
