"""Portraits that pages ask for again and again: computed once for what the store then holds."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from threading import Lock
from typing import Any, TypeVar

from monitor.domain.portrait import Portrait
from monitor.pipeline import House
from monitor.service import documents
from storage import freshness

_MOST = 64  # portraits and the like, the newest used ones

_Key = tuple[str, str, str, str, date, date, str]
_T = TypeVar("_T")
_kept: OrderedDict[_Key, Any] = OrderedDict()
_lock = Lock()


def portrait(house: House, start: date, end: date) -> Portrait:
    """Return the portrait of these days; computed again only when something was asked, read, told or reviewed since."""
    return kept(house, "portrait", start, end, lambda: documents.portrait(house, start, end))


def kept(house: House, what: str, start: date, end: date, make: Callable[[], _T]) -> _T:
    """Return what `make` makes of these days, made again only when something changed; `what` names it."""
    key = _key(house, what, start, end)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            found: _T = _kept[key]
            return found
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return made


def _key(house: House, what: str, start: date, end: date) -> _Key:
    with house.store.snapshot() as tx:
        last: datetime | str = freshness.mark(tx, house.settings.brand)
    return what, house.store.name, house.settings.brand, house.settings.version, start, end, str(last)
