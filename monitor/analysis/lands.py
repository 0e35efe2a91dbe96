"""Whether a name that is also a land's or a town's speaks of the place."""

import re
from collections import Counter
from collections.abc import Callable

from monitor.analysis.beliefs import Found
from monitor.analysis.names import fold
from monitor.analysis.neighbours import place_of
from monitor.analysis.spans import Stretch
from monitor.analysis.text import Document
from monitor.analysis.wordlists import words
from monitor.domain.brand import Entity

_TOKEN = re.compile(r"[^\W_]+(?:[.'-][^\W_]+)*\.?")
_SUFFIXES = ("地方", "地域", "半島", "高原", "公園", "州", "県", "市", "山脈")
_PRODUCT = re.compile(r"(?:[ \t][A-Z0-9][\w'-]*)+")
_PRICE = re.compile(r"[$€£¥]\s?\d")
_PREPOSED = re.compile(
    r"\b(?:in|across|around|through|throughout|visit|visiting|explore|exploring|la|nach|durch|en|dans|en la)\s$",
    re.IGNORECASE,
)
_LA = re.compile(r"\b(?:la|una)\s$", re.IGNORECASE)
Weigher = Callable[[], int]
_CLAUSE_WEIGHT = 2
_DOCUMENT_WEIGHT = 2  # the whole answer counts as much as one word of the clause


def has_suffix(after: str) -> bool:
    """Whether a Japanese word for a kind of place is joined to the name."""
    return after.startswith(_SUFFIXES)


def also_place(entity: Entity, name: str) -> bool:
    """Whether the sheet's own look-alikes speak of a place of that name."""
    said = {word for phrase in entity.lookalikes if name in fold(phrase) for word in re.findall(r"\w+", fold(phrase))}
    return bool(said & words("geographic"))


def is_place(document: Document, one: Found, before: str, whole: Weigher) -> bool:
    """Whether the clause speaks of lands rather than of firms; `whole` weighs the answer as `talk` does."""
    clause = document.clause_of(one.start) or Stretch(start=one.start, end=one.end)
    product = _PRODUCT.match(document.plain, one.end, clause.end)
    behind = product.end() if product else one.end
    local = talk(document.plain[clause.start : one.start] + document.plain[behind : clause.end])
    bias = 0
    if place_of(document, one) is None:
        bias = max(-_DOCUMENT_WEIGHT, min(_DOCUMENT_WEIGHT, whole()))
    score = _CLAUSE_WEIGHT * local + bias + (2 if _PREPOSED.search(before) else 0)
    if _LA.search(before) and document.lang == "es":
        score += 3
    return score > 0


def talk(text: str) -> int:
    """Return the words about lands less the words about firms."""
    said = Counter(word.lower().rstrip(".") for word in _TOKEN.findall(text))
    lands = sum(count for word, count in said.items() if word in words("geographic"))
    firms = sum(count for word, count in said.items() if word in words("commercial"))
    return lands - firms - len(_PRICE.findall(text))
