"""The sums of one series over a period: what an estimate, a course and the regimes are made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from operator import add

from monitor.domain import digests as domain
from monitor.domain.digests import Columns, Digest
from monitor.domain.measures import Estimate, Rate, Series
from monitor.domain.portrait import Line, Point
from monitor.drift import detectable, lines, regimes
from monitor.drift.estimates import pooled

_Prompts = tuple[str, ...]
_Vector = Sequence[float]  # one place per prompt


@dataclass
class Step:
    """The sums of the days that one point of a course stands for."""

    sums: dict[_Prompts, tuple[_Vector, _Vector]] = field(default_factory=dict)  # hits, of
    answers: int = 0

    def add(self, prompts: _Prompts, hits: _Vector, of: _Vector) -> None:
        known = self.sums.get(prompts)
        self.sums[prompts] = (list(map(add, known[0], hits)), list(map(add, known[1], of))) if known else (hits, of)

    def rates(self) -> list[Rate]:
        """Return one rate per prompt, in the order of their ids."""
        if len(self.sums) == 1:
            prompts, sums = next(iter(self.sums.items()))
            if len(set(prompts)) == len(prompts):
                return [Rate(hits=float(hits), of=float(of)) for hits, of in zip(*sums, strict=True) if of]
        return self._mixed()

    def _mixed(self) -> list[Rate]:
        """Return the same where not always the same prompts were asked."""
        whole: dict[str, list[float]] = {}
        for prompts, sums in self.sums.items():
            for prompt, hits, of in zip(prompts, *sums, strict=True):
                cluster = whole.setdefault(prompt, [0.0, 0.0])
                cluster[0] += hits
                cluster[1] += of
        return [Rate(hits=whole[prompt][0], of=whole[prompt][1]) for prompt in sorted(whole) if whole[prompt][1]]


@dataclass
class Summed:
    steps: dict[int, Step] = field(default_factory=dict)  # by number of the point
    stretches: regimes.Stretches = field(default_factory=dict)
    asked: dict[date, list[tuple[_Prompts, _Vector]]] = field(default_factory=dict)  # where falls are stated

    def add(self, step: int, day: date, prompts: _Prompts, sums: domain.Sums) -> None:
        point = self.steps.setdefault(step, Step())
        point.add(prompts, sums.hits, sums.of)
        point.answers += int(sum(sums.answers))
        regimes.stretch(self.stretches, sums.regime, day)
        if sums.measure in detectable.SHARES:
            self.asked.setdefault(day, []).append((prompts, sums.of))

    @property
    def spans(self) -> list[regimes.RegimeSpan]:
        return regimes.cut(self.stretches)

    @property
    def answers(self) -> int:
        return sum(step.answers for step in self.steps.values())

    def estimate(self, series: Series) -> Estimate:
        """Return the estimate of the whole period."""
        whole = Step()
        for step in self.steps.values():
            for prompts, sums in step.sums.items():
                whole.add(prompts, *sums)
        return pooled(series, whole.rates(), self.answers)

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
        made = pooled(series, step.rates(), step.answers) if step else None
        return Point(day=day, estimate=made)


def _different(asked: Sequence[tuple[_Prompts, _Vector]]) -> int:
    """Count the prompts that brought something on a day, each once."""
    return len({prompt for prompts, of in asked for prompt in compress(prompts, of)})


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
