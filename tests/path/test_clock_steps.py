"""The program's clock: it ticks on whatever is done to the machine's, and what was stopped goes on after a start."""

import asyncio
import signal
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from monitor.domain.errors import Mistake
from monitor.domain.rounds import RoundState
from monitor.service import build, clock, serving, ticking
from monitor.service.environment import Environment
from storage import beats, rounds, slots
from tests.support.waiting_vendor import waiting

START = datetime(2026, 11, 2, 0, 0, tzinfo=UTC)


async def until(happened):
    for _ in range(2_000):
        if happened():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


def test_a_wall_clock_set_back_a_day_stops_no_tick(workplace):
    """A whole `serve`, on a clock that is stepped under it."""
    with time_machine.travel(START + timedelta(days=2)) as wall, build.open_store(Environment()) as store:

        def ticked():
            with store.snapshot() as tx:
                return beats.last(tx, beats.TICK)

        def newest():
            with store.snapshot() as tx:
                found = clock.brands.latest(tx, "Veloria")
            return found.source if found else ""

        async def steps():
            running = asyncio.create_task(
                serving.serve([workplace / "brand.yaml"], Environment(), store=store, pause=0.02)
            )
            await until(lambda: ticked() and newest())
            wall.move_to(START + timedelta(days=1))
            text = (workplace / "brand.yaml").read_text()
            (workplace / "brand.yaml").write_text(text.replace("value: 2011", "value: 2012"))
            await until(lambda: ticked() < START + timedelta(days=1, hours=1))
            await until(lambda: "value: 2012" in newest())
            wall.move_to(START + timedelta(days=40))
            await until(lambda: ticked() > START + timedelta(days=39))
            signal.raise_signal(signal.SIGTERM)
            await running

        asyncio.run(steps())


def test_a_beat_that_fails_is_not_the_last_beat(capsys):
    beaten = []

    async def beating():
        stop = asyncio.Event()

        async def beat():
            beaten.append(None)
            if len(beaten) == 1:
                raise Mistake("The database is away.")
            if len(beaten) == 2:
                raise ValueError("a fault of ours")
            stop.set()

        await ticking.every(0.001, beat, stop=stop)

    asyncio.run(beating())
    assert len(beaten) == 3


@pytest.fixture
def place(workplace):
    """A house on a clock that the test sets, whose vendor waits to be let go."""
    with waiting() as vendor, build.open_store(Environment()) as store:
        text = (workplace / "brand.yaml").read_text()
        one = f"{{id: l, use: openai_compatible, model: m, base_url: '{vendor.address}'"
        one += ", options: {concurrency: 1, requests_per_minute: 60000, tokens_per_minute: 60000000}}"
        before, after = text.index("assistants:"), text.index("schedule:")
        text = f"{text[:before]}assistants: [{one}]\n{text[after:]}".replace("per_month: 5, ", "")
        (workplace / "brand.yaml").write_text(text)
        yield Place(workplace, store, vendor)


class Place:
    def __init__(self, folder, store, vendor) -> None:
        self.folder, self.store, self.vendor = folder, store, vendor
        self.now = START

    def write(self, policy, cron="0 6 * * *"):
        text = (self.folder / "brand.yaml").read_text()
        text = text.replace("samples: 2", f"samples: 1, catch_up: {policy}").replace('"0 6 * * *"', f'"{cron}"')
        (self.folder / "brand.yaml").write_text(text)

    def live(self, *hours: float, stop=False):
        """Start a program, let it tick at these hours, and tell it to end once a call is out."""

        async def living():
            served = serving.Served(
                build_house=lambda settings: build.build(
                    settings, Environment(), store=self.store, clock=lambda: self.now
                )
            )
            files = serving.BrandFiles([self.folder / "brand.yaml"])
            for hour in hours:
                self.now = START + timedelta(hours=hour)
                await served.tick(files)
                if stop:
                    assert await asyncio.to_thread(self.vendor.asked.acquire, timeout=20)
                    served.stop.set()
                    self.vendor.go.set()
                await served.end()

        asyncio.run(living())

    def rounds(self):
        with self.store.snapshot() as tx:
            found = rounds.rounds(tx, "Veloria", START - timedelta(days=400), START + timedelta(days=400))
            return [(each.key, str(each.state), dict(rounds.tally_states(tx, each.id))) for each in found]

    def left_out(self):
        with self.store.snapshot() as tx:
            return slots.claimed(tx, "Veloria", clock.SKIPPED, START)


@pytest.mark.parametrize(
    ("policy", "hours", "state"),
    [
        ("latest", 7, RoundState.COMPLETE),  # an upgrade
        ("latest", 20, RoundState.COMPLETE),  # a long one, of the same day
        ("latest", 31, RoundState.PARTIAL),  # the next day's round has come
        ("all", 31, RoundState.COMPLETE),
        ("skip", 5.2, RoundState.COMPLETE),
        ("skip", 6, RoundState.PARTIAL),  # late, as a round that had not begun would be
    ],
)
def test_a_program_told_to_end_in_mid_round_asks_the_rest_after_the_next_start(place, policy, hours, state):
    place.write(policy)
    place.live(0)
    place.live(5.05, stop=True)
    assert place.rounds()[0][1] == "open"
    assert place.vendor.calls == 1
    place.live(hours)
    key, ended, states = place.rounds()[0]
    assert (key, ended) == ("2026-11-02T06:00", state)
    assert states["answered"] == (2 if state is RoundState.COMPLETE else 1)


def test_rounds_to_catch_up_with_are_not_given_up_by_a_stop(place):
    place.write("all", cron="0 * * * *")
    place.live(0)
    place.live(2, stop=True)
    assert [state for _, state, _ in place.rounds()] == ["open"]
    place.live(2.2)
    assert sorted((key[11:13], state) for key, state, _ in place.rounds()) == [("02", "complete"), ("03", "complete")]


def due(place, *hours: float):
    """Let a house look for what is due at these hours; nothing is asked."""
    with_one = build.build(
        build.read_brand(place.folder / "brand.yaml"), Environment(), store=place.store, clock=lambda: place.now
    )
    for hour in hours:
        place.now = START + timedelta(hours=hour)
        found = clock.due(with_one)
    return [slot.key for slot in found]


def test_a_month_away_is_written_down_in_a_line(place):
    place.write("latest", cron="* * * * *")
    due(place, 0, 0.1, 24 * 31, 24 * 31)
    keys = place.left_out()
    assert "2026-11-02T01:07 to 2026-12-01T15:40 (42634 rounds)" in keys
    assert sum(key > "2026-12-01T15:40" for key in keys) == 1999, "the latest are named one by one"


@pytest.mark.parametrize(("policy", "run", "named"), [("latest", 1, 6), ("all", 7, 0)])
def test_weeks_away_are_written_down_as_far_as_they_were_not_asked(place, likeness, policy, run, named):
    place.write(policy)
    assert len(due(place, 0, 1, 24 * 30 + 5.05)) == run
    first, *others = place.left_out()
    assert first == "2026-11-02T06:00 to 2026-11-25T06:00 (24 rounds)"
    assert len(others) == named
    assert "24 earlier ones" in said(likeness) if named else first in said(likeness)


def said(likeness):
    with time_machine.travel(START + timedelta(days=31)):
        return " ".join(likeness("rounds").out.split())


def test_a_first_use_that_was_never_holds_up_no_round(place):
    due(place, 24 * 300)
    assert due(place, 0, 5.05) == ["2026-11-02T06:00"]
