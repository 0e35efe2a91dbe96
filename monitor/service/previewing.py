"""What an edit of the brand file would do, told before it counts."""

from dataclasses import dataclass
from datetime import timedelta

from monitor import brandfile
from monitor.analysis.anew import Anew, Sides
from monitor.domain.brand import FactSheet
from monitor.domain.readings import Verdict
from monitor.pipeline import House
from monitor.service import editing, sheet_changes, sheet_hints
from storage import answers

LOOKED_BACK = timedelta(days=90)
# Answers that are looked through for the words of what changed, and those of them that are judged by both sheets:
# together a second of work.
MOST_SEEN = 1000
MOST_JUDGED = 300


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Answers whose verdict on one fact would be another."""

    fact: str
    before: Verdict | None  # None: nothing was claimed
    after: Verdict | None
    answers: tuple[str, ...]  # ids


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Which stored answers stand behind a preview."""

    stored: int  # of the days looked back on
    seen: int  # looked through for the words of what changed: those that speak of it so far, then the newest
    judged: int  # those that hold such words, judged by both sheets
    needed: bool = True  # False: no verdict depends on what changed

    @property
    def cut(self) -> bool:
        """Whether there are more that may speak of it."""
        return self.needed and (self.seen < self.stored or self.judged >= MOST_JUDGED)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an edit would do."""

    changes: tuple[str, ...]  # in words, one a sentence
    hints: tuple[str, ...]  # what may have been forgotten
    difference: str  # of the two texts
    sample: Sample
    moved: tuple[Moved, ...]

    @property
    def answers(self) -> int:
        """How many answers would be judged differently."""
        return len({answer for moved in self.moved for answer in moved.answers})


def preview(house: House, source: str) -> Preview:
    """Judge the stored answers that speak of what changes by both sheets; every mistake of the text in one message."""
    settings = editing.parsed(house, source)
    sample, moved = _judged(house, settings.sheet)
    ordered = sorted(moved.items(), key=lambda item: (-len(item[1]), item[0][0]))
    return Preview(
        changes=tuple(sheet_changes.told(editing.parsed(house, house.settings.source), settings)),
        hints=tuple(sheet_hints.hints(house.settings.sheet, settings.sheet)),
        difference=brandfile.difference(house.settings.source, source),
        sample=sample,
        moved=tuple(
            Moved(fact=fact, before=before, after=after, answers=tuple(ids)) for (fact, (before, after)), ids in ordered
        ),
    )


def _judged(house: House, sheet: FactSheet) -> tuple[Sample, dict[tuple[str, Sides], list[str]]]:
    """Return what was judged, and the answers on which the verdict on a fact moves, by the fact and its move."""
    anew = Anew(house.settings.sheet, sheet)
    if anew.nothing:
        return Sample(stored=0, seen=0, judged=0, needed=False), {}
    with house.store.snapshot() as tx:
        newest, stored = answers.newest(tx, house.settings.brand, house.clock() - LOOKED_BACK, MOST_SEEN)
        spoken = answers.speaking(tx, [each.id for each in newest], anew.changed)
    moved: dict[tuple[str, Sides], list[str]] = {}
    seen = judged = 0
    # Those whose verdict can be lost come first: words alone may stand in any answer, and use the room up.
    for answer in sorted(newest, key=lambda each: each.id not in spoken):
        found, seen = anew.moved(answer), seen + 1
        judged += found is not None
        for fact, sides in (found or {}).items():
            moved.setdefault((fact, sides), []).append(answer.id)
        if judged == MOST_JUDGED:
            break
    return Sample(stored=stored, seen=seen, judged=judged), moved
