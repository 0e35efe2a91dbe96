"""Values that a sheet gives for one fact alone, and nowhere else speaks of: naming one says of what it is the value."""

import re
from collections.abc import Iterable

from monitor.analysis import lexicon
from monitor.analysis.folding import fold
from monitor.domain.brand import Fact, FactSheet

_SHORTEST = 5  # letters of a single word
_WORD = re.compile(r"[^\W_]+")


def values(fact: Fact, sheet: FactSheet, brand: Iterable[str]) -> frozenset[str]:
    """Return the values of a text fact, folded, that no other fact of the sheet and no name of the brand holds."""
    if fact.kind != "text":
        return frozenset()
    others = fold(" ".join([*brand, *(_all(one) for one in sheet.facts if one.id != fact.id)]))
    given = (fold(str(value)) for value in (fact.value, *(former.value for former in fact.before)))
    return frozenset(one for one in given if one not in others and _is_telling(one, fold(fact.about)))


def _all(fact: Fact) -> str:
    return f"{fact.about} {fact.says} {fact.value} {' '.join(str(one.value) for one in fact.before)}"


def _is_telling(value: str, about: str) -> bool:
    """Whether no answer says a value by chance: "beef tallow", "Inkwell", and not "lifetime", "New York"."""
    words = [word for word in _WORD.findall(value) if word not in about]
    if not words or len(value) < _SHORTEST:
        return False
    known = {(hit.start, hit.end) for hit in lexicon.general_spotter().find(value) if not hit.weak}
    return not any(start == 0 and end == len(value) for start, end in known)
