"""Patterns of many branches, looked for only where one of the words stands without which they cannot match."""

import re
from collections.abc import Iterable

import ahocorasick_rs


class Gated:
    r"""A pattern and the words, in lower case, of which every match holds at least one.

    >>> both = Gated(r"\b(?:both|neither)\b", ["both", "neither"])
    >>> both.starts("they are both here"), both.search("neither of them").group()
    ([9], 'neither')
    """

    def __init__(self, pattern: str | re.Pattern[str], words: Iterable[str]) -> None:
        self.pattern = re.compile(pattern)
        self._words = ahocorasick_rs.AhoCorasick(list(words))

    def may_match(self, lowered: str) -> bool:
        """Whether a text in lower case holds one of the words."""
        return bool(self._words.find_matches_as_indexes(lowered))

    def search(self, folded: str) -> re.Match[str] | None:
        """Return the first match in a short text."""
        return self.pattern.search(folded) if self.may_match(folded) else None

    def starts(self, folded: str) -> list[int]:
        """Return where the words begin in a long text, in order: nowhere else can a match be."""
        return sorted(start for _, start, _ in self._words.find_matches_as_indexes(folded, overlapping=True))
