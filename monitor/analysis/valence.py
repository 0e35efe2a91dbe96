"""How good or bad the words of a text are: opinion words and phrases with negation, degree and hedges."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs
import msgspec
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitor.analysis.wordlists import phrases

_WORDS = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


class Opinion(msgspec.Struct, frozen=True):
    """A judging word or phrase in a text."""

    start: int
    end: int
    strength: float  # -3..3 as listed
    both: bool  # counts on both sides


_NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor cannot can't won't don't doesn't didn't isn't aren't wasn't weren't"
    " hasn't haven't hadn't without hardly barely scarcely lack lacks lacking nicht kein keine keinen keiner ohne"
    " kaum nie pas aucun aucune jamais sans ni nada nunca sin ningún ninguna tampoco".split()
)
_STRONGER = frozenset(
    "very really extremely highly incredibly especially exceptionally truly so sehr besonders très muy".split()
)
_WEAKER = frozenset(
    "slightly somewhat fairly relatively rather bit little occasionally sometimes etwas assez algo".split()
)
_CONDITIONS = frozenset("if whether would could unless wenn si".split())
_CHAINS = frozenset(("or", "nor", "oder", "ou", "ni"))
_JOINTS = ("and", "but", "und", "aber", "et", "mais", "y", "pero")
_JOINED = frozenset(_JOINTS)
_TURN = -0.7  # "not good" is less bad than "bad"
_REACH = 3  # words that a negation reaches over
_BACK = 90  # characters that hold the words before
_GENERAL = 1.6  # a word of the general list counts from this valence on
_GENERAL_WEIGHT = 0.5
_BALANCE = 2.0
_INSIDE = frozenset("'-")  # between letters these are part of a word
_FIRST_CJK = "\u3000"


@cache
def lexicon() -> dict[str, float]:
    """Return word or phrase -> strength, -3..3: our own list, and VADER's clear words at half weight."""
    general = SentimentIntensityAnalyzer().lexicon
    found = {
        word: value * _GENERAL_WEIGHT
        for word, value in general.items()
        if word.isalpha() and len(word) > 3 and abs(value) >= _GENERAL  # noqa: PLR2004  -- emoticons and cries
    }
    return found | own() | dict.fromkeys(balance(), _BALANCE)


@cache
def balance() -> frozenset[str]:
    """Return phrases that say at once that there is good and bad."""
    return frozenset(phrase.strip() for line in phrases("balance") for phrase in line.split(","))


@cache
def own() -> dict[str, float]:
    """Return our own list alone; 0 takes a word out of the general one."""
    found: dict[str, float] = {}
    for line in phrases("opinions"):
        words, _, strength = line.partition("|")
        found |= {word.strip(): float(strength) for word in words.split(",")}
    return found


class Opinions:
    """The judging words of a text in lower case, found in one pass; clauses are then weighed one by one."""

    def __init__(self, lower: str) -> None:
        self._lower = lower
        self.found = tuple(_found(lower))
        self._starts = [one.start for one in self.found]

    def score(self, start: int, end: int) -> tuple[float, float]:
        """Return (good, bad), both >= 0, of what stands between two offsets."""
        first = bisect_left(self._starts, start)
        if first == len(self._starts) or self._starts[first] >= end:
            return 0.0, 0.0
        good = bad = 0.0
        turned = False  # whether the judging word before was negated
        for one in self.found[first : bisect_left(self._starts, end)]:
            if one.end > end:
                continue
            before = _WORDS.findall(self._lower, max(start, one.start - _BACK), one.start)
            turned = _negated(before[-_REACH:], turned=turned)
            strength = one.strength * _degree(before) * (_TURN if turned else 1.0)
            if one.both:
                strength = one.strength
                bad += strength
            good, bad = (good + strength, bad) if strength > 0 else (good, bad - strength)
        return good, bad


def score(text: str) -> tuple[float, float]:
    """Return (good, bad), both >= 0, of one clause.

    >>> good, bad = score("reliable and very easy to use")
    >>> good > 1, bad == 0
    (True, True)
    >>> good, bad = score("not reliable")
    >>> good == 0, bad > 0
    (True, True)
    """
    return Opinions(_lower(text)).score(0, len(text))


def _lower(text: str) -> str:
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[str, float, bool], ...]]:
    """Return the search for all phrases, and in its order their strength and whether they count on both sides."""
    entries = tuple((phrase, strength, phrase in balance()) for phrase, strength in lexicon().items())
    return ahocorasick_rs.AhoCorasick([phrase for phrase, _, _ in entries]), entries


def _found(lower: str) -> Iterator[Opinion]:
    """Yield the longest phrases in order, not overlapping."""
    automaton, entries = _automaton()
    behind = 0
    for index, start, end in sorted(automaton.find_matches_as_indexes(lower, overlapping=True), key=_longest_first):
        phrase, strength, both = entries[index]
        if start >= behind and (phrase >= _FIRST_CJK or _whole(lower, start, end)):
            behind = end
            if strength:
                yield Opinion(start=start, end=end, strength=strength, both=both)


def _whole(lower: str, start: int, end: int) -> bool:
    """Whether words begin and end there; "made" in "well-made" is no word."""
    before, behind = lower[max(0, start - 2) : start], lower[end : end + 2]
    left, right = before[-1:], behind[:1]
    return not (
        left.isalnum()
        or right.isalnum()
        or (left in _INSIDE and before[:-1].isalnum())
        or (right in _INSIDE and behind[1:].isalnum())
    )


def _longest_first(hit: tuple[int, int, int]) -> tuple[int, int]:
    return hit[1], -hit[2]


def _negated(before: list[str], *, turned: bool) -> bool:
    """Whether a negation stands closely before, or the word before it in a chain with "or" was negated."""
    if before and before[-1] in _CHAINS:
        return turned or before[-1] == "nor"
    if not _JOINED.isdisjoint(before):
        for cut in _JOINTS:
            if cut in before:
                before = before[before.index(cut) + 1 :]
    return not _NEGATIONS.isdisjoint(before) or "n't " in f"{' '.join(before)} "


def _degree(before: list[str]) -> float:
    factor = 1.0
    if before:
        factor = 1.3 if before[-1] in _STRONGER else 0.6 if before[-1] in _WEAKER else 1.0
    if not _CONDITIONS.isdisjoint(before[-2 * _REACH :]):
        factor *= 0.5
    return factor
