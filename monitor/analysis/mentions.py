"""Where an answer names the brand or a competitor: exact spans in the text as given."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

import ahocorasick_rs
import msgspec

from monitor.analysis import misspellings
from monitor.analysis.ambiguity import Judge
from monitor.analysis.names import Letters, Name, fits, fold, letters, spellings
from monitor.analysis.text import Document
from monitor.domain.brand import Entity
from monitor.domain.readings import Mention


class Candidate(msgspec.Struct, frozen=True):
    """A place where the letters of a name stand, before it is judged."""

    start: int
    end: int
    name: Name


_WORD = re.compile(r"[^\W_]")
_CJK = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uff66-\uff9f]")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc\uff66-\uff9d]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_TAIL = re.compile(r"(?:s|es|'s|'[a-z]{1,4})?(?![^\W_])")
_TOP_LEVEL = re.compile(
    r"\.(?:com|org|net|io|ai|co|app|dev|info|biz|shop|store|eu|de|at|ch|fr|es|it|nl|be|se|no|dk|fi|pl|pt|jp|cn|in"
    r"|uk|us|ca"
    r"|au|br|mx|ru|kr|tv|me|gov|edu|so)(?![^\W_])"
)
_HANDLE = re.compile(r"[#@\\]")
_start = attrgetter("start")
_INVISIBLE = "\u200b"


class Finder:
    """Finds all entities' names in one pass; built once per sheet."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        self._names = _names(entities)
        self._own = frozenset(name.compact for name in self._names if not name.lookalike)
        self._automaton = ahocorasick_rs.AhoCorasick([name.compact for name in self._names] or ["\0"])
        self._marked = [name for name in self._names if _MARKUP.search(name.written)]
        self._typos = misspellings.Index(name for name in self._names if not name.lookalike)
        self._judge = Judge(entities)

    def find(self, document: Document, question: str = "") -> tuple[Mention, ...]:
        """Return every naming, in order; `question` helps to tell a name from a word."""
        shown = self._shown(document)
        folded = fold(shown)
        found = list(self._candidates(document.text, folded, letters(folded)))
        kept = _longest(found)
        named = self._judge.keep(document, question, [c for c in kept if not c.name.lookalike])
        mentions = [Mention(start=c.start, end=c.end, entity=c.name.entity) for c in named]
        taken = [(c.start, c.end) for c in kept]
        mentions += self._typos.find(document.plain, folded, taken, question)
        return tuple(sorted(mentions))

    def named_in(self, text: str) -> frozenset[str]:
        """Return the entities whose names stand in a short text, such as a question, whatever they mean there."""
        folded = fold(text)
        kept = _longest(list(self._candidates(text, folded, letters(folded))))
        return frozenset(c.name.entity for c in kept if not c.name.lookalike)

    def _shown(self, document: Document) -> str:
        """Return the plain text, with markup put back where it is part of a name."""
        shown = document.plain
        for name in self._marked:
            for found in re.finditer(re.escape(name.written), document.text, re.IGNORECASE):
                shown = shown[: found.start()] + found[0] + shown[found.end() :]
        return shown

    def _candidates(self, text: str, folded: str, found: Letters) -> Iterator[Candidate]:
        for index, start, end in self._automaton.find_matches_as_indexes(found.compact, overlapping=True):
            name = self._names[index]
            a = found.place(start)
            if not _begins(folded, a):
                continue
            exact = folded.startswith(name.inner, a)
            places = [] if exact else found.places(start, end)
            b = a + len(name.inner) if exact else places[-1] + 1
            if name.lookalike and not exact and _POSSESSIVE.search(folded, a, b):
                continue  # "Lyrid's" is not "the Lyrids"
            if name.lookalike and name.compact in self._own and not text.startswith(name.written, a):
                continue  # "Éclat" differs from "Eclat" by its accent, "Mer Low" from "Merlow" by its gap
            if _ends(folded, b) and (exact or fits(name, text, folded, places)):
                a -= len(name.head) if name.head and folded.endswith(name.head, 0, a) else 0
                b += len(name.tail) if name.tail and folded.startswith(name.tail, b) else 0
                yield Candidate(start=a, end=b, name=name)


_POSSESSIVE = re.compile(r"'s$")
_MARKUP = re.compile(r"[<>`]")


def _names(entities: Iterable[Entity]) -> list[Name]:
    found: dict[tuple[str, tuple[str, ...], str, bool], Name] = {}
    for entity in entities:
        for written, lookalike in [
            *((w, False) for w in (entity.name, *entity.aliases)),
            *((w, True) for w in entity.lookalikes),
        ]:
            for name in spellings(written, entity.name, lookalike=lookalike):
                found.setdefault((name.compact, name.gaps, entity.name, lookalike), name)
    return list(found.values())


def _begins(folded: str, start: int) -> bool:
    at = start - 1
    while at >= 0 and folded[at] == _INVISIBLE:
        at -= 1
    if at < 0:
        return True
    before, first = folded[at], folded[start]
    if before.isspace() and first.isascii():
        return True
    if _CJK.match(before) or _CJK.match(first):
        return not (_KATAKANA.match(before) and _KATAKANA.match(first))
    if before == "." and at and _WORD.match(folded[at - 1]) and folded[at - 1].isascii():
        return folded[start - 2 : start - 1].isdigit() or not _in_domain(folded, start)
    if not _WORD.match(first):
        return True
    return not (_WORD.match(before) or before == "_" or _HANDLE.match(before))


def _in_domain(folded: str, start: int) -> bool:
    """Whether a name after a point is a part of an address (news.acme.com), not the start of glued text."""
    word = re.compile(r"[\w-]*").match(folded, start)
    return bool(word and _TOP_LEVEL.match(folded, word.end()))


def _ends(folded: str, end: int) -> bool:
    at = end
    while at < len(folded) and folded[at] == _INVISIBLE:
        at += 1
    if at >= len(folded):
        return True
    after, last = folded[at], folded[end - 1]
    if after.isspace() and last.isascii():
        return True
    if _CJK.match(after) or _CJK.match(last):
        return bool(not (_KATAKANA.match(after) and _KATAKANA.match(last)) or _HANGUL.match(after))
    if after in "_@" or _TOP_LEVEL.match(folded, at):
        return False
    return not _WORD.match(last) or bool(_TAIL.match(folded, at))


def _longest(found: list[Candidate]) -> list[Candidate]:
    """Resolve overlaps: the longer name wins, then the earlier; a look-alike wins over the name that it holds."""
    ordered = sorted(found, key=_start)
    if all(one.end <= following.start for one, following in pairwise(ordered)):
        return ordered
    kept: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(found, key=_weight):
        span = range(candidate.start, candidate.end)
        if taken.isdisjoint(span):
            kept.append(candidate)
            taken.update(span)
    return sorted(kept, key=_start)


def _weight(candidate: Candidate) -> tuple[int, bool, int]:
    return candidate.start - candidate.end, not candidate.name.lookalike, candidate.start
