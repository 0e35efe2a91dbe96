"""A text made easy to match without moving any character."""

import re
from collections.abc import Mapping
from functools import lru_cache

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE |= {0x3000: 0x20, 0x2019: 0x27, 0x2018: 0x27, 0x2011: 0x2D, 0x2010: 0x2D}
WORD = re.compile(r"\w+")
_ASCII = bytes(range(128))


def fold(text: str) -> str:
    """Return the text in lower case, full-width signs as plain ones; every offset stays.

    >>> fold("Ａbout ２３")
    'about 23'
    """
    return _short(text) if len(text) < _SHORT else _fold(text)


_SHORT = 200  # characters; a sheet's values are folded again and again, an answer once


def _fold(text: str) -> str:
    even = swapped(text, _WIDE)
    lowered = even.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in even)


def swapped(text: str, table: Mapping[int, int | str]) -> str:
    """Return the text with signs beyond ASCII swapped one for one; `translate` would look every letter up."""
    if text.isascii():
        return text
    for sign in sorted(set(foreign(text))):
        other = sign.translate(table)
        if other != sign:
            text = text.replace(sign, other)
    return text


def foreign(text: str) -> str:
    """Return the signs of a text beyond ASCII, one behind the other.

    >>> foreign("déjà vu – 旧")
    'éà–旧'
    """
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def lowered(text: str) -> str:
    """Return a text in lower case whose signs beyond ASCII are that already, in a third of the time."""
    if text.isascii():
        return text.lower()
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


_short = lru_cache(maxsize=4096)(_fold)
_ACCENTED = str.maketrans("áàâäãåçéèêëíìîïñóòôöõøúùûüýÿ", "aaaaaaceeeeiiiinoooooouuuuyy")


def plain_letters(folded: str) -> str:
    """Return a folded text without accents; every offset stays."""
    return folded.translate(_ACCENTED)
