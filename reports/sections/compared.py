"""This period beside another: each number of both with its interval, and whether the two can be told apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.domain.measures import Estimate
from monitor.domain.portrait import Portrait
from reports import scores, words
from reports.section import Page, Section, asked


@dataclass(frozen=True, kw_only=True)
class Row:
    what: str
    who: str
    before: Estimate
    now: Estimate

    @property
    def apart(self) -> bool:
        return scores.apart(self.before, self.now)


def _view(page: Page) -> Mapping[str, object]:
    before = page.before
    rows = list(_rows(before, page.portrait)) if before else []
    return {
        "rows": rows,
        "period": words.period(before.start, before.end) if before else "",
        "brand": page.portrait.brand,
    }


def _rows(before: Portrait, now: Portrait) -> Iterator[Row]:
    for score in scores.ALL:
        known = {each.series: each for each in score.own(before)}
        for each in score.own(now):
            if each.series in known and _measured(each, known[each.series]):
                yield Row(what=score.title, who=asked(now, each.series), before=known[each.series], now=each)


def _measured(*estimates: Estimate) -> bool:
    return all(each.rate.of for each in estimates)


SECTION = Section(
    id="compared",
    order=15,
    title="Compared",
    view=_view,
    shown=lambda page: page.before is not None,
)
