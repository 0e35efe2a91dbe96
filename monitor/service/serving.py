"""Serves any number of brands in one program: each at its own times, none waiting for another's round."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import structlog

from monitor.domain.brand import Settings
from monitor.domain.errors import Mistake
from monitor.pipeline import House
from monitor.service import build, clock, keeping, runs, ticking, warm, which_text
from monitor.service.brandfiles import BrandFiles
from monitor.service.environment import Environment
from monitor.service.stopping import nothing_else, on_signal
from storage.patience import Patience
from storage.store import Store

log = structlog.get_logger(__name__)

AT_ONCE = 8  # brands whose rounds run at the same time


async def serve(
    places: Sequence[Path],
    environment: Environment,
    *,
    store: Store,
    draw: Callable[[str], bytes] = build.no_pdf,
    pause: float = 60.0,
    also: Callable[[], None] = nothing_else,
) -> None:
    """Run until SIGTERM or SIGINT; calls in flight are finished, the rest of a round is asked after the next start.

    `pause` is the seconds between two ticks, `also` what is done besides when it is told to end.
    """
    files, patience = BrandFiles(places), Patience()
    texts = which_text.Watchful(store=store)
    served = Served(
        build_house=lambda settings: build.build(settings, environment, store=store, draw=draw, patience=patience),
        texts=texts,
    )
    on_signal(served.stop, patience, also=also)
    alone = texts.on_pages(())
    found = files.look() if alone else files.checked()
    log.info("serving", brands=[settings.brand for settings in (*found.values(), *alone)])

    async def beat() -> None:
        await asyncio.to_thread(keeping.beat, store, mistaken=bool(files.wrong()))

    # The beat is beside the ticks: how old it grows says whether the loop lives, whatever a brand is at.
    await asyncio.gather(
        ticking.every(pause, lambda: served.tick(files), stop=served.stop),
        ticking.every(pause, beat, stop=served.stop),
    )
    await served.end()  # what is in flight
    log.info("stopped")


class Served:
    """The brands that are served now, and those whose tick still runs."""

    def __init__(self, *, build_house: Callable[[Settings], House], texts: which_text.Watchful | None = None) -> None:
        """Serve files as they are, or with `texts` what counts beside what was edited on pages."""
        self.stop = asyncio.Event()
        self._texts = texts
        self._build_house = build_house
        self._houses: dict[str, House] = {}
        self._resumed: set[str] = set()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    async def tick(self, files: BrandFiles) -> None:
        """Begin the tick of every brand that is not at one already."""
        found = files.look()
        alone = self._texts.on_pages({each.brand for each in found.values()}) if self._texts else []
        for file, settings in [*found.items(), *((None, each) for each in alone)]:
            task = self._busy.get(settings.brand)
            if not self.stop.is_set() and (task is None or task.done()):
                self._busy[settings.brand] = asyncio.get_running_loop().create_task(self._work(file, settings))

    async def end(self) -> None:
        """Wait until the ticks that run have ended what they have in flight."""
        await asyncio.gather(*self._busy.values())

    async def _work(self, file: Path | None, settings: Settings) -> None:
        async with self._places:
            try:
                counts = self._texts(file, settings, build.utc_now()) if self._texts and file else settings
                await self._tick(self._house(counts))
            except Mistake as mistake:
                self._resumed.discard(settings.brand)  # what it was at may have been left half done
                log.error("tick failed", brand=settings.brand, why=str(mistake))  # noqa: TRY400 -- the sentence says it all; the next tick tries again
            except (
                Exception
            ):  # this task's outermost loop: nobody awaits it, and a fault that nobody hears of is no end
                self._resumed.discard(settings.brand)
                log.exception("tick failed", brand=settings.brand)

    async def _tick(self, house: House) -> None:
        brand = house.settings.brand
        if brand not in self._resumed:
            await runs.take_up(house, stop=self.stop, worth=partial(clock.goes_on, house))
            self._resumed.add(brand)
        if not self.stop.is_set():
            await clock.tick(house, stop=self.stop)
        if not self.stop.is_set():
            await asyncio.to_thread(warm.warm, house)

    def _house(self, settings: Settings) -> House:
        """Return the rooms of a brand, built again when its file has changed."""
        held = self._houses.get(settings.brand)
        if held is None or held.settings != settings:
            held = self._houses[settings.brand] = self._build_house(settings)
        return held
