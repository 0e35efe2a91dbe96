"""What is known of the fact sheet over time: which facts nobody has looked at for long."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from monitor.brandfile.standing import unconfirmed
from monitor.domain import days
from monitor.domain.brand import FactSheet, Settings
from monitor.domain.errors import Mistake
from monitor.domain.portrait import Unconfirmed
from monitor.service import build
from storage import brands
from storage.store import Store


def unseen(store: Store, settings: Settings, today: date) -> tuple[Unconfirmed, ...]:
    """Return the facts that no person confirmed for 90 days, by the sheet itself and by the versions kept."""
    return unconfirmed(settings.sheet, list(_sheets(store, settings)), today)


def _sheets(store: Store, settings: Settings) -> Iterator[tuple[date, FactSheet]]:
    with store.snapshot() as tx:
        kept = brands.versions(tx, settings.brand)
    for version in kept:
        try:
            sheet = build.parse_brand(version.source, Path("brand.yaml")).sheet
        except Mistake:  # an older version that is no longer read tells nothing
            continue
        yield days.day(version.first_used, settings.zone), sheet
