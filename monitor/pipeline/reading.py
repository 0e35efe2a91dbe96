"""read -> measure: answers become readings, readings become tallies."""

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from monitor.alerts import dismissals
from monitor.domain.answers import Answer
from monitor.domain.bursts import burst
from monitor.domain.jobs import Share
from monitor.drift import digesting, measures
from monitor.pipeline import recalling, retrieving
from monitor.pipeline.digesting import keep, keep_courses
from monitor.pipeline.house import House, naming
from storage import answers, readings, retention, reviews, tallies


def read(
    house: House,
    round_id: str | None = None,
    *,
    share: Share | None = None,
    on_read: Callable[[int, int], None] | None = None,
) -> int:
    """Read every answer, or those of a share of a round, that this analyzer has not read against this sheet.

    Returns how many there were.
    """
    settings = house.settings
    with house.store.snapshot() as tx:
        unread = answers.unread(
            tx, settings.brand, analyzer=house.reader.version, sheet=settings.version, round_id=round_id, share=share
        )
    for done in range(0, len(unread), _BATCH):
        batch = [house.reader.read(dated(house, answer)) for answer in unread[done : done + _BATCH]]
        with house.store.transaction() as tx:
            readings.save(tx, batch, house.clock())
        if on_read:
            on_read(done + len(batch), len(unread))
    return len(unread)


def dated(house: House, answer: Answer) -> Answer:
    """Return an answer with the time by the brand's clock: the sheet's values hold by its days."""
    return replace(answer, asked_at=answer.asked_at and answer.asked_at.astimezone(ZoneInfo(house.settings.zone)))


# Few enough that a kill loses seconds of work, many enough that the commit does not count.
_BATCH = 100


@burst()
def measure(house: House, round_id: str) -> None:
    """Turn the round's readings into tallies, and keep what pages, reports and later rounds say of it.

    A round whose answers were forgotten stays as it was summed up.
    """
    with house.store.transaction() as tx:
        if retention.is_forgotten(tx, round_id):
            return
        seen = answers.observations(
            tx, house.settings.brand, round_id=round_id, label=naming(house.settings), zone=house.zone
        )
        checked = dismissals.without(seen, reviews.dismissed(tx, house.settings.brand))
        found = measures.tallies(checked, house.settings.sheet, settings_version=house.settings.version)
        tallies.save(tx, house.settings.brand, found)
        opened = house.day(min((one.asked_at for one in seen), default=house.clock()))
        made = digesting.digests(checked, found, round_id, retrieving.domains(house, tx, seen))
        keep(house, tx, round_id, opened, made)
        keep_courses(house, tx, sorted({each.day for each in made}))
        recalling.keep(house, tx, round_id, seen)
