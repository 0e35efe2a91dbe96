"""Stored answers read again after the sheet changed, beside whoever changed it."""

from dataclasses import dataclass

import structlog

from monitor import pipeline
from monitor.domain.errors import Mistake
from monitor.pipeline import House
from monitor.service import runs
from monitor.service.beside import Beside, in_a_thread
from storage import answers

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


def start(house: House, *, beside: Beside = in_a_thread) -> None:
    """Read what the newest sheet has not judged yet and measure again, without waiting for it."""

    def work() -> None:
        again(house)

    beside(work)


def again(house: House) -> int:
    """Read and measure again; returns how many answers were read. A kill in between is made up for by `reread`."""
    try:
        read = pipeline.read(house)
        runs.measure_all(house)
    except Mistake as mistake:
        log.error("reread failed", brand=house.settings.brand, why=str(mistake))  # noqa: TRY400 -- the sentence says it all
        return 0
    log.info("reread", brand=house.settings.brand, answers=read)
    return read
