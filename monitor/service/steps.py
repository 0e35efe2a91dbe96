"""A round's steps, each by the round's id: callable on its own, in any program, and again after a kill.

In a row they are a round (monitor/service/runs.py); as jobs they are a queue's.
"""

import asyncio
from collections.abc import Collection

from monitor import pipeline
from monitor.domain.alerts import Change, Notice
from monitor.domain.errors import Mistake
from monitor.domain.jobs import Share
from monitor.domain.rounds import Round
from monitor.pipeline import House, Settled
from monitor.service import judging
from reports.delivery import Delivered
from storage import rounds


def ignore(*_: object) -> None:
    """Take no interest in progress."""


async def ask(
    house: House,
    round_id: str,
    *,
    stop: asyncio.Event,
    on_settled: Settled = ignore,
    assistants: Collection[str] | None = None,
    share: Share | None = None,
    again: bool = False,
) -> None:
    """Put every probe that no call went out for; `assistants` are the ids of those to ask, else all.

    `again` puts those too that failed and were surely not charged.
    """
    round_ = find(house, round_id)
    await pipeline.ask(house, round_, on_settled=on_settled, stop=stop, assistants=assistants, share=share, again=again)


def read(house: House, round_id: str, *, share: Share | None = None) -> int:
    """Read the answers of the round, or of a share of it, that this analyzer has not read; returns how many."""
    return pipeline.read(house, round_id, share=share)


async def judge(house: House, round_id: str, *, stop: asyncio.Event) -> None:
    """Ask for a second opinion where the brand file wants one."""
    await judging.in_round(house, round_id, stop=stop)


def measure(house: House, round_id: str) -> None:
    """Sum the round's readings up; what it summed before is replaced."""
    pipeline.measure(house, round_id)


def decide(house: House, round_id: str) -> list[Change]:
    """Open and close alerts, with their notices."""
    return pipeline.decide(house, find(house, round_id))


def close(house: House, round_id: str, *, stopped: bool = False) -> Round:
    """Say how the round ended."""
    return pipeline.close(house, find(house, round_id), stopped=stopped)


def tell(house: House) -> list[tuple[Notice, Delivered]]:
    """Send what waits in the outbox."""
    return pipeline.tell(house)


def find(house: House, round_id: str) -> Round:
    with house.store.snapshot() as tx:
        found = rounds.find(tx, round_id)
    if found is None:
        raise Mistake(f"There is no round {round_id} in {house.store.name}; `likeness rounds` lists those there are.")
    return found
