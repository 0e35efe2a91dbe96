"""Portraits that pages ask for again and again: computed once for what the store then holds."""

from collections import OrderedDict
from datetime import date, datetime
from threading import Lock

from monitor.domain.portrait import Portrait
from monitor.pipeline import House
from monitor.service import documents
from storage import freshness

_MOST = 64  # portraits kept, the newest used ones

_Key = tuple[str, str, str, date, date, str]
_kept: OrderedDict[_Key, Portrait] = OrderedDict()
_lock = Lock()


def portrait(house: House, start: date, end: date) -> Portrait:
    """Return the portrait of these days; computed again only when something was asked, read, told or reviewed since."""
    key = _key(house, start, end)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = documents.portrait(house, start, end)
    with _lock:
        _kept[key] = made
        while len(_kept) > _MOST:
            _kept.popitem(last=False)
    return made


def _key(house: House, start: date, end: date) -> _Key:
    with house.store.snapshot() as tx:
        last: datetime | str = freshness.mark(tx, house.settings.brand)
    return house.store.name, house.settings.brand, house.settings.version, start, end, str(last)
