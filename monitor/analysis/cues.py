"""By which words an answer speaks of a fact: derived from the sheet once, before any answer is read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from monitor.analysis import gazetteer, lexicon
from monitor.analysis.folding import fold, plain_letters
from monitor.analysis.kind import Kind
from monitor.analysis.lexicon import Spotter, Word
from monitor.domain.brand import Fact, FactSheet, FactValue

_EMPTY = lexicon.listed("empty")
_PROPER = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÀ-Þ][\w&'-]*(?:\s(?:[A-ZÀ-Þ][\w&'-]*|of|de))*(?<! of)(?<! de)")
_QUOTED = re.compile(r"['\"‘“„«]([^'\"’”“»]*(?:'[^'\"’”“»\s]+[^'\"’”“»]*)*)['\"’”“»](?!\w)")
_CORE = "~"


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """One thing that the answer must speak of; any of `concepts` says it."""

    concepts: frozenset[str]
    weight: float
    proper: bool = False  # a name: it reads the same in every language

    @property
    def numbered(self) -> bool:
        """Whether it names one model of several."""
        return self.weight > 1.0

    @property
    def literal(self) -> bool:
        """Whether it is a word of the sheet that the general vocabulary does not know."""
        return all(concept.startswith("=") for concept in self.concepts)


_IMPLIED = frozenset({"name", "fee", "price"})


@dataclass(frozen=True, kw_only=True)
class Known:
    """A value of the sheet as words to look for."""

    concept: str
    value: FactValue
    former: int | None  # index into `before`; None: today's


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A fact made ready to be looked for."""

    index: int
    fact: Fact
    kind: Kind
    anchors: tuple[Anchor, ...]
    second: frozenset[str]  # concepts of the fact's sentence that its attribute does not name
    units: frozenset[str] = field(default_factory=frozenset)
    known: tuple[Known, ...] = ()
    brand_words: frozenset[str] = field(default_factory=frozenset)
    generics: frozenset[str] = field(default_factory=frozenset)  # "published", "allowed": what a yes must say too
    distinct: frozenset[str] = field(default_factory=frozenset)  # concepts that no other fact of like values has
    rivals: frozenset[str] = field(default_factory=frozenset)  # concepts of the sheet's other facts of like values

    @cached_property
    def concepts(self) -> frozenset[str]:
        return frozenset(concept for anchor in self.anchors for concept in anchor.concepts)

    @property
    def measured(self) -> bool:
        return self.kind.name in {"number", "money", "percent"}

    @property
    def changes(self) -> bool:
        """Whether the attribute has a value of today; what happened once does not."""
        return self.kind.name not in {"year", "date"} and not self.attribute & {"founding", "founder"}

    @cached_property
    def attribute(self) -> frozenset[str]:
        """The concepts that say what is asked, without the names of whom or what it is asked."""
        plain = frozenset(concept for anchor in self.anchors if not anchor.proper for concept in anchor.concepts)
        return plain or self.concepts

    @cached_property
    def telling(self) -> frozenset[str]:
        """The concepts without which nothing is said of the attribute: known words, else rare ones, else names."""
        plain = [anchor for anchor in self.anchors if not anchor.proper]
        known = [anchor for anchor in plain if not anchor.literal]
        if any(anchor.concepts & _IMPLIED for anchor in known):  # an amount says "fee", a name says "called"
            known = [anchor for anchor in plain if not anchor.concepts & _IMPLIED]
        return frozenset(concept for anchor in known or plain or self.anchors for concept in anchor.concepts)

    @cached_property
    def slots(self) -> frozenset[str]:
        """The concepts beside which a value stands: "CEO ...", "called ..."."""
        return self.attribute | {self.cue}

    @cached_property
    def weight(self) -> float:
        return sum(anchor.weight for anchor in self.anchors) or 1.0

    @cached_property
    def cue(self) -> str:
        return f"cue:{self.index}"

    @property
    def about(self) -> str:
        return self.fact.about or self.fact.id.replace("_", " ")


@dataclass(frozen=True, kw_only=True)
class Compiled:
    asked: tuple[Asked, ...]
    spotter: Spotter
    by_concept: Mapping[str, tuple[int, ...]]
    generic: frozenset[str]


