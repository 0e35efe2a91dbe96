"""The places of an answer where a claim may stand, each with the words that frame it."""

from collections.abc import Mapping, Sequence
from typing import Any

from monitor.analysis import labels, lexicon
from monitor.analysis.anchors import Anchor
from monitor.analysis.cues import Asked
from monitor.analysis.kept import kept
from monitor.analysis.lexicon import Hit
from monitor.analysis.moments import Moment
from monitor.analysis.page import Page
from monitor.analysis.quantities import Dimension, Quantity
from monitor.analysis.spans import Span, Stretch
from monitor.analysis.text import Block

CARRIED = 0.45  # what the sentence before lends; it completes an attribute and never makes one
_FROM_QUESTION = 0.4  # too little alone: the question's words only complete those of the answer
_HEADING = 0.6
_AROUND_LABEL = " *_:：–—-•.\n\t"
_LABELS = {name: frozenset(concepts.split()) for name, concepts in lexicon.labelled().items()}
_TWO_LOOSE = 0.8
_REPLIED = 0.79  # a bare reply is of what was asked
_LOOSE = 0.5  # a weak word without the company beside it
_COSTS = frozenset({"free", "paid", "price", "fee"})  # a word of cost says several of these at once
_OWN_WORDS = 0.6  # of its attribute, that a value needs behind the label of another fact
_ELSEWHERE = 0.6  # what a word counts that stands in another clause of the sentence


class Frame(Stretch, frozen=True, kw_only=True):
    """Words beside a place that say what it is about: a label, a row's head, a column's head, a heading."""

    weight: float
    tight: bool = False  # a label whose value this is


