"""The words of a place held against those of the facts: how much of a fact is said, how much of what is said is it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from monitor.analysis.cues import Compiled
from monitor.analysis.folding import fold
from monitor.analysis.kept import kept
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.relevance import fixed, vectors
from monitor.analysis.relevance.fixed import Fixed
from monitor.analysis.relevance.vectors import Rows
from monitor.analysis.spans import Span
from monitor.domain.brand import Entity, Fact

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
_BESIDE = 28  # characters
_NEXT = 26
_WORDS = 3  # right before a value, and right behind it
_REMEMBERED = 400_000  # likenesses: 1.6 MB


def words_of(text: str) -> list[str]:
    """Return the words of a folded text that mean something.

    >>> words_of("the number of stores in 2024")
    ['number', 'stores']
    """
    return [word for word in _WORD.findall(text) if word not in _LITTLE]


class Said(msgspec.Struct, frozen=True):
    """A word where it stands."""

    start: int
    word: str


@dataclass(frozen=True, kw_only=True)
class Grouped:
    """Columns fact by fact, one fact behind the other; each has at least one."""

    flat: NDArray[np.intp]
    starts: NDArray[np.intp]  # (facts,): where each fact's columns begin
    counts: NDArray[np.float32]


class Like(msgspec.Struct, frozen=True):
    """How like a word is to those of the facts."""

    columns: Rows  # (columns,)
    facts: Sequence[float]  # to the most like word of each fact


@dataclass(frozen=True, kw_only=True)
class FactWords:
    """The words of all facts of a sheet, each with a column of its own."""

    brand: frozenset[str]  # the words of its names
    columns: Mapping[str, int]
    rows: Rows  # (columns, size)
    order: Mapping[int, int]  # by the fact's index: its place among the facts
    about: Grouped  # the words of its attribute and its cues
    every: Grouped  # ... and of its unit and its sentence
    fixed: Mapping[int, Fixed]  # by the fact's index

    @kept
    def likeness(self) -> Callable[[str], Like]:
        """Return how like a word is to those of the facts. Answers repeat their words."""
        held = len(self.columns) + len(self.order)
        return lru_cache(maxsize=max(1, _REMEMBERED // max(1, held)))(self._likeness)

    def _likeness(self, word: str) -> Like:
        columns: Rows = vectors.alike(vectors.load().of([word]), self.rows)[0]
        if word in self.columns:
            columns[self.columns[word]] = 1.0
        return Like(columns, np.maximum.reduceat(columns[self.every.flat], self.every.starts).tolist())


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
        fixed={one.index: fixed.of(one) for one in compiled.asked},
    )


def _grouped(words: Sequence[Sequence[str]], columns: Mapping[str, int]) -> Grouped:
    counts = np.array([len(one) for one in words], dtype=np.intp)
    flat = np.array([columns[word] for one in words for word in one], dtype=np.intp)
    return Grouped(flat=flat, starts=np.cumsum(counts) - counts, counts=counts.astype(np.float32))


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

    @kept
    def asked(self) -> Rows:
        """Return (columns,): how far the question says each word of the facts."""
        words = _words(fold(self.page.question), self.facts.brand) if self.page.question else ()
        return self.most([self.facts.likeness(word) for word in words]) * np.float32(_QUESTION)

    def most(self, words: Sequence[Like]) -> Rows:
        """Return (columns,): how like the most like of some words is to each word of the facts."""
        if not words:
            return np.zeros(len(self.facts.columns), dtype=np.float32)
        best = words[0].columns
        for word in words[1:]:
            best = np.maximum(best, word.columns)
        return best

    def framing(self, frame: Span) -> Rows:
        """Return (columns,): how far a frame says each word of the facts; several places share a frame."""
        key = (frame.start, frame.end)
        if key not in self._framing:
            self._framing[key] = self.most([self.facts.likeness(said.word) for said in self.inside(frame)])
        return self._framing[key]

    @kept
    def _framing(self) -> dict[tuple[int, int], Rows]:
        return {}


class Around(msgspec.Struct, frozen=True, kw_only=True):
    """The words around a value."""

    every: Sequence[Like]
    before: Sequence[Like]  # right before it
    after: Sequence[Like]
    beside: Sequence[Like]


class Spoken:
    """What one place says, clause by clause, of each fact."""

    def __init__(self, words: PageWords, place: Place) -> None:
        self._words = words
        self._place = place
        likeness = words.facts.likeness
        here = words.inside(place)
        self.starts = [said.start for said in here]  # where each word stands
        self._likes = [likeness(said.word) for said in here]
        self.label = [likeness(said.word) for said in words.inside(place.label)] if place.label else []
        self._said: dict[tuple[int, int], list[float]] = {}
        self._around_values: dict[tuple[int, int, bool], Around] = {}

    def inside(self, low: int, high: int) -> range:
        """The numbers of the place's words that begin there."""
        return range(bisect_left(self.starts, low), bisect_left(self.starts, high))

    def covered(self, clause: Span) -> list[float]:
        """Return for each fact in its order how much of its attribute is said in a clause or around it, 0..1."""
        key = (clause.start, clause.end)
        if key not in self._said:
            about = self._words.facts.about
            said = self._best(clause)[about.flat]
            self._said[key] = (np.add.reduceat(said, about.starts) / about.counts).tolist()
        return self._said[key]

    @property
    def brand(self) -> frozenset[str]:
        """The words of the brand's names."""
        return self._words.facts.brand

    def _best(self, clause: Span) -> Rows:
        """Return (columns,): how far each word of the facts is said."""
        here = self.inside(clause.start, clause.end)
        best = np.maximum(self._around, self._words.most(self._likes[here.start : here.stop]))
        if len(here) < len(self._likes):
            best = np.maximum(best, self._words.most(self._likes) * np.float32(_REST))
        return best

    @kept
    def _around(self) -> Rows:
        """Return (columns,): how far the question and the frames of the place say each word of the facts."""
        best = self._words.asked
        for frame in self._place.frames:
            best = np.maximum(best, self._words.framing(frame) * np.float32(frame.weight))
        return best

    def around(self, clause: Span, at: Span, *, whole: bool) -> "Around":
        """Return the words of a clause around a value; `whole`: its own too."""
        key = (at.start, at.end, whole)
        if key not in self._around_values:
            here = self.inside(clause.start, clause.end)
            stands = [
                (one, word)
                for one, word in zip(
                    self.starts[here.start : here.stop], self._likes[here.start : here.stop], strict=True
                )
                if whole or not at.start <= one < at.end
            ]
            self._around_values[key] = Around(
                every=[word for _, word in stands],
                before=[word for one, word in stands if at.start - _NEXT <= one < at.start][-_WORDS:],
                after=[word for one, word in stands if at.end <= one < at.end + _NEXT][:_WORDS],
                beside=[word for one, word in stands if abs(one - at.start) < _BESIDE or abs(one - at.end) < _BESIDE],
            )
        return self._around_values[key]

    def order(self, index: int) -> int:
        return self._words.facts.order[index]

    def fixed(self, index: int) -> Fixed:
        return self._words.facts.fixed[index]


def mean(words: Sequence[Like], order: int) -> float:
    """How much of some words is words of the fact that stands there in the order of the facts."""
    return sum([word.facts[order] for word in words]) / len(words) if words else 0.0
