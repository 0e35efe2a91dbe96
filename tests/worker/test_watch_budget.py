"""Workers keep to the budget of a watch, whatever the brand itself may take."""

import asyncio
from datetime import timedelta
from decimal import Decimal

from monitor.domain.jobs import Job, Step
from monitor.domain.watches import Watch
from monitor.service import build, watching
from monitor.service.brandfiles import BrandFiles
from monitor.worker import work
from monitor.worker.rooms import Plot, Rooms
from storage import watches

PRICE = """\
[[price]]
use = "openai_compatible"
model = "local-1"
per_million_input = 0
per_million_output = 0
per_request = 1.00
read_on = 2026-11-22
source = "made up"
"""


def test_an_hour_of_a_watch_takes_no_more_than_the_watch_has(works):
    (works.folder / "prices.toml").write_text(PRICE)
    environment = works.environment.model_copy(update={"prices": works.folder / "prices.toml"})
    house, now = works.house(works.brand(prompts=4)), build.utc_now()
    watch = Watch(
        id="crisis",
        brand="Veloria",
        prompts=house.settings.prompts,
        assistants=("local",),
        budget=Decimal(2),
        started_at=now,
        to=(),
        ends_at=now + timedelta(hours=1),
    )
    with works.store.transaction() as tx:
        watches.add(tx, watch)
    (round_,) = watching.plan(house)
    plot = Plot(places=(works.folder / "brands",))
    rooms = Rooms(store=works.store, environment=environment, plot=plot, files=BrandFiles(plot.places))
    asyncio.run(work.ask(rooms, Job(step=Step.ASK, brand="Veloria", round_id=round_.id), asyncio.Event()))
    assert works.vendor.total == 2
    assert works.count("attempts", "newest AND miss = 'budget'") == 2
