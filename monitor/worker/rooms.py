"""What a worker, and the process beside it, work with: the store, the brand files, and a house for each brand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from monitor.domain.brand import Settings
from monitor.domain.errors import Mistake
from monitor.pipeline import House
from monitor.service import build, which_text
from monitor.service.brandfiles import BrandFiles
from monitor.service.environment import Environment
from monitor.worker.rhythm import Rhythm
from storage import brands, queueing
from storage.patience import Patience
from storage.store import Store

OF_GRACE = 0.8  # for the calls; the rest is for keeping what they brought


@dataclass(frozen=True, kw_only=True)
class Plot:
    """What two processes of one worker are told alike; it can be sent from one to the other."""

    places: tuple[Path, ...]  # brand files and folders of them
    rhythm: Rhythm = field(default_factory=Rhythm)
    birth: str = "spawn"  # a forked copy of a process with threads and open connections could hang, or talk on them


@dataclass(frozen=True, kw_only=True)
class Rooms:
    store: Store
    environment: Environment
    plot: Plot
    draw: Callable[[str], bytes] = build.no_pdf
    files: BrandFiles
    patience: Patience = field(default_factory=Patience)  # ends when the worker is told to, not with its database
    _known: dict[tuple[str, str], Settings] = field(default_factory=dict)

    def served(self) -> list[House]:
        """Return the houses of the brand files, with what pages made of them, and of brands that have no file."""
        texts, now = self._texts, build.utc_now()
        counts = [texts(file, settings, now) for file, settings in self.files.look().items()]
        alone = texts.on_pages({settings.brand for settings in counts})
        return [self.of_settings(settings) for settings in (*counts, *alone)]

    @cached_property
    def _texts(self) -> which_text.Watchful:
        return which_text.Watchful(store=self.store)

    def house(self, brand: str) -> House:
        """Return the house of a brand by the newest version of its file that the store knows."""
        with self.store.snapshot() as tx:
            newest = brands.latest(tx, brand)
        if newest is None:
            raise Mistake(f"{self.store.name} knows no brand file of {brand}; was another database named?")
        place = (brand, newest.version)
        if place not in self._known:
            self._known[place] = build.parse_brand(newest.source, _beside(self.plot.places))
        return self.of_settings(self._known[place])

    def of_settings(self, settings: Settings) -> House:
        """Return a house with a ledger of its own: a ledger is used by one thread at a time."""
        house = build.build(settings, self.environment, store=self.store, draw=self.draw, patience=self.patience)
        # A stopped worker has more time for the calls that are out than a person at a terminal has patience.
        limits = replace(house.limits, grace=self.plot.rhythm.grace * OF_GRACE)
        again = settings.asking.retry_unknown  # else one who planned may be overtaken by one whose call was lost
        ledger = build.ledger(settings, self.store, self.patience, unknown_again=again)
        return replace(house, ledger=ledger, limits=limits, enqueue=queueing.enqueue)


def _beside(places: Sequence[Path]) -> Path:
    """Return a path beside which files lie that a brand file names."""
    first = places[0]
    return first / "brand.yaml" if first.is_dir() else first
