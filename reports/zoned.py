"""Moments as a brand's readers count time: what people read is in its zone, what programs read stays UTC."""

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

Of = TypeVar("Of")


def at(of: datetime, zone: str) -> datetime:
    """Return the same moment as the clocks of a zone show it."""
    return of.astimezone(ZoneInfo(zone))


def day_at(of: date | datetime, zone: str) -> date | datetime:
    """Return a moment as a zone's clocks show it; a day that is no moment stays as it is."""
    return at(of, zone) if isinstance(of, datetime) else of


def told(of: Of, zone: str) -> Of:
    """Return the value with every moment in it, however deep, as a zone's clocks show it.

    It looks into tuples and dataclasses; whatever holds no moment is the same object as before.
    """
    return cast("Of", _told(of, ZoneInfo(zone)))


def _told(of: object, zone: ZoneInfo) -> object:
    if isinstance(of, datetime):
        return of.astimezone(zone)
    if type(of) is tuple:
        within = tuple(_told(each, zone) for each in of)
        return of if all(new is old for new, old in zip(within, of, strict=True)) else within
    if is_dataclass(of) and not isinstance(of, type):
        values = {field.name: getattr(of, field.name) for field in fields(of) if field.init}
        moved = {name: new for name, old in values.items() if (new := _told(old, zone)) is not old}
        return replace(of, **moved) if moved else of
    return of


def name(of: datetime) -> str:
    """Return what the zone of a moment is called; in an hour that autumn has twice, which of the two it is.

    >>> name(datetime(2026, 11, 3, 8, 10, tzinfo=ZoneInfo("Europe/Stockholm")))
    'Europe/Stockholm'
    >>> name(datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Stockholm")))
    'Europe/Stockholm (CET)'
    """
    key = getattr(of.tzinfo, "key", None)
    return f"{key}{which(of)}" if key else of.tzname() or ""


def which(of: datetime) -> str:
    """Return ' (CET)' for a moment in an hour that autumn has twice, else nothing."""
    twice = of.replace(fold=0).utcoffset() != of.replace(fold=1).utcoffset()
    return f" ({of.tzname()})" if twice else ""
