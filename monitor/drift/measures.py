"""Tallies out of observations: every measure has one definition, and it is here.

What leaves the denominators: misses, refusals, empty and cut-off answers, confirming rounds and leading prompts.
Each is counted in its own place; none is ever a zero of something else.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from monitor.domain.answers import Surface
from monitor.domain.brand import FactSheet
from monitor.domain.measures import Measure, Rate, Series, Tally
from monitor.domain.readings import Outcome, Reading, StanceLabel, Verdict
from monitor.domain.rounds import AttemptState, Observation
from monitor.drift import regimes

SETTLED = frozenset({AttemptState.ANSWERED, AttemptState.REFUSED, AttemptState.MISSED, AttemptState.UNKNOWN})
_STANCE = {StanceLabel.POSITIVE: 1.0, StanceLabel.NEGATIVE: -1.0, StanceLabel.NEUTRAL: 0.0, StanceLabel.MIXED: 0.0}

# series, round, prompt, day, regime
_Key = tuple[Series, str, str, date, str]
# (measure, subject, rate) of one answer
_Score = tuple[Measure, str, Rate]


@dataclass
class _Sum:
    hits: float = 0.0
    of: float = 0.0
    answers: int = 0


def refused(observation: Observation) -> bool:
    """Whether the vendor or the text of the answer refuses."""
    by_text = observation.reading is not None and observation.reading.outcome is Outcome.REFUSAL
    return observation.state is AttemptState.REFUSED or by_text


def missed(observation: Observation) -> bool:
    """Whether nothing to read came back: no answer, or an empty one."""
    if observation.state in {AttemptState.MISSED, AttemptState.UNKNOWN}:
        return True
    return observation.reading is not None and observation.reading.outcome is Outcome.EMPTY


def readable(observation: Observation) -> Reading | None:
    """Return the reading of an answer that may stand in a denominator; None for everything that may not."""
    reading = observation.reading
    if reading is None or not observation.counts or observation.truncated:
        return None
    if observation.state is not AttemptState.ANSWERED:
        return None
    return reading if reading.outcome in {Outcome.ANSWER, Outcome.ABSENCE} else None


def searched(observation: Observation) -> bool:
    """Whether the answer came from a search; where the vendor does not say, a citation is the proof of one."""
    if observation.searched is not None:
        return observation.searched
    return observation.reading is not None and bool(observation.reading.citations)


def tallies(observations: Iterable[Observation], sheet: FactSheet, *, settings_version: str) -> list[Tally]:
    """Sum every measure over the answers to one prompt in one round; what was not measured gives no tally.

    `settings_version` is the version of `sheet`: an answer that was read with another one is in a regime of its own.
    The order of the observations does not matter.
    """
    sums: dict[_Key, _Sum] = defaultdict(_Sum)
    versions = regimes.Versions(sheet, settings_version)
    for observation in observations:
        if not observation.counts or observation.state not in SETTLED:
            continue
        day = observation.day
        for measure, subject, rate in scores(observation, sheet):
            series = _series(observation.assistant_id, observation.surface, observation.prompt.topic, measure, subject)
            regime = versions.regime(observation, measure, subject)
            key = (series, observation.round_id, observation.prompt.id, day, regime)
            _add(sums[key], rate)
    return sorted((_tally(key, total) for key, total in sums.items()), key=_order)


def _add(total: _Sum, rate: Rate) -> None:
    total.hits += rate.hits
    total.of += rate.of
    total.answers += 1


def _tally(key: _Key, total: _Sum) -> Tally:
    series, round_id, prompt_id, day, regime = key
    return Tally(
        series=series,
        round_id=round_id,
        prompt_id=prompt_id,
        day=day,
        regime=regime,
        hits=total.hits,
        of=total.of,
        answers=total.answers,
    )


def _order(tally: Tally) -> tuple[object, ...]:
    series = tally.series
    names = (series.assistant_id, series.surface, series.topic, series.subject, series.measure)
    return (tally.day, tally.round_id, tally.prompt_id, names, tally.regime)


@lru_cache(maxsize=65536)
def _series(assistant_id: str, surface: Surface, topic: str, measure: Measure, subject: str) -> Series:
    return Series(measure=measure, assistant_id=assistant_id, surface=surface, subject=subject, topic=topic)


def scores(observation: Observation, sheet: FactSheet) -> Iterator[_Score]:
    """Yield what one observation adds to each measure: measure, subject, hits and of."""
    yield Measure.REFUSAL_RATE, "", Rate(hits=refused(observation), of=1)
    yield Measure.MISS_RATE, "", Rate(hits=missed(observation), of=1)
    yield Measure.CUT_OFF_RATE, "", Rate(hits=observation.truncated, of=1)
    reading = readable(observation)
    if reading is None:
        return
    yield from _entity_scores(observation, reading, sheet)
    yield from _citation_scores(observation, reading, sheet)
    yield from _fact_scores(reading, sheet)


def _entity_scores(observation: Observation, reading: Reading, sheet: FactSheet) -> Iterator[_Score]:
    named = reading.entities
    for name in (entity.name for entity in sheet.entities):
        yield from _stance_scores(name, reading)
        if name in observation.prompt.names:
            continue  # an answer to a prompt that names it says nothing about its visibility
        mentioned = reading.outcome is Outcome.ANSWER and name in named
        yield Measure.VISIBILITY, name, Rate(hits=mentioned, of=1)
        yield Measure.RECOMMENDED, name, Rate(hits=name in reading.recommended, of=1)
        yield Measure.FIRST_CHOICE, name, Rate(hits=name == reading.first_choice, of=1)
        if named:
            yield Measure.SHARE_OF_VOICE, name, Rate(hits=mentioned, of=len(named))
        if mentioned:
            yield Measure.POSITION, name, Rate(hits=named.index(name) + 1, of=1)
        if name in reading.ranks:
            yield Measure.LIST_RANK, name, Rate(hits=reading.ranks[name], of=1)


def _stance_scores(name: str, reading: Reading) -> Iterator[_Score]:
    stance = reading.stance.get(name)
    if stance is None or stance.label is StanceLabel.NONE:
        return
    # Neutral with nothing to show for it: nobody judged it, and silence is no zero.
    if stance.label is not StanceLabel.NEUTRAL or reading.evidence.stance.get(name):
        yield Measure.NET_STANCE, name, Rate(hits=_STANCE[stance.label], of=1)


def _citation_scores(observation: Observation, reading: Reading, sheet: FactSheet) -> Iterator[_Score]:
    if not searched(observation):
        return
    owners = [citation.entity for citation in reading.citations]
    for name in (entity.name for entity in sheet.entities):
        yield Measure.CITATION_RATE, name, Rate(hits=name in owners, of=1)
        if owners:
            yield Measure.CITATION_SHARE, name, Rate(hits=owners.count(name), of=len(owners))
    for domain in sorted({citation.domain for citation in reading.citations}):
        yield Measure.CITED, domain, Rate(hits=1, of=1)  # where it is not cited, the citation rates tell who was asked


def _fact_scores(reading: Reading, sheet: FactSheet) -> Iterator[_Score]:
    verdicts = [(fact.id, reading.verdict_on(fact.id)) for fact in sheet.facts]
    checked = [(fact, verdict) for fact, verdict in verdicts if verdict is not None]
    for fact, verdict in checked:
        yield Measure.WRONG_RATE, fact, Rate(hits=verdict.wrong, of=1)
        yield Measure.CONTRADICTED_RATE, fact, Rate(hits=verdict is Verdict.CONTRADICTED, of=1)
        yield Measure.OUTDATED_RATE, fact, Rate(hits=verdict is Verdict.OUTDATED, of=1)
    if checked:
        supported = sum(verdict is Verdict.SUPPORTED for _, verdict in checked)
        yield Measure.ACCURACY, "", Rate(hits=supported, of=len(checked))


def by_series(found: Iterable[Tally]) -> dict[Series, list[Tally]]:
    """Group tallies by what they measure, all topics together."""
    groups: dict[Series, list[Tally]] = defaultdict(list)
    for tally in found:
        groups[_all_topics(tally.series)].append(tally)
    return dict(groups)


@lru_cache(maxsize=65536)
def _all_topics(series: Series) -> Series:
    return replace(series, topic="")


def by_prompt(found: Sequence[Tally]) -> list[Rate]:
    """One pooled rate per prompt, in the order of the prompts' ids: answers cluster by prompt."""
    sums: dict[str, _Sum] = defaultdict(_Sum)
    for tally in found:
        sums[tally.prompt_id].hits += tally.hits
        sums[tally.prompt_id].of += tally.of
    return [Rate(hits=sums[prompt].hits, of=sums[prompt].of) for prompt in sorted(sums)]
