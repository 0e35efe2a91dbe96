"""What a pattern's matches hold word for word: to tell whether a quick look for words may stand before it."""

from collections.abc import Iterator
from itertools import product
from re import _constants as codes  # type: ignore[attr-defined]  # the only door to a pattern's parts
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_GAP = "\ufffe"  # stands for what is not spelt out


def skeletons(pattern: str) -> Iterator[str]:
    """Yield every way in which a match may be spelt, in lower case, with a sign for what the pattern leaves open.

    >>> sorted(one.replace(_GAP, "~") for one in skeletons(r"go (?:with|for)s? \\w+"))
    ['go for ~', 'go fors ~', 'go with ~', 'go withs ~']
    """
    return (one.lower() for one in _spelt(parser.parse(pattern)))


def _spelt(parts: Any) -> Iterator[str]:
    return map("".join, product(*(list(_part(code, held)) for code, held in parts)))


def _part(code: Any, held: Any) -> Iterator[str]:
    if code is codes.LITERAL:
        yield chr(held)
    elif code is codes.SUBPATTERN:
        yield from _spelt(held[3])
    elif code is codes.BRANCH:
        for branch in held[1]:
            yield from _spelt(branch)
    elif code is codes.MAX_REPEAT and held[:2] == (0, 1):
        yield from ("", *_spelt(held[2]))
    elif code is codes.AT:
        yield ""
    else:
        yield _GAP
