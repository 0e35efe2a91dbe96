"""The panel of prompts as a page shows it: what each prompt brings, and who stands where we do not."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from monitor import pipeline
from monitor.domain.brand import Prompt
from monitor.domain.digests import Columns, Sums
from monitor.domain.measures import Estimate, Measure, Rate, Series
from monitor.drift.estimates import pooled
from monitor.pipeline import House
from monitor.service import portraits
from monitor.service.portraits import Kind
from storage import digests
from storage.bodies import Body


@dataclass(frozen=True, kw_only=True)
class PromptRow:
    """One prompt with what it measured in the days."""

    prompt: Prompt
    visibility: tuple[Estimate, ...]  # of the brand, per assistant; none for prompts that name it
    right: tuple[Estimate, ...]  # accuracy per assistant
    named_instead: tuple[tuple[str, float], ...]  # competitors and the share of answers that name them, most first


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """A prompt and assistant where competitors are named more often than the brand."""

    prompt: Prompt
    assistant_id: str
    brand: Estimate
    rivals: tuple[Estimate, ...]  # more often named, the most first


def prompts(house: House, start: date, end: date) -> list[PromptRow]:
    """Return the prompts in the brand file's order, with what each measured."""
    return portraits.kept(house, PROMPTS, start, end)


def replaced(house: House, start: date, end: date) -> list[Replaced]:
    """Return where a competitor is named more often than the brand, the widest gap first."""
    return portraits.kept(house, REPLACED, start, end)


def _prompts(house: House, start: date, end: date) -> list[PromptRow]:
    found = _measured(house, start, end, Measure.VISIBILITY, Measure.ACCURACY)
    return [_prompt(house, prompt, found.get(prompt.id, {})) for prompt in house.settings.prompts]


def _replaced(house: House, start: date, end: date) -> list[Replaced]:
    found = _measured(house, start, end, Measure.VISIBILITY)
    rows = [
        row
        for prompt in house.settings.prompts
        for own in _by_assistant(found.get(prompt.id, {})).values()
        if (row := _outnamed(house, prompt, own)) is not None
    ]
    return sorted(rows, key=lambda row: (row.brand.rate.value or 0) - (row.rivals[0].rate.value or 0))


@dataclass
class _Rounds:
    """The sums of one series of a prompt. Its answers vary between rounds, which are its clusters."""

    rounds: dict[str, tuple[float, float]] = field(default_factory=dict)  # hits, of
    answers: int = 0

    def add(self, round_id: str, hits: float, of: float, answers: float) -> None:
        before = self.rounds.get(round_id, (0.0, 0.0))
        self.rounds[round_id] = before[0] + hits, before[1] + of
        self.answers += int(answers)

    @property
    def whole(self) -> Rate:
        return Rate(hits=sum(hits for hits, _ in self.rounds.values()), of=sum(of for _, of in self.rounds.values()))

    def estimate(self, series: Series) -> Estimate:
        return pooled(series, [Rate(hits=each[0], of=each[1]) for _, each in sorted(self.rounds.items())], self.answers)


_Measured = dict[Series, _Rounds]  # of one prompt


def _measured(house: House, start: date, end: date, *measures: Measure) -> dict[str, _Measured]:
    """Return what was measured of each prompt."""
    pipeline.catch_up(house)
    found: dict[str, _Measured] = defaultdict(dict)
    with house.store.snapshot() as tx:
        for digest in digests.sums(tx, house.settings.brand, start, end, only=measures):
            for columns in digest.columns:
                for sums in columns.sums:
                    _add(found, digest.round_id, columns, sums)
    return found


def _add(found: dict[str, _Measured], round_id: str, columns: Columns, sums: Sums) -> None:
    alike = {
        topic: Series(
            measure=sums.measure,
            assistant_id=columns.assistant_id,
            surface=columns.surface,
            subject=sums.subject,
            topic=topic,
        )
        for topic in set(columns.topics)
    }
    cells = zip(columns.prompts, columns.topics, sums.hits, sums.of, sums.answers, strict=True)
    for prompt, topic, hits, of, answers in cells:
        if of:
            own, series = found[prompt], alike[topic]
            if series not in own:
                own[series] = _Rounds()
            own[series].add(round_id, hits, of, answers)


def _by_assistant(measured: _Measured) -> dict[tuple[str, str], _Measured]:
    found: dict[tuple[str, str], _Measured] = defaultdict(dict)
    for series, rounds in measured.items():
        found[series.assistant_id, series.surface][series] = rounds
    return found


def _prompt(house: House, prompt: Prompt, measured: _Measured) -> PromptRow:
    brand = house.settings.brand
    shares: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for series, rounds in measured.items():
        if series.measure is Measure.VISIBILITY and series.subject != brand:
            shares[series.subject][0] += rounds.whole.hits
            shares[series.subject][1] += rounds.whole.of
    named = [(name, hits / of) for name, (hits, of) in shares.items() if of and hits]
    return PromptRow(
        prompt=prompt,
        visibility=_estimates(measured, lambda s: s.measure is Measure.VISIBILITY and s.subject == brand),
        right=_estimates(measured, lambda s: s.measure is Measure.ACCURACY),
        named_instead=tuple(sorted(named, key=lambda pair: (-pair[1], pair[0]))[:3]),
    )


def _estimates(measured: _Measured, wanted: Callable[[Series], bool]) -> tuple[Estimate, ...]:
    own = sorted((series for series in measured if wanted(series)), key=_order)
    return tuple(measured[series].estimate(series) for series in own)


def _order(series: Series) -> tuple[str, ...]:
    return (series.measure, series.assistant_id, series.surface, series.subject, series.topic)


def _outnamed(house: House, prompt: Prompt, measured: _Measured) -> Replaced | None:
    each = {series.subject: series for series in measured}
    own = each.pop(house.settings.brand, None)
    if own is None:
        return None
    ours = measured[own].whole.value or 0
    above = [series for series in each.values() if (measured[series].whole.value or 0) > ours]
    if not above:
        return None
    above.sort(key=lambda series: (-(measured[series].whole.value or 0), series.subject))
    return Replaced(
        prompt=prompt,
        assistant_id=own.assistant_id,
        brand=measured[own].estimate(own),
        rivals=tuple(measured[series].estimate(series) for series in above),
    )


PROMPTS: Kind[list[PromptRow]] = Kind("prompts", Body(list[PromptRow]), _prompts)
REPLACED: Kind[list[Replaced]] = Kind("replaced", Body(list[Replaced]), _replaced)
