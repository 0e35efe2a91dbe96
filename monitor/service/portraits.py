"""Portraits that pages ask for again and again: computed once for what the store then holds."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any, Generic, TypeVar

from monitor.domain.portrait import Portrait
from monitor.pipeline import House
from monitor.service import documents
from monitor.service.beside import in_a_thread
from storage import derived, digests, freshness
from storage.bodies import Body

_MOST = 64  # portraits and the like, the newest used ones
_LIVE = timedelta(minutes=1)  # what a running round has brought so far is looked at as often

_T = TypeVar("_T")
_Key = tuple[str, str, str, str, date, date]


@dataclass(frozen=True)
class Kind(Generic[_T]):
    """Something that is computed of a stretch of days."""

    name: str
    body: Body[_T]
    make: Callable[[House, date, date], _T]


@dataclass(frozen=True)
class _Made:
    value: Any
    mark: str
    at: datetime


_kept: OrderedDict[_Key, _Made] = OrderedDict()
_making: dict[_Key, Lock] = {}
_lock = Lock()

PORTRAIT = Kind("portrait", Body[Portrait](Portrait), documents.portrait)


def portrait(house: House, start: date, end: date) -> Portrait:
    """Return the portrait of these days; computed again only when something was measured, told or reviewed since."""
    return kept(house, PORTRAIT, start, end)


def kept(house: House, what: Kind[_T], start: date, end: date) -> _T:
    """Return what `what` makes of these days. What a running round brings meanwhile is seen a minute later."""
    mark, live = standing(house)
    key = _key(house, what, start, end)
    found = _find(key, mark)
    if found is None:
        with _turn(key):  # whoever else wants it waits for this one
            found = _find(key, mark) or _loaded(house, what, start, end, mark) or _made(house, what, start, end)
            _put(key, found)
    elif live and house.clock() - found.at >= _LIVE:
        _put(key, replace(found, at=house.clock()))
        in_a_thread(lambda: _put(key, _made(house, what, start, end)))
    value: _T = found.value
    return value


def keep(house: House, what: Kind[Any], start: date, end: date) -> None:
    """Compute it now and write it down, for every program that serves pages, unless that was done already."""
    mark, live = standing(house)
    if live or _loaded(house, what, start, end, mark):
        return
    made = _made(house, what, start, end)
    _put(_key(house, what, start, end), made)
    with house.store.transaction() as tx:
        name = _name(what, start)
        derived.keep(tx, house.settings.brand, name, end, f"{made.mark}\n{what.body.text(made.value)}")


def forget(house: House, before: date) -> None:
    """Forget what was written down for periods that ended earlier: today's are asked for."""
    with house.store.transaction() as tx:
        derived.drop(tx, house.settings.brand, f"{_WRITTEN}:", before)


_WRITTEN = "page"


def _name(what: Kind[Any], start: date) -> str:
    return f"{_WRITTEN}:{what.name}:{start}"


def _key(house: House, what: Kind[Any], start: date, end: date) -> _Key:
    return what.name, house.store.name, house.settings.brand, house.settings.version, start, end


def standing(house: House) -> tuple[str, bool]:
    """Return what changes with whatever is computed, and whether a round is running."""
    brand = house.settings.brand
    with house.store.snapshot() as tx:
        live = any(True for _ in digests.without(tx, brand))
        return f"{house.today} {house.zone}|{house.settings.version}|{freshness.mark(tx, brand)}", live


def _find(key: _Key, mark: str) -> _Made | None:
    with _lock:
        found = _kept.get(key)
        if found is None or found.mark != mark:
            return None
        _kept.move_to_end(key)
        return found


def _put(key: _Key, made: _Made) -> None:
    with _lock:
        _kept[key] = made
        _kept.move_to_end(key)
        while len(_kept) > _MOST:
            _kept.popitem(last=False)


def _turn(key: _Key) -> Lock:
    with _lock:
        if len(_making) > _MOST:
            for idle in [each for each, lock in _making.items() if not lock.locked()]:
                del _making[idle]
        return _making.setdefault(key, Lock())


def _made(house: House, what: Kind[Any], start: date, end: date) -> _Made:
    mark, _ = standing(house)  # before: what comes meanwhile makes it old
    return _Made(what.make(house, start, end), mark, house.clock())


def _loaded(house: House, what: Kind[Any], start: date, end: date, mark: str) -> _Made | None:
    with house.store.snapshot() as tx:
        found = derived.find(tx, house.settings.brand, _name(what, start), end)
    own, _, body = (found or "").partition("\n")
    return _Made(what.body.value(body), mark, house.clock()) if own == mark else None
