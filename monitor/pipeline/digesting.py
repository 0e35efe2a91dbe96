"""Rounds added up: kept when they are measured, made on the spot where that is still to come."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from monitor.alerts import dismissals
from monitor.domain.digests import Digest
from monitor.drift import course, digesting, watched
from monitor.pipeline import retrieving
from monitor.pipeline.house import House, naming
from storage import answers, courses, derived, digests, reviews, tallies
from storage.store import Transaction


def loaded(house: House, tx: Transaction, start: date, end: date, *, narrow: bool = False) -> Iterator[Digest]:
    """Yield what the rounds of these days come to, open ones as far as they are; by topic too, if they are narrowed."""
    brand = house.settings.brand
    live = {round_id for round_id, _, _ in digests.without(tx, brand)}
    kept = digests.load(tx, brand, start, end, topics=narrow, only=digesting.SHOWN)
    yield from (digest for digest in kept if digest.round_id not in live)
    fresh = (digest for round_id in live for digest in _made(house, tx, round_id))
    yield from (digest for digest in fresh if start <= digest.day <= end)


def add_up(house: House, tx: Transaction, round_id: str, opened: date) -> None:
    """Keep what a round comes to."""
    keep(house, tx, round_id, opened, _made(house, tx, round_id))


def keep(house: House, tx: Transaction, round_id: str, opened: date, made: Sequence[Digest]) -> None:
    """Keep the digests of a round in the place of those it had."""
    digests.save(tx, house.settings.brand, round_id, opened, made)
    derived.add_day(tx, house.settings.brand, house.zone)


def keep_courses(house: House, tx: Transaction, days: Iterable[date]) -> None:
    """Keep what the watched measures were on these days, which were added up."""
    brand = house.settings.brand
    for day in days:
        courses.save(tx, brand, day, course.of_day(digests.sums(tx, brand, day, day, only=watched.WATCHED)))


def catch_up_courses(house: House, start: date, end: date) -> None:
    """Keep it of the days from `start` to `end` of which it is not kept: those of before it was, or added up anew."""
    with house.store.snapshot() as tx:
        left = courses.missing(tx, house.settings.brand, start, end)
    for day in left:
        with house.store.transaction() as tx:
            keep_courses(house, tx, [day])


def _made(house: House, tx: Transaction, round_id: str) -> list[Digest]:
    brand = house.settings.brand
    seen = answers.observations(tx, brand, round_id=round_id, label=naming(house.settings), zone=house.zone)
    checked = dismissals.without(seen, reviews.dismissed(tx, brand))
    return digesting.digests(
        checked, tallies.of_round(tx, brand, round_id), round_id, retrieving.domains(house, tx, seen)
    )
