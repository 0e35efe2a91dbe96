"""How two versions of a brand file differ, in words that need no YAML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from monitor.domain.brand import Fact, Settings
from monitor.service import changes_said
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


def told(before: Settings, after: Settings) -> Iterator[str]:
    """Yield a sentence for everything that changes, facts first."""
    yield from _facts(before.sheet.facts, after.sheet.facts)
    yield from changes_said.told(before, after)


def sections(before: Settings, after: Settings) -> frozenset[str]:
    """Return the sections of the brand file that differ."""
    old, new = before.sheet, after.sheet
    pairs: dict[str, tuple[object, object]] = {"facts": (old.facts, new.facts), "names": (old.entities, new.entities)}
    pairs |= {"watch": ((old.watch, old.as_of), (new.watch, new.as_of))}
    pairs |= {
        name: (getattr(before, name), getattr(after, name)) for name in ("prompts", "assistants", *changes_said.OTHERS)
    }
    return frozenset(name for name, (one, other) in pairs.items() if one != other)


def differing(before: Fact, after: Fact) -> dict[str, tuple[str, str]]:
    """Return the fields in which a fact differs, as a form shows them: before and after."""
    old, new = _fields(before), _fields(after)
    return {name: (old[name], new[name]) for name in old if old[name] != new[name]}


def sentence(fact: Fact, name: str, old: str, new: str) -> str:
    """Return what becomes of one field of a fact: 'Founding year: 1987 → 1988.'."""
    called = _called(fact)
    if name != "value":
        called = f"{called}, {CALLED[name]}"
    elif fact.unit:
        called = f"{called} in {fact.unit}"
    return changes_said.became(called, old, new)


def _called(fact: Fact) -> str:
    about = fact.about or fact.id
    return about[0].upper() + about[1:]


def _facts(before: Sequence[Fact], after: Sequence[Fact]) -> Iterator[str]:
    old = {fact.id: fact for fact in before}
    for fact in after:
        if fact.id not in old:
            value = changes_said.shown(_fields(fact)["value"])
            yield f"New fact: {_called(fact)}, {value}{f' {fact.unit}' if fact.unit else ''}."
            continue
        changes = differing(old[fact.id], fact).items()
        yield from (sentence(fact, name, *values) for name, values in changes)
    kept = {fact.id for fact in after}
    yield from (f"Fact taken out: {_called(fact)}." for fact in before if fact.id not in kept)


def _fields(fact: Fact) -> Mapping[str, str]:
    form = form_of(fact)
    shown = {field.name: _word(getattr(form, field.name)) for field in fields(FactForm) if field.name != "id"}
    return {**shown, "tolerance": _word(fact.tolerance), "confirmed": _word(fact.confirmed)}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
