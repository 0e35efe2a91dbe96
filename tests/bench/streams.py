"""Simulated streams: prompts with rates of their own, days that move them all, weekends, gaps, and perhaps a change."""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.drift.baseline import Seen

START = date(2026, 1, 5)  # a Monday


@dataclass(frozen=True, kw_only=True)
class World:
    """What a stream is drawn from. The defaults are those of the tables in docs/measures.md."""

    prompts: int = 30
    samples: int = 1
    mean: float = 0.45  # of the prompts' rates
    spread: float = 2.0  # the rates are Beta(mean * spread, (1 - mean) * spread)
    day_deviation: float = 0.2  # of the days' movement on the logit, stationary
    day_memory: float = 0.6  # AR(1)
    weekend: float = -0.15  # on the logit
    missing: float = 0.02  # rounds that did not run
    missed: float = 0.02  # probes without an answer


@dataclass(frozen=True, kw_only=True)
class Change:
    after: int  # the first day on which it holds
    factor: float  # each prompt's rate is multiplied by it


Day = tuple[date, list[tuple[str, int, int]]]  # prompt, hits, answers


def stream(rng: random.Random, world: World, days: int, change: Change | None = None) -> tuple[list[float], list[Day]]:
    """Return the prompts' rates before any change, and the days that ran."""
    a, b = world.mean * world.spread, (1 - world.mean) * world.spread
    rates = [min(max(rng.betavariate(a, b), 1e-4), 1 - 1e-4) for _ in range(world.prompts)]
    return rates, list(_days(rng, world, rates, days, change))


def _days(rng: random.Random, world: World, rates: list[float], days: int, change: Change | None) -> Iterator[Day]:
    mood = rng.gauss(0, world.day_deviation)
    fresh = world.day_deviation * math.sqrt(1 - world.day_memory**2)
    for number in range(days):
        mood = world.day_memory * mood + rng.gauss(0, fresh)
        if rng.random() < world.missing:
            continue
        day = START + timedelta(days=number)
        moved = mood + (world.weekend if day.weekday() > 4 else 0)
        factor = change.factor if change is not None and number >= change.after else 1.0
        yield day, _answers(rng, world, [_moved(rate * factor, moved) for rate in rates])


def _moved(rate: float, by: float) -> float:
    rate = min(max(rate, 1e-4), 1 - 1e-4)
    return 1 / (1 + (1 - rate) / rate * math.exp(-by))


def _answers(rng: random.Random, world: World, rates: list[float]) -> list[tuple[str, int, int]]:
    found = []
    for number, rate in enumerate(rates):
        answered = sum(rng.random() >= world.missed for _ in range(world.samples))
        if answered:
            found.append((f"p{number:03d}", sum(rng.random() < rate for _ in range(answered)), answered))
    return found


def seen(day: Day) -> list[Seen]:
    """Return a day as the detector takes it."""
    return [Seen.of_answers(prompt, hits, of) for prompt, hits, of in day[1]]
