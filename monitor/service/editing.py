"""Edits of a brand file that people make on pages: a new version each, never over somebody else's."""

import re
from dataclasses import replace
from datetime import datetime

from monitor import brandfile
from monitor.domain.brand import Settings, SettingsVersion
from monitor.domain.errors import Mistake
from monitor.pipeline import House
from monitor.service import mistakes_said
from storage import brands

_AGAIN = "# As it was in version "
_OLD_AGAIN = re.compile(rf"^{_AGAIN}.*\n?", re.MULTILINE)


class ChangedMeanwhile(Mistake):
    """Somebody made another version since the page was loaded."""


def parsed(house: House, source: str) -> Settings:
    """Return the settings of an edited text; every mistake in one message, in words."""
    settings = mistakes_said.parsed(source)
    if settings.brand != house.settings.brand:
        raise Mistake(
            f"The brand is called {house.settings.brand}; another name is another brand, with a file of its own."
        )
    return settings


def save(house: House, source: str, *, base: str, by: str = "somebody at a page") -> Settings:
    """Make a text that `by` edited the newest version; ChangedMeanwhile where another one is the newest by now."""
    settings = parsed(house, source)
    with house.store.transaction() as tx:
        newest = brands.latest(tx, settings.brand)
        if newest is not None and newest.version not in {base, settings.version}:
            raise ChangedMeanwhile(
                "Somebody else changed the brand file meanwhile; load the page again and repeat your change."
            )
        known = {each.version for each in brands.versions(tx, settings.brand)}
        if settings.version in known and newest is not None and newest.version != settings.version:
            settings = _again(settings, house.clock())
        brands.use_settings(tx, settings, house.clock(), by=by)
    return settings


def _again(settings: Settings, now: datetime) -> Settings:
    """Return settings that held before as a version of their own: who made it when is kept, and answers are read."""
    plain = without_note(settings.source).rstrip("\n")
    source = f"{plain}\n{_AGAIN}{settings.version}, {now:%Y-%m-%d %H:%M:%S}.\n"
    return replace(settings, source=source, version=brandfile.version(source))


def without_note(source: str) -> str:
    """Return a text without the note that it was put back."""
    return _OLD_AGAIN.sub("", source)


def version(house: House, wanted: str) -> SettingsVersion | None:
    """Return a version of the brand file that was used; None where there is none."""
    with house.store.snapshot() as tx:
        return next((each for each in brands.versions(tx, house.settings.brand) if each.version == wanted), None)


def versions(house: House) -> list[tuple[SettingsVersion, str]]:
    """Return every version with what it changed, the newest first."""
    with house.store.snapshot() as tx:
        known = brands.versions(tx, house.settings.brand)
    olds = [None, *known[:-1]]
    told = [
        (new, brandfile.difference(old.source, new.source) if old else "") for old, new in zip(olds, known, strict=True)
    ]
    return told[::-1]
