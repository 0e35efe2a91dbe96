"""Since when each assistant says something wrong about each fact, computed out of every reading that is kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from monitor import pipeline
from monitor.domain.answers import Surface
from monitor.domain.digests import Columns, Digest
from monitor.domain.measures import Measure, Rate
from monitor.domain.spells import CheckedDay, Since
from monitor.drift import columns, spells
from monitor.pipeline import House
from storage import digests


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The checked answers of one assistant about one fact, day by day; the three are equally long."""

    fact: str
    assistant_id: str
    surface: Surface
    days: tuple[date, ...]
    wrong: tuple[float, ...]
    of: tuple[float, ...]

    def up_to(self, end: date) -> list[CheckedDay]:
        told = zip(self.days, self.wrong, self.of, strict=True)
        return [CheckedDay(day=day, wrong=wrong, of=of) for day, wrong, of in told if day <= end]


def reaching(found: Iterable[Checked], start: date, end: date) -> list[Since]:
    """Return the latest spells up to a day that reach into the days from `start` on, or were not over before them."""
    told = []
    for each in found:
        spell = spells.latest(each.up_to(end))
        if spell and (spell.last >= start or not spell.over):
            told.append(Since(fact=each.fact, assistant_id=each.assistant_id, surface=each.surface, spell=spell))
    return told


def checked(house: House, end: date, *, topic: str = "") -> list[Checked]:
    """Return all checked answers up to a day, as the wrong rates count them, by fact and assistant.

    With `topic`, those to its prompts alone.
    """
    counted: dict[tuple[str, str, Surface], dict[date, Rate]] = defaultdict(dict)
    pipeline.catch_up(house)
    with house.store.snapshot() as tx:
        for digest in digests.sums(tx, house.settings.brand, date.min, end, only=(Measure.WRONG_RATE,)):
            for each in _of_topic(digest, topic):
                for sums in each.sums:
                    days = counted[sums.subject, each.assistant_id, each.surface]
                    so_far = days.get(digest.day, Rate(hits=0, of=0))
                    days[digest.day] = Rate(hits=so_far.hits + sum(sums.hits), of=so_far.of + sum(sums.of))
    return [_checked(*who, days) for who, days in sorted(counted.items())]


def _of_topic(digest: Digest, topic: str) -> Iterator[Columns]:
    for each in digest.columns:
        yield columns.of_topic(each, topic) if topic else each


def _checked(fact: str, assistant_id: str, surface: Surface, days: Mapping[date, Rate]) -> Checked:
    rates = sorted(days.items())
    return Checked(
        fact=fact,
        assistant_id=assistant_id,
        surface=surface,
        days=tuple(day for day, _ in rates),
        wrong=tuple(rate.hits for _, rate in rates),
        of=tuple(rate.of for _, rate in rates),
    )
