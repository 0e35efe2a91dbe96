"""Which tracked entities a prompt names itself: it cannot discover those."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from monitor.domain.brand import Entity

# scripts that put no space between words: a name ends wherever it ends
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


class Names:
    """The names and aliases of all entities, and the phrases that only look like them."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._owners = _owners(entities)
        self._lengths = sorted({len(name) for name in self._owners}, reverse=True)

    def within(self, text: str) -> frozenset[str]:
        """Return the entities named as words, whatever the case; the longest phrase at a place decides.

        >>> names = Names([Entity(name="IKEA", lookalikes=("IKEA effect",))])
        >>> names.within("Is Ikea good?"), names.within("What is the IKEA effect?")
        (frozenset({'IKEA'}), frozenset())
        """
        folded, at, named = _folded(text), 0, set()
        while at < len(folded):
            length = self._longest(folded, at)
            if length:
                named.add(self._owners[folded[at : at + length]])
            at += length or 1
        return frozenset(named - {""})

    def _longest(self, folded: str, at: int) -> int:
        if not _edge(folded, at):
            return 0
        fits = (size for size in self._lengths if folded[at : at + size] in self._owners)
        return next((size for size in fits if _edge(folded, at + size)), 0)


def _owners(entities: Iterable[Entity]) -> Mapping[str, str]:
    """Return folded phrase -> entity; "" where the phrase is nobody's name."""
    owners: dict[str, str] = {}
    for entity in entities:
        owners |= dict.fromkeys(map(_folded, entity.lookalikes), "")
        owners |= dict.fromkeys(map(_folded, (entity.name, *entity.aliases)), entity.name)
    owners.pop("", None)
    return owners


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").split())


def _edge(text: str, at: int) -> bool:
    """Whether a word may begin or end before `text[at]`."""
    return not (0 < at < len(text) and _spaced(text[at - 1]) and _spaced(text[at]))


def _spaced(character: str) -> bool:
    return character.isalnum() and not _UNSPACED.match(character)
