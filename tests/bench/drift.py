"""How often detectors cry wolf, and how soon they find a change, beside two yardsticks.

`python -m tests.bench drift`; LIKENESS_STREAM_YEARS sets how many quiet years are simulated (1,000 take some minutes).
"""

import dataclasses
import math
import os
import pickle
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from scipy import stats

from monitor.domain.measures import Measure
from monitor.drift import detect, permuted, watched
from monitor.drift.detector import State, run, update
from monitor.drift.moves import MOVES
from tests.bench import streams

WORLD = streams.World()
YEARS = int(os.environ.get("LIKENESS_STREAM_YEARS", "100"))
POWER = 200  # streams per line
YEAR = 365.25
ONE = YEAR / detect.PER_STREAM  # the threshold of a stream among up to 500
CROWD_OF_A_BRAND = 500  # streams
CROWD = 2000  # of a large one

Row = tuple[str, str]


def _rng(seed: object) -> random.Random:
    return random.Random(str(seed))  # noqa: S311 -- simulates, guards nothing


def rows() -> Iterator[Row]:
    """Beside this, coverage.py measures intervals, and confirmation.py what facts need before a mail."""
    yield from settings()
    yield from false_alarms()
    yield from harsher()
    yield from power()
    yield from regimes()
    yield from sources()
    yield from labels()
    yield from speed()


def settings() -> Iterator[Row]:
    """Name what the world is drawn from."""
    told = ", ".join(f"{field.name} {getattr(WORLD, field.name):g}" for field in dataclasses.fields(WORLD))
    yield "the simulated world", told
    carousel = streams.Carousel()
    told = ", ".join(f"{field.name} {getattr(carousel, field.name):g}" for field in dataclasses.fields(carousel))
    yield "the simulated sources", told


def _alarms(days: Sequence[object], threshold: float) -> list[tuple[int, bool]]:
    """Day number of each alarm, and whether something fell: that alone is mailed."""
    state, found = State(threshold=threshold), []
    for day in days:
        state = update(state, day[0], streams.seen(day))
        if state.alarm is not None:
            found.append(((day[0] - streams.START).days, _fell(state)))
            state = State(threshold=threshold)
    return found


def _fell(state: State) -> bool:
    best = max(range(len(MOVES)), key=lambda place: MOVES[place][0] * state.moves[place].total)
    return MOVES[best][1](0.5) < 0.5


def _quiet(seed: int, world: object = WORLD) -> tuple[int, int]:
    found = _alarms(streams.stream(_rng(f"quiet {seed}"), world, 365)[1], ONE)
    return len(found), sum(fell for _, fell in found)


def false_alarms() -> Iterator[Row]:
    with ProcessPoolExecutor(2) as pool:
        counts = list(pool.map(_quiet, range(YEARS), chunksize=10))
    alarms, falls = sum(found for found, _ in counts), sum(fell for _, fell in counts)
    bound = f"stated: at most {detect.PER_STREAM}"
    yield f"false alarms per stream-year, one stream, {YEARS} quiet years", f"{alarms / YEARS:.4f} ({alarms}); {bound}"
    quarter = CROWD_OF_A_BRAND / 4 / YEARS
    told = f"{alarms * quarter:.2f} alarms, of which {falls * quarter:.2f} falls (rises are not mailed); asked: 1 mail"
    yield f"false alarms a quarter, a brand with {CROWD_OF_A_BRAND} streams", told
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
            alarms = sum(found for found, _ in pool.map(_quiet, range(years), [world] * years, chunksize=5))
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


TEN_POINTS = round(1 - 0.10 / WORLD.mean, 4)
# Of the oracle at 0.006 false alarms per stream-year in this world (1,000 quiet years).
ORACLE = {0.7: 14.6, 0.5: 12.7, TEN_POINTS: 14.7}
BASELINE = 60  # days before the change


