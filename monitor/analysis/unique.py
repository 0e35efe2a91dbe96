"""Names that the sheet gives for one thing alone, beside a word of what they name: "its programme, Hana Circle"."""

import re

from monitor.analysis import lexicon
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

_SMALL = lexicon.listed("small") | lexicon.listed("empty")
_STEM = 5  # letters that two forms of a word share
_REACH = 45  # characters
_WORD = re.compile(r"[^\W\d_]{5,}")
_GIVES = re.compile(
    r"[,:(–—-]\s?[\"“„«'‘]?$"
    r"|\b(?:called|named|with|by|in|as|is|namens|heißt|appelée?|llamad[oa]|mit|avec|con) [\"“„«'‘]?$"
)


def is_hinted(place: Place, asked: Asked, at: Span) -> bool:
    """Whether a name stands right behind a word of its attribute, or in a cell or behind a label that holds one."""
    if "name" not in asked.concepts:
        return False
    stems = _stems(asked.told, fold(str(asked.fact.value)), place.page.brand_words)
    folded = place.page.folded
    if place.label and at.start >= place.value_start and _has(stems, folded[place.label.start : place.label.end]):
        return True
    before = folded[max(place.start, at.start - _REACH) : at.start]
    return bool(_GIVES.search(before)) and _has(stems, before)


def _has(stems: frozenset[str], words: str) -> bool:
    return any(word[:_STEM] in stems for word in _WORD.findall(words))


def _stems(about: str, value: str, brand: frozenset[str]) -> frozenset[str]:
    words = (word for word in _WORD.findall(about) if word not in _SMALL and word not in value and word not in brand)
    return frozenset(word[:_STEM] for word in words)
