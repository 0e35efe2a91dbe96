"""What share of simulated truths the 95 % intervals cover: `python -m tests.bench coverage`."""

import functools
import random
from collections.abc import Callable, Iterator, Sequence

from monitor.domain.measures import Interval, Rate
from monitor.drift import intervals

SPREAD = 2.0  # prompts' rates are Beta(mean * SPREAD, (1 - mean) * SPREAD)


def _rng(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 -- simulates, guards nothing


DESIGNS = ((3, 1), (5, 2), (10, 1), (10, 3), (30, 1), (20, 5), (100, 1), (30, 10))  # prompts, samples
KINDS = ("rate", "ratio", "share", "net", "mean")
DRAWS = 2000
_Clusters = tuple[float, Sequence[Rate]]


def rows() -> Iterator[tuple[str, str]]:
    for prompts, samples in DESIGNS:
        rng = _rng(prompts * 1000 + samples)
        held = [
            _held(_yes_or_no(rng, prompts, samples), intervals.rate_interval),
            _held(_shares(rng, prompts, samples), intervals.ratio_interval),
            _held(_cited(rng, prompts, samples), intervals.share_interval),
            _held(_stances(rng, prompts, samples), intervals.stance_interval),
            _held(_places(rng, prompts, samples), functools.partial(intervals.mean_interval, least=1.0)),
        ]
        told = ", ".join(f"{name} {100 * share:.1f} %" for name, share in zip(KINDS, held, strict=True))
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
    return mean, [rng.betavariate(mean * SPREAD, (1 - mean) * SPREAD) for _ in range(prompts)]


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


def _cited(rng: random.Random, prompts: int, samples: int) -> Callable[[], _Clusters]:
    """Answers with one to eight citations each, own ones as often as the prompt inclines."""

    def draw() -> _Clusters:
        mean, rates = _rates(rng, prompts)
        clusters = []
        for rate in rates:
            of = sum(rng.randint(1, 8) for _ in range(samples))
            clusters.append(Rate(hits=sum(rng.random() < rate for _ in range(of)), of=of))
        return mean, clusters

    return draw


def _places(rng: random.Random, prompts: int, samples: int) -> Callable[[], _Clusters]:
    """Places from 1 to 6: one more for each of five others that is named before, as the prompt inclines."""

    def draw() -> _Clusters:
        mean, rates = _rates(rng, prompts)
        sums = [sum(1 + sum(rng.random() < rate for _ in range(5)) for _ in range(samples)) for rate in rates]
        return 1 + 5 * mean, [Rate(hits=hits, of=samples) for hits in sums]

    return draw
