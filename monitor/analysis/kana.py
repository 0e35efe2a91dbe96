"""Whether a name in katakana may be a given name in Latin letters: compared by their consonants."""

import re

from rapidfuzz import fuzz

# Signs and the consonant with which they begin; ten rows of the syllabary.
_ROWS = (
    ("アイウエオァィゥェォヤユヨャュョッ", ""),
    ("カキクケコヵヶ", "k"),
    ("ガギグゲゴ", "g"),
    ("サスセソシ", "s"),
    ("ザズゼゾ", "z"),
    ("ジ", "j"),
    ("タテトチツ", "t"),
    ("ダデドヂヅ", "d"),
    ("ナニヌネノン", "n"),
    ("ハヒヘホ", "h"),
    ("フ", "f"),
    ("バビブベボ", "b"),
    ("パピプペポ", "p"),
    ("マミムメモ", "m"),
    ("ラリルレロ", "r"),
    ("ワヲ", "w"),
    ("ヴ", "v"),
)  # fmt: skip
_SOUND = {sign: sound for signs, sound in _ROWS for sign in signs}
_ALIKE = str.maketrans(
    {"l": "r", "v": "b", "f": "b", "c": "k", "q": "k", "z": "s", "j": "s", "x": "k", "w": "", "y": "", "h": ""}
)
_VOWELS = re.compile(r"[^bcdfgjklmnpqrstvxz]")


def skeleton(name: str) -> str:
    """Return the consonants of a name in either script, brought to one spelling.

    >>> skeleton("ローズ・マルカリオ"), skeleton("Rose Marcario")
    ('rsmrkr', 'rsmrkr')
    """
    sounds = "".join(_SOUND.get(sign, sign) for sign in name.lower())
    sounds = re.sub(r"ch(?=[aeiou])", "s", sounds.replace("ph", "f"))
    return re.sub(r"(.)\1", r"\1", _VOWELS.sub("", sounds.translate(_ALIKE)))


def alike(kana: str, latin: str) -> float:
    """Return 0..100: how alike the two names sound."""
    return float(fuzz.ratio(skeleton(kana), skeleton(latin)))


_PARTS = re.compile(r"[・＝=·\s]+")


def alike_person(kana: str, latin: str) -> float:
    """Return 0..100: how alike two persons' names sound, as a whole or by the part that is least alike.

    >>> alike_person("ローズ・マルカリオ", "Rose Marcario"), alike_person("ローズ・デュポン", "Rose Marcario") < 50
    (100.0, True)
    """
    whole, said, true = alike(kana, latin), _PARTS.split(kana), latin.split()
    if whole >= _PLAINLY or len(said) < 2 or len(true) < 2:  # noqa: PLR2004 -- a given and a family name
        return whole
    pairs = [(one, other) for one, other in ((said[0], true[0]), (said[-1], true[-1])) if _tells(one) and _tells(other)]
    return min([whole, *(alike(one, other) for one, other in pairs)])


def _tells(name: str) -> bool:
    """Whether a name has consonants enough to be told from another."""
    return len(skeleton(name)) >= _FEW


_PLAINLY, _FEW = 75, 3
