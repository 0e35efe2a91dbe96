"""Whether two names are of one town: in another spelling or language, with the region around it, or by its sound."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from monitor.analysis import gazetteer, kana
from monitor.analysis.kind import Match

KANA = re.compile(r"[ァ-ヺ]")
_HAN = re.compile(r"[一-龠]")
_SOUNDS_THE_SAME, _SOUNDS_ALIKE, _SOUNDS_LITTLE, _WRITTEN_ALIKE = 85, 60, 40, 75  # of 100


def compare(said: str, sheet: str) -> Match:
    """Hold a place that an answer names against the sheet's."""
    words, true = _spelled(gazetteer.ordered(said)), gazetteer.ordered(sheet)
    if not words or not true:
        return Match.UNREADABLE
    if true[0] in words:
        return Match.OTHER if _of_another_region(words, true) else Match.SAME
    if _is_the_same(words[0], true):
        return Match.SAME
    return _apart(words, true)


def _is_the_same(first: str, true: Sequence[str]) -> bool:
    """Whether it sounds the same, or is coarser, and true."""
    return sounds(first, true[0]) or first in true[1:] or first in gazetteer.holding(list(true))


def _apart(words: Sequence[str], true: Sequence[str]) -> Match:
    """How far off a place is that is not the sheet's."""
    if gazetteer.is_country(words[0]) and not any(
        gazetteer.is_country(part) for part in gazetteer.holding(list(true)) | set(true)
    ):
        return Match.UNREADABLE
    if KANA.search(words[0]) and gazetteer.in_other_state(words[1:], true[1:]):
        return Match.OTHER
    return Match.NEAR if _alike(words[0], true[0]) else Match.OTHER


def _spelled(words: list[str]) -> list[str]:
    """A town's name in Latin letters, where those stand behind it: "リエンツ (Lienz)", "岡山県津山市(Tsuyama)"."""
    if len(words) < 2 or not words[1].isascii() or gazetteer.is_region(words[1]):  # noqa: PLR2004 -- nothing behind it
        return words
    return words[1:] if KANA.search(words[0]) or _HAN.search(words[0]) else words


def _of_another_region(words: Sequence[str], true: Sequence[str]) -> bool:
    """Whether a town of the same name is meant: "Portland, Oregon" is not "Portland, Maine"."""
    return gazetteer.in_other_state(words[words.index(true[0]) + 1 :], true[1:])


def _alike(one: str, other: str) -> bool:
    """Two spellings, or a town's name in another language: too close for an accusation."""
    if KANA.search(one) and not KANA.search(other):
        unknown = gazetteer.usual(one) == one  # how a foreign name sounds in kana its letters hardly tell
        return kana.alike(one, other) >= (_SOUNDS_LITTLE if unknown else _SOUNDS_ALIKE)
    return bool(_HAN.search(one)) or fuzz.ratio(one, other) >= _WRITTEN_ALIKE


def sounds(words: str, place: str) -> bool:
    """Whether a name in katakana sounds as the town of a place.

    >>> sounds("デルフト", "Delft, Netherlands"), sounds("ブレダ", "Delft, Netherlands")
    (True, False)
    """
    town = gazetteer.ordered(place)[:1]
    return bool(town and KANA.search(words)) and kana.alike(words, town[0]) >= _SOUNDS_THE_SAME
