"""The sums of one series over a period: what an estimate, a course and the regimes are made of."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from monitor.domain.digests import Digest, Part, Sums
from monitor.domain.measures import Estimate, Rate, Series
from monitor.domain.portrait import Line, Point
from monitor.drift import detectable, lines, regimes
from monitor.drift.estimates import pooled
from monitor.drift.portrait import SHARES

_Clusters = dict[str, list[float]]  # prompt -> hits, of


@dataclass
class Step:
    """The sums of the days that one point of a course stands for."""

    clusters: _Clusters = field(default_factory=dict)
    answers: int = 0


@dataclass
class Summed:
    steps: dict[int, Step] = field(default_factory=dict)  # by number of the point
    stretches: regimes.Stretches = field(default_factory=dict)
    asked: dict[date, set[str]] = field(default_factory=dict)  # day -> prompts
    reached: float = 0.0  # answers, for how small a fall would show

    def add(self, step: int, day: date, sums: Sums) -> None:
        point = self.steps.setdefault(step, Step())
        clusters = point.clusters
        for prompt, hits, of in zip(sums.prompts, sums.hits, sums.of, strict=True):
            cluster = clusters.get(prompt)
            if cluster is None:
                clusters[prompt] = [hits, of]
            else:
                cluster[0] += hits
                cluster[1] += of
        for regime in set(sums.regimes):
            regimes.stretch(self.stretches, regime, day)
        self.asked.setdefault(day, set()).update(sums.prompts)
        known = sum(sums.answers)
        unknown = (
            [of for of, answers in zip(sums.of, sums.answers, strict=True) if not answers] if 0 in sums.answers else []
        )
        point.answers += known + sum(math.ceil(of) for of in unknown)
        self.reached += known + sum(unknown)

    @property
    def spans(self) -> list[regimes.RegimeSpan]:
        return regimes.cut(self.stretches)

    def estimate(self, series: Series) -> Estimate:
        """Return the estimate of the whole period, with how small a fall would show."""
        whole: _Clusters = {}
        for step in self.steps.values():
            for prompt, (hits, of) in step.clusters.items():
                cluster = whole.setdefault(prompt, [0.0, 0.0])
                cluster[0] += hits
                cluster[1] += of
        return pooled(series, _rates(whole), sum(step.answers for step in self.steps.values()))

    def reach(self, of: Estimate) -> float | None:
        """Return the smallest fall that would show; None where it is not stated for the measure."""
        if of.series.measure not in SHARES or of.rate.value is None:
            return None
        asked = sum(len(prompts) for prompts in self.asked.values())
        return detectable.reach(sorted(self.asked), asked, self.reached, of.rate.value)

    def line(self, series: Series, labels: Mapping[str, str], days: Sequence[date]) -> Line:
        """Return the course: one point per step of `days`, a gap where nothing was measured."""
        return Line(
            label=lines.name(series, labels),
            points=tuple(self._point(series, number, day) for number, day in enumerate(days)),
            regimes=tuple((span.start, span.cause) for span in self.spans if span.cause),
        )

    def _point(self, series: Series, number: int, day: date) -> Point:
        step = self.steps.get(number)
        made = pooled(series, _rates(step.clusters), step.answers) if step else None
        return Point(day=day, estimate=made)


def _rates(clusters: _Clusters) -> list[Rate]:
    return [Rate(hits=clusters[prompt][0], of=clusters[prompt][1]) for prompt in sorted(clusters)]


def by_series(digests: Sequence[Digest], start: date, days_a_point: int) -> dict[Series, Summed]:
    """Return the sums of every series, all topics together."""
    found: dict[Series, Summed] = {}
    for digest in digests:
        step = (digest.day - start).days // days_a_point
        for part in digest.parts:
            for sums in part.sums:
                series = _series(part, sums)
                if series not in found:
                    found[series] = Summed()
                found[series].add(step, digest.day, sums)
    return found


def _series(part: Part, sums: Sums) -> Series:
    return Series(measure=sums.measure, assistant_id=part.assistant_id, surface=part.surface, subject=sums.subject)
