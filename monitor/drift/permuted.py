"""Did two stretches differ: the same prompts in both, whose labels "before" and "after" chance may have dealt.

Where nothing changed, a prompt's two numbers are as likely the other way round. So the sum of the differences is held
against the sums that swapping them at random gives (Fisher's randomisation test on pairs), with no assumption on how
answers are spread. Prompts are the pairs: answers to one prompt resemble each other, prompts do not.
"""

import random
from collections.abc import Sequence

from monitor.domain.measures import Measure
from monitor.drift import watched
from monitor.drift.strips import Strip

DRAWS = 2000
FEWEST = 8  # pairs: all signs alike come up in 1 of 128 cases
_ROUNDING = 1e-9


def p_value(differences: Sequence[float], rng: random.Random, *, draws: int = DRAWS, ties: float = 1.0) -> float:
    """Return the two-sided chance of a sum of differences at least so far from 0, if each sign were dealt at random.

    `ties` is the part of the equally far sums that counts: 1 is the usual, cautious p-value; with a uniform random
    number for it, p-values are exactly uniform where nothing changed.

    >>> p_value([1.0] * 12, random.Random(1)) < 0.01
    True
    """
    moved = [difference for difference in differences if abs(difference) > _ROUNDING]
    seen = abs(sum(moved))
    farther = equal = 0
    for _ in range(draws):
        drawn = abs(sum(difference if rng.random() < 0.5 else -difference for difference in moved))  # noqa: PLR2004
        farther += drawn > seen + _ROUNDING
        equal += abs(drawn - seen) <= _ROUNDING
    return (farther + ties * (equal + 1)) / (draws + 1)


def differences(measure: Measure, before: Sequence[Strip], after: Sequence[Strip]) -> list[float]:
    """Return how much each prompt's mean moved, 0..1; prompts of one stretch alone are left out."""
    old, new = _means(measure, before), _means(measure, after)
    return [new[prompt] - old[prompt] for prompt in sorted(old.keys() & new.keys())]


def _means(measure: Measure, strips: Sequence[Strip]) -> dict[str, float]:
    sums: dict[str, list[float]] = {}
    for _, seen in watched.rounds(measure, strips):
        for one in seen:
            total = sums.setdefault(one.prompt, [0.0, 0.0])
            total[0] += one.mean * one.weight
            total[1] += one.weight
    return {prompt: hits / of for prompt, (hits, of) in sums.items() if of}


def told(measure: Measure, before: Sequence[Strip], after: Sequence[Strip]) -> str:
    """Return the outcome in words, nothing where the prompts are so few that it could not tell a change.

    The draws are seeded, so that the same answers always tell the same.
    """
    moved = differences(measure, before, after)
    if len(moved) < FEWEST:
        return ""
    chance = p_value(moved, random.Random(0))  # noqa: S311 -- a statistic, no secret
    return f"; permutation test over {len(moved)} questions: p = {chance:.2g}"