def compile_sheet(sheet: FactSheet, kinds: Mapping[str, Kind]) -> Compiled:
    """Derive the cues of every fact and build the one automaton that finds them all."""
    vocabulary = lexicon.general()
    plain = Spotter(vocabulary.words)
    names = frozenset(fold(name) for entity in (sheet.brand,) for name in (entity.name, *entity.aliases))
    asked, words = [], list(vocabulary.words)
    for index, fact in enumerate(sheet.facts):
        if fact.kind in kinds:
            one, own = _asked(index, fact, kinds[fact.kind], plain=plain, generic=vocabulary.generic, names=names)
            asked.append(one)
            words += own
    asked = _with_rivals(asked)
    return Compiled(asked=tuple(asked), spotter=Spotter(words), by_concept=_inverted(asked), generic=vocabulary.generic)


def _with_rivals(asked: list[Asked]) -> list[Asked]:
    """Let every fact know the words that tell its siblings apart from it."""
    return [
        replace(
            one,
            distinct=one.concepts
            - {
                concept
                for other in asked
                if other.index != one.index and _VALUES.get(other.kind.name) == _VALUES.get(one.kind.name)
                for concept in other.concepts
            },
            rivals=frozenset(
                concept
                for other in asked
                if other.index != one.index and _VALUES.get(other.kind.name) == _VALUES.get(one.kind.name)
                for concept in other.concepts
            )
            - one.concepts,
        )
        for one in asked
    ]


_VALUES = {
    "year": "moment", "date": "moment", "number": "amount", "money": "amount", "percent": "amount", "flag": "amount",
}  # fmt: skip


def _inverted(asked: Iterable[Asked]) -> dict[str, tuple[int, ...]]:
    inverted: dict[str, list[int]] = {}
    for place, one in enumerate(asked):
        for concept in {*one.concepts, *one.units, one.cue, *(known.concept for known in one.known)}:
            inverted.setdefault(concept, []).append(place)
    return {concept: tuple(places) for concept, places in inverted.items()}


def _asked(
    index: int, fact: Fact, kind: Kind, *, plain: Spotter, generic: frozenset[str], names: frozenset[str]
) -> tuple[Asked, list[Word]]:
    anchors, words = anchors_of(_without(fact.about or fact.id.replace("_", " "), names), plain, generic)
    units, unit_words = anchors_of(fact.unit, plain, frozenset()) if kind.name == "number" else ((), [])
    second, _ = anchors_of(_without(fact.says, names), plain, generic)
    known, value_words = _known(index, fact)
    have = {concept for anchor in anchors for concept in anchor.concepts}
    one = Asked(
        index=index,
        fact=fact,
        kind=kind,
        anchors=anchors,
        second=frozenset(c for anchor in second for c in anchor.concepts if not c.startswith("=")) - have,
        units=frozenset(concept for anchor in units for concept in anchor.concepts),
        known=known,
        brand_words=names,
        generics=frozenset(hit.concept for hit in plain.find(fold(fact.about)) if hit.concept in generic),
    )
    cues = [lexicon.word(entry, one.cue) for entry in fact.cues if entry.strip()]
    return one, [*words, *unit_words, *value_words, *cues]


