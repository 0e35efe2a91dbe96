"""What the detectors say of a brand's history: computed once after a round was measured, and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.domain.bursts import burst
from monitor.domain.measures import Explanation, Shift
from monitor.drift import history, why
from monitor.pipeline import digesting
from monitor.pipeline.house import HISTORY, House
from storage import derived, digests, tallies
from storage.bodies import Body
from storage.store import Transaction

_NAME, _EXPLAINED = "changes", "explained"


@dataclass(frozen=True, kw_only=True)
class Known:
    shifts: tuple[Shift, ...]
    building: tuple[Explanation, ...]  # whose visibility has no baseline yet


_KNOWN: Body[Known] = Body(Known)
_TOLD: Body[tuple[Explanation, ...]] = Body(tuple[Explanation, ...])


def known(house: House, tx: Transaction, end: date) -> Known:
    """Return what is known up to a day, both included, from the days of HISTORY before the last one measured."""
    brand = house.settings.brand
    last = tallies.last_day(tx, brand, end)
    if last is None:
        return Known(shifts=(), building=())
    kept = derived.find(tx, brand, _NAME, last)
    return _KNOWN.value(kept) if kept else _computed(tx, brand, last)[0]


def explained(house: House, end: date) -> Sequence[Explanation]:
    """Return every watched series with how far it is from being told as changed, as of a day."""
    keep(house, end)
    brand = house.settings.brand
    with house.store.snapshot() as tx:
        last = tallies.last_day(tx, brand, end)
        kept = derived.find(tx, brand, _EXPLAINED, last) if last else None
        return _TOLD.value(kept) if kept else ()


def keep(house: House, end: date) -> None:
    """Compute what is known up to a day, unless it is kept already."""
    brand = house.settings.brand
    digesting.catch_up(house)
    digesting.catch_up_courses(house, end - HISTORY, end)
    with house.store.snapshot() as tx:
        last = tallies.last_day(tx, brand, end)
        if last is None or derived.find(tx, brand, _EXPLAINED, last):
            return
        version = derived.version(tx, brand)
        found, told = _computed(tx, brand, last)
    with house.store.transaction() as tx:
        if derived.version(tx, brand) == version:  # else somebody else has measured, and computes it too
            derived.keep(tx, brand, _NAME, last, _KNOWN.text(found))
            derived.keep(tx, brand, _EXPLAINED, last, _TOLD.text(told))


@burst()
def _computed(tx: Transaction, brand: str, last: date) -> tuple[Known, tuple[Explanation, ...]]:
    past = history.columned(digests.sums(tx, brand, last - HISTORY, last))
    shifts, told = why.followed(past, brand)
    return Known(shifts=tuple(shifts), building=tuple(why.unbuilt(told, brand))), tuple(told)
