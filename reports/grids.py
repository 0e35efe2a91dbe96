"""Estimates as a grid of entities by assistants, and as rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.domain.measures import Estimate, Measure
from monitor.domain.portrait import Portrait
from reports import words
from reports.behind import Answers, answers
from reports.section import asked
from reports.tables import Cell, Table

# Counted over the answers to questions that do not hold the name.
_OF_QUESTIONS = frozenset({Measure.VISIBILITY, Measure.RECOMMENDED, Measure.SHARE_OF_VOICE})
COLUMNS = (
    "assistant", "surface", "measure", "subject", "topic", "hits", "of", "value", "low", "high", "level",
    "effective_n", "answers", "prompts",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class GridCell:
    value: str
    support: str  # interval and n
    share: float | None  # 0..1 for a bar; None: no bar
    behind: Answers  # which answers it is made of


@dataclass(frozen=True, kw_only=True)
class GridRow:
    name: str
    own: bool
    cells: tuple[GridCell | None, ...]  # None: not asked


@dataclass(frozen=True, kw_only=True)
class Grid:
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    uneven: bool = False  # whether one assistant's numbers are counted over more for some names

    @property
    def repeats(self) -> bool:
        """Whether answers repeat each other somewhere so far that it is said beside n."""
        return any(cell and words.AS_GOOD in cell.support for row in self.rows for cell in row.cells)


def grid(portrait: Portrait, estimates: Sequence[Estimate]) -> Grid:
    """Return subjects as rows (the brand first) and assistants as columns, in the order in which they come."""
    found = {(each.series.subject or portrait.brand, asked(portrait, each.series)): each for each in estimates}
    columns = tuple(dict.fromkeys(column for _, column in found))
    subjects = sorted(dict.fromkeys(subject for subject, _ in found), key=lambda name: name != portrait.brand)
    rows = tuple(
        GridRow(
            name=subject,
            own=subject == portrait.brand,
            cells=tuple(_cell(_told(found.get((subject, column)), portrait.brand)) for column in columns),
        )
        for subject in subjects
    )
    return Grid(columns=columns, rows=rows, uneven=is_uneven(estimates))


def is_uneven(estimates: Sequence[Estimate]) -> bool:
    """Return whether one assistant's numbers are counted over more answers for some names than for others."""
    counted: dict[tuple[str, str], set[float]] = {}
    for each in estimates:
        if each.series.measure in _OF_QUESTIONS and each.rate.of:
            counted.setdefault((each.series.assistant_id, each.series.surface), set()).add(each.rate.of)
    return any(len(found) > 1 for found in counted.values())


def _told(of: Estimate | None, brand: str) -> Estimate | None:
    """Leave out of a competitor's number what fall of it would show: whoever reads it watches the brand."""
    return of if of is None or of.series.subject in {"", brand} else replace(of, detectable=None)


def _cell(of: Estimate | None) -> GridCell | None:
    if of is None:
        return None
    value = of.rate.value
    share = min(max(value, 0), 1) if value is not None and of.unit == "%" else None
    return GridCell(value=words.value_of(of), support=words.support_of(of), share=share, behind=answers(of))


def table(portrait: Portrait, name: str, estimates: Sequence[Estimate]) -> Table:
    return Table(name=name, columns=COLUMNS, rows=tuple(row(portrait, each) for each in estimates))


def row(portrait: Portrait, of: Estimate) -> tuple[Cell, ...]:
    series, within = of.series, of.interval
    bounds: tuple[Cell, ...] = (within.low, within.high, within.level, within.worth) if within else (None,) * 4
    return (
        asked(portrait, series), series.surface.value, series.measure.value, series.subject, series.topic,
        of.rate.hits, of.rate.of, of.rate.value, *bounds, of.answers, of.prompts,
    )  # fmt: skip
