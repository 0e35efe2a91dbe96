"""What the detectors say of a brand's history: computed once after a round was measured, and kept.

What they said as of earlier days is told out of the same walk, where the history began on the same day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.domain.bursts import burst
from monitor.domain.measures import Explanation, Shift
from monitor.drift import earlier, history, why
from monitor.drift.earlier import Walk, Walked
from monitor.pipeline import catching_up, digesting
from monitor.pipeline.house import HISTORY, House
from storage import derived, digests, tallies
from storage.bodies import Body
from storage.store import Transaction

_NAME, _EXPLAINED, _WALKED = "changes", "explained", "walked"


@dataclass(frozen=True, kw_only=True)
class Known:
    shifts: tuple[Shift, ...]
    building: tuple[Explanation, ...]  # whose visibility has no baseline yet


@dataclass(frozen=True, kw_only=True)
class _Found:
    known: Known
    told: tuple[Explanation, ...]
    walked: Walked


_KNOWN: Body[Known] = Body(Known)
_TOLD: Body[tuple[Explanation, ...]] = Body(tuple[Explanation, ...])
_WALKS: Body[Walked] = Body(Walked)


def known(house: House, tx: Transaction, end: date) -> Known:
    """Return what is known up to a day, both included, from the days of HISTORY before the last one measured."""
    brand = house.settings.brand
    last = tallies.last_day(tx, brand, end)
    if last is None:
        return Known(shifts=(), building=())
    kept = derived.find(tx, brand, _NAME, last)
    if kept:
        return _KNOWN.value(kept)
    walked = _later_walk(tx, brand, last)
    return _told(tx, brand, walked, last) if walked else _computed(tx, brand, last).known


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
    catching_up.catch_up(house)
    digesting.catch_up_courses(house, end - HISTORY, end)
    with house.store.snapshot() as tx:
        last = tallies.last_day(tx, brand, end)
        if last is None or derived.find(tx, brand, _EXPLAINED, last):
            return
    _walk(house, last)


def look_back(house: House, end: date) -> None:
    """Have it ready what was known up to a day: by a walk to the last day whose history began when that day's did."""
    brand = house.settings.brand
    with house.store.snapshot() as tx:
        last = tallies.last_day(tx, brand, end)
        if last is None or _is_ready(tx, brand, last):
            return
        start = _start(tx, brand, last)
        to = max((day for began, day in _histories(tx, brand, last) if began == start), default=last)
    _walk(house, to)
    with house.store.snapshot() as tx:
        ready = _is_ready(tx, brand, last)
    if not ready:
        _walk(house, last)


def catch_up(house: House, end: date) -> None:
    """Walk to where the days before `end` are told from, as far back as HISTORY, unless that is kept already."""
    brand = house.settings.brand
    catching_up.catch_up(house)
    with house.store.snapshot() as tx:
        ends = dict(_histories(tx, brand, end - HISTORY))  # the last day of each
        days = {tallies.last_day(tx, brand, day) for day in ends.values() if day <= end}
        left = [day for day in days if day and not _later_walk(tx, brand, day)]
    for day in sorted(left, reverse=True):
        _walk(house, day)


def _histories(tx: Transaction, brand: str, since: date) -> Iterator[tuple[date, date]]:
    """Yield each day from `since` on with the day on which its history begins, in front of it."""
    days = digests.days(tx, brand, since - HISTORY, date.max)
    for last in days:
        if last >= since:
            yield history.beginning(next(day for day in days if day >= last - HISTORY), last), last


def _walk(house: House, end: date) -> None:
    """Compute and keep what is known up to a day."""
    brand = house.settings.brand
    with house.store.snapshot() as tx:
        last = tallies.last_day(tx, brand, end)
        if last is None:
            return
        version = derived.version(tx, brand)
        found = _computed(tx, brand, last)
    name = f"{_WALKED}:{found.walked.start}"
    with house.store.transaction() as tx:
        if derived.version(tx, brand) == version:  # else somebody else has measured, and computes it too
            derived.keep(tx, brand, _NAME, last, _KNOWN.text(found.known))
            derived.keep(tx, brand, _EXPLAINED, last, _TOLD.text(found.told))
            derived.keep(tx, brand, name, last, _WALKS.text(found.walked))
            derived.drop(tx, brand, name, last)  # this one tells of the days before it too


@burst()
def _computed(tx: Transaction, brand: str, last: date) -> _Found:
    past = history.columned(digests.sums(tx, brand, last - HISTORY, last))
    walk = Walk(past, brand)
    shifts, told = why.followed(past, brand, walk)
    return _Found(
        known=Known(shifts=tuple(shifts), building=tuple(why.unbuilt(told, brand))),
        told=tuple(told),
        walked=walk.walked(),
    )


def _is_ready(tx: Transaction, brand: str, last: date) -> bool:
    return derived.find(tx, brand, _NAME, last) is not None or _later_walk(tx, brand, last) is not None


def _later_walk(tx: Transaction, brand: str, last: date) -> Walked | None:
    """Return a walk to this day or a later one, out of which it can be told what was known on this day."""
    kept = derived.later(tx, brand, f"{_WALKED}:{_start(tx, brand, last)}", last)
    walked = _WALKS.value(kept) if kept else None
    return walked if walked and walked.since <= last else None


def _start(tx: Transaction, brand: str, last: date) -> date:
    """Return the day on which the history of a measured day begins."""
    return history.beginning(tallies.first_day(tx, brand, last - HISTORY) or last, last)


@burst()
def _told(tx: Transaction, brand: str, walked: Walked, last: date) -> Known:
    """Return what was known up to a day out of a walk to a later one."""
    if not walked.asked(last):
        return Known(shifts=(), building=())
    measures = {series.measure for series in walked.made_of}
    seen = digests.sums(tx, brand, walked.start, last, only=measures)
    past = history.columned(seen, only=walked.made_of, start=walked.start)
    shifts, building = earlier.told(walked, past, brand, last)
    return Known(shifts=tuple(shifts), building=tuple(building))
