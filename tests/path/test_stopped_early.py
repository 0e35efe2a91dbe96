"""A run that is told to end while it still finishes what was left plans no round of its own."""

import asyncio
import os
import signal
from dataclasses import replace

from monitor import pipeline, rounds_terminal
from monitor.domain.rounds import RoundKind
from monitor.service import build
from monitor.service.environment import Environment
from storage import rounds


def test_no_round_is_planned_that_would_ask_nobody(workplace):
    told = []

    def clock():
        if not told:
            told.append(os.kill(os.getpid(), signal.SIGTERM))
        return build.utc_now()

    with build.open_store(Environment()) as store:
        house = build.build(build.read_brand(workplace / "brand.yaml"), Environment(), store=store)
        pipeline.plan(house, kind=RoundKind.MANUAL, key="left")
        asyncio.run(rounds_terminal._run(replace(house, clock=clock), resume=False))
        with store.snapshot() as tx:
            found = rounds.rounds(tx, "Veloria", pipeline.BEGINNING, build.utc_now())
    assert [each.key for each in found if each.kind is RoundKind.MANUAL] == ["left"]
