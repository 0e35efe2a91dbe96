"""What is written once is not written again because of what came after it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest

from monitor.domain.ledger import GivenUpError
from probes.writing import Writer


class Ledger:
    """Commits each call by itself, as on PostgreSQL, or keeps groups together."""

    def __init__(self, *, groups: bool) -> None:
        self.groups = groups
        self.kept = []

    def grouped(self):
        return nullcontext()

    def keep(self, what):
        self.kept.append(what)
        return what

    def refuse(self):
        raise GivenUpError("It is not made.")


def test_a_refusal_among_many_repeats_none_of_the_others():
    async def writes():
        ledger = Ledger(groups=False)
        with ThreadPoolExecutor(1) as thread:
            writer = Writer(ledger, thread)
            work = [lambda: ledger.keep(1), ledger.refuse, lambda: ledger.keep(2), lambda: ledger.keep(3)]
            told = await asyncio.gather(*(writer.write(what) for what in work), return_exceptions=True)
            await writer.finished()
        return ledger.kept, told

    kept, told = asyncio.run(writes())
    assert kept == [1, 2, 3]
    assert [told[0], *told[2:]] == [1, 2, 3]
    with pytest.raises(GivenUpError):
        raise told[1]


def test_what_nobody_waits_for_any_more_is_written_all_the_same():
    async def writes():
        ledger = Ledger(groups=False)
        with ThreadPoolExecutor(1) as thread:
            writer = Writer(ledger, thread)
            waiting = [asyncio.create_task(writer.write(lambda n=n: ledger.keep(n))) for n in range(5)]
            await asyncio.sleep(0)
            for task in waiting:
                task.cancel()
            await writer.finished()
        return ledger.kept

    assert asyncio.run(writes()) == [0, 1, 2, 3, 4]