def _delay(job: tuple[int, float, float]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Days and answers until the detector and the oracle find a change."""
    seed, factor, threshold = job
    change = streams.Change(after=BASELINE, factor=factor)
    rates, days = streams.stream(_rng(f"change {seed}"), WORLD, BASELINE + 90, change)
    after = [day for day in days if (day[0] - streams.START).days >= BASELINE]
    found = next((day for day, _ in _alarms(days, threshold) if day >= BASELINE), None)
    return _taken(after, found), _taken(after, _oracle(rates, after, factor, ORACLE[factor]))


def _taken(after: Sequence[object], found: int | None) -> tuple[float, float]:
    if found is None:
        return math.inf, math.inf
    until = [day for day in after if (day[0] - streams.START).days <= found]
    return found - BASELINE + 1, sum(of for _, prompts in until for *_, of in prompts)


def power() -> Iterator[Row]:
    shared = YEAR * CROWD / detect.PER_BRAND
    cases = [(ONE, f"one stream, or one of {CROWD_OF_A_BRAND}"), (shared, f"one of {CROWD} streams")]
    with ProcessPoolExecutor(2) as pool:
        for threshold, whose in cases:
            for factor in (0.7, 0.5, TEN_POINTS):
                delays = list(pool.map(_delay, [(n, factor, threshold) for n in range(POWER)], chunksize=5))
                fall = "10 points" if factor == TEN_POINTS else f"{100 * (1 - factor):.0f} %"
                yield f"to find a fall of {fall}, {whose}", _told(delays)


def _told(delays: Sequence[tuple[tuple[float, float], tuple[float, float]]]) -> str:
    ours, known = zip(*delays, strict=True)
    days, answers = sorted(days for days, _ in ours), statistics.median(answers for _, answers in ours)
    slow = days[int(0.9 * len(days))]
    oracle = [statistics.median(found[part] for found in known) for part in (0, 1)]
    return (
        f"median {statistics.median(days):.0f} days, {answers:.0f} answers, 9 of 10 within {slow:.0f} days; "
        f"oracle {oracle[0]:.0f} days, {oracle[1]:.0f} answers"
    )


# New models, sources, real runs, speed -------------------------------------------------------------------------------


def _new_model(job: tuple[int, float]) -> float:
    """Days until the paired test tells that another model changed something; infinite if it does not."""
    seed, factor = job
    change = streams.Change(after=BASELINE, factor=factor, model="m2")
    days = streams.stream(_rng(f"model {seed}"), WORLD, BASELINE + 30, change)[1]
    found = [shift for shift in detect.shifts(streams.tallies(days, change)) if shift.cause]
    return (found[0].found - streams.START).days - BASELINE + 1 if found else math.inf


def regimes() -> Iterator[Row]:
    with ProcessPoolExecutor(2) as pool:
        for factor in (1.0, 0.7, 0.5):
            number = YEARS if factor == 1 else POWER
            found = list(pool.map(_new_model, [(n, factor) for n in range(number)], chunksize=5))
            told = sum(days < math.inf for days in found)
            if factor == 1:
                yield (
                    f"a new model that changes nothing is told as a change, {number} cases",
                    f"{told / number:.4f} ({told})",
                )
            else:
                days = statistics.median(found)
                name = f"a new model that costs {100 * (1 - factor):.0f} % is told with its cause"
                yield name, f"{100 * told / number:.0f} % within 30 days, median {days:.0f}"


def _sources(job: tuple[int, int | None]) -> tuple[int, int, float]:
    """False tellings of a lost source, watched sources, and the days until the one that was lost is told."""
    seed, lost = job
    tallied = streams.cited(_rng(f"sources {seed}"), streams.Carousel(), 180, lost_after=lost)
    shifts = [shift for shift in detect.shifts(tallied) if shift.series.measure is Measure.CITED and not shift.improved]
    gone = [shift for shift in shifts if shift.after.rate.value <= 0.25 * shift.before.rate.value]
    true = [shift for shift in gone if shift.series.subject == streams.LOST and lost is not None]
    false = [shift for shift in gone if shift not in true]
    watching = sum(series.measure is Measure.CITED for series in watched.streams(tallied))
    days = min(((shift.found - streams.START).days - (lost or 0) + 1 for shift in true), default=math.inf)
    return len(false), watching, days


def sources() -> Iterator[Row]:
    number = max(YEARS // 50, 4)
    with ProcessPoolExecutor(2) as pool:
        quiet = list(pool.map(_sources, [(n, None) for n in range(number)]))
        gone = list(pool.map(_sources, [(n, 120) for n in range(number)]))
    years = number * 180 / 365.25
    told = sum(false for false, *_ in quiet) / years
    kept = statistics.mean(count for _, count, _ in quiet)
    name = f"sources told as lost though none was, a year of one assistant, {years:.0f} years"
    yield name, f"{told:.2f}; {kept:.0f} core sources of {streams.Carousel().core} watched"
    yield "days until a core source that vanished is told", f"median {statistics.median(days for *_, days in gone):.0f}"


def labels() -> Iterator[Row]:
    """Swap the run labels of recorded answers, in which nothing changed: the p-values must be uniform."""
    runs = streams.recorded()
    if runs is None:
        yield (
            "permuted labels of two recorded runs",
            "skipped: the recorded shopping answers are not beside this checkout",
        )
        return
    rng = _rng("labels")
    values = [
        permuted.p_value(streams.permuted(pairs, rng), rng, draws=200, ties=rng.random())
        for pairs in runs.values()
        for _ in range(20)
    ]
    found = stats.kstest(values, "uniform")
    low = sum(value <= 0.05 for value in values) / len(values)
    told = f"{len(values)} p-values: {100 * low:.1f} % at most 0.05, Kolmogorov-Smirnov p = {found.pvalue:.2f}"
    yield f"permuted labels of two recorded runs, {len(runs)} brands and needs", told
    actual = [permuted.p_value([b - a for a, b in pairs], rng, draws=200, ties=rng.random()) for pairs in runs.values()]
    low = sum(value <= 0.05 for value in actual) / len(actual)
    yield "the labels as they were recorded (two runs a day apart)", f"{100 * low:.1f} % of p-values at most 0.05"


def speed() -> Iterator[Row]:
    """Time a round of 10,000 streams, each with 30 prompts and a baseline of a month."""
    day, *days = [(day[0], streams.seen(day)) for day in streams.stream(_rng(1), WORLD, 32)[1]]
    begun = run(State(threshold=ONE), [day, *days[:-1]])
    last, start = days[-1], time.process_time()
    for _ in range(10_000):
        update(begun, *last)
    spent = time.process_time() - start
    yield "one round of 10,000 streams with 30 prompts each", f"{spent:.2f} s"
    year = run(begun, [(day[0], streams.seen(day)) for day in streams.stream(_rng(1), WORLD, 365)[1]])
    sizes = [len(pickle.dumps(state)) for state in (begun, year)]
    yield "what a stream remembers after a month, and after a year", f"{sizes[0]:,} bytes, {sizes[1]:,} bytes"
