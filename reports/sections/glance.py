"""Where the brand stands with each assistant, on a few lines: one row per assistant, one column per number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.domain.answers import Surface
from monitor.domain.documents import Edition
from monitor.domain.measures import Estimate
from monitor.domain.portrait import Panel, Portrait
from reports import scores, words
from reports.section import Page, Section


@dataclass(frozen=True, kw_only=True)
class Cell:
    value: str  # "73 %", or "13 \u2192 73 %" beside another period
    support: str  # interval and n
    before: str = ""  # interval and n of the other period
    apart: bool = False


_Estimates = Mapping[tuple[str, Surface], Estimate]


def _view(page: Page) -> Mapping[str, object]:
    now, before = page.portrait, page.before
    columns = [(score, _by_asked(score, now), _by_asked(score, before) if before else {}) for score in scores.ALL]
    shown = [column for column in columns if any(each.rate.of for each in column[1].values())]
    rows = [(panel, _cells(panel, [(later, earlier) for _, later, earlier in shown])) for panel in now.panels]
    supports = [cell.support for _, cells in rows for cell in cells]
    return {
        "titles": [score.title for score, _, _ in shown],
        "rows": rows,
        "repeats": any(words.AS_GOOD in support for support in supports),
        "before": words.period(before.start, before.end) if before else "",
        "brand": now.brand,
    }


def _by_asked(score: scores.Score, portrait: Portrait) -> _Estimates:
    return {(each.series.assistant_id, each.series.surface): each for each in score.own(portrait)}


def _cells(panel: Panel, columns: Sequence[tuple[_Estimates, _Estimates]]) -> list[Cell]:
    key = (panel.assistant_id, panel.surface)
    return [_cell(later.get(key), earlier.get(key)) for later, earlier in columns]


def _cell(now: Estimate | None, before: Estimate | None) -> Cell:
    if now is None or now.rate.value is None:
        return Cell(value=words.NOT_MEASURED, support="")
    if before is None or before.rate.value is None:
        return Cell(value=words.value_of(now), support=_support(now))
    return Cell(
        value=moved(words.value_of(before), words.value_of(now)),
        support=_support(now),
        before=_support(before),
        apart=scores.apart(before, now),
    )


def moved(before: str, now: str) -> str:
    """Return two values as one.

    >>> moved("13 %", "73 %"), moved("+5", "-10")
    ('13 \u2192 73 %', '+5 \u2192 -10')
    """
    unit = " %"
    return f"{before.removesuffix(unit) if now.endswith(unit) else before} \u2192 {now}"


def _support(of: Estimate) -> str:
    """How small a fall would show is for the full report."""
    return words.support_of(replace(of, detectable=None))


SECTION = Section(
    id="glance", order=16, title="Each assistant at a glance", view=_view, editions=frozenset({Edition.LEADERSHIP})
)
