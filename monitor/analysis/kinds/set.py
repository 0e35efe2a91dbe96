"""A list of names that belong together: founders, owners, business areas."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from monitor.analysis import gazetteer, proper
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold, plain_letters
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.places import Place
from monitor.domain.brand import Fact, FactValue
from monitor.domain.readings import Span

_ENOUGH = 0.4
_ALIKE = 88
_TELLING = 2  # of more members than this, one alone says little
_BETWEEN = re.compile(
    r"\s*(?:,|&|/|\+|and|as well as|und|sowie|et|y|e|、|と|,\s*(?:and|und|et|y))\s*(?:the |a |die |le |la "
    r"|el )?\s*"
)
_PAREN = re.compile(r"\s*\([^)]{0,60}\)")


def _check(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is asked the same way
    if (
        not isinstance(value, tuple | list)
        or not value
        or not all(isinstance(one, str) and one.strip() for one in value)
    ):
        return "a set is written as a list of names, such as [Ada Example, Bob Sample]"
    return ""


def _advice(fact: Fact) -> str:
    if isinstance(fact.value, tuple) and any(len(one.split()) > 6 for one in fact.value):  # noqa: PLR2004
        return "write the members as names, not as sentences"
    return ""


def _same(a: Fact, b: Fact) -> bool:
    return _members(a.value) == _members(b.value)


def _members(value: FactValue) -> frozenset[str]:
    return frozenset(fold(one) for one in (value if isinstance(value, tuple | list) else (str(value),)))


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    covered = place.coverage(asked, far=False)
    if _of_countries(asked):
        return list(_countries(place, asked, covered))
    own = {known.concept: known for known in asked.known}
    found = [(hit, own[hit.concept]) for hit in place.hits if hit.concept in own]
    if covered < _ENOUGH and len({known.concept for _, known in found if known.former is None}) < 2:  # noqa: PLR2004
        return []
    return list(_lists(place, asked, covered, [Span(start=hit.start, end=hit.end) for hit, _ in found]))


def _of_countries(asked: Asked) -> bool:
    return all(gazetteer.is_country(gazetteer.usual(str(known.value))) for known in asked.known if known.former is None)


def _countries(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """Countries by any of their names; the one in "Delft, Netherlands" only says where a town lies."""
    plain = place.page.document.plain
    true = {gazetteer.usual(str(known.value)) for known in asked.known}
    for group in _groups(place, [*proper.names(place, place.start, place.end)]):
        named = [gazetteer.usual(plain[one.start : one.end]) for one in group]
        right = sum(1 for name in named if name in true)
        if not all(map(gazetteer.is_country, named)) or not right or (covered < _ENOUGH and right < _TELLING):
            continue
        if len(group) == 1 and not _alone_is_enough(place, group[0], asked):
            continue
        words = tuple(plain[one.start : one.end] for one in group)
        yield Said(
            start=group[0].start, end=group[-1].end, value=words, shown=", ".join(words), score=min(1.0, covered + 0.2),
            span=_clauses(place, group),
        )  # fmt: skip


def _lists(place: Place, asked: Asked, covered: float, known: list[Span]) -> Iterator[Said]:
    named: list[Span] = []
    for group in _groups(place, _candidates(place, known)):
        has_known = any(_meet(one, span) for one in group for span in known)
        slot = any(proper.in_slot(place, one, asked.brand_words, asked.slots) for one in group)
        if not has_known and not all(_like_members(place, one, asked) for one in group):
            continue
        if has_known or (slot and len(group) > 1 and covered >= _ENOUGH):
            named += group
    if len(named) == 1 and not _alone_is_enough(place, named[0], asked):
        return
    if named:
        members = tuple(place.page.document.plain[one.start : one.end] for one in named)
        yield Said(
            start=named[0].start, end=named[-1].end, value=members, shown=", ".join(members),
            score=min(1.0, covered + 0.2),
            span=_clauses(place, named),
        )  # fmt: skip


def _alone_is_enough(place: Place, name: Span, asked: Asked) -> bool:
    """One member says something of a small set, or in the very slot of the attribute."""
    small = isinstance(asked.fact.value, tuple) and len(asked.fact.value) <= _TELLING
    founding = "founding" in asked.attribute
    return small and (not founding or proper.in_slot(place, name, asked.brand_words, asked.slots))


def _like_members(place: Place, one: Span, asked: Asked) -> bool:
    """Where all members have several words, a single word is none of them."""
    several = all(len(str(known.value).split()) > 1 for known in asked.known)
    return not several or place.page.document.plain[one.start : one.end].count(" ") > 0


def _clauses(place: Place, named: list[Span]) -> Span:
    """From the first name to the last, with the clause that leads to them."""
    return Span(start=min(place.clause(named[0].start).start, named[0].start), end=named[-1].end)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _candidates(place: Place, known: list[Span]) -> list[Span]:
    fresh = (name for name in proper.names(place, place.start, place.end) if not any(_meet(one, name) for one in known))
    return sorted({*known, *fresh})


def _groups(place: Place, names: list[Span]) -> Iterator[list[Span]]:
    plain = place.page.document.plain
    group: list[Span] = []
    for name in names:
        gap = _PAREN.sub("", plain[group[-1].end : name.start]) if group else ""
        if group and (_BETWEEN.fullmatch(gap) or gap == ""):
            group.append(name)
        else:
            if group:
                yield group
            group = [name]
    if group:
        yield group


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:  # noqa: ARG001 -- every kind is asked the same way
    members = [fold(one) for one in (said.value if isinstance(said.value, tuple) else (str(said.value),))]
    true = [fold(one) for one in (value if isinstance(value, tuple | list) else (str(value),))]
    right = [one for one in members if any(_alike(one, real) for real in true)]
    if not right:
        return Match.OTHER if len(members) > 1 else Match.UNREADABLE
    return Match.SAME if len(right) == len(members) else Match.OTHER


def _alike(one: str, real: str) -> bool:
    if gazetteer.usual(one) == gazetteer.usual(real):
        return True
    one, real = plain_letters(one), plain_letters(real)
    if fuzz.ratio(one, real) >= _ALIKE:
        return True
    return len(one) > 3 and (one == real.split()[-1] or real.startswith(one) or one.endswith(real))  # noqa: PLR2004


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return ", ".join(value) if isinstance(value, tuple | list) else str(value)


KIND = Kind(name="set", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
