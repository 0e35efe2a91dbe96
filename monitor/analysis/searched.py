"""A text in which patterns are looked for again and again between the same offsets."""

import re
from collections.abc import Sequence

from monitor.analysis.kept import kept


class Searched:
    """Remembers what was found: all values of a clause ask the same of it."""

    folded: str

    def first(self, pattern: re.Pattern[str], low: int, high: int) -> re.Match[str] | None:
        """Find a pattern between two offsets; remembered, as all values of a clause ask the same."""
        key = (id(pattern), low, high)
        if key not in self._firsts:
            self._firsts[key] = pattern.search(self.folded, low, high)
        return self._firsts[key]

    def says(self, pattern: re.Pattern[str], low: int, high: int) -> bool:
        """Whether a pattern is found there."""
        return self.first(pattern, low, high) is not None

    def every(self, pattern: re.Pattern[str], low: int, high: int) -> Sequence[re.Match[str]]:
        """Find all that a pattern fits there; remembered too."""
        key = (id(pattern), low, high)
        if key not in self._every:
            self._every[key] = tuple(pattern.finditer(self.folded, low, high))
        return self._every[key]

    @kept
    def _firsts(self) -> dict[tuple[int, int, int], re.Match[str] | None]:
        return {}

    @kept
    def _every(self) -> dict[tuple[int, int, int], Sequence[re.Match[str]]]:
        return {}
