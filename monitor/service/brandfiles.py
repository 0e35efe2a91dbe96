"""The brand files that are served: looked at again at every tick, so that an edit needs no restart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from monitor.domain.brand import Settings
from monitor.domain.errors import Mistake
from monitor.service import build, places

log = structlog.get_logger(__name__)

SERVED = ("prompts", "assistants", "schedule")  # what a brand file must have to be served


@dataclass(frozen=True, kw_only=True)
class _Look:
    """A file as it was when it was read."""

    stamp: tuple[int, int]  # modified, in nanoseconds; size
    settings: Settings | None  # none: it never was without mistake
    why: str = ""  # the mistake in it now


class BrandFiles:
    """Brand files and folders of them, each file read again only when it has changed."""

    def __init__(self, named: Sequence[Path]) -> None:
        self._named_places = tuple(named)
        self._looks: dict[Path, _Look] = {}

    def look(self) -> dict[Path, Settings]:
        """Return the brands to serve, by their file; what became of files since the last look is logged.

        A file with a mistake stops nobody else, and is served as it was before the mistake. Of two files that name one
        brand the first is served. A file that is gone is not served any more; what it brought stays in the store.
        """
        before = self._looks
        # Put in place as a whole: another thread asks what is wrong meanwhile.
        self._looks = {path: _look(path, before.get(path)) for path in places.files_in(self._named_places)}
        for path in before.keys() - self._looks.keys():
            log.warning("brand file is gone; its brand is not asked any more", file=str(path))
        return dict(self._distinct())

    def wrong(self) -> list[str]:
        """Return the mistakes that the last look found, one message a file."""
        return [look.why for look in self._looks.values() if look.why]

    def _distinct(self) -> Iterator[tuple[Path, Settings]]:
        files: dict[str, Path] = {}
        for path, look in self._looks.items():
            if look.settings is None:
                continue
            first = files.setdefault(look.settings.brand, path)
            if first == path:
                yield path, look.settings
            else:
                log.error("two files name one brand; the first is served", brand=look.settings.brand, file=str(path))

    def checked(self) -> dict[Path, Settings]:
        """Return the brands to serve at a start: Mistake where there is none at all."""
        found = self.look()
        if not found:
            raise Mistake("\n".join(self.wrong()) or f"{_named(self._named_places)}: no brand file (*.yaml) lies here.")
        return found


def _named(some: Sequence[Path]) -> str:
    return ", ".join(str(place) for place in some)


def _look(path: Path, before: _Look | None) -> _Look:
    stamp = _stamp(path)
    if before and before.stamp == stamp:
        return before
    try:
        settings = build.read_brand(path, *SERVED)
    except Mistake as mistake:
        log.error("brand file has a mistake", why=str(mistake))  # noqa: TRY400 -- the sentence says it all
        return _Look(stamp=stamp, settings=before.settings if before else None, why=str(mistake))
    log.info("brand file", brand=settings.brand, version=settings.version, changed=before is not None)
    return _Look(stamp=stamp, settings=settings)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
