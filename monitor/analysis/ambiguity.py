"""Whether the letters of a name are the name: brands that are ordinary words, places, or parts of others' names."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from monitor.analysis import lands
from monitor.analysis.beliefs import BEFORE, NEXT, Belief, Found
from monitor.analysis.names import fold
from monitor.analysis.neighbours import acts, company_of, labels_of, place_of, pointed, titled
from monitor.analysis.ordinary import as_word, ordinary
from monitor.analysis.text import Document
from monitor.analysis.wordlists import words
from monitor.domain.brand import Entity

_F = TypeVar("_F", bound=Found)

_PERSON = re.compile(
    r"\b(?i:founders?|co-?founders?|ceo|president|chair(?:man|woman)?|chief executive|Mr|Ms|Mrs|Dr|brothers|gründer"
    r"|fondateur|fundador|(?:founded|started|created|established|led|named) (?:by|after))\b"
    r"[^\w\n]{1,8}(?:one )?(?:[A-ZÀ-Þ][\w.]+ ){1,2}$"
)
_ARTICLE = re.compile(r"\b(?:a|an|the)\s$", re.IGNORECASE)
_COMPANY = 2  # sure names that make an unsure one believable
_AROUND = (60, 40)  # characters before and behind a name that are looked at


class Judge:
    """Knows which of the sheet's names need a second look."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        names = [(entity, _bare(fold(name))) for entity in entities for name in (entity.name, *entity.aliases)]
        self._ordinary = frozenset(name for _, name in names if name in words("ordinary"))
        self._rare = frozenset(name for _, name in names if name in words("rare_words"))
        self._places = frozenset(name for e, name in names if name in words("places") or lands.also_place(e, name))
        self._shared = self._ordinary | self._rare | self._places

    def keep(self, document: Document, question: str, found: Sequence[_F]) -> list[_F]:
        """Return the candidates that are the name, judged together: one sure naming carries the unsure ones."""
        whole = cache(lambda: lands.talk(document.plain + " " + question))
        beliefs = [self._belief(document, one, whole) for one in found]
        judged = [
            (one, Belief.WORD if belief is Belief.NAME and _common_noun(document, one, found) else belief)
            for one, belief in zip(found, beliefs, strict=True)
        ]
        sure = [one for one, belief in judged if belief is Belief.NAME]
        if all(belief is not Belief.UNSURE for _, belief in judged):
            return sure
        believed = _Believed(document, question, found, sure)
        return [one for one, belief in judged if belief is Belief.NAME or (belief is Belief.UNSURE and one in believed)]

    def _belief(self, document: Document, one: Found, whole: lands.Weigher) -> Belief:
        before, after = _around(document.plain, one)
        person = _ends_in_word(before) and _PERSON.search(before) and not one.name.written.isupper()
        if person or lands.has_suffix(after):
            return Belief.WORD
        folded = _bare(fold(document.plain[one.start : one.end])) if self._shared else ""
        if folded not in self._shared:
            return Belief.NAME
        if _others_name(before, after) or (
            folded in self._places and lands.is_place(document, one, before, self._weigher(folded, whole))
        ):
            return Belief.WORD
        if folded in self._ordinary:
            return ordinary(document, one, before, after)
        return Belief.WORD if folded in self._rare and as_word(document, one, before, after) else Belief.NAME

    def _weigher(self, folded: str, whole: lands.Weigher) -> lands.Weigher:
        """What the whole answer says: of a place that only the sheet's look-alikes tell of, the clause must speak."""
        return whole if folded in words("places") else lambda: min(0, whole())


class _Believed:
    """Which unsure names the rest of the answer carries."""

    def __init__(self, document: Document, question: str, found: Sequence[Found], sure: Sequence[Found]) -> None:
        self._document = document
        self._sure = {one.name.entity for one in sure}
        self._carried = self._sure | {one.name.entity for one in found if one.name.written in question}
        self._company = company_of(document, sure)
        self._labels = labels_of(document, found)

    def __contains__(self, one: Found) -> bool:
        document = self._document
        return (
            one.name.entity in self._carried
            or place_of(document, one) in self._company
            or (len(self._sure) >= _COMPANY and acts(document, one))
            or (bool(self._sure) and titled(document, one))
            or pointed(document, one, self._labels)
        )


def _ends_in_word(before: str) -> bool:
    """Whether nothing but a space stands behind the last word: most names begin a line or stand in bold."""
    return before[-1:] == " " and (before[-2:-1].isalnum() or before[-2:-1] in {"_", "."})


def _common_noun(document: Document, one: Found, found: Sequence[Found]) -> bool:
    """Whether a name in lower case behind an article is a noun: "a framework", where "Framework" is named elsewhere."""
    written = document.plain[one.start : one.end]
    if (
        not written.islower()
        or one.name.lowered
        or not _ARTICLE.search(document.plain, max(0, one.start - 6), one.start)
    ):
        return False
    elsewhere = (document.plain[other.start : other.end] for other in found if other.name.entity == one.name.entity)
    return document.plain[one.end : one.end + 1] != "-" and any(not other.islower() for other in elsewhere)


def _bare(folded: str) -> str:
    """Return a name without its article: "the gap" is as ordinary as "gap"."""
    return folded.removeprefix("the ")


def _around(plain: str, one: Found) -> tuple[str, str]:
    low, high = _AROUND
    start = max(0, one.start - low)
    line = plain.rfind("\n", start, one.start) + 1 or start
    return plain[line : one.start], plain[one.end : one.end + high]


def _others_name(before: str, after: str) -> bool:
    """Whether the words around make it another body's name: "British Columbia", "Notion Capital"."""
    following = NEXT.match(after)
    if following and following[1][0].isupper() and following[1].lower() in words("alien_heads"):
        return True
    previous = BEFORE.search(before)
    return bool(previous and previous[1][0].isupper() and previous[1].lower() in words("alien_prefixes"))
