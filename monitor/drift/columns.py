"""A day's tallies side by side: a place for each prompt, the same places on every day that asks alike."""

import math
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import compress

from monitor.domain.answers import Surface
from monitor.domain.digests import Columns, Sums
from monitor.domain.measures import Measure, Tally
from monitor.domain.rounds import Observation
from monitor.drift import regimes
from monitor.drift.regimes import Regime

_Place = tuple[str, str, str]  # prompt, topic, version of its words
_Of = tuple[Measure, str, str]  # what is measured, of whom, in which regime


def columns(seen: Sequence[Observation], tallies: Sequence[Tally]) -> tuple[Columns, ...]:
    """Return the tallies as columns. Prompts that brought nothing have their places too: what was asked is `seen`."""
    places: dict[tuple[str, Surface], set[_Place]] = defaultdict(set)
    for one in seen:
        places[one.assistant_id, one.surface].add((one.prompt.id, one.prompt.topic, regimes.words(one.prompt.text)))
    measured: dict[tuple[str, Surface], list[Tally]] = defaultdict(list)
    for tally in tallies:
        measured[tally.series.assistant_id, tally.series.surface].append(tally)
        places[tally.series.assistant_id, tally.series.surface].add(_place(tally))
    return tuple(_columns(*key, sorted(own), measured[key]) for key, own in places.items())


def _place(tally: Tally) -> _Place:
    return tally.prompt_id, tally.series.topic, Regime.parse(tally.regime).prompt


def _columns(assistant: str, surface: Surface, places: Sequence[_Place], tallies: Sequence[Tally]) -> Columns:
    at = {place: number for number, place in enumerate(places)}
    groups: dict[_Of, list[Tally]] = defaultdict(list)
    for tally in tallies:
        groups[tally.series.measure, tally.series.subject, _without_prompt(tally.regime)].append(tally)
    return Columns(
        assistant_id=assistant,
        surface=surface,
        prompts=tuple(prompt for prompt, _, _ in places),
        topics=tuple(topic for _, topic, _ in places),
        words=tuple(words for _, _, words in places),
        sums=tuple(_sums(of, at, own) for of, own in groups.items()),
    )


def _sums(of: _Of, at: Mapping[_Place, int], tallies: Sequence[Tally]) -> Sums:
    hits, units, answers = (array("d", bytes(8 * len(at))) for _ in range(3))
    for tally in tallies:
        place = at[_place(tally)]
        hits[place] += tally.hits
        units[place] += tally.of
        answers[place] += tally.answers or math.ceil(tally.of)
    return Sums(measure=of[0], subject=of[1], regime=of[2], hits=hits, of=units, answers=answers)


@lru_cache(maxsize=4096)
def _without_prompt(regime: str) -> str:
    return replace(Regime.parse(regime), prompt="").text


def of_topic(whole: Columns, topic: str) -> Columns:
    """Return the columns of the prompts on one topic alone."""
    mine = [each == topic for each in whole.topics]
    return replace(
        whole,
        prompts=tuple(compress(whole.prompts, mine)),
        topics=tuple(compress(whole.topics, mine)),
        words=tuple(compress(whole.words, mine)),
        sums=tuple(narrowed for sums in whole.sums if any((narrowed := _narrowed(sums, mine)).of)),
    )


def _narrowed(sums: Sums, mine: Sequence[bool]) -> Sums:
    return replace(
        sums,
        hits=list(compress(sums.hits, mine)),
        of=list(compress(sums.of, mine)),
        answers=list(compress(sums.answers, mine)),
    )
