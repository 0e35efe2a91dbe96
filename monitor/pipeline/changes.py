"""What the detectors say of a brand's history: computed once after a round was measured, and kept."""

from dataclasses import dataclass
from datetime import date

from monitor.domain.measures import Explanation, Shift
from monitor.drift import detect, why
from monitor.pipeline.house import HISTORY, House
from storage import derived, tallies
from storage.bodies import Body
from storage.store import Transaction

_NAME = "changes"


@dataclass(frozen=True, kw_only=True)
class Known:
    shifts: tuple[Shift, ...]
    building: tuple[Explanation, ...]  # whose visibility has no baseline yet


_KNOWN: Body[Known] = Body(Known)


def known(house: House, tx: Transaction, end: date) -> Known:
    """Return what is known up to a day, both included, from the days of HISTORY before the last one measured."""
    brand = house.settings.brand
    last = tallies.last_day(tx, brand, end)
    if last is None:
        return Known(shifts=(), building=())
    kept = derived.find(tx, brand, _NAME, last)
    return _KNOWN.value(kept) if kept else _computed(tx, brand, last)


def keep(house: House, end: date) -> None:
    """Compute what is known up to a day, unless it is kept already."""
    brand = house.settings.brand
    with house.store.snapshot() as tx:
        last = tallies.last_day(tx, brand, end)
        if last is None or derived.find(tx, brand, _NAME, last):
            return
    with house.store.transaction() as tx:
        derived.keep(tx, brand, _NAME, last, _KNOWN.text(_computed(tx, brand, last)))


def _computed(tx: Transaction, brand: str, last: date) -> Known:
    history = tallies.load(tx, brand, last - HISTORY, last)
    return Known(shifts=tuple(detect.shifts(history, brand)), building=tuple(why.unready(history, brand)))
