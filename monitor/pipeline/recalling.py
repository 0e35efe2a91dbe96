"""What alerts look back on: kept of each round when it is measured, and put together when a round is decided on."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from monitor.alerts import dismissals, recalling
from monitor.alerts.indexed import Indexed
from monitor.domain.rounds import Observation, Round, RoundKind, RoundState
from monitor.domain.wording import Wording
from monitor.pipeline.house import House, naming
from storage import answers, look_backs
from storage.store import Transaction

_KEPT = (RoundKind.SCHEDULED, RoundKind.MANUAL)
_LOOKED_AT = (*_KEPT, RoundKind.CONFIRMING)  # captured answers and hours of a watch are never looked back on


def keep(house: House, tx: Transaction, round_id: str, seen: Sequence[Observation]) -> None:
    """Keep what later rounds recall of this one."""
    look_backs.save(tx, house.settings.brand, round_id, recalling.of_round(seen))


def catch_up(house: House, start: datetime) -> None:
    """Keep it of the closed rounds from `start` on of which it is not kept: those of before it was, or read anew."""
    with house.store.snapshot() as tx:
        left = look_backs.without(tx, house.settings.brand, start, kinds=_KEPT)
    for round_id in (round_id for round_id, state in left if state is not RoundState.OPEN):
        with house.store.transaction() as tx:
            keep(house, tx, round_id, of_round(house, tx, round_id))


def of_round(house: House, tx: Transaction, round_id: str) -> list[Observation]:
    brand, label = house.settings.brand, naming(house.settings)
    return answers.observations(tx, brand, round_id=round_id, label=label, zone=house.zone)


def whole(house: House, tx: Transaction, answer_ids: Sequence[str]) -> Mapping[str, Observation]:
    """Return answers with their texts, by their ids."""
    if not answer_ids:
        return {}
    brand, label = house.settings.brand, naming(house.settings)
    seen = answers.observations(tx, brand, answer_ids=list(answer_ids), label=label, zone=house.zone)
    return {one.answer_id: one for one in seen}


def history(
    house: House, tx: Transaction, round_: Round, start: datetime, end: datetime, *, dismissed: Collection[Wording]
) -> Indexed:
    """Return what was seen from `start` to `end` in the rounds besides this one, oldest first.

    The last round before it has its texts, and so have extra samples: these are quoted.
    """
    rounds = [_within(seen, start, end) for seen in _recalled(house, tx, round_, start, dismissed)]
    newest = [one for seen in rounds if (one := next((each for each in reversed(seen) if each.counts), None))]
    last = max(newest, key=lambda one: (one.asked_at, one.round_id), default=None)
    if last and not last.text:
        again = dismissals.without(of_round(house, tx, last.round_id), frozenset(dismissed))
        others = (seen for seen in rounds if not seen or seen[0].round_id != last.round_id)
        rounds = [*others, _within(again, start, end)]
    return Indexed(sorted((one for seen in rounds for one in seen), key=lambda one: one.asked_at))


def _recalled(
    house: House, tx: Transaction, round_: Round, start: datetime, dismissed: Collection[Wording]
) -> Iterator[Sequence[Observation]]:
    """Yield the rounds, each oldest first: those that are kept without texts, all others as they are stored."""
    brand = house.settings.brand
    for kept in look_backs.load(tx, brand, start, besides=round_.id):
        yield recalling.observations(kept, dismissed, zone=house.zone)
    for round_id, _ in look_backs.without(tx, brand, start, kinds=_LOOKED_AT):
        if round_id != round_.id:
            yield dismissals.without(of_round(house, tx, round_id), frozenset(dismissed))


def _within(seen: Sequence[Observation], start: datetime, end: datetime) -> list[Observation]:
    return [one for one in seen if start <= one.asked_at <= end]
