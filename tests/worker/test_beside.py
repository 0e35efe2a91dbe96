"""The process beside a worker, while the database is away."""

import asyncio
import logging

import pytest

from monitor.domain.jobs import Job, Step
from monitor.worker import beside, supervise
from monitor.worker.rooms import Plot
from storage.errors import StoreError


def test_a_reader_that_finds_no_database_hands_the_job_back_in_one_sentence(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("LIKENESS_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    with beside.pool(Plot(places=(tmp_path,)), processes=1) as pool:
        for _ in range(2):  # the process lives on
            job = pool.submit(beside.do, Job(step=Step.READ, brand="Veloria", round_id="r1"))
            with pytest.raises(StoreError, match="cannot be reached") as told:
                job.result(timeout=60)
            assert told.value.retry
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err


def test_libraries_keep_to_themselves_what_we_say_in_a_line():
    names = ("psycopg", "psycopg.pool", "procrastinate")
    before = [logging.getLogger(name).level for name in names]
    beside.hush()
    assert not any(logging.getLogger(name).isEnabledFor(logging.WARNING) for name in names)
    for name, level in zip(names, before, strict=True):
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("step", [-86_400.0, 86_400.0])
def test_a_clock_that_is_set_begins_the_work_again(step):
    """The queue's clock defers no tick before the last one it remembers, and makes up for each that it left out."""
    wall = [1_000.0]

    async def scene():
        watching = asyncio.create_task(supervise.clock_set(look=0.001, wall=lambda: wall[0], steady=lambda: 0.0))
        for _ in range(5):
            wall[0] += 1.0
            await asyncio.sleep(0.005)
        assert not watching.done(), "a second is no matter"
        wall[0] += step
        await asyncio.wait_for(watching, 10)

    asyncio.run(scene())


def test_work_ends_when_the_clock_is_set(monkeypatch):
    async def scene():
        async def set_at_once():
            return None

        monkeypatch.setattr(supervise, "clock_set", set_at_once)
        ending = asyncio.Event()
        queue = asyncio.create_task(asyncio.sleep(60))
        await supervise._until_one_ends([queue], asyncio.Event(), ending)
        assert ending.is_set()
        assert queue.cancelled()

    asyncio.run(scene())
