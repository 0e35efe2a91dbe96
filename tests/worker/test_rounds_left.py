"""Rounds whose jobs are gone: who takes them up, and when."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from monitor.service import build, steps
from monitor.service.brandfiles import BrandFiles
from monitor.worker import work
from monitor.worker.rooms import Plot, Rooms


@pytest.mark.parametrize(
    ("asked", "by_workers", "minutes", "taken_up"),
    [
        (True, True, 2, True),  # every call has come back: only its end is missing
        (True, True, 0.5, False),
        (False, True, 2, False),  # somebody may be at it
        (False, True, 16, True),
        (True, False, 2, False),  # another program reads it, without jobs
        (True, False, 16, True),
    ],
)
def test_a_round_without_jobs_is_taken_up(works, asked, by_workers, minutes, taken_up):
    works.vendor.wait = 0.0
    path = works.brand(prompts=2)
    round_ = works.plan(path)
    house = works.house(path)
    if asked:
        asyncio.run(steps.ask(house, round_.id, stop=asyncio.Event()))
    with works.store.transaction() as tx:
        end = "UPDATE procrastinate_jobs SET status = 'succeeded'" if by_workers else "DELETE FROM procrastinate_jobs"
        tx.connection().execute(text(end))
    place = (works.folder / "brands",)
    rooms = Rooms(store=works.store, environment=works.environment, plot=Plot(places=place), files=BrandFiles(place))
    work._tick(rooms, replace(house, clock=lambda: build.utc_now() + timedelta(minutes=minutes)))
    assert bool(works.count("procrastinate_jobs", "status = 'todo' AND task_name = 'likeness.ask'")) is taken_up
