"""The panel of prompts as a page shows it: what each prompt brings, and who stands where we do not."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from monitor import pipeline
from monitor.domain.brand import Prompt
from monitor.domain.digests import Columns, Sums
from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series
from monitor.drift import regimes
from monitor.drift.estimates import pooled
from monitor.pipeline import House
from monitor.service import portraits
from monitor.service.portraits import Kind
from storage import digests, wordings
from storage.bodies import Body


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What a prompt measured in the days while it was put in other words."""

    text: str  # those words; empty: nobody knows them any more
    visibility: tuple[Estimate, ...]
    right: tuple[Estimate, ...]


@dataclass(frozen=True, kw_only=True)
class Named:
    """How often a competitor is named, all assistants and surfaces together."""

    name: str
    rate: Rate
    interval: Interval | None


@dataclass(frozen=True, kw_only=True)
class PromptRow:
    """One prompt with what it measured in the days."""

    prompt: Prompt
    visibility: tuple[Estimate, ...]  # of the brand, per assistant; none for prompts that name it
    right: tuple[Estimate, ...]  # accuracy per assistant
    named_instead: tuple[tuple[str, float], ...]  # competitors and the share of answers that name them, most first
    earlier: tuple[Earlier, ...] = ()  # wordings before this one, never mixed with it
    named: tuple[Named, ...] = ()  # the same with n and interval


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
    rows = [_prompt(house, prompt, found.get(_wording(prompt), {})) for prompt in house.settings.prompts]
    now = {_wording(prompt) for prompt in house.settings.prompts}
    past = {wording: measured for wording, measured in found.items() if wording not in now}
    return _with_earlier(house, rows, past) if past else rows


_Wording = tuple[str, str]  # a prompt's id, and the version of its words


def _wording(prompt: Prompt) -> _Wording:
    return prompt.id, regimes.words(prompt.text)


def _with_earlier(house: House, rows: list[PromptRow], past: dict[_Wording, "_Measured"]) -> list[PromptRow]:
    """Return the rows with what was measured in other words, whose texts are looked up."""
    with house.store.snapshot() as tx:
        known = wordings.of_prompts(tx, {prompt for prompt, _ in past})
    texts = {(prompt, regimes.words(text)): text for prompt, said in known.items() for text in said}
    return [replace(row, earlier=tuple(_earlier(house, row.prompt.id, past, texts))) for row in rows]


def _earlier(
    house: House, prompt: str, past: dict[_Wording, "_Measured"], texts: dict[_Wording, str]
) -> Iterator[Earlier]:
    for wording in (each for each in past if each[0] == prompt):
        visibility, right = _rates(house, past[wording])
        if visibility or right:
            yield Earlier(text=texts.get(wording, ""), visibility=visibility, right=right)


def _replaced(house: House, start: date, end: date) -> list[Replaced]:
    found = _measured(house, start, end, Measure.VISIBILITY)
    rows = [
        row
        for prompt in house.settings.prompts
        for own in _by_assistant(found.get(_wording(prompt), {})).values()
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


def _measured(house: House, start: date, end: date, *measures: Measure) -> dict[_Wording, _Measured]:
    """Return what was measured of each wording of a prompt, the oldest first."""
    pipeline.catch_up(house)
    found: dict[_Wording, _Measured] = defaultdict(dict)
    with house.store.snapshot() as tx:
        for digest in digests.sums(tx, house.settings.brand, start, end, only=measures):
            for columns in digest.columns:
                for sums in columns.sums:
                    _add(found, digest.round_id, columns, sums)
    return found


def _add(found: dict[_Wording, _Measured], round_id: str, columns: Columns, sums: Sums) -> None:
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
    cells = zip(columns.prompts, columns.words, columns.topics, sums.hits, sums.of, sums.answers, strict=True)
    for prompt, words, topic, hits, of, answers in cells:
        if of:
            own, series = found[prompt, words], alike[topic]
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
    named = _named(brand, measured)
    visibility, right = _rates(house, measured)
    return PromptRow(
        prompt=prompt,
        visibility=visibility,
        right=right,
        named_instead=tuple((each.name, each.rate.value or 0) for each in named),
        named=named,
    )


def _rates(house: House, measured: _Measured) -> tuple[tuple[Estimate, ...], tuple[Estimate, ...]]:
    """Return how often the brand is named, and how many checked statements are right."""
    brand = house.settings.brand
    return (
        _estimates(measured, lambda s: s.measure is Measure.VISIBILITY and s.subject == brand),
        _estimates(measured, lambda s: s.measure is Measure.ACCURACY),
    )


def _named(brand: str, measured: _Measured) -> tuple[Named, ...]:
    """Return who is named most in the answers to a prompt."""
    whole: dict[str, _Rounds] = defaultdict(_Rounds)
    of_whom: dict[str, Series] = {}
    for series, rounds in measured.items():
        if series.measure is Measure.VISIBILITY and series.subject != brand:
            of_whom[series.subject] = series
            for round_id, (hits, of) in rounds.rounds.items():
                whole[series.subject].add(round_id, hits, of, of)
    made = [(name, whole[name].estimate(series)) for name, series in of_whom.items()]
    told = [Named(name=name, rate=each.rate, interval=each.interval) for name, each in made if each.rate.hits]
    return tuple(sorted(told, key=lambda each: (-(each.rate.value or 0), each.name))[:3])


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


PROMPTS: Kind[list[PromptRow]] = Kind("wordings-named", Body(list[PromptRow]), _prompts)
REPLACED: Kind[list[Replaced]] = Kind("outnamed", Body(list[Replaced]), _replaced)
