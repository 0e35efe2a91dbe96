"""The sums of one series over a period: what an estimate, a course and the regimes are made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import compress

from monitor.domain import digests as domain
from monitor.domain.digests import Columns, Digest
from monitor.domain.measures import Estimate, Series
from monitor.domain.portrait import Line, Point
from monitor.drift import detectable, lines, regimes
from monitor.drift.estimates import of_columns

_Prompts = tuple[str, ...]
_Vector = Sequence[float]  # one place per prompt


_AT_ONCE = 32  # days that are added up together: quicker than one by one, and few enough to be held


@dataclass
class _Heap:
    """Days on which the same was asked, added up some at a time."""

    hits: list[_Vector] = field(default_factory=list)
    of: list[_Vector] = field(default_factory=list)

    def add(self, hits: _Vector, of: _Vector) -> None:
        self.hits.append(hits)
        self.of.append(of)
        if len(self.of) == _AT_ONCE:
            self.whole()

    def whole(self) -> tuple[_Vector, _Vector]:
        """Return the sums of all days."""
        if len(self.of) > 1:
            self.hits, self.of = [_together(self.hits)], [_together(self.of)]
        return self.hits[0], self.of[0]


def _together(vectors: Sequence[_Vector]) -> _Vector:
    return list(map(sum, zip(*vectors, strict=True)))


@dataclass
class Step:
    """The sums of the days that one point of a course stands for."""

    heaps: dict[_Prompts, _Heap] = field(default_factory=dict)
    answers: int = 0

    def add(self, prompts: _Prompts, hits: _Vector, of: _Vector) -> None:
        heap = self.heaps.get(prompts)
        if heap is None:
            heap = self.heaps[prompts] = _Heap()
        heap.add(hits, of)

    @property
    def sums(self) -> dict[_Prompts, tuple[_Vector, _Vector]]:
        """Hits, and of how many."""
        return {prompts: heap.whole() for prompts, heap in self.heaps.items()}

    def columns(self) -> tuple[_Vector, _Vector]:
        """Return hits and of how many, of the prompts that brought anything, in the order of their ids."""
        found = self.sums
        if len(found) == 1:
            prompts, (hits, of) = next(iter(found.items()))
            if _apart(prompts):
                return (hits, of) if all(of) else (list(compress(hits, of)), list(compress(of, of)))
        return _mixed(found)


def _mixed(found: Mapping[_Prompts, tuple[_Vector, _Vector]]) -> tuple[_Vector, _Vector]:
    """Return the same where not always the same prompts were asked."""
    whole: dict[str, list[float]] = {}
    for prompts, sums in found.items():
        for prompt, hits, of in zip(prompts, *sums, strict=True):
            cluster = whole.setdefault(prompt, [0.0, 0.0])
            cluster[0] += hits
            cluster[1] += of
    asked = [whole[prompt] for prompt in sorted(whole) if whole[prompt][1]]
    return [hits for hits, _ in asked], [of for _, of in asked]


@dataclass
class Summed:
    steps: dict[int, Step] = field(default_factory=dict)  # by number of the point
    told: dict[str, list[date]] = field(default_factory=dict)  # regime -> its first and last day
    asked: dict[date, list[tuple[_Prompts, _Vector]]] = field(default_factory=dict)  # where falls are stated

    def add(self, step: int, day: date, prompts: _Prompts, sums: domain.Sums) -> None:
        point = self.steps.get(step)
        if point is None:
            point = self.steps[step] = Step()
        point.add(prompts, sums.hits, sums.of)
        point.answers += int(sum(sums.answers))
        days = self.told.setdefault(sums.regime, [day, day])
        days[0], days[1] = min(days[0], day), max(days[1], day)
        if sums.measure in detectable.SHARES:
            self.asked.setdefault(day, []).append((prompts, sums.of))

    @property
    def spans(self) -> list[regimes.RegimeSpan]:
        found: regimes.Stretches = {}
        for regime, days in self.told.items():
            for day in days:
                regimes.stretch(found, regime, day)
        return regimes.cut(found)

    @property
    def answers(self) -> int:
        return sum(step.answers for step in self.steps.values())

    def estimate(self, series: Series) -> Estimate:
        """Return the estimate of the whole period."""
        whole = Step()
        for step in self.steps.values():
            for prompts, sums in step.sums.items():
                whole.add(prompts, *sums)
        return of_columns(series, *whole.columns(), self.answers)

    def reach(self, of: Estimate) -> float | None:
        """Return the smallest fall that would show; None where it is not stated for the measure."""
        if of.series.measure not in detectable.SHARES or of.rate.value is None:
            return None
        asked = sum(_different(own) for own in self.asked.values())
        return detectable.reach(sorted(self.asked), asked, self.answers, of.rate.value)

    def line(self, series: Series, labels: Mapping[str, str], days: Sequence[date]) -> Line:
        """Return the course: one point per step of `days`, a gap where nothing was measured."""
        return Line(
            label=lines.name(series, labels),
            points=tuple(self._point(series, number, day) for number, day in enumerate(days)),
            regimes=tuple((span.start, span.cause) for span in self.spans if span.cause),
        )

    def _point(self, series: Series, number: int, day: date) -> Point:
        step = self.steps.get(number)
        made = of_columns(series, *step.columns(), step.answers) if step else None
        return Point(day=day, estimate=made)


def _different(asked: Sequence[tuple[_Prompts, _Vector]]) -> int:
    """Count the prompts that brought something on a day, each once."""
    if len(asked) == 1 and _apart(asked[0][0]):
        return len(asked[0][1]) - list(asked[0][1]).count(0)
    return len({prompt for prompts, of in asked for prompt in compress(prompts, of)})


@lru_cache(maxsize=512)
def _apart(prompts: _Prompts) -> bool:
    """Whether each prompt has one place, and not several in different words."""
    return len(set(prompts)) == len(prompts)


class Sums:
    """The sums of every series, all topics together, as one digest after the other is added."""

    def __init__(self, start: date, days_a_point: int) -> None:
        self._start, self._step = start, days_a_point
        self._known: dict[_Prompts, _Prompts] = {}  # the same places once, however many days have them
        self.series: dict[Series, Summed] = {}

    def add(self, digest: Digest) -> None:
        step = (digest.day - self._start).days // self._step
        for columns in digest.columns:
            prompts = self._known.setdefault(columns.prompts, columns.prompts)
            for series, sums in measured(columns):
                if series not in self.series:
                    self.series[series] = Summed()
                self.series[series].add(step, digest.day, prompts, sums)


def measured(columns: Columns) -> Iterator[tuple[Series, domain.Sums]]:
    """Yield the sums with the series that they belong to, all topics together."""
    for sums in columns.sums:
        yield (
            Series(
                measure=sums.measure,
                assistant_id=columns.assistant_id,
                surface=columns.surface,
                subject=sums.subject,
            ),
            sums,
        )
