"""Tables and brand files out of the store, and edited brand files into it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

from monitor import brandfile
from monitor.domain import days
from monitor.domain.brand import Settings, SettingsVersion
from monitor.domain.errors import Mistake
from monitor.service import build, masking, rereading, which_text
from monitor.service.environment import Environment
from storage import brands, exports, writers


def write(brand: Path, what: str, *, format_: str, out: Path | None, start: date, end: date) -> None:
    """Write one table of a period, or the newest brand file, to `out` or standard output."""
    settings = build.read_brand(brand)
    first, after = days.bounds(start, end, settings.zone)
    with build.open_store(Environment()) as store, store.snapshot() as tx, _stream(out) as stream:
        if what == "brand":
            newest = brands.latest(tx, settings.brand)
            if newest is None:
                raise Mistake(f"The store knows no brand file of {settings.brand} yet; run a round or apply one first.")
            stream.write(f"{which_text.BASE}{newest.version}\n{newest.source}")
            return
        mask = masking.of(settings, Environment(), store)
        rows = map(mask.all, exports.rows(tx, settings.brand, what, first, after))
        if format_ == "csv":
            writers.write_csv(rows, stream, columns=exports.columns(what))
        else:
            writers.write_jsonl(rows, stream)


@contextmanager
def _stream(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
        return
    try:
        stream = out.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise Mistake(f"{out}: cannot be written ({error.strerror}); choose another place with --out.") from error
    with stream:
        yield stream


def apply(file: Path, base: str) -> str:
    """Make a checked brand file the newest version; returns what changed, in words."""
    settings, named = which_text.unmarked(build.read_brand(file), file)
    with build.open_store(Environment()) as store:
        with store.snapshot() as tx:
            newest = brands.latest(tx, settings.brand)
        if newest and newest.version == settings.version:
            return f"{settings.brand}: nothing changed, version {settings.version} is the newest already."
        changed = _accepted(file, settings, newest, base or named)
        with store.transaction() as tx:
            brands.use_settings(tx, settings, build.utc_now())
    return changed


def _to_be_read(settings: Settings, newest: SettingsVersion) -> str:
    known = rereading.settings_of(newest.source)
    alike = known is not None and rereading.judges_alike(known, settings)
    return "" if alike else "\nAnswers that are stored are judged by this version after `likeness reread`."


def _accepted(file: Path, settings: Settings, newest: SettingsVersion | None, base: str) -> str:
    """What the new version changes, in words; Mistake where it was edited from another than the newest."""
    if newest is None:
        return f"{settings.brand}: first version {settings.version}."
    difference = brandfile.difference(newest.source, settings.source)
    if base == newest.version:
        changed = f"{settings.brand}: version {newest.version} -> {settings.version}.\n{difference}"
        return changed + _to_be_read(settings, newest)
    told = f"it was edited from {base}" if base else "it does not say which version it was edited from"
    raise Mistake(
        f"{file}: the newest version of {settings.brand} is {newest.version}, and {told}; look at the difference below "
        f"and repeat with --base {newest.version} if it is what you want.\n{difference}"
    )
