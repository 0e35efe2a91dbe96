"""The brand and its competitors on the same prompts: those that name none of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.domain.measures import Estimate, Measure, Rate, Series
from monitor.domain.portrait import Portrait
from monitor.drift.estimates import pooled
from monitor.pipeline import House
from monitor.service import portraits
from monitor.service.prompt_sums import Measured, of_wordings
from storage.bodies import Body

_MEASURES = (Measure.SHARE_OF_VOICE, Measure.VISIBILITY, Measure.RECOMMENDED)


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """Numbers that may be compared: each assistant's rest on one and the same answers."""

    share_of_voice: tuple[Estimate, ...] = ()  # of one assistant they add up to 100 %
    visibility: tuple[Estimate, ...] = ()
    recommended: tuple[Estimate, ...] = ()
    prompts: int = 0  # that name nobody


def side_by_side(house: House, start: date, end: date) -> SideBySide:
    return portraits.kept(house, SIDE_BY_SIDE, start, end)


def alike(house: House, shown: Portrait) -> SideBySide | None:
    """Return the numbers beside those of a portrait; None where these rest on the same prompts anyway.

    Assistants are in the order in which the portrait has them.
    """
    found = side_by_side(house, shown.start, shown.end)
    usual = {each.series: each.rate for each in shown.visibility if not each.series.topic}
    if all(usual.get(each.series) == each.rate for each in found.visibility):
        return None
    order = {(panel.assistant_id, panel.surface): at for at, panel in enumerate(shown.panels)}

    def ordered(of: Sequence[Estimate]) -> tuple[Estimate, ...]:
        places = [(order.get((each.series.assistant_id, each.series.surface), len(order)), each) for each in of]
        return tuple(each for _, each in sorted(places, key=lambda place: place[0]))

    return replace(
        found,
        share_of_voice=ordered(found.share_of_voice),
        visibility=ordered(found.visibility),
        recommended=ordered(found.recommended),
    )


def _side_by_side(house: House, start: date, end: date) -> SideBySide:
    names = [entity.name for entity in house.settings.sheet.entities]
    sums = _Sums(names)
    for (prompt, _), measured in of_wordings(house, start, end, *_MEASURES).items():
        if {*names} <= {series.subject for series in measured if series.measure is Measure.VISIBILITY}:
            sums.add(prompt, measured)
    share, visibility, recommended = (tuple(sums.estimates(measure)) for measure in _MEASURES)
    return SideBySide(share_of_voice=share, visibility=visibility, recommended=recommended, prompts=len(sums.prompts))


class _Sums:
    """What each prompt adds to each number, over all topics."""

    def __init__(self, names: Sequence[str]) -> None:
        self._place = {name: place for place, name in enumerate(names)}
        self._found: dict[Series, dict[str, list[Rate]]] = defaultdict(lambda: defaultdict(list))
        self._answers: dict[Series, int] = defaultdict(int)
        self.prompts: set[str] = set()

    def add(self, prompt: str, measured: Measured) -> None:
        self.prompts.add(prompt)
        for series, rounds in measured.items():
            of = replace(series, topic="")
            self._found[of][prompt].append(rounds.whole)
            self._answers[of] += rounds.answers

    def estimates(self, measure: Measure) -> Iterator[Estimate]:
        """Yield the numbers of a measure, names in the order in which the brand file has them."""
        own = [series for series in self._found if series.measure is measure]
        for series in sorted(own, key=lambda each: (self._place[each.subject], each.assistant_id, each.surface)):
            prompts = [_sum(rates) for _, rates in sorted(self._found[series].items())]
            yield pooled(series, prompts, self._answers[series])


def _sum(rates: Sequence[Rate]) -> Rate:
    return Rate(hits=sum(rate.hits for rate in rates), of=sum(rate.of for rate in rates))


SIDE_BY_SIDE: portraits.Kind[SideBySide] = portraits.Kind("side-by-side", Body(SideBySide), _side_by_side)
