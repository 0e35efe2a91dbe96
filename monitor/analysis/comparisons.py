"""Pairs that an answer compares: who is said to be better than whom, and in what."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from monitor.analysis.grouping import by_sentence
from monitor.analysis.spans import Span
from monitor.analysis.text import Document
from monitor.analysis.wordlists import phrases
from monitor.domain.readings import Comparison, Mention

_TABLE = [line.partition("|") for line in phrases("comparatives")]
_ON_WHAT = {word.strip(" <"): on.strip() for word, _, on in _TABLE}
_LOSES = frozenset(word.strip(" <") for word, _, _ in _TABLE if word.startswith("<"))
_WORDS = "|".join(sorted(map(re.escape, _ON_WHAT), key=len, reverse=True))
_THAN = r"(?:than|to|als|que|de|di|do que|dan)"
_COMPARED = re.compile(rf"\b(?P<word>{_WORDS})\b(?P<on>(?: [\w-]+){{0,3}}?) {_THAN}\b", re.IGNORECASE)
_BEATS = re.compile(
    r"\b(?:beats?|outperforms?|outranks?|surpass(?:es)?|outsells?|edges out|wins (?:over|against)|schlägt|bat"
    r"|supera)\b",
    re.IGNORECASE,
)
# "Compared with Bolt, Acme is cheaper": the loser comes first.
_BESIDE = re.compile(
    r"\b(?:compared (?:with|to)|in comparison (?:with|to)|next to|unlike|im vergleich (?:zu|mit)|anders als"
    r"|par rapport à|contrairement à|comparado con|en comparación con|a diferencia de|rispetto a|comparado com)\s+$",
    re.IGNORECASE,
)
_SAID = re.compile(rf"\b(?P<word>{_WORDS})\b(?! \w+ {_THAN}\b)(?! {_THAN}\b)", re.IGNORECASE)
# Japanese: "AはBより安い".
_YORI = re.compile(
    r"よりも?[^。、]{0,8}?(?P<word>安い|安価|安く|速い|早い|軽い|良い|優れ|使いやすい|高い|高価|遅い|重い|劣)"
)
_YORI_ON = {
    "安い": "price", "安価": "price", "安く": "price", "高い": "price", "高価": "price", "速い": "speed",
    "早い": "speed", "遅い": "speed", "軽い": "weight", "重い": "weight", "使いやすい": "ease of use",
}  # fmt: skip
_YORI_LOSES = frozenset({"高い", "高価", "遅い", "重い", "劣"})
_NEGATED = re.compile(
    r"(?:\b(?:not|no|never|hardly|nicht|kein\w*|pas|no es|non|não|niet)\b|n't\b)[^,;]{0,20}$", re.IGNORECASE
)
_OBJECT = re.compile(rf"(?:\b{_THAN}|より)\s+(?:the |a |an )?$", re.IGNORECASE)
_FIGURE = re.compile(r"\d")  # "more than 16 million" compares with no name
_UNWANTED = re.compile(
    r"\b(?:complaints?|problems?|issues?|bugs?|errors?|outages?|crashes|fees|ads|risks?|faults?|defects|beschwerden"
    r"|probleme|fehler|problèmes|plaintes|problemas|quejas|errores)\b",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\b(?:on|in|for|in terms of|when it comes to|bei|en|sur|pour) (?P<on>[\w-]+(?: [\w-]+)?)", re.IGNORECASE
)
_REACH = 60  # characters between a name and the word that compares it


def comparisons(document: Document, mentions: Sequence[Mention]) -> tuple[Comparison, ...]:
    """Return "X is cheaper than Y" as pairs; a denied comparison is none."""
    pairs = [(sentence, inside) for sentence, inside in by_sentence(document, mentions) if len(inside) > 1]
    return tuple(dict.fromkeys(found for sentence, inside in pairs for found in _in(document, sentence, inside)))


def general(one: Comparison) -> bool:
    """Whether the better one is better all in all, not only in price or speed."""
    return one.on not in _NARROW


_NARROW = frozenset(on for on in (*_ON_WHAT.values(), *_YORI_ON.values()) if on)


def _in(document: Document, sentence: Span, inside: Sequence[Mention]) -> Iterator[Comparison]:
    if len({m.entity for m in inside}) < 2:  # noqa: PLR2004  -- a pair
        return
    plain, low, high = document.plain, sentence.start, sentence.end
    for found in [*_COMPARED.finditer(plain, low, high), *_BEATS.finditer(plain, low, high)]:
        first = _subject(plain, inside, found.start())
        second = next((m for m in inside if m.start >= found.end() and m.start - found.end() <= _REACH), None)
        if not first or not second or _FIGURE.search(plain, found.end(), second.start):
            continue
        if not _NEGATED.search(plain[first.end : found.start()]):
            yield from _pair(document, sentence, found, first.entity, second.entity)
    yield from _beside(document, sentence, inside)
    if not plain.isascii():
        yield from _yori(document, sentence, inside)


def _subject(plain: str, inside: Sequence[Mention], at: int) -> Mention | None:
    """Return the name before the word that compares, leaving out what an earlier "than" compared with."""
    before = [m for m in inside if m.end <= at and at - m.end <= 2 * _REACH]
    while before and _OBJECT.search(plain, max(0, before[-1].start - 12), before[-1].start):
        before.pop()
    return before[-1] if before and at - before[-1].end <= 2 * _REACH else None


def _beside(document: Document, sentence: Span, inside: Sequence[Mention]) -> Iterator[Comparison]:
    plain = document.plain
    for loser, winner in pairwise(inside):
        if not _BESIDE.search(plain, max(sentence.start, loser.start - 30), loser.start):
            continue
        found = _SAID.search(plain, winner.end, min(sentence.end, winner.end + _REACH))
        if found and not _NEGATED.search(plain[winner.end : found.start()]):
            yield from _pair(document, sentence, found, winner.entity, loser.entity)


def _yori(document: Document, sentence: Span, inside: Sequence[Mention]) -> Iterator[Comparison]:
    for first, second in pairwise(inside):
        found = _YORI.match(document.plain, second.end, sentence.end)
        if found and first.entity != second.entity:
            loses = found["word"] in _YORI_LOSES
            better, worse = (second.entity, first.entity) if loses else (first.entity, second.entity)
            on = _YORI_ON.get(found["word"], "")
            yield Comparison(start=sentence.start, end=sentence.end, better=better, worse=worse, on=on)


def _pair(document: Document, sentence: Span, found: re.Match[str], first: str, second: str) -> Iterator[Comparison]:
    groups = found.groupdict()
    word, noun = (groups.get("word") or "").lower(), (groups.get("on") or "").strip()
    on = _ON_WHAT.get(word, "") or noun
    if not on:
        named = _ON.search(document.plain, found.end(), sentence.end)
        on = named["on"] if named else ""
    loses = (word in _LOSES) != bool(_UNWANTED.search(noun))
    better, worse = (second, first) if loses else (first, second)
    if better != worse:
        yield Comparison(start=sentence.start, end=sentence.end, better=better, worse=worse, on=on)
