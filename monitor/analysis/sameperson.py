"""Whether two names are of one person: with a title, a nickname or a slip of the pen, or in katakana."""

import re

from rapidfuzz import fuzz

from monitor.analysis import kana
from monitor.analysis.folding import fold, plain_letters
from monitor.analysis.kind import Match

_ALIKE = 86  # of 100: a slip of the pen, not another person
_KANA_SAME, _KANA_OTHER = 75, 50
_KANA = re.compile(r"[ァ-ヺ]")
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord herr frau m mme mlle monsieur madame sr sra señor señora".split()
)


def compare(said: str, sheet: str) -> Match:
    """Hold a person whom an answer names against the sheet's."""
    if _KANA.search(said):
        sounds = kana.alike_person(said, sheet)
        return Match.SAME if sounds >= _KANA_SAME else Match.OTHER if sounds < _KANA_OTHER else Match.NEAR
    return Match.SAME if _is_one(plain_letters(fold(said)), plain_letters(fold(sheet))) else Match.OTHER


def _is_one(words: str, true: str) -> bool:
    said, real = words.replace(".", "").split(), true.replace(".", "").split()
    said = [word for word in said if word not in _TITLES] or said
    if not said or not real:
        return False
    if real[0] in said and real[-1] in said:
        return True
    if fuzz.ratio(words, true) >= _ALIKE:
        return True
    if fuzz.ratio(said[-1].removesuffix("'s"), real[-1]) < _ALIKE:
        return False
    return len(said) == 1 or (said[0][0] == real[0][0] and (len(said[0]) == 1 or real[0].startswith(said[0][:3])))
