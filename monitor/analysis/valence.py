"""How good or bad the words of a clause are: a word list with negation, degree and hedges."""

import re
from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitor.analysis.wordlists import phrases

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[\U0001F300-\U0001FAFF✅❌⚠⭐]")
_NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor cannot can't won't don't doesn't didn't isn't aren't wasn't weren't"
    " hasn't haven't hadn't without hardly barely scarcely lack lacks lacking nicht kein keine keinen keiner ohne"
    " kaum nie pas aucun aucune jamais sans ni nada nunca sin ningún ninguna tampoco".split()
)  # fmt: skip
_STRONGER = frozenset(
    "very really extremely highly incredibly especially exceptionally truly sehr besonders très muy".split()
)
_WEAKER = frozenset(
    "slightly somewhat fairly relatively rather bit little occasionally sometimes etwas assez algo".split()
)
_REACH = 3  # words that a negation reaches over
_SCALE = 4.0  # a word's largest valence


@cache
def lexicon() -> dict[str, float]:
    """Return word -> valence, -4..4: VADER's list without its everyday words, and our own on top."""
    analyser = SentimentIntensityAnalyzer()
    found = {word: value for word, value in analyser.lexicon.items() if word.isalpha() and len(word) > 2}  # noqa: PLR2004
    for line in phrases("valence"):
        words, _, value = line.rpartition(" ")
        for word in words.split(","):
            found[word.strip()] = float(value)
    return found


def score(text: str) -> tuple[float, float]:
    """Return (good, bad), both >= 0, of one clause.

    >>> good, bad = score("reliable and very easy to use")
    >>> good > 0, bad == 0
    (True, True)
    >>> good, bad = score("not reliable")
    >>> good == 0, bad > 0
    (True, True)
    """
    said = lexicon()
    tokens = [token.replace("’", "'").lower() for token in _TOKEN.findall(text)]
    good = bad = 0.0
    for i, token in enumerate(tokens):
        value = said.get(token)
        if value is None and "-" in token:
            value = said.get(token.replace("-", " ")) or sum(said.get(part, 0.0) for part in token.split("-"))
        if not value:
            continue
        value *= _degree(tokens, i)
        if value > 0:
            good += value
        else:
            bad -= value
    return good / _SCALE, bad / _SCALE


def _degree(tokens: list[str], i: int) -> float:
    before = tokens[max(0, i - _REACH) : i]
    factor = 1.0
    if before and before[-1] in _STRONGER:
        factor *= 1.3
    if before and before[-1] in _WEAKER:
        factor *= 0.6
    if any(token in _NEGATIONS or token.endswith("n't") for token in before):
        factor *= -0.7
    return factor
