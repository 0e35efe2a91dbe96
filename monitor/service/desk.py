"""What pages and programs stand on: every brand of the store with the newest version of its file."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import structlog

from monitor.domain.errors import Mistake
from monitor.domain.ledger import Clock
from monitor.pipeline import House
from monitor.service import build, places, which_text
from monitor.service.environment import Environment
from monitor.service.stopping import Threads
from storage import brands
from storage.patience import Patience
from storage.store import Store

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The rooms of every brand, built when they are first asked for; threads may share it."""

    store: Store
    environment: Environment
    files: Sequence[Path] = ()  # brand files, or folders of them, served beside what the store knows
    clock: Clock = build.utc_now
    new_id: Callable[[], str] = build.new_id
    draw: Callable[[str], bytes] = build.no_pdf  # HTML to PDF
    keys: Mapping[str, str] = field(default_factory=dict)  # the environment in which the assistants' keys are
    patience: Patience = field(default_factory=Patience)  # with a store that cannot write what was paid for

    @cached_property
    def rounds(self) -> Threads:
        """The rounds that were started on pages."""
        return Threads(self.patience)

    @cached_property
    def _built(self) -> dict[tuple[str, str], House]:
        return {}

    @cached_property
    def _file_of(self) -> dict[str, Path]:
        return {}

    def learn(self) -> None:
        """Take the brand files into the store, so that a fresh one has its page before its first round.

        A file with a mistake is left out and logged; Mistake where no file is without one.
        """
        files, wrong = places.files_in(self.files), []
        for file in files:
            try:
                self._take(file)
            except Mistake as mistake:
                wrong.append(str(mistake))
        if wrong and len(wrong) == len(files):
            raise Mistake("\n".join(wrong))
        for why in wrong:
            log.error("brand file is left out of the pages", why=why)

    def _take(self, file: Path) -> None:
        settings = build.read_brand(file)
        if self._file_of.setdefault(settings.brand, file) == file:  # of two files of one brand the first counts
            which_text.take(self.store, settings, file, self.clock())

    def file_of(self, brand: str) -> Path | None:
        """Return the file of a brand; None for one that lives on the pages alone."""
        return self._file_of.get(brand)

    def names(self) -> list[str]:
        with self.store.snapshot() as tx:
            return brands.names(tx)

    def by_key(self, key: str) -> str:
        """Return the brand whose page has this key; Mistake where there is none."""
        found = next((name for name in self.names() if key in {brand_key(name), _key(name, name)}), None)
        if found is None:
            raise Mistake(f"No brand is kept here under {key!r}.")
        return found

    def house(self, brand: str) -> House:
        """Return the rooms of a brand with the newest version of its file."""
        with self.store.snapshot() as tx:
            newest = brands.latest(tx, brand)
        if newest is None:
            raise Mistake(f"No brand file of {brand} was ever used here; run `likeness check` with it first.")
        place = (brand, newest.version)
        if place not in self._built:
            self._built[place] = self._build(brand, newest.source)
        return self._built[place]

    def _build(self, brand: str, source: str) -> House:
        # What a brand file names beside it, such as a logo, lies where the file does.
        file = self._file_of.get(brand, self.files[0] if self.files else Path("brand.yaml"))
        settings = build.parse_brand(source, file)
        return build.build(
            settings,
            self.environment,
            store=self.store,
            clock=self.clock,
            keys=self.keys,
            draw=self.draw,
            patience=self.patience,
        )


def brand_key(name: str) -> str:
    """Return what stands for a brand in an address: readable, and its own for each name.

    >>> brand_key("O'Neil & <b>"), brand_key("Müller")
    ('o-neil-b-c9c2', 'muller-a784')
    """
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss"))
    return _key("".join(letter for letter in plain if not unicodedata.combining(letter)), name)


def _key(words: str, name: str) -> str:
    """Return the key of a name out of its words; of the name as it is written, that was the key in older addresses."""
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40] or "brand"
    return f"{slug}-{hashlib.sha256(name.encode()).hexdigest()[:4]}"
