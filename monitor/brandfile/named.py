"""Which tracked entities a prompt names itself: it cannot discover those."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from monitor.domain.brand import Entity

# scripts that put no space between words: a name ends wherever it ends
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_TOKEN = re.compile(rf"[^\W_{_UNSPACED}]+|.", re.DOTALL)  # a word, or a character that is none


class Names:
    """The names and aliases of all entities, and the phrases that only look like them."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._owners = _owners(tuple(entities))
        self._lengths: dict[str, list[int]] = {}  # first word -> lengths of the phrases, longest first
        for phrase in sorted(self._owners, key=len, reverse=True):
            lengths = self._lengths.setdefault(_word(phrase, 0), [])
            if len(phrase) not in lengths[-1:]:
                lengths.append(len(phrase))

    def within(self, text: str) -> frozenset[str]:
        """Return the entities named as words, whatever the case; the longest phrase at a place decides.

        >>> names = Names([Entity(name="IKEA", lookalikes=("IKEA effect",))])
        >>> names.within("Is Ikea good?"), names.within("What is the IKEA effect?")
        (frozenset({'IKEA'}), frozenset())
        """
        folded, at, named = _folded(text), 0, set()
        while at < len(folded):
            word = _word(folded, at)
            length = self._longest(folded, at, word)
            if length:
                named.add(self._owners[folded[at : at + length]])
            at += length or len(word)
        return frozenset(named - {""})

    def _longest(self, folded: str, at: int, word: str) -> int:
        fits = (size for size in self._lengths.get(word, ()) if folded[at : at + size] in self._owners)
        return next((size for size in fits if _edge(folded, at + size)), 0)


def _owners(entities: Sequence[Entity]) -> Mapping[str, str]:
    """Return folded phrase -> entity; "" where the phrase is nobody's name."""
    owners = {_folded(phrase): "" for entity in entities for phrase in entity.lookalikes}
    for entity in entities:
        owners |= dict.fromkeys(map(_folded, (entity.name, *entity.aliases)), entity.name)
    owners.pop("", None)
    return owners


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").split())


def _word(text: str, at: int) -> str:
    token = _TOKEN.match(text, at)
    return token[0] if token else ""


def _edge(text: str, at: int) -> bool:
    """Whether a word may end before `text[at]`: nothing that belongs to it goes on there."""
    before = _TOKEN.match(text, at - 1)
    return before is not None and before.end() == at
