"""How two versions of a brand file differ, in words that need no YAML."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Protocol

from monitor.domain.brand import Fact, Settings
from monitor.service.sheet_rows import FactForm, form_of

# What a field of a fact is called in a sentence.
CALLED = {
    "kind": "kind",
    "about": "what it is about",
    "value": "value",
    "says": "sentence",
    "unit": "unit",
    "severity": "severity",
    "source": "page that proves it",
    "before": "former values",
    "since": "first day",
    "until": "last day",
    "cues": "other words",
    "applies_to": "limits",
    "approved_by": "approver",
    "confidential": "confidential",
    "tolerance": "tolerance",
    "confirmed": "day of the last confirmation",
}
_OTHERS = {"schedule": "schedule", "budget": "budget", "alerts": "alerts", "reports": "reports", "judge": "judge"}
_OTHERS |= {"confirm": "asking again", "asking": "pace of asking", "keep": "keeping", "mask": "masking"}
_OTHERS |= {"site": "address of the pages", "logo": "logo"}


def told(before: Settings, after: Settings) -> Iterator[str]:
    """Yield a sentence for everything that changes, facts first."""
    yield from _facts(before.sheet.facts, after.sheet.facts)
    yield from _rows("prompt", before.prompts, after.prompts)
    yield from _rows("assistant", before.assistants, after.assistants)
    if before.sheet.entities != after.sheet.entities:
        yield "The names of the brand or of its competitors change."
    if before.sheet.watch != after.sheet.watch:
        yield f"Watched topics: {_shown(', '.join(before.sheet.watch))} becomes {_shown(', '.join(after.sheet.watch))}."
    for name, called in _OTHERS.items():
        if getattr(before, name) != getattr(after, name):
            yield f"The section on {called} changes."


def sections(before: Settings, after: Settings) -> frozenset[str]:
    """Return the sections of the brand file that differ."""
    old, new = before.sheet, after.sheet
    pairs: dict[str, tuple[object, object]] = {"facts": (old.facts, new.facts), "names": (old.entities, new.entities)}
    pairs |= {"watch": ((old.watch, old.as_of), (new.watch, new.as_of))}
    pairs |= {name: (getattr(before, name), getattr(after, name)) for name in ("prompts", "assistants", *_OTHERS)}
    return frozenset(name for name, (one, other) in pairs.items() if one != other)


def differing(before: Fact, after: Fact) -> dict[str, tuple[str, str]]:
    """Return the fields in which a fact differs, as a form shows them: before and after."""
    old, new = _fields(before), _fields(after)
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}


def sentence(fact: str, name: str, old: str, new: str) -> str:
    """Return what becomes of one field of a fact."""
    return f"{fact}: {CALLED[name]} {_shown(old)} becomes {_shown(new)}."


def _facts(before: Sequence[Fact], after: Sequence[Fact]) -> Iterator[str]:
    old = {fact.id: fact for fact in before}
    for fact in after:
        if fact.id not in old:
            yield f"{fact.id} is new: {fact.about}, {_fields(fact)['value']}{f' {fact.unit}' if fact.unit else ''}."
            continue
        changes = differing(old[fact.id], fact).items()
        yield from (sentence(fact.id, name, *values) for name, values in changes)
    yield from (f"{fact} is taken out." for fact in old.keys() - {fact.id for fact in after})


def _fields(fact: Fact) -> Mapping[str, str]:
    form = form_of(fact)
    shown = {field.name: _word(getattr(form, field.name)) for field in fields(FactForm) if field.name != "id"}
    return {**shown, "tolerance": _word(fact.tolerance), "confirmed": _word(fact.confirmed)}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _shown(value: str) -> str:
    short = value.replace("\n", "; ")
    return f"\N{LEFT DOUBLE QUOTATION MARK}{short}\N{RIGHT DOUBLE QUOTATION MARK}" if short else "nothing"


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def _rows(what: str, before: Iterable[_Named], after: Iterable[_Named]) -> Iterator[str]:
    old, new = {row.id: row for row in before}, {row.id: row for row in after}
    yield from (f"The {what} {name} is new." for name in new if name not in old)
    yield from (f"The {what} {name} changes." for name in new if name in old and old[name] != new[name])
    yield from (f"The {what} {name} is taken out." for name in old if name not in new)
