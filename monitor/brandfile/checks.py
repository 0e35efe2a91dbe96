"""What only shows when parts of the file are held against each other."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from monitor.brandfile.mistakes import Findings, shown
from monitor.brandfile.outside import Known
from monitor.brandfile.placed import Placed
from monitor.domain.brand import Entity, Fact, FactValue, Prompt


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


def unique_ids(rows: Iterable[Placed[_Identified]], what: str, found: Findings) -> None:
    first: dict[str, int] = {}
    for row in rows:
        line = row.lines.get("id", row.line)
        key = row.value.id
        if key and key in first:
            found.wrong(line, f"the id {shown(key)} of {what} stands twice, first on line {first[key]}", "rename one")
        first.setdefault(key, line)


def prompts_differ(prompts: Iterable[Placed[Prompt]], found: Findings) -> None:
    first: dict[str, int] = {}
    for prompt in prompts:
        folded = _folded(prompt.value.text)
        line = prompt.lines["text"]
        if folded in first and folded:
            found.warn(line, f"this prompt was asked on line {first[folded]} already", "remove one, or raise samples")
        first.setdefault(folded, line)


def names_apart(entities: Iterable[Placed[Entity]], found: Findings) -> None:
    """No name, alias or domain belongs to two brands, and no name is its own look-alike."""
    names: dict[str, tuple[int, str]] = {}
    domains: dict[str, tuple[int, str]] = {}
    for entity in entities:
        _names_of_one(entity, names, found)
        for domain in entity.value.domains:
            owner = domains.setdefault(domain, (entity.lines["domains"], entity.value.name))
            if owner[1] != entity.value.name:
                _shared("domain", domain, entity.lines["domains"], owner, found)


def _names_of_one(entity: Placed[Entity], names: dict[str, tuple[int, str]], found: Findings) -> None:
    own = [("name", entity.value.name), *(("aliases", alias) for alias in entity.value.aliases)]
    mine = {_folded(word) for _, word in own}
    for key, word in own:
        line = entity.lines[key]
        taken = names.get(_folded(word))
        if taken and word:
            _shared("name", word, line, taken, found)
    for word in entity.value.lookalikes:
        if _folded(word) in mine:
            found.wrong(entity.lines["not"], f"not: {shown(word)} is the brand's own name", "remove it from one place")
    for key, word in own:
        names.setdefault(_folded(word), (entity.lines[key], entity.value.name))


def _shared(what: str, word: str, line: int, owner: tuple[int, str], found: Findings) -> None:
    said = f"the {what} {shown(word)} also belongs to {shown(owner[1])} on line {owner[0]}"
    found.wrong(line, said, "leave it with one brand")


def facts_hold(facts: Sequence[Placed[Fact]], known: Known, found: Findings) -> None:
    read = [placed for placed in facts if placed.value.value != ""]  # the others have been told already
    for placed in read:
        _fits_kind(placed, known, found)
        _former_differ(placed, known, found)
    for placed in facts:
        _still_holds(placed, known.today, found)
    _agree(read, known, found)


def _fits_kind(placed: Placed[Fact], known: Known, found: Findings) -> None:
    fact = placed.value
    kind = known.kinds.get(fact.kind)
    if kind is None:
        return
    for key, value in (("value", fact.value), *(("before", former.value) for former in fact.before)):
        wrong = kind.check(value, fact.unit) if value != "" else ""
        if wrong:
            what, _, remedy = wrong.rstrip(".").partition("; ")
            found.wrong(placed.lines[key], f"{fact.id}: {what}", remedy or "correct it, or choose another kind")


def _former_differ(placed: Placed[Fact], known: Known, found: Findings) -> None:
    fact, line = placed.value, placed.lines["before"]
    for former in (former for former in fact.before if former.value != ""):
        if _comparable(former.value) == _comparable(fact.value):
            found.wrong(line, f"{fact.id}: a former value is the present one", "remove it from before")
        elif _same(fact, replace(fact, value=former.value), known):
            what = f"{fact.id}: the former value {shown(str(former.value))} cannot be told from the present one"
            found.warn(line, what, "narrow the tolerance, or remove it from before")


def _still_holds(placed: Placed[Fact], today: date | None, found: Findings) -> None:
    fact = placed.value
    if fact.since and fact.until and fact.since > fact.until:
        found.wrong(placed.lines["until"], f"{fact.id}: it ends before it begins", "swap from and until")
    elif fact.until and today and fact.until < today:
        what = f"{fact.id}: the value expired on {fact.until}"
        found.warn(placed.lines["until"], what, "write the new value and move this one to before")


def _agree(facts: Sequence[Placed[Fact]], known: Known, found: Findings) -> None:
    """Two facts about the same thing, for the same case and time, must not differ."""
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[Placed[Fact]]] = defaultdict(list)
    for placed in facts:
        limits = tuple(sorted((_folded(key), _folded(value)) for key, value in placed.value.applies_to.items()))
        groups[_folded(placed.value.about), limits].append(placed)
    for group in groups.values():
        for at, later in enumerate(group[1:], start=1):
            _against_first(later, group[max(0, at - _COMPARED) : at], known, found)


_COMPARED = 20  # rows about one thing that each further row is held against


def _against_first(later: Placed[Fact], earlier: Sequence[Placed[Fact]], known: Known, found: Findings) -> None:
    for one in earlier:
        if not one.value.about or not _overlap(one.value, later.value):
            continue
        place = f"{later.value.id}: {shown(later.value.about)} is also told by {shown(one.value.id)} on line {one.line}"
        if one.value.kind == later.value.kind and _same(one.value, later.value, known):
            found.warn(later.line, place, "keep one of the two")
        else:
            found.wrong(later.line, f"{place}, with another value", "correct one, or say what each applies_to")
        return


def _overlap(one: Fact, other: Fact) -> bool:
    begins = max(one.since or date.min, other.since or date.min)
    return begins <= min(one.until or date.max, other.until or date.max)


def _same(one: Fact, other: Fact, known: Known) -> bool:
    kind = known.kinds.get(one.kind)
    return kind is not None and kind.same(one, other)


def _comparable(value: FactValue) -> object:
    if isinstance(value, tuple):
        return frozenset(_folded(item) for item in value)
    return _folded(value) if isinstance(value, str) else (type(value) is bool, value)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
