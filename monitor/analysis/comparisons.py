"""Pairs that an answer compares: who is said to be better than whom, and in what."""

import re
from collections.abc import Iterator, Sequence

from monitor.analysis.grouping import by_sentence
from monitor.analysis.text import Document
from monitor.analysis.wordlists import phrases
from monitor.domain.readings import Comparison, Mention, Span

_TABLE = [line.partition("|") for line in phrases("comparatives")]
_ON_WHAT = {word.strip(" <"): on.strip() for word, _, on in _TABLE}
_LOSES = frozenset(word.strip(" <") for word, _, _ in _TABLE if word.startswith("<"))
_WORDS = "|".join(sorted(map(re.escape, _ON_WHAT), key=len, reverse=True))
_COMPARED = re.compile(rf"\b(?P<word>{_WORDS})\b(?P<on>(?: [\w-]+){{0,3}}?) (?:than|to|als|que)\b", re.IGNORECASE)
_BEATS = re.compile(
    r"\b(?:beats?|outperforms?|outranks?|surpass(?:es)?|outsells?|edges out|wins (?:over|against)|schlägt|bat)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|n't|no|never|hardly|nicht|kein\w*|pas|no es)\b[^,;]{0,20}$", re.IGNORECASE)
_ON = re.compile(
    r"\b(?:on|in|for|in terms of|when it comes to|bei|en|sur|pour) (?P<on>[\w-]+(?: [\w-]+)?)", re.IGNORECASE
)
_REACH = 60  # characters between a name and the word that compares it


def comparisons(document: Document, mentions: Sequence[Mention]) -> tuple[Comparison, ...]:
    """Return "X is cheaper than Y" as pairs; a denied comparison is none."""
    groups = by_sentence(document, mentions).items()
    return tuple(dict.fromkeys(found for sentence, inside in groups for found in _in(document, sentence, inside)))


def _in(document: Document, sentence: Span, inside: Sequence[Mention]) -> Iterator[Comparison]:
    if len({m.entity for m in inside}) < 2:  # noqa: PLR2004  -- a pair
        return
    for found in [
        *_COMPARED.finditer(document.plain, sentence.start, sentence.end),
        *_BEATS.finditer(document.plain, sentence.start, sentence.end),
    ]:
        before = [m for m in inside if m.end <= found.start() and found.start() - m.end <= _REACH]
        after = [m for m in inside if m.start >= found.end() and m.start - found.end() <= _REACH]
        if not before or not after or before[-1].entity == after[0].entity:
            continue
        between = document.plain[before[-1].end : found.start()]
        if _NEGATED.search(between):
            continue
        yield _pair(document, sentence, found, before[-1].entity, after[0].entity)


def _pair(document: Document, sentence: Span, found: re.Match[str], first: str, second: str) -> Comparison:
    word = (found.groupdict().get("word") or "").lower()
    on = _ON_WHAT.get(word, "") or (found["on"] or "" if word else "").strip()
    if not on:
        named = _ON.search(document.plain, found.end(), sentence.end)
        on = named["on"] if named else ""
    better, worse = (second, first) if word in _LOSES else (first, second)
    return Comparison(start=sentence.start, end=sentence.end, better=better, worse=worse, on=on)