def _without(text: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?:'s|’s)?(?!\w)", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"\([^)]*\b(?:latest|fy|\d{4})[^)]*\)", " ", text, flags=re.IGNORECASE)
    return re.sub(r"(?<![A-Z])\b\d+(?:[.,]\d+)*\b", lambda found: _number(text, found), text)


def _number(text: str, found: re.Match[str]) -> str:
    """Keep the number of a model, as in "Switch 2"; drop years and amounts."""
    named = _MODEL.search(text, 0, found.start())
    return found[0] if named and len(found[0]) < 4 else " "  # noqa: PLR2004  -- a year has four digits


_MODEL = re.compile(r"[A-Z][\w-]* $")


def anchors_of(text: str, plain: Spotter, generic: frozenset[str]) -> tuple[tuple[Anchor, ...], list[Word]]:
    """Turn an attribute's words into anchors: known concepts, names, and the remaining words as they are."""
    words: list[Word] = []
    anchors: list[Anchor] = []
    rest = text
    for quoted in _QUOTED.finditer(text):
        if len(quoted[1].split()) > 1:
            anchor, own = _literal(quoted[1], proper=True)
            anchors.append(anchor)
            words += own
            rest = rest.replace(quoted[0], " ")
    for model in _NUMBERED.finditer(rest):
        anchor, own = _literal(model[0], proper=True)
        anchors.append(replace(anchor, weight=_MODEL_WEIGHT))
        words += own
        rest = rest.replace(model[0], " " * len(model[0]))
    folded = fold(rest)
    hits = _outermost(plain.find(folded))
    groups: dict[tuple[int, int], set[str]] = {}
    strong = {(hit.start, hit.end) for hit in hits if not hit.weak}
    for hit in hits:
        if not hit.weak or (hit.start, hit.end) not in strong:
            groups.setdefault((hit.start, hit.end), set()).add(hit.concept)
    proper = {span for match in _PROPER.finditer(rest) for span in [match.span()]}
    for concepts in groups.values():
        special = frozenset(concepts - generic - lexicon.general().echoes)
        if special:
            also = frozenset(other for concept in special for other in lexicon.general().also.get(concept, ()))
            anchors.append(Anchor(concepts=special | also, weight=_FAINT if special == {"name"} else 1.0))
    for match in _TERM.finditer(folded):
        covered = any(start <= match.start() and match.end() <= end for start, end in groups)
        if covered or match[0] in _EMPTY or _SAYS_LITTLE.fullmatch(match[0]):
            continue
        named = any(start <= match.start() and match.end() <= end for start, end in proper)
        anchor, own = _literal(match[0], proper=named)
        anchors.append(anchor)
        words += own
    return _merged(anchors), words


def _merged(anchors: Iterable[Anchor]) -> tuple[Anchor, ...]:
    kept: dict[frozenset[str], Anchor] = {}
    for anchor in anchors:
        kept.setdefault(anchor.concepts, anchor)
    return tuple(kept.values())


def _outermost(hits: list[lexicon.Hit]) -> list[lexicon.Hit]:
    return [
        hit
        for hit in hits
        if not any(
            other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
            for other in hits
        )
    ]


_SUFFIX = re.compile(r"(?:ations?|ity|ities|ing|ings|ed|es|s|ly|e|en|er|ung|ungen)$")


def _stem(folded: str) -> str:
    """Cut an ending off a word of some length: "passes" -> "pass".

    >>> _stem("passes"), _stem("accepted"), _stem("bus")
    ('pass', 'accept', 'bus')
    """
    return _SUFFIX.sub("", folded, count=1) if len(folded) > 5 else folded  # noqa: PLR2004


_SAYS_LITTLE = re.compile(r".|\d+|\w+(?:ally|ently|antly|tely|edly)")  # single letters, figures, adverbs
_MODEL_WEIGHT = 1.5  # "Switch 2" is another thing than "Switch"
_FAINT = 0.4  # "name of the app": many things are called something
_NUMBERED = re.compile(r"\b[A-Z][\w-]* \d{1,3}\b")
_TERM = re.compile(r"\w+(?:-\w+)*")


def _literal(text: str, *, proper: bool) -> tuple[Anchor, list[Word]]:
    folded = fold(text.strip(" '\""))
    concept = f"={folded}"
    stem = folded if proper else _stem(folded)
    open_end = stem != folded or (proper and len(folded) > 4)  # noqa: PLR2004 -- "Russia", "Russian"
    forms = {stem, stem.replace("-", " "), stem.replace("-", "")}
    words = [Word(text=form, concept=concept, open_end=open_end, longest_tail=4) for form in forms]
    words += [Word(text=name, concept=concept) for name in gazetteer.names_of(folded) - {folded}] if proper else []
    return Anchor(concepts=frozenset({concept}), weight=1.0 if proper else 0.6, proper=proper), words


def _known(index: int, fact: Fact) -> tuple[tuple[Known, ...], list[Word]]:
    known: list[Known] = []
    words: list[Word] = []
    for former, value in [(None, fact.value), *((i, one.value) for i, one in enumerate(fact.before))]:
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, str):
                concept = f"val:{index}:{len(known)}"
                known.append(Known(concept=concept, value=part, former=former))
                words += [Word(text=text, concept=concept) for text in _spellings(part, fact.kind) if text]
    return tuple(known), words


def _spellings(value: str, kind: str) -> Iterator[str]:
    folded = fold(value)
    yield folded
    bare = plain_letters(folded)
    if bare != folded:
        yield bare
    if kind == "person":
        parts = [part for part in folded.split() if len(part) > 2]  # noqa: PLR2004
        if len(parts) > 1:
            yield parts[-1]
            yield f"{folded.split()[0]} {folded.split()[-1]}"
    if kind == "place":
        yield from (part.strip() for part in folded.split(",") if len(part.strip()) > 2)  # noqa: PLR2004
