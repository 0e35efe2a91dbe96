"""Stored answers read again after the sheet changed, beside whoever changed it."""

import threading
from dataclasses import dataclass

import structlog

from monitor import pipeline
from monitor.domain.brand import Settings
from monitor.domain.errors import Mistake
from monitor.pipeline import House
from monitor.service import runs
from monitor.service.beside import Beside, in_a_thread
from storage import answers, brands, read_before, readings

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Left:
    """How many stored answers have not been read against the newest sheet."""

    unread: int


def under_way(house: House) -> Left | None:
    """Return what is still to be read; None where everything is."""
    with house.store.snapshot() as tx:
        left = answers.count_unread(
            tx, house.settings.brand, analyzer=house.reader.version, sheet=house.settings.version
        )
    return Left(unread=left) if left else None


def start(house: House, *, before: Settings | None = None, beside: Beside = in_a_thread) -> None:
    """Read what the newest sheet has not judged yet and measure again, without waiting for it.

    `before` are the settings that counted until now: where they name the same brand and competitors, the answers'
    claims alone are read anew.
    """

    def work() -> None:
        again(house, before=before)

    beside(work)


def again(house: House, *, before: Settings | None = None) -> int:
    """Read and measure again; returns how many answers were read. A kill in between is made up for by `reread`.

    One sheet after the other, and none that was replaced meanwhile: else its verdicts would be the last ones.
    """
    with _ONE_SHEET_AT_A_TIME:
        return _again(house, before) if _counts(house) else 0


_ONE_SHEET_AT_A_TIME = threading.Lock()


def _counts(house: House) -> bool:
    with house.store.snapshot() as tx:
        newest = brands.latest(tx, house.settings.brand)
    return newest is None or newest.version == house.settings.version


def _again(house: House, before: Settings | None) -> int:
    try:
        read = (_facts(house, before) if before else 0) + pipeline.read(house)
        runs.measure_all(house)
    except Mistake as mistake:
        log.error("reread failed", brand=house.settings.brand, why=str(mistake))  # noqa: TRY400 -- the sentence says it all
        return 0
    log.info("reread", brand=house.settings.brand, answers=read)
    return read


def _facts(house: House, before: Settings) -> int:
    """Read the facts anew in answers that were read against the settings before; returns how many there were."""
    now = house.settings
    if before.sheet.entities != now.sheet.entities:
        return 0
    with house.store.snapshot() as tx:
        unread = answers.unread(tx, now.brand, analyzer=house.reader.version, sheet=now.version)
    read = 0
    for at in range(0, len(unread), _BATCH):
        some = unread[at : at + _BATCH]
        with house.store.snapshot() as tx:
            known = read_before.by_version(
                tx, [each.id for each in some], analyzer=house.reader.version, sheet=before.version
            )
        made = [house.reader.read_facts(each, known[each.id]) for each in some if each.id in known]
        with house.store.transaction() as tx:
            readings.save(tx, made, house.clock())
        read += len(made)
    return read


_BATCH = 100  # as many as are lost by a kill
