"""Edits of a brand file that people make on pages: a new version each, never over somebody else's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from monitor import brandfile
from monitor.analysis.reader import Reader
from monitor.domain.answers import Answer
from monitor.domain.brand import Settings, SettingsVersion
from monitor.domain.errors import Mistake
from monitor.domain.readings import Reading, Verdict
from monitor.pipeline import House
from monitor.service import build
from storage import answers, brands, readings

# Answers that a preview reads again: a few seconds of work.
MOST = 400
_LOOKED_BACK = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Answers whose verdict on one fact would be another."""

    fact: str
    before: Verdict | None  # None: nothing was claimed
    after: Verdict | None
    answers: tuple[str, ...]  # ids


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an edit would do."""

    difference: str  # of the two texts
    looked_at: int  # answers that were read again
    moved: tuple[Moved, ...]

    @property
    def answers(self) -> int:
        """How many answers would be judged differently."""
        return len({answer for moved in self.moved for answer in moved.answers})


def parsed(house: House, source: str) -> Settings:
    """Return the settings of an edited text; every mistake in one message."""
    settings = build.parse_brand(source, Path("the edited brand file"))
    if settings.brand != house.settings.brand:
        raise Mistake(
            f"The brand is called {house.settings.brand}; another name is another brand, with a file of its own."
        )
    return settings


def preview(house: House, source: str) -> Preview:
    """Read the newest stored answers against the edited sheet and count what would be judged differently."""
    settings = parsed(house, source)
    reader = Reader(settings.sheet, sheet_version=settings.version)
    moved: dict[tuple[str, Verdict | None, Verdict | None], list[str]] = {}
    looked_at = 0
    for answer, reading in _stored(house):
        looked_at += 1
        again = reader.read(answer)
        for fact in {fact.id for sheet in (house.settings.sheet, settings.sheet) for fact in sheet.facts}:
            before, after = reading.verdict_on(fact), again.verdict_on(fact)
            if before != after:
                moved.setdefault((fact, before, after), []).append(answer.id)
    ordered = sorted(moved.items(), key=lambda item: (-len(item[1]), item[0][0]))
    return Preview(
        difference=brandfile.difference(house.settings.source, source),
        looked_at=looked_at,
        moved=tuple(Moved(fact=key[0], before=key[1], after=key[2], answers=tuple(ids)) for key, ids in ordered),
    )


def _stored(house: House) -> Iterator[tuple[Answer, Reading]]:
    """Yield the newest answers with their newest readings."""
    with house.store.snapshot() as tx:
        since = house.clock() - _LOOKED_BACK
        seen = answers.observations(tx, house.settings.brand, since, house.clock())
        newest = [one.answer_id for one in reversed(seen) if one.answer_id][:MOST]
        for answer_id in newest:
            answer, known = answers.answer(tx, answer_id), readings.versions(tx, answer_id)
            if answer is not None and known:
                yield answer, known[-1]


def save(house: House, source: str, *, base: str, by: str = "somebody at a page") -> Settings:
    """Make a text that `by` edited the newest version. Mistake where another version is the newest meanwhile."""
    settings = parsed(house, source)
    with house.store.transaction() as tx:
        newest = brands.latest(tx, settings.brand)
        if newest is not None and newest.version != base:
            raise Mistake("Somebody else changed the brand file meanwhile; load the page again and repeat your change.")
        brands.use_settings(tx, settings, house.clock(), by=by)
    return settings


def versions(house: House) -> list[tuple[SettingsVersion, str]]:
    """Return every version with what it changed, the newest first."""
    with house.store.snapshot() as tx:
        known = brands.versions(tx, house.settings.brand)
    olds = [None, *known[:-1]]
    told = [
        (new, brandfile.difference(old.source, new.source) if old else "") for old, new in zip(olds, known, strict=True)
    ]
    return told[::-1]
