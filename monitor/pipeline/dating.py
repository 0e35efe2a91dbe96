"""Days that are kept: all of them are the brand's own, also where they were counted in another zone before.

A store from before days had a zone counted them in UTC; a brand may move to another zone at any time. What was added up
says when its answers were asked: most rounds only come to stand under another day. Those that midnight parts in another
place are measured again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.domain.rounds import RoundState
from monitor.pipeline.house import House
from monitor.pipeline.reading import measure
from storage import derived, digests, imported, retention, tallies
from storage.digests import Span
from storage.store import Transaction

_AT_ONCE = 20  # rounds moved in one transaction: others wait for no longer than that takes
_TRIES = 3  # while rounds are measured beside it

_Days = Mapping[date, date]  # from the day under which something stands to the one under which it belongs


@dataclass(frozen=True, kw_only=True)
class _Wrong:
    """What stands under days that are not the brand's."""

    moves: Mapping[str, _Days]  # by round
    again: tuple[str, ...]  # rounds that are to be measured again


def settle(house: House) -> None:
    """Have every day that is kept be one of the brand's zone, unless they all are."""
    with house.store.snapshot() as tx:
        counted = derived.zone(tx, house.settings.brand)
    if counted == house.zone:
        return
    if not counted:
        _give_times(house)
    for _ in range(_TRIES):
        if _settled(house):
            return


def _give_times(house: House) -> None:
    brand = house.settings.brand
    with house.store.transaction() as tx:
        for round_id in imported.by_the_brand(tx, brand, house.zone):
            digests.drop(tx, brand, round_id)


def _settled(house: House) -> bool:
    """Whether nothing was left to do; it is done now as far as it was."""
    brand = house.settings.brand
    with house.store.snapshot() as tx:
        version, wrong = derived.version(tx, brand), _wrong(house, tx)
    if not wrong.moves and not wrong.again:
        with house.store.transaction() as tx:
            if derived.version(tx, brand) != version:  # somebody has measured meanwhile
                return False
            derived.count_in(tx, brand, house.zone)
        return True
    moves = list(wrong.moves.items())
    for done in range(0, len(moves), _AT_ONCE):
        _move(house, moves[done : done + _AT_ONCE])
    for round_id in wrong.again:
        measure(house, round_id)
    return False


def _move(house: House, moves: Iterable[tuple[str, _Days]]) -> None:
    with house.store.transaction() as tx:
        for round_id, days in moves:
            tallies.move(tx, house.settings.brand, round_id, days)
            digests.move(tx, house.settings.brand, round_id, days)


def _wrong(house: House, tx: Transaction) -> _Wrong:
    by_round: dict[str, list[Span]] = defaultdict(list)
    for span in digests.spans(tx, house.settings.brand):
        by_round[span.round_id].append(span)
    belong = {round_id: _days(house, spans) for round_id, spans in by_round.items()}
    parted = (round_id for round_id, days in belong.items() if days is None)
    left = (round_id for round_id in (*parted, *_not_added_up(house, tx)) if not retention.is_forgotten(tx, round_id))
    return _Wrong(
        moves={id_: days for id_, days in belong.items() if days and any(day != to for day, to in days.items())},
        again=tuple(left),
    )


def _days(house: House, spans: Sequence[Span]) -> _Days | None:
    """Return where each day of a round belongs; None where the brand's midnight parts it in another place."""
    days = {span.day: house.day(span.first) for span in spans if house.day(span.first) == house.day(span.last)}
    return days if len(set(days.values())) == len(spans) else None


def _not_added_up(house: House, tx: Transaction) -> Iterator[str]:
    """Yield the rounds of which there are tallies alone: their days cannot be told from what is kept."""
    brand = house.settings.brand
    for round_id, _, state in digests.without(tx, brand):
        if state is not RoundState.OPEN and tallies.has(tx, brand, round_id):
            yield round_id
