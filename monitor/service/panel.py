"""The panel of prompts as a page shows it: what each prompt brings, and who stands where we do not."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.domain.brand import Prompt
from monitor.domain.measures import Estimate, Measure, Series, Tally
from monitor.drift.estimates import estimate
from monitor.pipeline import House
from monitor.service import portraits
from storage import pooled


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
    return portraits.kept(house, "prompts", start, end, lambda: _prompts(house, start, end))


def _prompts(house: House, start: date, end: date) -> list[PromptRow]:
    found = _pooled(house, start, end, Measure.VISIBILITY, Measure.ACCURACY)
    return [_prompt(house, prompt, found.get(prompt.id, [])) for prompt in house.settings.prompts]


def replaced(house: House, start: date, end: date) -> list[Replaced]:
    """Return where a competitor is named more often than the brand, the widest gap first."""
    return portraits.kept(house, "replaced", start, end, lambda: _all_replaced(house, start, end))


def _all_replaced(house: House, start: date, end: date) -> list[Replaced]:
    found = _pooled(house, start, end, Measure.VISIBILITY)
    rows = [
        row
        for prompt in house.settings.prompts
        for tallies in _by_assistant(found.get(prompt.id, [])).values()
        if (row := _replaced(house, prompt, tallies)) is not None
    ]
    return sorted(rows, key=lambda row: (row.brand.rate.value or 0) - (row.rivals[0].rate.value or 0))


def _pooled(house: House, start: date, end: date, *measures: Measure) -> dict[str, list[Tally]]:
    with house.store.snapshot() as tx:
        found = pooled.pooled(tx, house.settings.brand, start, end, *measures, by_round=True)
    by_prompt: dict[str, list[Tally]] = defaultdict(list)
    for tally in found:
        # What varies in the answers to one prompt varies between rounds: they are its clusters.
        by_prompt[tally.prompt_id].append(replace(tally, prompt_id=tally.round_id))
    return by_prompt


def _by_assistant(tallies: Iterable[Tally]) -> dict[tuple[str, str], list[Tally]]:
    found: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    for tally in tallies:
        found[tally.series.assistant_id, tally.series.surface].append(tally)
    return found


def _prompt(house: House, prompt: Prompt, tallies: Sequence[Tally]) -> PromptRow:
    brand = house.settings.brand
    shares: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for tally in tallies:
        if tally.series.measure is Measure.VISIBILITY and tally.series.subject != brand:
            shares[tally.series.subject][0] += tally.hits
            shares[tally.series.subject][1] += tally.of
    named = [(name, hits / of) for name, (hits, of) in shares.items() if of and hits]
    return PromptRow(
        prompt=prompt,
        visibility=_estimates(tallies, lambda s: s.measure is Measure.VISIBILITY and s.subject == brand),
        right=_estimates(tallies, lambda s: s.measure is Measure.ACCURACY),
        named_instead=tuple(sorted(named, key=lambda pair: (-pair[1], pair[0]))[:3]),
    )


def _estimates(tallies: Sequence[Tally], wanted: Callable[[Series], bool]) -> tuple[Estimate, ...]:
    found = dict.fromkeys(tally.series for tally in tallies if wanted(tally.series))
    made = (estimate(series, [tally for tally in tallies if tally.series == series]) for series in found)
    return tuple(each for each in made if each.rate.of)


def _replaced(house: House, prompt: Prompt, tallies: Sequence[Tally]) -> Replaced | None:
    each = {one.series.subject: one for one in _estimates(tallies, lambda _: True)}
    own = each.pop(house.settings.brand, None)
    if own is None or own.rate.value is None:
        return None
    above = [one for one in each.values() if (one.rate.value or 0) > own.rate.value]
    above.sort(key=lambda one: (-(one.rate.value or 0), one.series.subject))
    if not above:
        return None
    return Replaced(prompt=prompt, assistant_id=own.series.assistant_id, brand=own, rivals=tuple(above))
