"""Near-miss spellings of long names; short names and everyday words are never guessed at."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

from monitor.analysis.names import Name, fold
from monitor.analysis.wordlists import words
from monitor.domain.readings import Mention

_LONG = 7  # letters from which on one slip is forgiven
_VERY_LONG = 11  # two slips


class Index:
    """Names of one word by their first letter and length."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._near: dict[tuple[str, int], list[Name]] = defaultdict(list)  # by first letter and a word's length
        self._known: set[str] = set()
        initials = set()
        for name in sorted(names, key=lambda name: len(name.compact)):
            self._known.add(name.compact)
            length = len(name.compact)
            if length >= _LONG and name.compact.isalpha() and name.compact.isascii():
                for near in range(length - _slips(name), length + _slips(name) + 1):
                    self._near[name.compact[0], near].append(name)
                initials.add(name.compact[0].upper())
        self._proper = re.compile(f"[{''.join(sorted(initials))}][^\\W\\d_]{{5,}}" if initials else r"(?!)")

    def find(self, plain: str, folded: str, taken: Sequence[tuple[int, int]], question: str = "") -> Iterator[Mention]:
        """Yield misspelt namings outside the spans that are taken, which are in order and do not overlap."""
        if not self._near:
            return
        real, asked = words("real_words"), fold(question)
        starts = [start for start, _ in taken]
        for found in self._proper.finditer(plain):
            word = folded[found.start() : found.end()]
            if word in self._known or word in real or _inside(folded, found):
                continue
            before = bisect_right(starts, found.start()) - 1
            if before >= 0 and found.start() < taken[before][1]:
                continue
            name = self._nearest(word)
            if name and (name.compact in asked or _slip(word, name.compact)):
                yield Mention(start=found.start(), end=found.end(), entity=name.entity)

    def _nearest(self, word: str) -> Name | None:
        for stem in (word, word[:-1]) if word.endswith("s") else (word,):
            for name in self._near.get((stem[0], len(stem)), ()):
                slips = _slips(name)
                if OSA.distance(stem, name.compact, score_cutoff=slips) <= slips:
                    return name
        return None


def _slips(name: Name) -> int:
    """How many are forgiven."""
    return 2 if len(name.compact) >= _VERY_LONG else 1


def _inside(folded: str, found: re.Match[str]) -> bool:
    before, after = folded[found.start() - 1 : found.start()], folded[found.end() : found.end() + 1]
    return before.isalnum() or before in {"#", "@", "/", ".", "_"} or after in {"@", "_", "/"}


def _slip(word: str, name: str) -> bool:
    """Tell a slip of the finger from another word: a doubled or dropped double letter, or two letters swapped.

    >>> _slip("patagonnia", "patagonia"), _slip("colombia", "columbia"), _slip("aribnbs", "airbnbs")
    (True, False, True)
    """
    if sorted(word) == sorted(name):
        return True
    return _single(word) == _single(name)


def _single(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", word)
