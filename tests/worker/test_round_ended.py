"""A round that somebody else has ended is no worker's any more."""

import asyncio

import pytest
from pydantic import SecretStr

from monitor import pipeline
from monitor.domain.jobs import Job, Step
from monitor.domain.rounds import RoundKind
from monitor.service import build, steps
from monitor.service.brandfiles import BrandFiles
from monitor.service.environment import Environment
from monitor.worker import work
from monitor.worker.rooms import Plot, Rooms
from tests.support.works import BRAND


@pytest.fixture
def rooms(tmp_path):
    environment = Environment(database_url=SecretStr(f"sqlite:///{tmp_path}/likeness.db"), mail_folder=tmp_path)
    prompts, address = "  - {id: q0, text: 'Question?'}", "http://127.0.0.1:1/v1"
    text = BRAND.format(
        name="Veloria",
        domain="veloria.example",
        prompts=prompts,
        address=address,
        options="{}",
        samples=1,
        cron="0 0 1 1 *",
    )
    (tmp_path / "veloria.yaml").write_text(text, encoding="utf-8")
    with build.open_store(environment) as store:
        plot = Plot(places=(tmp_path,))
        yield Rooms(store=store, environment=environment, plot=plot, files=BrandFiles(plot.places))


def test_a_share_of_a_round_that_was_ended_before_it_was_asked_waits_for_nothing(rooms):
    """Else its job would come back every second, for ever."""
    (place,) = rooms.plot.places
    house = build.build(build.read_brand(place / "veloria.yaml"), rooms.environment, store=rooms.store)
    round_ = pipeline.plan(house, kind=RoundKind.MANUAL, key="one")
    steps.close(house, round_.id, stopped=True)
    asyncio.run(work.ask(rooms, Job(step=Step.ASK, brand="Veloria", round_id=round_.id), asyncio.Event()))
