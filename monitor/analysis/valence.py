"""How good or bad the words of a clause are: opinion words and phrases with negation, degree and hedges."""

import re
from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitor.analysis.wordlists import phrases

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[\U0001F300-\U0001FAFF✅❌⚠⭐]")
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
_TURN = -0.7  # "not good" is less bad than "bad"
_REACH = 3  # words that a negation reaches over
_GENERAL = 1.6  # a word of the general list counts from this valence on
_GENERAL_WEIGHT = 0.5
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
    for line in phrases("opinions"):
        words, _, strength = line.partition("|")
        for word in words.split(","):
            found[word.strip()] = float(strength)
    return found


def score(text: str) -> tuple[float, float]:
    """Return (good, bad), both >= 0, of one clause.

    >>> good, bad = score("reliable and very easy to use")
    >>> good > 1, bad == 0
    (True, True)
    >>> good, bad = score("not reliable")
    >>> good == 0, bad > 0
    (True, True)
    """
    good = bad = 0.0
    for _, strength in opinions(text):
        if strength > 0:
            good += strength
        else:
            bad -= strength
    return good, bad


def opinions(text: str) -> list[tuple[str, float]]:
    """Return the judging words of a text with their strength after negation and degree."""
    said = lexicon()
    tokens = _TOKEN.findall(text.replace("’", "'").lower())
    found: list[tuple[str, float]] = []
    if not text.isascii():
        found += [(word, strength) for word, strength in _unspaced().items() if word in text]
    i = 0
    turned = False  # whether the judging word before was negated
    lengths = _lengths()
    while i < len(tokens):
        length = _phrase(tokens, i, said) if tokens[i] in lengths else 0
        if length:
            turned = _negated(tokens, i, turned=turned)
            strength = said[" ".join(tokens[i : i + length])] * _degree(tokens, i) * (_TURN if turned else 1.0)
            if strength:
                found.append((" ".join(tokens[i : i + length]), strength))
        i += max(1, length)
    return found


def _phrase(tokens: list[str], i: int, said: dict[str, float]) -> int:
    """Return how many words from `i` on are the longest known phrase; 0 if none is."""
    longest = min(_lengths().get(tokens[i], 0), len(tokens) - i)
    return next((n for n in range(longest, 0, -1) if " ".join(tokens[i : i + n]) in said), 0)


def _negated(tokens: list[str], i: int, *, turned: bool) -> bool:
    """Whether a negation stands closely before, or the word before it in a chain with "or" was negated."""
    before = tokens[max(0, i - _REACH) : i]
    if before and before[-1] in _CHAINS:
        return turned or before[-1] == "nor"
    for cut in ("and", "but", "und", "aber", "et", "mais", "y", "pero"):
        if cut in before:
            before = before[before.index(cut) + 1 :]
    return any(token in _NEGATIONS or token.endswith("n't") for token in before)


@cache
def _lengths() -> dict[str, int]:
    """First word -> number of words of the longest phrase that begins with it; most words begin none."""
    found: dict[str, int] = {}
    for phrase in lexicon():
        first, *rest = phrase.split()
        found[first] = max(found.get(first, 0), len(rest) + 1)
    return found


@cache
def _unspaced() -> dict[str, float]:
    """Words of languages that write without spaces."""
    return {word: strength for word, strength in lexicon().items() if word[:1] >= _FIRST_CJK}


def _degree(tokens: list[str], i: int) -> float:
    before = tokens[max(0, i - _REACH) : i]
    factor = 1.0
    if before and before[-1] in _STRONGER:
        factor *= 1.3
    if before and before[-1] in _WEAKER:
        factor *= 0.6
    if any(token in _CONDITIONS for token in tokens[max(0, i - 2 * _REACH) : i]):
        factor *= 0.5
    return factor
