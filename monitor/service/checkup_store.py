"""The database, its disk, and what waits in it."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from monitor.domain.brand import Settings
from monitor.domain.errors import Mistake
from monitor.service import health, keeping
from monitor.service.checkup import Finding, attention, broken, ok
from monitor.service.environment import Environment
from monitor.service.health import Health, said
from reports import words, zoned
from storage import beats, pauses
from storage.state import Schema, schema
from storage.store import Store

_TIGHT, _SCARCE = 50e6, 1e9  # bytes: no room for a round; room for weeks rather than years
_SLIGHT, _WRONG = timedelta(seconds=10), timedelta(minutes=5)  # clocks apart
MB = 1e6
_PATIENCE = timedelta(seconds=3)  # with another program's lock


def database(environment: Environment, brands: Sequence[Settings], now: datetime) -> Iterator[Finding]:
    """Look at the database; one that is older than this program is left as it is."""
    try:
        found = schema(environment.database_url.get_secret_value())
    except Mistake as mistake:
        yield broken("database", str(mistake), "")
        return
    yield from _disk(environment, found)
    if not found.known:
        yield broken("schema", f"{found.name} was written by a newer Likeness.", "Update this program.")
    elif found.revision is None:
        yield from _fresh(found)
    elif found.revision != found.newest:
        step = f"{found.name} stands at step {found.revision} of {found.newest}."
        yield attention("schema", step, "The next command brings it up to date; make a backup before.")
    else:
        yield ok("schema", f"{found.name} stands at step {found.revision}, the newest.")
        try:
            address = environment.database_url.get_secret_value()
            with closing(Store.open(address, patience=_PATIENCE)) as store:
                with store.transaction() as tx:
                    beats.beat(tx, beats.LOOK, now)  # whether it can be written to shows only in writing
                yield from _inside(store, now, _zone(brands))
                for brand in brands:
                    yield from _forgotten(store, brand, now)
        except Mistake as mistake:
            yield broken("database", str(mistake), "")


def _fresh(found: Schema) -> Iterator[Finding]:
    folder = _there(found.file.parent) if found.file else None
    if folder and not os.access(folder, os.W_OK):
        yield broken("schema", f"{found.name} is not there, and {folder} may not be written to.", "Make it writable.")
    else:
        yield attention("schema", f"{found.name} has no tables yet.", "The first command that needs it makes them.")


def _disk(environment: Environment, found: Schema) -> Iterator[Finding]:
    places = {environment.reports_folder, environment.mail_folder}
    if found.file:
        places.add(found.file.parent)
    free = {place: shutil.disk_usage(_there(place)).free for place in places}
    place = min(free, key=lambda each: free[each])
    size = found.file.stat().st_size if found.file and found.file.exists() else 0
    room = f"{free[place] / MB:,.0f} MB are free where {'the database' if found.file else 'the reports'} lies"
    if free[place] < _TIGHT:
        yield broken("disk", f"{room}.", "Free some space: nothing is asked that could not be kept.")
    elif free[place] < max(_SCARCE, size):
        yield attention("disk", f"{room}, and it has {size / MB:,.0f} MB.", "Free some space, or say `keep:`.")
    else:
        yield ok("disk", f"{room}.")


def _there(place: Path) -> Path:
    """Return the place, or whatever above it exists."""
    whole = place.absolute()
    return next(each for each in (whole, *whole.parents) if each.exists())


def _zone(brands: Sequence[Settings]) -> str:
    """Return the zone in which times are told that are no brand's own: the one that all brands share, else UTC."""
    zones = {brand.zone for brand in brands}
    return zones.pop() if len(zones) == 1 else "UTC"


def _inside(store: Store, now: datetime, zone: str) -> Iterator[Finding]:
    with store.snapshot() as tx:
        apart = abs(beats.now(tx) - now)
        paused = pauses.standing(tx, now)
    if not store.writes_alone:
        yield clocks("clock", f"{store.name}'s clock", apart)
    found = health.look(store, now)
    yield _tick(found, now)
    if found.mistaken:
        mend = "The log names the file; `likeness check` on it says what and where."
        yield broken("brand files", "The last tick found a mistake in a brand file.", mend)
    yield _notices(found)
    for each in paused:
        told = f"{each.account} is not asked until {words.moment(zoned.at(each.until, zone))}: {each.why}"
        mend = "See to its key and its account; until a call succeeds it is tried sparingly."
        yield attention("paused", told, mend if each.needs_help else "Nothing: it is asked again by itself.")


def _forgotten(store: Store, brand: Settings, now: datetime) -> Iterator[Finding]:
    if not (brand.keep.days or brand.keep.surfaces):
        return
    counts: Counter[str] = Counter()
    for each in keeping.lately(store, brand.brand, now):
        counts[f"{each.what} ({each.surface})"] += each.count
    gone = ", ".join(f"{count:,} {what}" for what, count in counts.items()) or "nothing"
    yield ok("forgetting", f"{brand.brand}: in the last 30 days {gone} passed the time of `keep:` and went.")


def clocks(what: str, whose: str, apart: timedelta) -> Finding:
    """Say how far a clock is from ours."""
    told = f"This machine's clock and {whose} are {apart.total_seconds():.0f} seconds apart."
    if apart > _WRONG:
        return broken(what, told, "Set the clocks by NTP: rounds and budgets go by them.")
    if apart > _SLIGHT:
        return attention(what, told, "Set the clocks by NTP.")
    return ok(what, told)


def _tick(found: Health, now: datetime) -> Finding:
    start = "Start `likeness serve` or `likeness worker`, unless you run rounds yourself."
    if found.last_tick is None:
        return attention("tick", "The clock never ticked here: no round runs by itself.", start)
    if found.last_tick - now > health.TICK_AHEAD:
        told = f"The last tick is {said(found.last_tick - now)} ahead of this clock: the clock was set back."
        return attention("tick", told, "Set the clock by NTP; where rounds run, the next tick comes within a minute.")
    age = max(now - found.last_tick, timedelta())
    if age > health.TICK_OLD:
        return attention("tick", f"The last tick was {said(age)} ago: no round runs by itself.", start)
    return ok("tick", f"The last tick was {said(age)} ago.")


def _notices(found: Health) -> Finding:
    held = f"; {found.held} more wait for their time" if found.held else ""
    if not found.undelivered:
        return ok("messages", f"Every message that is due was delivered{held}.")
    told = f"{found.undelivered} messages are due, the oldest for {said(found.oldest)}{held}."
    if found.oldest > health.UNDELIVERED_OLD:
        return broken("messages", told, "`likeness outbox` says why; look at mail above.")
    return attention("messages", told, "They go out with the next tick.")
