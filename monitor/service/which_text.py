"""Which text of a brand counts: the one in its file, or the one that was made of it on the pages."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog

from monitor.domain.brand import Settings, SettingsVersion
from monitor.domain.errors import Mistake
from monitor.service import build
from storage import brands
from storage.store import Store

log = structlog.get_logger(__name__)

# The first line of an exported brand file: an edit of it is held against this version.
BASE = "# likeness base: "


@dataclass(frozen=True, kw_only=True)
class Counts:
    """The settings that count."""

    settings: Settings
    on_page: bool = False  # made on a page, not what the file says
    refused: str = ""  # why a file that has changed is not taken


def unmarked(settings: Settings, file: Path) -> tuple[Settings, str]:
    """Return the settings without the line that says which version they were edited from, and that version."""
    first, _, rest = settings.source.partition("\n")
    if not first.startswith(BASE):
        return settings, ""
    return build.parse_brand(rest, file), first.removeprefix(BASE).strip()


def look(store: Store, settings: Settings, file: Path) -> Counts:
    """Return what counts for a brand whose file says `settings`; nothing is written.

    What was edited on a page goes before a file that has not changed since. A file that has changed goes before what
    the store knows, unless pages changed that too: then somebody has to choose.
    """
    mine, base = unmarked(settings, file)
    with store.snapshot() as tx:
        newest, seen = brands.latest(tx, mine.brand), brands.taken(tx, mine.brand)
    if newest is None or newest.version == mine.version:
        return Counts(settings=mine)
    untouched = seen == newest.version or (not seen and not newest.written_by)
    if seen != mine.version and (untouched or base == newest.version):
        return Counts(settings=mine)
    page = build.parse_brand(newest.source, file)
    return Counts(settings=page, on_page=True, refused="" if seen == mine.version else _refusal(file, newest))


def _refusal(file: Path, newest: SettingsVersion) -> str:
    return (
        f"{file}: this file changed after {newest.brand} had been edited on the pages, so it is not taken and version "
        f"{newest.version} counts; take the file with `likeness apply {file} --base {newest.version}`, "
        f"or the pages' text with `likeness export brand --brand {file} --out {file}`."
    )


def take(store: Store, settings: Settings, file: Path, now: datetime) -> Counts:
    """Return what counts, and note what the file was seen to say."""
    found = look(store, settings, file)
    mine = found.settings
    if found.on_page:
        return found
    with store.transaction() as tx:
        if brands.taken(tx, mine.brand) != mine.version:
            newest = brands.latest(tx, mine.brand)
            brands.take(tx, mine, now, newest=newest is None or newest.version != mine.version)
    return found


def refusal(store: Store, file: Path | None) -> str:
    """Return why a file as it lies there now is not taken, or what is wrong with it; empty where nothing is."""
    if file is None:
        return ""
    try:
        return look(store, build.read_brand(file), file).refused
    except Mistake as mistake:
        return str(mistake)


def insisted(store: Store, settings: Settings, file: Path, now: datetime) -> Settings:
    """Return what counts; Mistake where somebody has to choose between the file and the pages."""
    found = take(store, settings, file, now)
    if found.refused:
        raise Mistake(found.refused)
    return found.settings


@dataclass
class Watchful:
    """What counts for each file that is served; a refusal is said once, not every minute."""

    store: Store
    _said: dict[Path, str] = field(default_factory=dict)

    def __call__(self, file: Path, settings: Settings, now: datetime) -> Settings:
        found = take(self.store, settings, file, now)
        if found.refused and self._said.get(file) != found.refused:
            log.error("brand file is not taken", brand=settings.brand, why=found.refused)
        self._said[file] = found.refused
        return found.settings

    def on_pages(self, served: Collection[str]) -> list[Settings]:
        """Return the brands that were started on the pages and have no file; `served` have one."""
        with self.store.snapshot() as tx:
            known = [brands.latest(tx, name) for name in brands.without_file(tx) if name not in served]
        return [build.parse_brand(each.source, Path("brand.yaml")) for each in known if each]
