"""What is so of a fact whatever an answer says of it: told once for each sheet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold

KINDS = ("number", "money", "percent", "year", "date", "person", "place", "text", "set", "flag")
_PERIODS = re.compile(r"month|year|annual|week|day|night|per ")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, kw_only=True)
class Fixed:
    """What a fact lends to each value that may be meant for it."""

    traits: Mapping[str, float]
    years: frozenset[str]  # that its attribute and its sentence name


def of(asked: Asked) -> Fixed:
    traits = {
        **{f"is_{kind}": asked.kind == kind for kind in KINDS},
        "is_so": asked.fact.value is True,
        "changes": asked.changes,
        "attribute": len(asked.about.split()),
        "asks_per": _PERIODS.search(fold(asked.about)) is not None,
    }
    return Fixed(traits=traits, years=frozenset(_YEAR.findall(f"{asked.about} {asked.fact.says}")))
