"""Proper names in an answer, and whether they stand in the slot that a word such as "CEO" opens."""

import re
from collections.abc import Iterator, Sequence

from monitor.analysis import lexicon
from monitor.analysis.folding import WORD
from monitor.analysis.places import Place
from monitor.analysis.spans import Span, Stretch

_ACCENTED = "".join(char for char in map(chr, range(0xC0, 0x250)) if char.isupper())  # "Ōmori", "Řezníček"
_PART = rf"(?:[A-Z{_ACCENTED}][^\W\d_]*(?:[.'’][^\W\d_]+|-[A-Z{_ACCENTED}][^\W\d_]+)*\.?|[A-Z]{{2,}}\w*|[A-Z]\.)"
_LINK = r"(?:de|van|von|der|den|del|della|di|da|dos|la|le|bin|al|el|ter|y|of|zu|af)"
NAME = re.compile(rf"(?<![\w-])(?:{_PART})(?:[ \u00a0-](?:{_LINK}[ \u00a0])?(?:{_LINK}[ \u00a0])?{_PART}){{0,5}}")
KATAKANA = re.compile(r"[ァ-ヺー]{2,}(?:[・＝=·][ァ-ヺー]+)*")
_NOT_NAMES = lexicon.listed("not_names")
_NOT_LAST = _NOT_NAMES - {"group", "company", "inc"}
_FILL = lexicon.listed("fills")
_BREAKS = re.compile(r"[;!?。\n|]|\.\s")


def names(place: Place, low: int, high: int) -> Sequence[Span]:
    """Return the capitalised names between two offsets, without a sentence's first ordinary word."""
    known = place.page.named
    if (low, high) not in known:
        known[low, high] = tuple(_names(place.page.document.plain, low, high))
    return known[low, high]


def _names(plain: str, low: int, high: int) -> Iterator[Span]:
    for found in NAME.finditer(plain, low, high):
        start, end = _trimmed(plain, found.start(), found.end())
        if start < end:
            yield Stretch(start=start, end=end)
    if not plain.isascii():
        for found in KATAKANA.finditer(plain, low, high):
            yield Stretch(start=found.start(), end=found.end())


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    words = list(WORD.finditer(plain, start, end))
    while words and words[0][0].lower() in _NOT_NAMES:
        words.pop(0)
    while words and words[-1][0].lower() in _NOT_LAST:
        words.pop()
    return (words[0].start(), words[-1].end()) if words else (0, 0)


def fills(place: Place, low: int, high: int, extra: frozenset[str] = frozenset()) -> bool:
    """Whether only small words, the brand's name and numbers stand between a cue and a name."""
    if high < low:
        return True
    gap = place.page.folded[low:high]
    if len(gap) > 70 or _BREAKS.search(gap):  # noqa: PLR2004 -- characters
        return False
    mentions = place.page.mentions_in(Stretch(start=low, end=high))
    for word in WORD.finditer(place.page.folded, low, high):
        inside = any(one.start <= word.start() < one.end for one in mentions)
        if not inside and word[0] not in _FILL and word[0] not in extra and not word[0].isdigit():
            return False
    return True


def in_slot(place: Place, name: Span, extra: frozenset[str], concepts: frozenset[str]) -> bool:
    """Whether a name stands directly beside a word of `concepts`, or is the value of its label."""
    clause = place.clause(name.start)
    for hit in place.hits:
        if hit.concept in concepts and clause.start <= hit.start < clause.end:
            before = name.end <= hit.start
            if before and place.page.folded.endswith(" by", hit.start, hit.end):
                continue  # "Acme is owned by ...": whom it names stands behind
            low, high = (name.end, hit.start) if before else (hit.end, name.start)
            if fills(place, low, high, extra):
                return True
    label = place.label
    if label and name.end <= place.value_start and _names_only(place, name):
        return any(h.concept in concepts and 0 <= h.start - place.value_start <= _FIRST_WORDS for h in place.hits)
    if label and name.start >= place.value_start and fills(place, place.value_start, name.start, extra):
        return not place.labelled.isdisjoint(concepts)
    return False


_FIRST_WORDS = 14  # characters behind "Zhou Jianguo:" in which "chairman" may stand


def _names_only(place: Place, name: Span) -> bool:
    """Whether a label is a name and nothing else."""
    label = place.label
    words = place.page.folded[label.start : label.end] if label else ""
    return words.strip(" *_:–—-") == place.page.folded[name.start : name.end]
