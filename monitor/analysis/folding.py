"""A text made easy to match without moving any character."""

import re

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE |= {0x3000: 0x20, 0x2019: 0x27, 0x2018: 0x27, 0x2011: 0x2D, 0x2010: 0x2D}
WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Return the text in lower case, full-width signs as plain ones; every offset stays.

    >>> fold("Ａbout ２３")
    'about 23'
    """
    lowered = text.translate(_WIDE).lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text.translate(_WIDE))


def tokens(folded: str) -> list[tuple[int, int]]:
    return [match.span() for match in WORD.finditer(folded)]


_ACCENTED = str.maketrans("áàâäãåçéèêëíìîïñóòôöõøúùûüýÿ", "aaaaaaceeeeiiiinoooooouuuuyy")


def plain_letters(folded: str) -> str:
    """Return a folded text without accents; every offset stays."""
    return folded.translate(_ACCENTED)
