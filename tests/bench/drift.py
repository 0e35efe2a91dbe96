"""What intervals cover, how often detectors cry wolf, and how soon they find a change, beside two yardsticks.

`python -m tests.bench drift`; LIKENESS_STREAM_YEARS sets how many quiet years are simulated (1,000 take some minutes).
"""

import importlib.util
import math
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from monitor.domain.measures import Interval, Rate
from monitor.drift import detect, intervals
from monitor.drift.detector import Detector


def _streams():
    """Load the simulator beside this file under one name, whoever asks."""
    name = "likeness_tests_streams"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("streams.py"))
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


streams = _streams()
WORLD = streams.World()
YEARS = int(os.environ.get("LIKENESS_STREAM_YEARS", "100"))
POWER = 200  # streams per line
YEAR = 365.25
ONE = YEAR / detect.PER_STREAM  # the threshold of a stream among up to 500
CROWD = 2000  # streams of a large brand

Row = tuple[str, str]


def _rng(seed: object) -> random.Random:
    return random.Random(str(seed))  # noqa: S311 -- simulates, guards nothing


def rows() -> Iterator[Row]:
    yield from coverage()
    yield from false_alarms()
    yield from harsher()
    yield from power()
    yield from facts()
    yield from speed()


# Intervals -----------------------------------------------------------------------------------------------------------

DESIGNS = ((3, 1), (5, 2), (10, 1), (10, 3), (30, 1), (20, 5), (100, 1), (30, 10))  # prompts, samples
DRAWS = 2000
_Clusters = tuple[float, Sequence[Rate]]


def coverage() -> Iterator[Row]:
    for prompts, samples in DESIGNS:
        rng = _rng(prompts * 1000 + samples)
        held = [
            _held(_yes_or_no(rng, prompts, samples), intervals.rate_interval),
            _held(_shares(rng, prompts, samples), intervals.ratio_interval),
            _held(_stances(rng, prompts, samples), intervals.stance_interval),
        ]
        told = ", ".join(
            f"{name} {100 * share:.1f} %" for name, share in zip(("rate", "share", "stance"), held, strict=True)
        )
        yield f"95 % intervals cover, {prompts * samples} answers of {prompts} prompts", told


def _held(draw: Callable[[], _Clusters], interval: Callable[[Sequence[Rate]], Interval | None]) -> float:
    held = 0
    for _ in range(DRAWS):
        truth, clusters = draw()
        found = interval(clusters)
        held += found is not None and found.low <= truth <= found.high
    return held / DRAWS


def _yes_or_no(rng: random.Random, prompts: int, samples: int) -> Callable[[], _Clusters]:
    def draw() -> _Clusters:
        mean, rates = _rates(rng, prompts)
        return mean, [Rate(hits=sum(rng.random() < rate for _ in range(samples)), of=samples) for rate in rates]

    return draw


def _rates(rng: random.Random, prompts: int) -> tuple[float, list[float]]:
    mean = rng.uniform(0.02, 0.98)
    return mean, [rng.betavariate(mean * WORLD.spread, (1 - mean) * WORLD.spread) for _ in range(prompts)]


def _shares(rng: random.Random, prompts: int, samples: int) -> Callable[[], _Clusters]:
    """Answers that name the brand or not, and each of five others with chance one half."""

    def draw() -> _Clusters:
        mean, rates = _rates(rng, prompts)
        clusters = []
        for rate in rates:
            own = sum(rng.random() < rate for _ in range(samples))
            clusters.append(Rate(hits=own, of=own + sum(rng.random() < 0.5 for _ in range(5 * samples))))
        return mean / (mean + 2.5), clusters

    return draw


def _stances(rng: random.Random, prompts: int, samples: int) -> Callable[[], _Clusters]:
    """Half of the answers are neutral, the others for or against as their prompt inclines."""

    def draw() -> _Clusters:
        mean, rates = _rates(rng, prompts)
        return mean - 0.5, [Rate(hits=sum(_stance(rng, rate) for _ in range(samples)), of=samples) for rate in rates]

    return draw


def _stance(rng: random.Random, positive: float) -> int:
    if rng.random() < 0.5:
        return 0
    return 1 if rng.random() < positive else -1


# Detectors -----------------------------------------------------------------------------------------------------------


def _alarms(days: Sequence[object], threshold: float) -> list[int]:
    """Day numbers of the alarms."""
    detector, found = Detector(threshold=threshold), []
    for day in days:
        if detector.update(day[0], streams.seen(day)) is not None:
            found.append((day[0] - streams.START).days)
            detector = Detector(threshold=threshold)
    return found


def _quiet(seed: int, world: object = WORLD) -> int:
    return len(_alarms(streams.stream(_rng(f"quiet {seed}"), world, 365)[1], ONE))


def false_alarms() -> Iterator[Row]:
    with ProcessPoolExecutor(2) as pool:
        alarms = sum(pool.map(_quiet, range(YEARS), chunksize=10))
    bound = f"stated: at most {detect.PER_STREAM}"
    yield f"false alarms per stream-year, {YEARS} quiet years", f"{alarms / YEARS:.4f} ({alarms}); {bound}"
    wolf = sum(_threshold_rule(streams.stream(_rng(f"quiet {n}"), WORLD, 365)[1]) is not None for n in range(50))
    yield "the rule “10 points week over week” alarms in a quiet year", f"{100 * wolf / 50:.0f} % of streams"


