"""What one kind of fact must be able to do, and what passes between a kind and the checker."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from monitor.analysis.cues import Asked
from monitor.analysis.places import Place
from monitor.analysis.spans import Span, Stretch
from monitor.domain.brand import Fact, FactValue


class Match(StrEnum):
    SAME = "same"  # equal within tolerance, or a coarser true value
    NEAR = "near"  # too close to call: neither support nor an accusation
    OTHER = "other"
    UNREADABLE = "unreadable"  # another currency, another unit: cannot be compared


class Said(Stretch, frozen=True, kw_only=True):
    """A value that an answer gives for a fact: its own place, its meaning, how sure it is meant for this fact."""

    value: object  # Quantity, Moment, str, tuple of str, bool: what the kind's `compare` reads
    shown: str  # normalised, as a report shows it
    score: float  # 0..1
    span: Span | None = None  # the words that make the claim, where the kind knows better than the clause
    history: bool | None = None  # None: the checker decides by the words around
    scale: float = 1.0  # how many of the sheet's units one of the answer's is
    exclusive: bool = False  # one such place can serve one fact only
    signs: Mapping[str, float] = msgspec.field(default_factory=dict)  # what the kind saw: weighed by `relevance`


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of fact, as one file declares it."""

    name: str
    check: Callable[[FactValue, str], str]  # (value, unit) -> "" or one sentence why it is not valid
    advice: Callable[[Fact], str]  # "" if it can be checked, else how to write it better
    same: Callable[[Fact, Fact], bool]  # whether two facts of this kind give the same value
    read: Callable[[Place, Asked], Sequence[Said]]
    compare: Callable[[Said, FactValue, Asked], Match]
    show: Callable[[FactValue, str], str]  # (value, unit) -> words for a person
