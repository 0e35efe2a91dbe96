"""Answers captured elsewhere: they are stored, read and measured, and never cause a mail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from monitor import brandfile, pipeline
from monitor.domain.answers import Surface
from monitor.domain.errors import Mistake
from monitor.domain.rounds import Round, RoundKind, RoundState
from monitor.pipeline import House
from monitor.service import runs
from storage import answers, brands, captures, rounds
from storage.captures import Capture


@dataclass(frozen=True, kw_only=True)
class Taken:
    added: int
    known: int  # were there already
    read: int
    days: int


def take(
    house: House,
    file: Path,
    *,
    columns: Sequence[str],
    prompts: Path | None,
    surface: str,
    mappable: bool = True,
    on_read: Callable[[int, int], None] | None = None,
) -> Taken:
    """Import a file: one imported round for each day on which its answers were captured.

    `mappable`: the file is imported by a command, whose options a mistake may name.
    """
    found = captures.read_captures(
        file,
        mapping=_mapping(columns),
        prompts=prompts,
        surface=_surface(surface),
        mappable=mappable,
        now=house.clock(),
        zone=house.zone,
    )
    names = brandfile.Names(house.settings.sheet.entities)
    named = [replace(one, prompt=replace(one.prompt, names=names.within(one.prompt.text))) for one in found]
    days = captures.by_day(named, house.zone)
    pipeline.catch_up(house)  # what was imported before days had a zone gets its times before anything stands beside it
    counts = [_add(house, day, group) for day, group in days.items()]
    added = sum(a for a, _ in counts)
    read = pipeline.read(house, on_read=on_read)
    if read > added:  # others too, which an earlier version of the brand file, or of the analyzer, had read
        runs.measure_all(house)
    for day in days if read <= added else ():
        _measure(house, day)
    return Taken(added=added, known=sum(k for _, k in counts), read=read, days=len(days))


def _mapping(columns: Sequence[str]) -> dict[str, str]:
    pairs = [column.partition("=") for column in columns]
    for ours, equals, theirs in pairs:
        if not equals or not theirs or ours not in captures.COLUMNS:
            known = ", ".join(captures.COLUMNS)
            raise Mistake(f"--column {ours}{equals}{theirs}: write it as ours=theirs, where ours is one of {known}.")
    return {ours: theirs for ours, _, theirs in pairs}


def _surface(name: str) -> Surface:
    try:
        return Surface(name)
    except ValueError:
        raise Mistake(f"--surface {name}: choose one of {', '.join(Surface)}.") from None


def _add(house: House, day: date | None, group: Sequence[Capture]) -> tuple[int, int]:
    now = house.clock()
    opened = min((one.asked_at for one in group if one.asked_at), default=now)
    round_ = Round(
        id=house.new_id(),
        brand=house.settings.brand,
        kind=RoundKind.IMPORTED,
        key=_key(day),
        opened_at=opened,
        closed_at=opened,
        state=RoundState.COMPLETE,
        settings=house.settings.version,
    )
    with house.store.transaction() as tx:
        brands.keep(tx, house.settings, now)
        return answers.add_captured(tx, round_, group)


def _key(day: date | None) -> str:
    return f"{day}" if day else "no date"


def _measure(house: House, day: date | None) -> None:
    with house.store.snapshot() as tx:
        held = rounds.find_by_key(tx, house.settings.brand, RoundKind.IMPORTED, _key(day))
    if held:
        pipeline.measure(house, held.id)
