"""Simulated streams: prompts with rates of their own, days that move them all, weekends, gaps, and perhaps a change.

Also sources, of which a core is always cited while three of four others are gone within a week; and recorded answers in
which nothing changed.
"""

import json
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Series, Tally
from monitor.drift.baseline import Seen
from monitor.drift.regimes import Regime

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
    factor: float = 1.0  # each prompt's rate is multiplied by it
    model: str = ""  # served from then on; empty: the same as before


@dataclass(frozen=True, kw_only=True)
class Carousel:
    """What an assistant cites: a core that is always there, and places whose domains come and go."""

    prompts: int = 10
    core: int = 5  # domains, each cited for three prompts
    core_rate: float = 0.9  # of the answers to these
    places: int = 6  # of one prompt, for domains that come and go
    place_rate: float = 0.7  # of the answers in which a place's domain is cited
    churn: float = 0.74  # part of them that are others a week later


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


def tallies(days: Sequence[Day], change: Change | None = None) -> list[Tally]:
    """Return simulated days as tallies of a brand's visibility; the change may bring another served model."""
    series = Series(measure=Measure.VISIBILITY, assistant_id="gpt", surface=Surface.API, subject="Quillmark")
    return [
        Tally(
            series=series,
            round_id=day.isoformat(),
            prompt_id=prompt,
            day=day,
            regime=Regime(model=_model(day, change), prompt="w").text,
            hits=hits,
            of=of,
        )
        for day, prompts in days
        for prompt, hits, of in prompts
    ]


def _model(day: date, change: Change | None) -> str:
    return change.model if change and change.model and (day - START).days >= change.after else "m1"


LOST = "core0.example"


def cited(rng: random.Random, world: Carousel, days: int, *, lost_after: int | None = None) -> list[Tally]:
    """Return tallies of cited domains, with the brand's citation rate that tells what was asked.

    From day `lost_after` on the domain LOST is not cited any more.
    """
    stays = (1 - world.churn) ** (1 / 7)  # from one day to the next
    turns = [[0] * world.places for _ in range(world.prompts)]
    found: list[Tally] = []
    for number in range(days):
        for prompt, own in enumerate(turns):
            turns[prompt] = [turn if rng.random() < stays else turn + 1 for turn in own]
            domains = {f"p{prompt}-{place}-{turn}.example" for place, turn in enumerate(turns[prompt])}
            named = {domain for domain in sorted(domains) if rng.random() < world.place_rate}
            core = (f"core{each}.example" for each in range(world.core) if (prompt - each) % world.prompts < 3)
            named |= {domain for domain in core if rng.random() < world.core_rate}
            if lost_after is not None and number >= lost_after:
                named.discard(LOST)
            found += _cited(number, prompt, sorted(named))
    return found


def _cited(number: int, prompt: int, named: Sequence[str]) -> Iterator[Tally]:
    day = START + timedelta(days=number)
    told = [(Measure.CITATION_RATE, "Quillmark", 0), *((Measure.CITED, domain, 1) for domain in named)]
    for measure, subject, hits in told:
        yield Tally(
            series=Series(measure=measure, assistant_id="gpt", surface=Surface.API_SEARCH, subject=subject),
            round_id=day.isoformat(),
            prompt_id=f"p{prompt}",
            day=day,
            regime=Regime(model="m1", prompt="w").text,
            hits=hits,
            of=1,
        )


_RECORDED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "answers-product-bench"
Pair = tuple[float, float]


def recorded() -> Mapping[tuple[str, str], list[Pair]] | None:
    """Return, per brand and need, whether each prompt's answer of run 1 and of run 2 names the brand.

    A prompt is one phrasing put to one assistant. Brands that every answer names, or none, are left out: nothing can
    be tested in them. None where the recordings are not there.
    """
    if not _RECORDED.exists():
        return None
    needs = {row["query_id"]: row["need"] for row in _rows("prompts.jsonl")}
    named: dict[tuple[str, str], dict[tuple[str, str], dict[int, set[str]]]] = defaultdict(lambda: defaultdict(dict))
    for row in _rows("answers.jsonl"):
        brands = {product["brand"].casefold() for product in row["products_mentioned"] if product["brand"]}
        named[needs[row["query_id"]], ""][row["query_id"], row["model"]][row["run"]] = brands
    found = {}
    for (need, _), prompts in named.items():
        runs = [(runs[1], runs[2]) for _, runs in sorted(prompts.items()) if {1, 2} <= runs.keys()]
        for brand in sorted(set().union(*(brands for pair in runs for brands in pair))):
            pairs = [(float(brand in first), float(brand in second)) for first, second in runs]
            if any(first != second for first, second in pairs):
                found[need, brand] = pairs
    return found


def _rows(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (_RECORDED / name).read_text(encoding="utf-8").splitlines()]


def permuted(pairs: Sequence[Pair], rng: random.Random) -> list[float]:
    """Return the differences after swapping the labels of each pair at random."""
    return [(b - a) if rng.random() < 0.5 else (a - b) for a, b in pairs]