class Place(Stretch, frozen=True, kw_only=True, dict=True):
    """A sentence, a cell, or what stands behind a label."""

    page: Page
    block: Block
    value_start: int  # behind the label, where there is one
    frames: tuple[Frame, ...] = ()
    cell: bool = False
    replies: bool = False  # a few words right behind a question, or at the beginning of the answer

    def is_reply(self, name: Span) -> bool:
        """Whether a name is the whole of a short reply: "Elke Vandamme."."""
        return self.replies and not self.page.folded[self.value_start : name.start].strip(_AROUND_LABEL)

    @property
    def text(self) -> str:
        return self.page.folded[self.start : self.end]

    @kept
    def clauses(self) -> tuple[Span, ...]:
        return self.page.clauses_in(self)

    @kept
    def hits(self) -> Sequence[Hit]:
        return self.page.hits_in(self)

    @kept
    def figured(self) -> Mapping[int, Sequence[Hit]]:
        """Where figures and days of the sheet stand, by the index of their fact."""
        found: dict[int, list[Hit]] = {}
        for hit in self.hits:
            if hit.concept.startswith("fig:"):
                found.setdefault(int(hit.concept.split(":")[1]), []).append(hit)
        return found

    @kept
    def spoken(self) -> Mapping[str, Sequence[Hit]]:
        """The hits by concept."""
        return lexicon.by_concept(self.hits)

    @kept
    def around(self) -> frozenset[str]:
        """All concepts that are spoken of here, in the frames or in the question."""
        return self.page.concepts_in(self).union(self.page.asked_for, *(concepts for _, concepts in self.framed))

    @kept
    def own(self) -> dict[int, Sequence[Hit]]:
        """The words of a fact's attribute, by its index."""
        return {}

    @kept
    def rivals(self) -> dict[int, Sequence[Hit]]:
        """The words of other attributes than a fact's own, by its index; kept because each value asks for them."""
        return {}

    @kept
    def strengths(self) -> dict[tuple[int, int], Mapping[str, float]]:
        """How surely each concept of a clause is meant (`coverage`); kept because each yes-or-no fact asks for it."""
        return {}

    @kept
    def answers(self) -> dict[tuple[object, int, int], Any]:
        """What was asked about the place's values (`kept.asked_once`)."""
        return {}

    @kept
    def framed(self) -> tuple[tuple[Frame, frozenset[str]], ...]:
        """The frames with the concepts that they speak of."""
        return tuple((frame, self.page.concepts_in(frame) | self._short(frame)) for frame in self.frames)

    @kept
    def label(self) -> Frame | None:
        return next((frame for frame in self.frames if frame.tight), None)

    @kept
    def labelled(self) -> frozenset[str]:
        """The concepts of the label."""
        return self.page.concepts_in(self.label) | self._short(self.label) if self.label else frozenset()

    def _short(self, frame: Frame) -> frozenset[str]:
        """What a label of one or two words stands for, which in a sentence would say nothing: "Team", "Home"."""
        tight = frame.tight or (self.cell and frame.weight > _HEADING)
        words = self.page.folded[frame.start : frame.end].strip(_AROUND_LABEL) if tight else ""
        return _LABELS.get(words.removeprefix("the "), frozenset())

    @kept
    def quantities(self) -> Sequence[Quantity]:
        """Amounts of the place that are no part of a date."""
        found = self.page.quantities_in(self)
        if all(one.dimension is not Dimension.PLAIN for one in found):
            return found
        dated = [(one.start, one.end) for one in self.dates if not one.relative]
        return [
            one
            for one in found
            if one.dimension is not Dimension.PLAIN or not any(s < one.end and one.start < e for s, e in dated)
        ]

    @kept
    def dates(self) -> Sequence[Moment]:
        """Moments of the place itself."""
        return self.page.moments_in(self)

    @kept
    def moments(self) -> Sequence[Moment]:
        """Those of the place, else of its label: "1973 | Founded in a shed"."""
        return self.dates or (self.page.moments_in(self.label) if self.label else ())

    def clause(self, offset: int) -> Span:
        for clause in self.clauses:
            if clause.start <= offset < clause.end:
                return clause
        return self

    def clause_with(self, at: Span) -> Span:
        """The clause in which something begins, as far as that reaches."""
        clause = self.clause(at.start)
        return Stretch(start=min(clause.start, at.start), end=max(clause.end, at.end))

    def coverage(self, asked: Asked, at: int | None = None, *, far: bool = True) -> float:
        """How much of what the fact is about is spoken of here, 0..1.

        `at` prefers the words of its clause; `far` lets headings and the sentence before count too.
        """
        if asked.cue in self.spoken:
            return 1.0
        clause = self if at is None else self.clause(at)
        key = (asked.index, clause.start, clause.end, far)
        if key not in self._coverage:
            other = self._is_labelled_otherwise(asked)
            covered = 0.0 if other else self._cover(asked, clause, far=far)
            self._coverage[key] = max(covered, labels.FULL) if asked.index in self.owners.sole else covered
        return self._coverage[key]

    @kept
    def _coverage(self) -> dict[tuple[int, int, int, bool], float]:
        return {}

    def _cover(self, asked: Asked, clause: Span, *, far: bool) -> float:
        if asked.concepts.isdisjoint(self.around):
            return 0.0
        total = attribute = 0.0
        for anchor in asked.anchors:
            best = self._covered(anchor, clause, asked.rivals, far=far)
            total += best * anchor.weight
            if best > CARRIED and (anchor.concepts & asked.telling):
                attribute += best
        return min(1.0, total / asked.weight) if attribute else 0.0

    def _is_labelled_otherwise(self, asked: Asked) -> bool:
        """Whether the label gives its value to other facts alone: most of this one is said behind it by no word."""
        if not self.owners.others(asked) or self.value_start > self.end:
            return False
        here = self._said_behind_label - asked.units | self._heads
        return sum([anchor.weight for anchor in asked.anchors if anchor.concepts & here]) < _OWN_WORDS * asked.weight

    @kept
    def _said_behind_label(self) -> frozenset[str]:
        return frozenset(hit.concept for hit in self.hits if hit.start >= self.value_start)

    @kept
    def _heads(self) -> frozenset[str]:
        """The concepts of a cell's head and heading."""
        framed = self.framed if self.cell else ()
        return frozenset(concept for frame, concepts in framed if not frame.tight for concept in concepts)

    @kept
    def owners(self) -> labels.Owners:
        """The facts that the label speaks of."""
        return self.page.owners_of(self.label) if self.label else labels.Owners()

    def _covered(self, anchor: Anchor, clause: Span, rivals: frozenset[str], *, far: bool) -> float:
        best, several = 0.0, len(anchor.concepts) > 1
        elsewhere = 0.0 if anchor.numbered else _ELSEWHERE
        loose: set[tuple[int, int]] = set()
        for concept in anchor.concepts:
            for hit in self.spoken.get(concept, ()):
                if several and self._is_sibling(hit, anchor, rivals):
                    continue
                inside = clause.start <= hit.start < clause.end
                sure = not hit.weak or self.page.of_company(hit)
                if not sure and inside:
                    loose.add((hit.start, hit.end))
                best = max(best, (1.0 if inside else elsewhere) * (1.0 if sure else _LOOSE))
        if (
            len(loose) > 1 and self.page.document.lang != "en"
        ):  # two loose words make a plain one: "Aktie ... gehandelt"
            best = max(best, _TWO_LOOSE)
        if best < 1.0:
            for frame, concepts in self.framed:
                if (far or frame.tight) and frame.weight > best and not concepts.isdisjoint(anchor.concepts):
                    best = frame.weight
        asked_for = _REPLIED if self.replies else _FROM_QUESTION
        if far and best < asked_for and not self.page.asked_for.isdisjoint(anchor.concepts):
            best = asked_for
        return best

    def _is_sibling(self, hit: Hit, anchor: Anchor, rivals: frozenset[str]) -> bool:
        """Whether the same words name a sibling more exactly: a "checked bag" where the fact is of the cabin bag."""
        here = {one.concept for one in self.hits if one.start == hit.start and one.end == hit.end and not one.weak}
        return not here.isdisjoint(rivals - _COSTS) and not anchor.concepts <= here
