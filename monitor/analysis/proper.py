"""Proper names in an answer, and whether they stand in the slot that a word such as "CEO" opens."""

import re
from collections.abc import Iterator

from monitor.analysis.folding import WORD
from monitor.analysis.places import Place
from monitor.domain.readings import Span

_PART = r"(?:[A-ZÀ-ÞŠŽČŁĐÖØ][^\W\d_]*(?:[.'’][^\W\d_]+|-[A-ZÀ-Þ][^\W\d_]+)*\.?|[A-Z]{2,}\w*|[A-Z]\.)"
_LINK = r"(?:de|van|von|der|den|del|della|di|da|dos|la|le|bin|al|el|ter|y|of|zu|af)"
NAME = re.compile(rf"(?<![\w])(?:{_PART})(?:[ \u00a0-](?:{_LINK}[ \u00a0])?(?:{_LINK}[ \u00a0])?{_PART}){{0,5}}")
KATAKANA = re.compile(r"[ァ-ヺー]{2,}(?:[・＝=·][ァ-ヺー]+)*")
_NOT_NAMES = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "it",
        "its",
        "this",
        "that",
        "these",
        "he",
        "she",
        "they",
        "we",
        "you",
        "i",
        "as",
        "by",
        "for",
        "from",
        "of",
        "and",
        "but",
        "or",
        "if",
        "when",
        "while",
        "since",
        "after",
        "before",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "currently",
        "yes",
        "no",
        "not",
        "never",
        "one",
        "two",
        "three",
        "both",
        "there",
        "here",
        "what",
        "who",
        "how",
        "why",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "und",
        "im",
        "am",
        "seit",
        "heute",
        "ja",
        "nein",
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "le",
        "les",
        "des",
        "en",
        "de",
        "du",
        "il",
        "elle",
        "sí",
        "non",
        "oui",
        "ceo",
        "cfo",
        "cto",
        "coo",
        "founder",
        "founders",
        "hq",
        "president",
        "chief",
        "head",
        "inc",
        "ltd",
        "llc",
        "group",
        "company",
        "q1",
        "q2",
        "q3",
        "q4",
        "fy",
        "note",
        "tip",
        "so",
        "then",
        "now",
        "today",
    ]
)
_FILL = frozenset(
    [
        "is",
        "was",
        "are",
        "were",
        "be",
        "been",
        "being",
        "by",
        "as",
        "the",
        "a",
        "an",
        "its",
        "it",
        "their",
        "his",
        "her",
        "of",
        "at",
        "in",
        "named",
        "called",
        "who",
        "current",
        "new",
        "now",
        "today",
        "and",
        "also",
        "currently",
        "president",
        "chairman",
        "co",
        "cofounder",
        "founder",
        "group",
        "company",
        "brand",
        "brand's",
        "firm",
        "since",
        "has",
        "had",
        "have",
        "s",
        "s'",
        "under",
        "with",
        "sitting",
        "serving",
        "serves",
        "served",
        "own",
        "ist",
        "war",
        "wird",
        "von",
        "der",
        "die",
        "das",
        "als",
        "dem",
        "den",
        "des",
        "durch",
        "heißt",
        "seit",
        "aktuell",
        "heute",
        "ein",
        "eine",
        "unter",
        "und",
        "zudem",
        "est",
        "était",
        "par",
        "le",
        "la",
        "l",
        "les",
        "de",
        "du",
        "des",
        "d",
        "l'espagnol",
        "actuel",
        "actuelle",
        "depuis",
        "un",
        "une",
        "nommé",
        "nommée",
        "es",
        "fue",
        "por",
        "el",
        "los",
        "del",
        "actual",
        "desde",
        "una",
        "llamado",
        "llamada",
        "que",
        "retailer",
        "retailer's",
        "company's",
        "label",
        "executive",
        "officer",
        "longtime",
        "american",
        "british",
        "french",
        "german",
        "swedish",
        "danish",
        "dutch",
        "spanish",
        "japanese",
        "italian",
        "canadian",
        "former",
    ]
)
_BREAKS = re.compile(r"[;!?。\n|]|\.\s")


def names(place: Place, low: int, high: int) -> Iterator[Span]:
    """Yield capitalised names between two offsets, without the sentence's first ordinary word."""
    plain = place.page.document.plain
    for found in NAME.finditer(plain, low, high):
        start, end = _trimmed(plain, found.start(), found.end())
        if start < end:
            yield Span(start=start, end=end)
    for found in KATAKANA.finditer(plain, low, high):
        yield Span(start=found.start(), end=found.end())


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    words = list(WORD.finditer(plain, start, end))
    while words and words[0][0].lower() in _NOT_NAMES:
        words.pop(0)
    while words and words[-1][0].lower() in _NOT_NAMES - {"group", "company", "inc"}:
        words.pop()
    return (words[0].start(), words[-1].end()) if words else (0, 0)


def fills(place: Place, low: int, high: int, extra: frozenset[str] = frozenset()) -> bool:
    """Whether only small words, the brand's name and numbers stand between a cue and a name."""
    if high < low:
        return True
    gap = place.page.folded[low:high]
    if len(gap) > 70 or _BREAKS.search(gap):  # noqa: PLR2004 -- characters
        return False
    mentions = place.page.mentions_in(Span(start=low, end=high))
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
            low, high = (hit.end, name.start) if hit.end <= name.start else (name.end, hit.start)
            if fills(place, low, high, extra):
                return True
    label = place.label
    if label and name.start >= place.value_start and fills(place, place.value_start, name.start, extra):
        return any(hit.concept in concepts for hit in place.page.hits_in(label))
    return False
