"""Regimes: stretches in which like is compared with like.

A tally's regime names what could move its number without the world having moved: the served model, the prompt's words,
the part of the sheet that the measure depends on, and the analyzer. Served ids that alternate are one regime, which
only a look at the whole series can tell: `spans` decides it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from monitor.domain.brand import Entity, FactSheet
from monitor.domain.measures import Measure, Tally
from monitor.domain.rounds import Observation

_BY_FACT = frozenset({Measure.WRONG_RATE, Measure.CONTRADICTED_RATE, Measure.OUTDATED_RATE})
_BY_ASKING = frozenset({Measure.REFUSAL_RATE, Measure.MISS_RATE, Measure.CUT_OFF_RATE})
_PART = "; "


def digest(*parts: object) -> str:
    """Return eight hex digits that change when any part does."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:8]


words = lru_cache(maxsize=4096)(digest)  # of a prompt: each is asked again and again


class Versions:
    """The versions of the sheet's parts, computed once."""

    def __init__(self, sheet: FactSheet, settings_version: str) -> None:
        self._settings_version = settings_version
        self._facts = {fact.id: digest(fact) for fact in sheet.facts}
        self._entities = {entity.name: _names(entity) for entity in sheet.entities}
        self._all_facts = digest(*self._facts.values())
        self._all_entities = digest(*self._entities.values())

    def regime(self, observation: Observation, measure: Measure, subject: str) -> str:
        """Return the regime of one measure of one observation.

        A refusal, a miss or a cut-off depends on no reading, and a miss has no served model: those are told apart
        by the prompt alone.
        """
        prompt = words(observation.prompt.text)
        reading = observation.reading
        if measure in _BY_ASKING or reading is None:
            return _text("", prompt, "", "")
        current = reading.sheet in {"", self._settings_version}
        sheet = self._sheet(measure, subject) if current else reading.sheet
        return _text(observation.model, prompt, sheet, reading.analyzer)

    def _sheet(self, measure: Measure, subject: str) -> str:
        if measure in _BY_FACT:
            return self._facts.get(subject, "")
        if measure is Measure.ACCURACY:
            return self._all_facts
        if measure in {Measure.SHARE_OF_VOICE, Measure.POSITION}:
            return self._all_entities
        return self._entities.get(subject, "")


def _names(entity: Entity) -> str:
    return digest(entity.name, entity.aliases, entity.lookalikes, entity.domains)


@dataclass(frozen=True, kw_only=True)
class Regime:
    """A tally's regime in its parts."""

    model: str = ""
    prompt: str = ""
    sheet: str = ""
    analyzer: str = ""

    @property
    def text(self) -> str:
        """One line of text for the store: "model=gpt-5; prompt=1f2e3d4c; sheet=..; analyzer=..".

        >>> Regime.parse(Regime(model="a; b=c").text).model
        'a, b=c'
        """
        parts = {"model": self.model, "prompt": self.prompt, "sheet": self.sheet, "analyzer": self.analyzer}
        return _PART.join(f"{name}={value.replace(_PART, ', ')}" for name, value in parts.items() if value)

    @classmethod
    @lru_cache(maxsize=4096)  # a brand has few regimes and many tallies
    def parse(cls, text: str) -> "Regime":
        """Read a regime back; a text of another make is a model's name."""
        parts = dict(part.partition("=")[::2] for part in text.split(_PART) if "=" in part)
        known = {name: parts[name] for name in ("model", "prompt", "sheet", "analyzer") if name in parts}
        return cls(**known) if known else cls(model=text)


@lru_cache(maxsize=65536)  # a round has thousands of numbers in each of its few regimes
def _text(model: str, prompt: str, sheet: str, analyzer: str) -> str:
    return Regime(model=model, prompt=prompt, sheet=sheet, analyzer=analyzer).text


@dataclass(frozen=True, kw_only=True)
class RegimeSpan:
    """One regime of a series: from its first day until the next one's."""

    start: date
    end: date  # last day on which it was seen
    models: tuple[str, ...]
    sheet: str
    analyzer: str
    cause: str = ""  # what began with it; empty for the first


def spans(tallies: Iterable[Tally]) -> list[RegimeSpan]:
    """Cut one series into regimes: served ids whose days overlap, or that come back, are one regime.

    A single day on which the old id gives way to the new one is no overlap.

    The prompt's words are left to the pairing: a changed prompt has a new baseline of its own and moves no other.
    """
    seen: Stretches = {}
    for tally in tallies:
        stretch(seen, tally.regime, tally.day)
    return cut(seen)


# (model, sheet, analyzer) -> first and last day
Stretches = dict[tuple[str, str, str], list[date]]


def stretch(seen: Stretches, regime: str, day: date) -> None:
    """Make the regime's stretch hold the day."""
    parsed = Regime.parse(regime)
    days = seen.setdefault((parsed.model, parsed.sheet, parsed.analyzer), [day, day])
    days[0], days[1] = min(days[0], day), max(days[1], day)


def cut(seen: Stretches) -> list[RegimeSpan]:
    """Return the regimes of a series whose stretches are known."""
    merged: list[tuple[date, date, list[tuple[str, str, str]]]] = []
    for key, (first, last) in sorted(seen.items(), key=lambda item: (item[1], item[0])):
        if merged and (first < merged[-1][1] or first == merged[-1][0]):
            start, end, keys = merged[-1]
            merged[-1] = (start, max(end, last), [*keys, key])
        else:
            merged.append((first, last, [key]))
    return _named([_span(start, end, keys) for start, end, keys in merged])


def _span(start: date, end: date, keys: Sequence[tuple[str, str, str]]) -> RegimeSpan:
    models = tuple(dict.fromkeys(model for model, _, _ in keys))
    return RegimeSpan(start=start, end=end, models=models, sheet=keys[-1][1], analyzer=keys[-1][2])


def _named(found: Sequence[RegimeSpan]) -> list[RegimeSpan]:
    later = [replace(after, cause=_cause(before, after)) for before, after in pairwise(found)]
    return [*found[:1], *later]


def _cause(before: RegimeSpan, after: RegimeSpan) -> str:
    if set(before.models) != set(after.models):
        return f"since {' and '.join(after.models) or 'another model'} was served"
    if before.sheet != after.sheet:
        return "since the fact sheet was changed"
    return "since the answers are read by a new version of the analyzer"
