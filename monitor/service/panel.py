"""The panel of prompts as a page shows it: what each prompt brings."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from monitor.domain.brand import Prompt
from monitor.domain.measures import Estimate, Interval, Measure, Rate, Series
from monitor.drift import regimes
from monitor.pipeline import House
from monitor.service import portraits
from monitor.service.portraits import Kind
from monitor.service.prompt_sums import Measured, Rounds, Wording, of_wordings, wording
from storage import wordings
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


def prompts(house: House, start: date, end: date) -> list[PromptRow]:
    """Return the prompts in the brand file's order, with what each measured."""
    return portraits.kept(house, PROMPTS, start, end)


def _prompts(house: House, start: date, end: date) -> list[PromptRow]:
    found = of_wordings(house, start, end, Measure.VISIBILITY, Measure.ACCURACY)
    rows = [_prompt(house, prompt, found.get(wording(prompt), {})) for prompt in house.settings.prompts]
    now = {wording(prompt) for prompt in house.settings.prompts}
    past = {words: measured for words, measured in found.items() if words not in now}
    return _with_earlier(house, rows, past) if past else rows


def others(house: House, start: date, end: date) -> list[PromptRow]:
    """Return what else was measured: prompts that were captured elsewhere, and those that were taken out."""
    return portraits.kept(house, OTHERS, start, end)


def _others(house: House, start: date, end: date) -> list[PromptRow]:
    asked = {prompt.id for prompt in house.settings.prompts}
    found = of_wordings(house, start, end, Measure.VISIBILITY, Measure.ACCURACY)
    left = {words: measured for words, measured in found.items() if words[0] not in asked}
    texts = _texts(house, left)
    named = {words: Prompt(id=words[0], text=texts.get(words, ""), topic="") for words in left}
    return [_prompt(house, named[words], measured) for words, measured in left.items()]


def _texts(house: House, of: Collection[Wording]) -> dict[Wording, str]:
    with house.store.snapshot() as tx:
        known = wordings.of_prompts(tx, {prompt for prompt, _ in of})
    return {(prompt, regimes.words(text)): text for prompt, said in known.items() for text in said}


def _with_earlier(house: House, rows: list[PromptRow], past: dict[Wording, "Measured"]) -> list[PromptRow]:
    """Return the rows with what was measured in other words, whose texts are looked up."""
    texts = _texts(house, past)
    return [replace(row, earlier=tuple(_earlier(house, row.prompt.id, past, texts))) for row in rows]


def _earlier(
    house: House, prompt: str, past: dict[Wording, "Measured"], texts: dict[Wording, str]
) -> Iterator[Earlier]:
    for words in (each for each in past if each[0] == prompt):
        visibility, right = _rates(house, past[words])
        if visibility or right:
            yield Earlier(text=texts.get(words, ""), visibility=visibility, right=right)


def _prompt(house: House, prompt: Prompt, measured: Measured) -> PromptRow:
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


def _rates(house: House, measured: Measured) -> tuple[tuple[Estimate, ...], tuple[Estimate, ...]]:
    """Return how often the brand is named, and how many checked statements are right."""
    brand = house.settings.brand
    return (
        _estimates(measured, lambda s: s.measure is Measure.VISIBILITY and s.subject == brand),
        _estimates(measured, lambda s: s.measure is Measure.ACCURACY),
    )


def _named(brand: str, measured: Measured) -> tuple[Named, ...]:
    """Return who is named most in the answers to a prompt."""
    whole: dict[str, Rounds] = defaultdict(Rounds)
    of_whom: dict[str, Series] = {}
    for series, rounds in measured.items():
        if series.measure is Measure.VISIBILITY and series.subject != brand:
            of_whom[series.subject] = series
            for round_id, (hits, of) in rounds.rounds.items():
                whole[series.subject].add(round_id, hits, of, of)
    made = [(name, whole[name].estimate(series)) for name, series in of_whom.items()]
    told = [Named(name=name, rate=each.rate, interval=each.interval) for name, each in made if each.rate.hits]
    return tuple(sorted(told, key=lambda each: (-(each.rate.value or 0), each.name))[:3])


def _estimates(measured: Measured, wanted: Callable[[Series], bool]) -> tuple[Estimate, ...]:
    own = sorted((series for series in measured if wanted(series)), key=_order)
    return tuple(measured[series].estimate(series) for series in own)


def _order(series: Series) -> tuple[str, ...]:
    return (series.measure, series.assistant_id, series.surface, series.subject, series.topic)


PROMPTS: Kind[list[PromptRow]] = Kind("wordings-named", Body(list[PromptRow]), _prompts)
OTHERS: Kind[list[PromptRow]] = Kind("wordings-not-asked", Body(list[PromptRow]), _others)
