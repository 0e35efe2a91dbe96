"""Two people who run a round at the same moment pay for one."""

import asyncio
import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.errors import Mistake
from monitor.domain.rounds import RoundState
from monitor.service import running
from storage import rounds


def test_two_clicks_at_the_same_moment_start_one_round(stand):
    both, ticks = threading.Barrier(2), itertools.count()

    def clock():
        """Let whoever has found nothing running wait for the other, if he comes."""
        with suppress(threading.BrokenBarrierError):
            both.wait(timeout=0.5)
        return stand.hands() + timedelta(milliseconds=next(ticks))

    house = replace(stand.house, clock=clock)

    def click(_number):
        try:
            return running.start(house, beside=lambda _work: None)
        except Mistake as mistake:
            return str(mistake)

    with ThreadPoolExecutor(2) as people:
        told = list(people.map(click, range(2)))
    with stand.store.snapshot() as tx:
        (begun,) = rounds.open_rounds(tx, house.settings.brand)
    assert begun.id in told
    assert any("A round is running since" in each for each in told)


def test_a_round_that_a_killed_program_left_open_is_finished_instead_of_a_new_one(stand):
    left = running.start(stand.house, beside=lambda _work: None)
    with pytest.raises(Mistake, match="A round is running since"):
        running.start(stand.house, beside=lambda _work: None)
    stand.hands.now += running.LEFT
    begun = []
    assert running.start(stand.house, beside=begun.append) == left
    asyncio.run(begun[0](asyncio.Event()))
    with stand.store.snapshot() as tx:
        assert rounds.find(tx, left).state is RoundState.COMPLETE
