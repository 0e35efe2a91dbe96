"""Products by name: a price right beside a name is its price, and a name says what the sheet says that it names."""

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Protocol

from monitor.analysis.anchors import Anchor
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Word
from monitor.domain.brand import Fact

_PRICED = re.compile(r"\bprice of (?:the |an? )?(?:\d+ \w+ )?(?P<name>[A-Z][\w-]*(?: [A-Z0-9][\w-]*)*)")


def priced(fact: Fact) -> str:
    """Return the name of the product whose price a fact gives, folded; "" where it names none."""
    found = _PRICED.search(fact.about) if fact.kind == "money" else None
    return fold(found["name"]) if found else ""


class _Asked(Protocol):
    @property
    def fact(self) -> Fact: ...
    @property
    def concepts(self) -> frozenset[str]: ...


_NAME_OF = re.compile(r"^(?:name|names|brand name) of (?:the |its )?")
NAMED = "named:"
_MEASURED = frozenset({"number", "money", "percent"})


def naming(asked: Sequence[_Asked], generic: Container[str]) -> list[Word]:
    """Let "Acme Plus" say membership, where the sheet has it as the membership's name and gives its price."""
    figures = frozenset(c for one in asked if one.fact.kind in _MEASURED for c in one.concepts)
    words = []
    for one in asked:
        if one.fact.kind == "text" and _NAME_OF.match(fold(one.fact.about)):
            said = sorted(c for c in one.concepts & figures if c not in generic and c != "name")
            values = [str(one.fact.value), *(str(former.value) for former in one.fact.before)]
            words += [Word(text=fold(value), concept=NAMED + concept) for concept in said for value in values]
    return words


def with_names(fact: Fact, anchors: Sequence[Anchor], named: Container[str]) -> tuple[Anchor, ...]:
    """Let what a figure is of be said by its name too."""
    if fact.kind not in _MEASURED:
        return tuple(anchors)
    return tuple(
        replace(one, concepts=one.concepts | {NAMED + c for c in one.concepts if NAMED + c in named}) for one in anchors
    )
