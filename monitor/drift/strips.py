"""A series as the detectors take it: a strip of numbers for each day of a round, with a place for each prompt.

A large brand has thousands of numbers in hundreds of series; side by side they are added and compared in a fraction of
the time that as many tallies take.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import compress
from operator import eq, mul
from typing import NamedTuple

from monitor.domain.digests import Columns, Sums
from monitor.domain.measures import Estimate, Series, Tally
from monitor.drift import regimes
from monitor.drift.estimates import of_columns
from monitor.drift.regimes import Regime, RegimeSpan
from monitor.drift.summed import Step

Vector = Sequence[float]


@dataclass(frozen=True, eq=False)
class Places:
    """What was asked, in the order of a strip's numbers; days that asked alike share it."""

    prompts: tuple[str, ...]
    words: tuple[str, ...]  # versions of their words

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The prompts with the versions of their words: changed words have a baseline of their own."""
        return tuple(f"{prompt}\x1f{words}" for prompt, words in zip(self.prompts, self.words, strict=True))

    @cached_property
    def order(self) -> tuple[int, ...] | None:
        """The places in the order of their keys; None where several have the same key."""
        if len(set(self.keys)) < len(self.keys):
            return None
        return tuple(sorted(range(len(self.keys)), key=self.keys.__getitem__))

    @cached_property
    def are_apart(self) -> bool:
        """Whether each prompt has one place."""
        return len(set(self.prompts)) == len(self.prompts)


@lru_cache(maxsize=4096)
def places(prompts: tuple[str, ...], words: tuple[str, ...]) -> Places:
    """Return the one that stands for these prompts and words."""
    return Places(prompts, words)


class Strip(NamedTuple):
    """What one round brought on a day, in one regime; 0 of 0 where nothing was measured."""

    round_id: str
    day: date
    regime: str  # without the prompt's part
    places: Places
    hits: Vector
    of: Vector
    answers: Vector  # 0: as many as `of`

    @property
    def model(self) -> str:
        return Regime.parse(self.regime).model

    def masked(self, wanted: frozenset[str], by: tuple[str, ...]) -> "Strip":
        """Return the strip with nothing at the places whose name in `by` is not wanted."""
        mask = _mask(wanted, by)
        if mask is None:
            return self
        hits, of, answers = (list(map(mul, vector, mask)) for vector in (self.hits, self.of, self.answers))
        return self._replace(hits=hits, of=of, answers=answers)


@lru_cache(maxsize=128)  # a series has one for days on end
def _mask(wanted: frozenset[str], names: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return 1 at the places whose name is wanted and 0 at the others; None where all are wanted."""
    mask = tuple(int(name in wanted) for name in names)
    return None if all(mask) else mask


def of_sums(round_id: str, day: date, columns: Columns, sums: Sums) -> Strip:
    """Return the strip that a digest holds."""
    where = places(columns.prompts, columns.words)
    return Strip(round_id, day, sums.regime, where, sums.hits, sums.of, sums.answers)


def of_tallies(tallies: Iterable[Tally]) -> list[Strip]:
    """Return the tallies of a series side by side, in their order; those of nothing are left out."""
    groups: dict[tuple[date, str, str], list[Tally]] = defaultdict(list)
    for tally in tallies:
        if tally.of > 0:
            groups[tally.day, tally.round_id, _without_prompt(tally.regime)].append(tally)
    return [_strip(*key, sorted(own, key=_prompt)) for key, own in groups.items()]


def _prompt(tally: Tally) -> tuple[str, str]:
    return tally.prompt_id, Regime.parse(tally.regime).prompt


def _strip(day: date, round_id: str, regime: str, own: Sequence[Tally]) -> Strip:
    prompts, words = zip(*map(_prompt, own), strict=True)
    hits, of, answers = ([getattr(tally, name) for tally in own] for name in ("hits", "of", "answers"))
    return Strip(round_id, day, regime, places(prompts, words), hits, of, answers)


@lru_cache(maxsize=4096)
def _without_prompt(regime: str) -> str:
    return replace(Regime.parse(regime), prompt="").text


def tallies(series: Series, strips: Iterable[Strip]) -> list[Tally]:
    """Return the strips of a series as tallies."""
    return [tally for strip in strips for tally in _tallies(series, strip)]


def _tallies(series: Series, strip: Strip) -> list[Tally]:
    cells = zip(strip.places.prompts, strip.places.words, *strip[4:], strict=True)
    return [
        Tally(
            series=series,
            round_id=strip.round_id,
            prompt_id=prompt,
            day=strip.day,
            regime=_regime(strip.regime, words),
            hits=float(hits),
            of=float(of),
            answers=int(answers),
        )
        for prompt, words, hits, of, answers in cells
        if of
    ]


@lru_cache(maxsize=4096)
def _regime(rest: str, words: str) -> str:
    return replace(Regime.parse(rest), prompt=words).text


def days(strips: Iterable[Strip]) -> list[date]:
    """Return the days on which something was measured, in order."""
    return sorted({strip.day for strip in strips if any(strip.of)})


def is_constant(strips: Iterable[Strip]) -> bool:
    """Whether never or always: nothing can have changed, and most streams of a brand are like that."""
    never = always = True
    for strip in strips:
        never = never and not any(strip.hits)
        always = always and all(map(eq, strip.hits, strip.of))
        if not never and not always:
            return False
    return True


def spans(strips: Iterable[Strip]) -> list[RegimeSpan]:
    """Cut one series into regimes, as `regimes.spans` does."""
    seen: regimes.Stretches = {}
    for strip in strips:
        if any(strip.of):
            regimes.stretch(seen, strip.regime, strip.day)
    return regimes.cut(seen)


def within(strips: Iterable[Strip], span: RegimeSpan) -> list[Strip]:
    return [strip for strip in strips if span.start <= strip.day <= span.end and strip.model in span.models]


def between(strips: Iterable[Strip], start: date, end: date | None) -> list[Strip]:
    return [strip for strip in strips if start <= strip.day and (end is None or strip.day < end)]


def same_prompts(before: Sequence[Strip], after: Sequence[Strip]) -> tuple[list[Strip], list[Strip]]:
    """Return both without the prompts that were asked in one of them alone."""
    wanted = frozenset(_asked(before) & _asked(after))
    return (
        [strip.masked(wanted, strip.places.keys) for strip in before],
        [strip.masked(wanted, strip.places.keys) for strip in after],
    )


def _asked(strips: Iterable[Strip]) -> set[str]:
    return {key for strip in strips for key in compress(strip.places.keys, strip.of)}


def estimate(series: Series, strips: Iterable[Strip]) -> Estimate:
    """Pool the strips of a series, all topics together; nothing measured gives a rate without value."""
    whole = Step()
    for strip in strips:
        whole.add(strip.places.prompts, strip.hits, strip.of)
        whole.answers += int(sum(strip.answers)) or sum(map(math.ceil, strip.of))
    return of_columns(series, *whole.columns(), whole.answers)
