"""Stored answers read again after the sheet changed, beside whoever changed it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import structlog

from monitor import pipeline
from monitor.domain.brand import Settings
from monitor.domain.errors import Mistake
from monitor.pipeline import House
from monitor.service import mistakes_said, runs
from monitor.service.beside import Beside, in_a_thread
from storage import answers, brands, read_before, readings

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Left:
    """How many stored answers have not been read against the newest sheet."""

    unread: int


def under_way(house: House) -> Left | None:
    """Return what is still to be read; None where everything is. A version that judges alike needs no reading."""
    left = _unread(house, {house.settings.version})
    if left:
        left = _unread(house, _versions(house, lambda one: judges_alike(one, house.settings)))
    return Left(unread=left) if left else None


def judges_alike(one: Settings, other: Settings) -> bool:
    """Whether two versions judge answers alike: by the same facts, as of the same days."""
    return one.sheet == other.sheet and one.zone == other.zone


def _unread(house: House, sheets: set[str]) -> int:
    with house.store.snapshot() as tx:
        return answers.count_unread(tx, house.settings.brand, analyzer=house.reader.version, sheets=sheets)


def _versions(house: House, alike: Callable[[Settings], bool]) -> set[str]:
    """Return the versions of the brand file that are alike, today's among them."""
    with house.store.snapshot() as tx:
        known = brands.versions(tx, house.settings.brand)
    found = {each.version for each in known if (one := settings_of(each.source)) and alike(one)}
    return {*found, house.settings.version}


@lru_cache(maxsize=256)
def settings_of(source: str) -> Settings | None:
    """Return a version; None where it is no longer read."""
    try:
        return mistakes_said.parsed(source)
    except Mistake:
        return None


def start(house: House, *, beside: Beside = in_a_thread) -> None:
    """Read what the newest sheet has not judged yet and measure again, without waiting for it."""

    def work() -> None:
        again(house)

    beside(work)


def again(house: House) -> int:
    """Read and measure again; returns how many answers were read. A kill in between is made up for by `reread`.

    One sheet after the other, and none that was replaced meanwhile: else its verdicts would be the last ones.
    """
    with _ONE_SHEET_AT_A_TIME:
        return _again(house) if _counts(house) else 0


_ONE_SHEET_AT_A_TIME = threading.Lock()


def _counts(house: House) -> bool:
    """Whether what counts judges still like this, whatever else of the brand file was changed."""
    with house.store.snapshot() as tx:
        newest = brands.latest(tx, house.settings.brand)
    if newest is None or newest.version == house.settings.version:
        return True
    counts = settings_of(newest.source)
    return counts is not None and judges_alike(counts, house.settings)


def _again(house: House) -> int:
    try:
        read = _facts(house) + pipeline.read(house)
        runs.measure_all(house)
    except Mistake as mistake:
        log.error("reread failed", brand=house.settings.brand, why=str(mistake))  # noqa: TRY400 -- the sentence says it all
        return 0
    log.info("reread", brand=house.settings.brand, answers=read)
    return read


def _facts(house: House) -> int:
    """Read the facts alone anew where the same names were looked for before; returns in how many answers."""
    now, read = house.settings, 0
    alike = _versions(house, lambda one: one.sheet.entities == now.sheet.entities)
    with house.store.snapshot() as tx:
        unread = answers.unread(tx, now.brand, analyzer=house.reader.version, sheet=now.version)
    for at in range(0, len(unread), _BATCH):
        some = unread[at : at + _BATCH]
        with house.store.snapshot() as tx:
            known = read_before.newest(tx, [each.id for each in some], analyzer=house.reader.version)
        same = {answer: reading for answer, reading in known.items() if reading.sheet in alike}
        made = [house.reader.read_facts(pipeline.dated(house, each), same[each.id]) for each in some if each.id in same]
        with house.store.transaction() as tx:
            readings.save(tx, made, house.clock())
        read += len(made)
    return read


_BATCH = 100  # as many as are lost by a kill
