"""The versions of a brand file as a person reads them: who changed what, and when."""

from dataclasses import dataclass
from functools import lru_cache

from monitor import brandfile
from monitor.domain.brand import Settings, SettingsVersion
from monitor.domain.errors import Mistake
from monitor.pipeline import House
from monitor.service import editing, mistakes_said, sheet_changes
from storage import brands


@dataclass(frozen=True, kw_only=True)
class ToldVersion:
    """One version beside the one before it."""

    version: SettingsVersion
    changes: tuple[str, ...]  # a sentence each; empty: none that counts, or one of the texts cannot be read any more
    difference: str  # of the two texts; empty: there is none, or no version before
    first: bool


def newest(house: House, most: int) -> tuple[list[ToldVersion], int]:
    """Return the newest versions with what each changed, the newest first, and how many there are in all."""
    with house.store.snapshot() as tx:
        known = brands.versions(tx, house.settings.brand)
    pairs = list(zip([None, *known[:-1]], known, strict=True))[-most:]
    return [_told(old, new) for old, new in reversed(pairs)], len(known)


def _told(old: SettingsVersion | None, new: SettingsVersion) -> ToldVersion:
    if old is None:
        return ToldVersion(version=new, changes=(), difference="", first=True)
    return ToldVersion(
        version=new,
        changes=_changes(old.source, new.source),
        difference=brandfile.difference(old.source, new.source),
        first=False,
    )


@lru_cache(maxsize=256)  # texts never change, and reading one takes some milliseconds
def _changes(old: str, new: str) -> tuple[str, ...]:
    before, after = settings(old), settings(new)
    return tuple(sheet_changes.told(before, after)) if before and after else ()


@lru_cache(maxsize=64)
def settings(source: str) -> Settings | None:
    """Return what a text says; None where it cannot be read any more."""
    try:
        return mistakes_said.parsed(editing.without_note(source))
    except Mistake:
        return None
