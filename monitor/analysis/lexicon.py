"""The general vocabulary of what companies are asked about, found in a text in one pass."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Self

import ahocorasick_rs
import msgspec

from monitor.analysis import inflection
from monitor.analysis.folding import fold

_FOLDER = Path(__file__).parent / "words"
_WORDS = (_FOLDER / "attributes.toml", _FOLDER / "trades.toml")


def _cjk(sign: str) -> bool:
    """Whether a sign belongs to a script without spaces between words."""
    return "\u3040" <= sign <= "\u9fff"


class Hit(msgspec.Struct, frozen=True, order=True):
    """A word of a concept in a text."""

    start: int
    end: int
    concept: str
    weak: bool = False  # says it only beside other evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One entry: `text*` stands for any ending, `~text` is weak."""

    text: str
    concept: str
    open_end: bool = False
    longest_tail: int = 40  # letters that an open end may have
    weak: bool = False
    endings: re.Pattern[str] = inflection.PLAIN  # that a word without open end may have
    lang: str = ""  # "" and "en" are looked for in every answer, the others in answers of their language


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    words: tuple[Word, ...]
    generic: frozenset[str] = field(default_factory=frozenset)  # concepts that do not tell which attribute
    echoes: frozenset[str] = field(default_factory=frozenset)  # concepts that only answer another, by its `also`
    against: Mapping[str, str] = field(default_factory=dict)  # monthly -> yearly: what the one says is not of the other
    also: Mapping[str, frozenset[str]] = field(default_factory=dict)  # an attribute's concept -> others that say it too


def word(entry: str, concept: str, lang: str = "") -> Word:
    text = entry.strip()
    weak, open_end = text.startswith("~"), text.endswith("*")
    folded = fold(text.strip("~* "))
    stem, endings = (folded, inflection.PLAIN) if open_end else inflection.of(folded, lang)
    return Word(text=stem, concept=concept, weak=weak, open_end=open_end, endings=endings, lang=lang)


@cache
def general() -> Vocabulary:
    """Read the shipped vocabulary once."""
    tables = {name: table for path in _WORDS for name, table in tomllib.loads(path.read_text("utf-8")).items()}
    words = dict.fromkeys(
        word(entry, concept, lang)
        for concept, languages in tables.items()
        for lang, entries in languages.items()
        if lang not in {"role", "also", "against"}
        for entry in entries.split(",")
        if entry.strip()
    )
    generic = frozenset(concept for concept, languages in tables.items() if languages.get("role") == "generic")
    also = {concept: frozenset(table["also"].split()) for concept, table in tables.items() if "also" in table}
    against = {concept: table["against"] for concept, table in tables.items() if "against" in table}
    echoes = frozenset(concept for concept, table in tables.items() if table.get("role") == "echo")
    return Vocabulary(words=tuple(words), generic=generic, echoes=echoes, against=against, also=also)


@cache
def _lists() -> dict[str, frozenset[str]]:
    tables = tomllib.loads((_FOLDER / "small.toml").read_text(encoding="utf-8"))
    return {name: frozenset(text.split()) for name, text in tables.items()}


def listed(name: str) -> frozenset[str]:
    """Return one of the short lists in words/small.toml."""
    return _lists()[name]


@cache
def labelled() -> Mapping[str, str]:
    """Return labels in words/labels.txt with the concepts that they stand for."""
    lines = (_FOLDER / "labels.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line and not line.startswith("#"))
    return {fold(name.strip()): concepts for concepts, _, names in pairs for name in names.split(",")}


@cache
def phrases() -> tuple[frozenset[str], ...]:
    """Return groups of phrases that say the same in several languages."""
    lines = (_FOLDER / "phrases.txt").read_text(encoding="utf-8").splitlines()
    return tuple(frozenset(fold(phrase).replace("-", " ") for phrase in line.split("|")) for line in lines if line)


@dataclass(frozen=True)
class _Layer:
    """The words of one vocabulary and the automaton that finds them."""

    entries: Sequence[Sequence[Word]]
    automaton: ahocorasick_rs.AhoCorasick

    @classmethod
    def of(cls, words: Iterable[Word]) -> Self:
        grouped: dict[str, list[Word]] = {}
        for one in words:
            grouped.setdefault(one.text, []).append(one)
        return cls(list(grouped.values()), ahocorasick_rs.AhoCorasick(list(grouped)))


class Spotter:
    """Finds the words of a vocabulary, and of those that it is built upon, in a folded text."""

    def __init__(self, words: Iterable[Word], *, upon: Self | None = None, lang: str = "") -> None:
        self.lang = lang  # looked for besides English where a search names none
        own = _Layer.of(words)
        self.layers: tuple[_Layer, ...] = (*(upon.layers if upon else ()), *([own] if own.entries else ()))

    def find(self, folded: str, lang: str = "", low: int = 0, high: int | None = None) -> list[Hit]:
        """Return the hits between two offsets, sorted by start, longer ones first."""
        high, langs = len(folded) if high is None else high, {"", "en", lang or self.lang}
        piece = folded[low:high]
        found: list[_Placed] = []
        for layer in self.layers:
            for index, first, last in layer.automaton.find_matches_as_indexes(piece, overlapping=True):
                start, end = first + low, last + low
                begins = _begins(folded, start)
                if not begins and "de" not in langs:
                    continue
                for one in layer.entries[index]:
                    if one.lang in langs and (begins or _heads_compound(folded, start, one)):
                        stop = _stop(folded, end, one)
                        if stop and stop <= high:
                            found.append((start, -stop, end, Hit(start, stop, one.concept, one.weak)))
        found.sort(key=_ORDER)
        return [hit for _, _, _, hit in found]


_ORDER = itemgetter(0, 1, 2)  # what begins and ends alike comes in the order of the words, then of the layers
_Placed = tuple[int, int, int, Hit]  # start, end counted backwards, end of the word without its ending


@cache
def general_spotter() -> Spotter:
    """Return the spotter of the shipped vocabulary, on which those of the sheets are built."""
    return Spotter(general().words)


def _begins(folded: str, start: int) -> bool:
    if start == 0 or not (folded[start - 1].isalnum() or folded[start - 1] == "_"):
        return True
    return _cjk(folded[start]) or _cjk(folded[start - 1])


def _heads_compound(folded: str, start: int, one: Word) -> bool:
    """Whether a German word ends in one that is known, which says what it is: "Einrichtungs-häuser"."""
    if one.lang != "de" or one.weak or len(one.text) < _HEAD:
        return False
    return folded[max(0, start - _SPECIFIES) : start].isalpha()


_HEAD, _SPECIFIES = 6, 3  # letters of a head, and at least of what stands before it


def _stop(folded: str, end: int, one: Word) -> int:
    if _cjk(one.text[-1]) or (one.endings is inflection.PLAIN and (end == len(folded) or _cjk(folded[end]))):
        return end
    if one.open_end:
        first = end
        while end < len(folded) and folded[end].isalnum() and not _cjk(folded[end]):
            end += 1
        return end if end - first <= one.longest_tail else 0
    if one.endings is inflection.PLAIN and folded[end] == " ":
        return end
    tail = one.endings.match(folded, end)
    return tail.end() if tail else 0


def by_concept(hits: Iterable[Hit]) -> Mapping[str, list[Hit]]:
    """Group hits by concept."""
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.concept, []).append(hit)
    return grouped
