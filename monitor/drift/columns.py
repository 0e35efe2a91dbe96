"""A day's tallies side by side: a place for each prompt, the same places on every day that asks alike."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import compress

from monitor.domain.answers import Surface
from monitor.domain.digests import Columns, Sums
from monitor.domain.measures import Measure, Tally
from monitor.domain.rounds import Observation
from monitor.drift.regimes import Regime

_Place = tuple[str, str]  # prompt, topic
_Of = tuple[Measure, str]  # what is measured, of whom


def columns(seen: Sequence[Observation], tallies: Sequence[Tally]) -> tuple[Columns, ...]:
    """Return the tallies as columns. Prompts that brought nothing have their places too: what was asked is `seen`."""
    places: dict[tuple[str, Surface], set[_Place]] = defaultdict(set)
    for one in seen:
        places[one.assistant_id, one.surface].add((one.prompt.id, one.prompt.topic))
    measured: dict[tuple[str, Surface], list[Tally]] = defaultdict(list)
    for tally in tallies:
        measured[tally.series.assistant_id, tally.series.surface].append(tally)
        places[tally.series.assistant_id, tally.series.surface].add((tally.prompt_id, tally.series.topic))
    return tuple(_columns(*key, sorted(own), measured[key]) for key, own in places.items())


def _columns(assistant: str, surface: Surface, places: Sequence[_Place], tallies: Sequence[Tally]) -> Columns:
    at = {place: number for number, place in enumerate(places)}
    groups: dict[_Of, list[Tally]] = defaultdict(list)
    for tally in tallies:
        groups[tally.series.measure, tally.series.subject].append(tally)
    return Columns(
        assistant_id=assistant,
        surface=surface,
        prompts=tuple(prompt for prompt, _ in places),
        topics=tuple(topic for _, topic in places),
        sums=tuple(_sums(of, at, own) for of, own in groups.items()),
    )


def _sums(of: _Of, at: Mapping[_Place, int], tallies: Sequence[Tally]) -> Sums:
    hits, units, answers = [0.0] * len(at), [0.0] * len(at), [0] * len(at)
    for tally in tallies:
        place = at[tally.prompt_id, tally.series.topic]
        hits[place] += tally.hits
        units[place] += tally.of
        answers[place] += tally.answers or math.ceil(tally.of)
    return Sums(
        measure=of[0],
        subject=of[1],
        regimes=tuple(dict.fromkeys(_without_prompt(tally.regime) for tally in tallies)),
        hits=tuple(hits),
        of=tuple(units),
        answers=tuple(answers),
    )


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
        sums=tuple(narrowed for sums in whole.sums if any((narrowed := _narrowed(sums, mine)).of)),
    )


def _narrowed(sums: Sums, mine: Sequence[bool]) -> Sums:
    return replace(
        sums,
        hits=tuple(compress(sums.hits, mine)),
        of=tuple(compress(sums.of, mine)),
        answers=tuple(compress(sums.answers, mine)),
    )
