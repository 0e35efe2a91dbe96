"""An edit of facts that was begun on an older text, moved onto the newest: what others changed meanwhile stays."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.brandfile import editing as text
from monitor.brandfile.editing import Row
from monitor.domain.brand import Fact, Settings
from monitor.domain.errors import Mistake
from monitor.pipeline import House
from monitor.service import editing, sheet_changes
from monitor.service.sheet_rows import form_of, row

_ABSENT = object()


@dataclass(frozen=True, kw_only=True)
class Merged:
    """An edit as it would count now."""

    source: str
    meanwhile: tuple[str, ...] = ()  # what others changed, in words
    by: str = ""  # who made the newest version; empty: it came from a file, or nobody changed anything
    clashes: tuple[str, ...] = ()  # where both changed the same, in words: this edit would count


def begun_on(house: House, version: str) -> str:
    """Return the text that an edit was begun on; Mistake where it is not known."""
    if version == house.settings.version:
        return house.settings.source
    found = editing.version(house, version)
    if found is None:
        raise Mistake("The page is too old to be sent; load it again and repeat your change.")
    return found.source


def onto(house: House, source: str, *, base: str) -> Merged:
    """Return the edited text on top of the newest; `base` is the version that it was begun on."""
    if base == house.settings.version:
        return Merged(source=source)
    old, mine, newest = (editing.parsed(house, each) for each in (begun_on(house, base), source, house.settings.source))
    version = editing.version(house, newest.version)
    meanwhile = tuple(sheet_changes.told(old, newest))
    by = version.written_by if version else ""
    if not _facts_alone(old, mine):
        return Merged(source=source, meanwhile=meanwhile, by=by, clashes=("All of that would be undone.",))
    merged, clashes = newest.source, list[str]()
    for fact in _changed(old, mine):
        merged, clash = _moved(merged, fact, old=old, mine=mine, newest=newest)
        clashes += clash
    return Merged(source=merged, meanwhile=meanwhile, by=by, clashes=tuple(clashes))


def _facts_alone(old: Settings, mine: Settings) -> bool:
    """Whether an edit changes nothing but facts; what was put back as a whole changes more."""

    def rest(of: Settings) -> Settings:
        return replace(of, sheet=replace(of.sheet, facts=()), source="", version="")

    return rest(old) == rest(mine)


def _changed(old: Settings, mine: Settings) -> list[str]:
    """Return the ids of the facts that an edit changes, in the order of the sheet."""
    ids = dict.fromkeys(fact.id for settings in (old, mine) for fact in settings.sheet.facts)
    return [fact for fact in ids if old.sheet.fact(fact) != mine.sheet.fact(fact)]


def _moved(source: str, fact: str, *, old: Settings, mine: Settings, newest: Settings) -> tuple[str, list[str]]:
    """Return the newest text with the edit of one fact, and where others changed the same of it."""
    mine_now, theirs = mine.sheet.fact(fact), newest.sheet.fact(fact)
    if mine_now is None:
        dropped = text.drop(source, "facts", fact) if theirs else source
        return dropped, ([f"{fact} would be taken out all the same."] if theirs != old.sheet.fact(fact) else [])
    own = _row(mine, mine_now)
    if theirs is None:
        gone = [f"{fact} was taken out meanwhile, and would be put back."] if old.sheet.fact(fact) else []
        return text.put(source, "facts", own), gone
    before = old.sheet.fact(fact)
    start = _row(old, before) if before else {}
    merged = text.put(source, "facts", _merged(start, own, _row(newest, theirs)))
    return merged, list(_clashes(before, mine_now, theirs))


def _row(of: Settings, fact: Fact) -> Row:
    """Return a fact's row as a form would write it, so that two of them can be compared."""
    return row(form_of(fact), written=text.row(of.source, "facts", fact.id))


def _merged(start: Row, mine: Row, theirs: Row) -> Row:
    """Return their row with the fields that I changed."""
    keys = dict.fromkeys((*theirs, *mine))
    taken = {key: mine if mine.get(key, _ABSENT) != start.get(key, _ABSENT) else theirs for key in keys}
    return {key: row[key] for key, row in taken.items() if key in row}


def _clashes(before: Fact | None, mine: Fact, theirs: Fact) -> Iterator[str]:
    """Tell the fields that both changed, each to something else."""
    ours = sheet_changes.differing(before, mine) if before else {}
    others = sheet_changes.differing(before, theirs) if before else {}
    for name, (theirs_now, mine_now) in sheet_changes.differing(theirs, mine).items():
        if before is None or (name in ours and name in others):
            yield sheet_changes.sentence(mine, name, theirs_now, mine_now)
