"""How prompts, assistants, names and the other sections of two brand files differ, a sentence each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from monitor.domain.brand import AssistantSettings, Entity, Prompt, Settings
from monitor.service import week_times

OTHERS = {
    "schedule": "schedule", "budget": "budget", "alerts": "alerts", "reports": "reports", "judge": "judge",
    "confirm": "asking again", "asking": "pace of asking", "keep": "keeping", "mask": "masking",
    "site": "address of the pages", "logo": "logo",
}  # fmt: skip

# What a field is called where its own name does not say it.
_CALLED = {
    "cron": "times", "timezone": "time zone", "samples": "samples of a prompt", "per_month": "most in a month",
    "per_round": "most in a round", "to": "who is told", "sender": "sender", "base_url": "address",
    "lookalikes": "phrases that are not it", "aliases": "other names",
}  # fmt: skip
_ENDS = tuple(f"{sign}\N{RIGHT DOUBLE QUOTATION MARK}" for sign in ".?!")


def shown(value: object) -> str:
    """Return a value as a sentence has it: in quotation marks where it is several words.

    >>> shown("1988"), shown(("a", "b")), shown(None), shown(True)
    ('1988', '“a, b”', 'nothing', 'yes')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (tuple, frozenset)):
        return shown(", ".join(map(str, value)))
    text = "" if value is None else "; ".join(str(value).splitlines())
    return f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}" if " " in text else text or "nothing"


def became(what: str, old: object, new: object) -> str:
    """Return a change as a sentence.

    >>> became("Founding year", "1987", "1988")
    'Founding year: 1987 → 1988.'
    """
    return _ended(f"{what}: {shown(old)} \N{RIGHTWARDS ARROW} {shown(new)}")


def _ended(sentence: str) -> str:
    """Return a sentence with its full stop; one in what it quotes at its end will do."""
    return sentence if sentence.endswith(_ENDS) else f"{sentence}."


def told(before: Settings, after: Settings) -> Iterator[str]:
    """Yield a sentence for everything but the facts that changes."""
    yield from _prompts(before.prompts, after.prompts)
    yield from _assistants(before.assistants, after.assistants)
    yield from _names(before.sheet.entities, after.sheet.entities)
    if before.sheet.watch != after.sheet.watch:
        yield became("Watched topics", before.sheet.watch, after.sheet.watch)
    if before.sheet.as_of != after.sheet.as_of:
        yield became("Day of the sheet", before.sheet.as_of, after.sheet.as_of)
    for name, called in OTHERS.items():
        yield from _section(called, getattr(before, name), getattr(after, name))


def _prompts(before: Iterable[Prompt], after: Iterable[Prompt]) -> Iterator[str]:
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    for name, each in new.items():
        if name not in old:
            yield _ended(f"New prompt: {shown(each.text)}")
        else:
            yield from _prompt(old[name], each)
    yield from (_ended(f"Prompt taken out: {shown(each.text)}") for name, each in old.items() if name not in new)


def _prompt(old: Prompt, new: Prompt) -> Iterator[str]:
    if old.text != new.text:
        yield became("Prompt reworded", old.text, new.text)
    if old.paused != new.paused:
        yield _ended(f"Prompt {'paused' if new.paused else 'asked again'}: {shown(new.text)}")
    yield from _fields(f"Prompt {shown(new.text)}", old, new, besides={"text", "paused", "names"})


def _assistants(before: Iterable[AssistantSettings], after: Iterable[AssistantSettings]) -> Iterator[str]:
    old, new = {each.id: each for each in before}, {each.id: each for each in after}
    for name, each in new.items():
        if name not in old:
            yield f"New assistant: {name}, {each.use} {each.model}{' with search' if each.search else ''}."
        else:
            yield from _fields(f"Assistant {name}", old[name], each)
    yield from (f"Assistant taken out: {name}." for name in old if name not in new)


def _names(before: tuple[Entity, ...], after: tuple[Entity, ...]) -> Iterator[str]:
    old, new = {each.name: each for each in before}, {each.name: each for each in after}
    yield from (f"New competitor: {name}." for name in new if name not in old)
    for name in (name for name in new if name in old):
        yield from _fields(name, old[name], new[name])
    yield from (f"Competitor taken out: {name}." for name in old if name not in new)


def _section(called: str, old: object, new: object) -> Iterator[str]:
    name = called[0].upper() + called[1:]
    if old == new:
        return
    if _is_row(old) and _is_row(new) and type(old) is type(new):
        yield from _fields(name, old, new)
    elif isinstance(old, str) and isinstance(new, str):
        yield became(name, old, new)
    else:
        yield f"The section on {called} {'is new' if not old else 'is taken out' if not new else 'changes'}."


def _fields(what: str, old: object, new: object, *, besides: Iterable[str] = ()) -> Iterator[str]:
    """Yield a sentence for each field of a row that differs."""
    for field in fields(old) if is_dataclass(old) else ():
        one, other = getattr(old, field.name), getattr(new, field.name)
        if one == other or field.name in set(besides):
            continue
        called = _CALLED.get(field.name, field.name.replace("_", " "))
        if _is_plain(one) and _is_plain(other):
            yield became(f"{what}, {called}", _times(field.name, one), _times(field.name, other))
        else:
            yield f"{what}: what is said of {called} changes."


def _times(field: str, value: object) -> object:
    """Return a cron line in days and an hour, where it has these."""
    found = week_times.of_cron(value) if field == "cron" and isinstance(value, str) else None
    if found is None:
        return value
    days = [name for day, name in week_times.DAYS.items() if day in found.days]
    every = len(days) == len(week_times.DAYS)
    return f"{'every day' if every else ', '.join(days)} at {found.at}"


def _is_plain(value: object) -> bool:
    if isinstance(value, (tuple, frozenset)):
        return all(isinstance(each, str) for each in value)
    return not (_is_row(value) or isinstance(value, Mapping)) or isinstance(value, date)


def _is_row(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, type)
