"""Whose label it is: which facts of a sheet a row's head or a bullet's label speaks of, and of nothing else."""

from collections.abc import Sequence

import msgspec

from monitor.analysis import lexicon
from monitor.analysis.cues import Asked, Compiled
from monitor.analysis.folding import WORD
from monitor.analysis.lexicon import Hit
from monitor.analysis.spans import Span

FULL = 0.8  # what a label counts that names a fact and nothing else
_LEAST = 0.45  # of the attribute, that such a label must say
_EMPTY = lexicon.listed("empty")


class Owners(msgspec.Struct, frozen=True, kw_only=True):
    """Facts by their place on the sheet."""

    full: frozenset[int] = frozenset()  # every word of the label is theirs
    sole: frozenset[int] = frozenset()  # and no fact with like values shares that

    def others(self, asked: Asked) -> bool:
        """Whether the label is wholly of other facts."""
        return bool(self.full) and asked.index not in self.full


def owners(folded: str, label: Span, hits: Sequence[Hit], compiled: Compiled, skipped: Sequence[Span]) -> Owners:
    """Return the facts that a label speaks of; `skipped` are namings, which belong to no fact."""
    words = _words(folded, label, hits, compiled, skipped)
    if not words:
        return Owners()
    places = {place for hit in hits for place in compiled.by_concept.get(hit.concept, ())}
    full = [one for one in map(compiled.asked.__getitem__, places) if all(_own(word, hits, one) for word in words)]
    here = {hit.concept for hit in hits}
    sole = (
        one.index
        for one in full
        if _said(one, here) >= _LEAST and not any(other is not one and other.family == one.family for other in full)
    )
    return Owners(full=frozenset(one.index for one in full), sole=frozenset(sole))


def _words(
    folded: str, label: Span, hits: Sequence[Hit], compiled: Compiled, skipped: Sequence[Span]
) -> list[tuple[int, int]]:
    """The words of a label that say something: no small ones, no figures, no namings, no "number of"."""
    general = [(hit.start, hit.end) for hit in hits if hit.concept in compiled.generic]
    general += [(one.start, one.end) for one in skipped]
    return [
        match.span()
        for match in WORD.finditer(folded, label.start, label.end)
        if match[0] not in _EMPTY
        and not match[0].isdigit()
        and not any(start <= match.start() and match.end() <= end for start, end in general)
    ]


def _own(word: tuple[int, int], hits: Sequence[Hit], asked: Asked) -> bool:
    return any(hit.start <= word[0] and word[1] <= hit.end and hit.concept in asked.own for hit in hits)


def _said(asked: Asked, here: set[str]) -> float:
    """The share of an attribute that a label says."""
    return sum(anchor.weight for anchor in asked.anchors if anchor.concepts & here) / asked.weight