# Worlds in which days move the prompts more than in the stated one, and panels of another make.
HARSHER = {
    "days of deviation 0.3": streams.World(day_deviation=0.3),
    "moods that last a week": streams.World(day_memory=0.85),
    "prompts that are all alike": streams.World(spread=8.0),
    "10 prompts, 3 samples": streams.World(prompts=10, samples=3),
    "a mean rate of 5 %": streams.World(mean=0.05),
    "a mean rate of 93 %": streams.World(mean=0.93),
}


def harsher() -> Iterator[Row]:
    years = max(YEARS // 5, 20)
    with ProcessPoolExecutor(2) as pool:
        for name, world in HARSHER.items():
            alarms = sum(pool.map(_quiet, range(years), [world] * years, chunksize=5))
            yield f"the same, {years} years with {name}", f"{alarms / years:.4f} ({alarms})"


def _threshold_rule(days: Sequence[object], points: float = 0.10) -> int | None:
    """Compare the last seven days with the seven before them."""
    shares = [(sum(h for _, h, _ in prompts), sum(of for *_, of in prompts)) for _, prompts in days]
    for place in range(14, len(days) + 1):
        (before, of_before), (after, of_after) = (
            map(sum, zip(*some, strict=True)) for some in (shares[place - 14 : place - 7], shares[place - 7 : place])
        )
        if abs(after / of_after - before / of_before) >= points:
            return (days[place - 1][0] - streams.START).days
    return None


def _oracle(rates: Sequence[float], days: Sequence[object], factor: float, threshold: float) -> int | None:
    """CUSUM that knows every prompt's rate and the size of the change, though nothing of the days' moods."""
    level = 0.0
    for day, prompts in days:
        for prompt, hits, of in prompts:
            rate = rates[int(prompt[1:])]
            level += hits * math.log(factor) + (of - hits) * math.log((1 - factor * rate) / (1 - rate))
        level = max(level, 0.0)
        if level >= threshold:
            return (day - streams.START).days
    return None


# Of the oracle at 0.006 false alarms per stream-year in this world (1,000 quiet years).
ORACLE = {0.7: 13.4, 0.5: 12.5}
BASELINE = 60  # days before the change


def _delay(job: tuple[int, float, float]) -> tuple[float, float]:
    """Days until the detector and the oracle find a change."""
    seed, factor, threshold = job
    change = streams.Change(after=BASELINE, factor=factor)
    rates, days = streams.stream(_rng(f"change {seed}"), WORLD, BASELINE + 60, change)
    found = [day for day in _alarms(days, threshold) if day >= BASELINE]
    after = [day for day in days if (day[0] - streams.START).days >= BASELINE]
    known = _oracle(rates, after, factor, ORACLE[factor]) if factor in ORACLE else None
    return _days(found[0] if found else None), _days(known)


def _days(found: int | None) -> float:
    return math.inf if found is None else found - BASELINE + 1


def power() -> Iterator[Row]:
    cases = [(0.7, ONE, "one of up to 500 streams"), (0.5, ONE, "one of up to 500 streams")]
    cases += [(factor, YEAR * CROWD / detect.PER_BRAND, f"one of {CROWD} streams") for factor in (0.7, 0.5)]
    with ProcessPoolExecutor(2) as pool:
        for factor, threshold, whose in cases:
            delays = list(pool.map(_delay, [(n, factor, threshold) for n in range(POWER)], chunksize=5))
            yield f"days to find a fall of {100 * (1 - factor):.0f} %, {whose}", _told(delays)
        ten = list(pool.map(_delay, [(n, 1 - 0.10 / WORLD.mean, ONE) for n in range(POWER)], chunksize=5))
    answers = statistics.median(ours for ours, _ in ten) * WORLD.prompts
    yield "answers to find a fall of 10 points", f"median {answers:.0f}"


def _told(delays: Sequence[tuple[float, float]]) -> str:
    ours, oracle = sorted(ours for ours, _ in delays), statistics.median(known for _, known in delays)
    slow = ours[int(0.9 * len(ours))]
    return f"median {statistics.median(ours):.0f}, 9 of 10 within {slow:.0f}; oracle {oracle:.0f}"


# Facts and speed -----------------------------------------------------------------------------------------------------


def facts() -> Iterator[Row]:
    """A wrong value is told when two answers of two rounds in a row have it; the chance is binomial."""
    for answers in (4, 6, 10, 20):
        none, one = 0.7 ** (2 * answers), 2 * answers * 0.3 * 0.7 ** (2 * answers - 1)
        told = f"{100 * (1 - none - one):.1f} %"
        yield f"a fact wrong in 30 % of {answers} answers a round is mailed within two rounds", told


def speed() -> Iterator[Row]:
    days = [(day[0], streams.seen(day)) for day in streams.stream(_rng(1), WORLD, 365)[1]]
    detector, start = Detector(threshold=ONE), time.process_time()
    for day, seen in days:
        detector.update(day, seen)
    spent = (time.process_time() - start) / len(days)
    yield "one round of one stream with 30 prompts", f"{1e6 * spent:.0f} µs"
