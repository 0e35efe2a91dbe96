"""Since when each assistant says something wrong about each fact, out of every reading that is kept."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from monitor import pipeline
from monitor.domain.answers import Surface
from monitor.domain.measures import Measure, Rate
from monitor.domain.spells import CheckedDay, Since
from monitor.drift import spells
from monitor.pipeline import House
from monitor.service import portraits
from storage import digests
from storage.bodies import Body

_Who = tuple[str, str, Surface]  # fact, assistant, surface


def since(house: House, start: date, end: date) -> list[Since]:
    """Return the spells that reach into these days or were not over before them, by fact and assistant.

    They are looked for in all that was ever measured up to `end`: a spell may be older than the days.
    """
    found = portraits.kept(house, SINCE, end, end)
    return [each for each in found if each.spell.last >= start or not each.spell.over]


def _all(house: House, end: date) -> Iterator[Since]:
    for (fact, assistant, surface), days in sorted(_days(house, end).items()):
        spell = spells.latest(days)
        if spell:
            yield Since(fact=fact, assistant_id=assistant, surface=surface, spell=spell)


def _days(house: House, end: date) -> dict[_Who, list[CheckedDay]]:
    """Return the checked answers of each day, as the wrong rates count them."""
    counted: dict[tuple[_Who, date], list[Rate]] = defaultdict(list)
    pipeline.catch_up(house)
    with house.store.snapshot() as tx:
        for digest in digests.sums(tx, house.settings.brand, date.min, end, only=(Measure.WRONG_RATE,)):
            for columns in digest.columns:
                for sums in columns.sums:
                    who = sums.subject, columns.assistant_id, columns.surface
                    counted[who, digest.day].append(Rate(hits=sum(sums.hits), of=sum(sums.of)))
    found: dict[_Who, list[CheckedDay]] = defaultdict(list)
    for (who, day), rates in sorted(counted.items()):
        wrong, of = sum(rate.hits for rate in rates), sum(rate.of for rate in rates)
        found[who].append(CheckedDay(day=day, wrong=wrong, of=of))
    return found


SINCE: portraits.Kind[list[Since]] = portraits.Kind(
    "since", Body(list[Since]), lambda house, _, end: list(_all(house, end))
)
