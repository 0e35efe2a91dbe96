"""What a round may take, and what is left out where it cannot be paid whole: the least important, not what comes last.

Every prompt's first sample goes before any second one; within those the brand file's order decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from monitor import calendar
from monitor.domain.prices import Forecast
from monitor.domain.rounds import Miss, MissReason, Probe, Round, RoundKind
from monitor.pipeline.house import House
from storage import spending
from storage.store import Transaction

_NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Room:
    """What a round may still take; US dollars."""

    left: Decimal | None  # None: nothing limits it
    why: str = ""  # what the limit is, in words


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What a round is about to ask and to take; US dollars, None where a price is not known."""

    chosen: tuple[Probe, ...]
    left_out: tuple[Probe, ...]  # the budget does not carry them
    expected: Decimal | None  # of those chosen
    worst: Decimal | None
    room: Room

    @property
    def why(self) -> str:
        """One sentence why probes are left out; empty where none are."""
        if not self.left_out:
            return ""
        asked = len(self.left_out) + len(self.chosen)
        return f"{self.room.why}: {len(self.left_out)} of {asked} questions are left out."

    @property
    def miss(self) -> Miss:
        return Miss(reason=MissReason.BUDGET, detail=f"{self.room.why}; the more important questions go first.")


def outlook(house: House, round_: Round, waiting: Sequence[Probe]) -> Outlook:
    """Say which of a round's waiting probes can be paid, by what they are expected to cost."""
    with house.store.snapshot() as tx:
        room = _room(house, tx, round_)
    costs = {probe.id: house.prices.forecast(probe.assistant, probe.prompt.text) for probe in waiting}
    chosen = _chosen(sorted(waiting, key=lambda probe: probe.sample), costs, room.left)
    ids = {probe.id for probe in chosen}
    return Outlook(
        chosen=tuple(chosen),
        left_out=tuple(probe for probe in waiting if probe.id not in ids),
        expected=_sum([costs[probe.id].expected for probe in chosen]),
        worst=_sum([costs[probe.id].worst for probe in chosen]),
        room=room,
    )


def _chosen(ordered: Sequence[Probe], costs: dict[str, Forecast], left: Decimal | None) -> list[Probe]:
    """Take in order what fits; a price that is not known is left to the ledger, which refuses it with its reason."""
    if left is None:
        return list(ordered)
    chosen = []
    for probe in ordered:
        cost = costs[probe.id]
        if cost.expected is None or cost.worst is None or not cost.worst:
            chosen.append(probe)
        elif cost.expected <= left and (chosen or cost.worst <= left):
            chosen.append(probe)
            left -= cost.expected
        else:
            left = min(left, _NOTHING) if cost.expected > left else left
    return chosen


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, _NOTHING) if len(known) == len(amounts) else None


def _room(house: House, tx: Transaction, round_: Round) -> Room:
    """Return the tightest of what limits this round."""
    budget, brand = house.settings.budget, round_.brand
    rooms = []
    if budget.per_round is not None:
        taken = spending.of_round(tx, brand, round_.id).taken
        rooms.append(Room(left=budget.per_round - taken, why=f"A round may take {budget.per_round:f} USD"))
    if budget.per_month is not None:
        taken = spending.of_month(tx, brand, _month(house)).taken
        left = budget.per_month - taken
        rooms.append(Room(left=left, why=f"The month has {_shown(left)} of {budget.per_month:f} USD left"))
        own = spending.of_round(tx, brand, round_.id).taken
        if (paced := _paced(house, round_, budget.per_month, taken - own)) is not None:
            words = f"This round's share of the month is {_shown(paced)} of {budget.per_month:f} USD"
            rooms.append(Room(left=paced - own, why=words))
    return min(rooms, key=lambda room: room.left or _NOTHING, default=Room(left=None))


def _shown(amount: Decimal) -> str:
    return f"{max(amount, _NOTHING):.2f}"


def _month(house: House) -> datetime:
    return calendar.month_start(house.clock(), house.settings.zone)


def _paced(house: House, round_: Round, per_month: Decimal, taken_before: Decimal) -> Decimal | None:
    """Return a scheduled round's share of the month; None where it has none.

    It may take what the rounds before it have left of theirs, and after a spree at least its part of what is left: so
    that the month's end is asked like its beginning.
    """
    schedule = house.settings.schedule
    if round_.kind is not RoundKind.SCHEDULED or schedule is None or not house.settings.budget.pace:
        return None
    now = max(round_.opened_at, calendar.month_start(house.clock(), schedule.timezone))
    come, of = calendar.month_so_far(schedule, now)
    come, of = max(come, 1), max(of, come, 1)
    return max(per_month * come / of - taken_before, (per_month - taken_before) / (of - come + 1))
