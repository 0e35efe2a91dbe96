"""The words of a place held against those of the facts: how much of a fact is said, how much of what is said is it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.analysis.cues import Compiled
from monitor.analysis.folding import fold
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.relevance import vectors
from monitor.analysis.relevance.vectors import Rows
from monitor.domain.brand import Entity, Fact
from monitor.domain.readings import Span

_WORD = re.compile(r"[^\W\d_]{2,}")
_LITTLE = frozenset(
    """an the of in on at for and or with by to from as per is are was were be been being that which who whom whose this
    these those it its their his her they he she we you your our not no so but all over before after if then than into
    out up down about also more most less least very just only own same such there here when where while how what why do
    does did done has have had having can could may might must shall should will would re ve ll don isn aren wasn weren
    hasn haven hadn doesn didn won wouldn like""".split()
)
_REST = 0.7  # what a word counts that stands in another clause of the sentence
_QUESTION = 0.4
_REMEMBERED = 400_000  # likenesses: 1.6 MB


def words_of(text: str) -> list[str]:
    """Return the words of a folded text that mean something.

    >>> words_of("the number of stores in 2024")
    ['number', 'stores']
    """
    return [word for word in _WORD.findall(text) if word not in _LITTLE]


class Said(NamedTuple):
    """A word where it stands."""

    start: int
    word: str


@dataclass(frozen=True, kw_only=True)
class Grouped:
    """Columns fact by fact, one fact behind the other; each has at least one."""

    flat: NDArray[np.intp]
    starts: NDArray[np.intp]  # (facts,): where each fact's columns begin
    counts: NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class FactWords:
    """The words of all facts of a sheet, each with a column of its own."""

    brand: frozenset[str]  # the words of its names
    columns: Mapping[str, int]
    rows: Rows  # (columns, size)
    order: Mapping[int, int]  # by the fact's index: its place among the facts
    about: Grouped  # the words of its attribute and its cues
    every: Grouped  # ... and of its unit and its sentence

    @cached_property
    def likeness(self) -> Callable[[str], Rows]:
        """Return (columns,) for a word: how like it is to each word of the facts. Answers repeat their words."""
        return lru_cache(maxsize=max(1, _REMEMBERED // len(self.columns)))(self._likeness)

    def _likeness(self, word: str) -> Rows:
        held: Rows = vectors.alike(vectors.load().of([word]), self.rows)[0]
        if word in self.columns:
            held[self.columns[word]] = 1.0
        return held


def of_sheet(compiled: Compiled, entity: Entity) -> FactWords:
    """Gather the words of the facts, without the brand's own."""
    brand = frozenset(word for name in (entity.name, *entity.aliases) for word in words_of(fold(name)))
    about = [_words(f"{one.about} {' '.join(one.fact.cues)}", brand) or [""] for one in compiled.asked]
    every = [
        list(dict.fromkeys([*words, *_words(_rest(one.fact), brand)]))
        for words, one in zip(about, compiled.asked, strict=True)
    ]
    columns = {word: at for at, word in enumerate(dict.fromkeys(word for words in every for word in words))}
    return FactWords(
        brand=brand,
        columns=columns,
        rows=vectors.load().of(list(columns)),
        order={one.index: at for at, one in enumerate(compiled.asked)},
        about=_grouped(about, columns),
        every=_grouped(every, columns),
    )


def _grouped(words: Sequence[Sequence[str]], columns: Mapping[str, int]) -> Grouped:
    counts = np.array([len(one) for one in words], dtype=np.intp)
    flat = np.array([columns[word] for one in words for word in one], dtype=np.intp)
    return Grouped(flat=flat, starts=np.cumsum(counts) - counts, counts=counts)


def _words(text: str, brand: frozenset[str]) -> list[str]:
    return [word for word in dict.fromkeys(words_of(fold(text))) if word not in brand]


def _rest(fact: Fact) -> str:
    return f"{fact.unit if fact.kind == 'number' else ''} {fact.says}"


@dataclass(frozen=True, kw_only=True)
class PageWords:
    """The words of an answer that mean something, the brand's names left out."""

    page: Page
    facts: FactWords

    def inside(self, span: Span) -> list[Said]:
        """The words of a stretch, in its order."""
        folded, brand = self.page.folded, self.facts.brand
        return [
            Said(found.start(), word)
            for found in _WORD.finditer(folded, span.start, span.end)
            if (word := found[0]) not in _LITTLE and word not in brand
        ]

    def likeness(self, words: Sequence[str]) -> Rows:
        """Return (words, columns)."""
        empty = np.zeros((0, len(self.facts.columns)), dtype=np.float32)
        return np.stack([self.facts.likeness(word) for word in words]) if words else empty

    @cached_property
    def asked(self) -> Rows:
        """Return (columns,): how like the question's words are to each word of the facts."""
        held = self.likeness(_words(fold(self.page.question), self.facts.brand))
        return np.asarray(held.max(axis=0, initial=0.0), dtype=np.float32)


class Spoken:
    """What one place says, clause by clause, of each fact."""

    def __init__(self, words: PageWords, place: Place) -> None:
        self._words = words
        self._place = place
        self._here = words.inside(place)
        self._held = words.likeness([said.word for said in self._here])
        self._explained = self._by_fact(self._held)
        label = words.inside(place.label) if place.label else []
        self._label = self._by_fact(words.likeness([said.word for said in label])).mean(axis=0) if label else None
        self._said: dict[tuple[int, int], Rows] = {}

    def _by_fact(self, held: Rows) -> Rows:
        """Return (words, facts): how far each word is one of a fact's."""
        every = self._words.facts.every
        return np.asarray(np.maximum.reduceat(held[:, every.flat], every.starts, axis=1), dtype=np.float32)

    def inside(self, low: int, high: int) -> range:
        """The numbers of the place's words that begin there."""
        return range(bisect_left(self._here, (low, "")), bisect_left(self._here, (high, "")))

    def start(self, number: int) -> int:
        return self._here[number].start

    def covered(self, clause: Span) -> Rows:
        """Return (facts,): how much of each fact's attribute is said in a clause or around it, 0..1."""
        key = (clause.start, clause.end)
        if key not in self._said:
            about = self._words.facts.about
            said = self._best(clause)[about.flat]
            self._said[key] = np.asarray(np.add.reduceat(said, about.starts) / about.counts, dtype=np.float32)
        return self._said[key]

    @property
    def brand(self) -> frozenset[str]:
        """The words of the brand's names."""
        return self._words.facts.brand

    def _best(self, clause: Span) -> Rows:
        """Return (columns,): how far each word of the facts is said."""
        best = self._words.asked * _QUESTION
        if len(self._held):
            worth = np.full(len(self._held), _REST, dtype=np.float32)
            clause_words = self.inside(clause.start, clause.end)
            worth[clause_words.start : clause_words.stop] = 1.0
            best = np.maximum(best, (self._held * worth[:, None]).max(axis=0))
        for frame in self._place.frames:
            held = self._words.likeness([said.word for said in self._words.inside(frame)])
            best = np.maximum(best, held.max(axis=0, initial=0.0) * frame.weight)
        return np.asarray(best, dtype=np.float32)

    def explained(self, words: Sequence[int], index: int) -> float:
        """How much of some words of the place is words of the fact."""
        return float(self._explained[words, self.order(index)].mean()) if len(words) else 0.0

    def label_explained(self, index: int) -> float:
        """How much of the label is words of the fact."""
        return float(self._label[self.order(index)]) if self._label is not None else 0.0

    def order(self, index: int) -> int:
        return self._words.facts.order[index]
