"""The values of a sheet as words to look for."""

import re
from collections.abc import Iterator

from monitor.analysis.cues import Known
from monitor.analysis.folding import fold, plain_letters
from monitor.analysis.lexicon import Word
from monitor.domain.brand import Fact

FOUNDERS = re.compile(r"founder|gründer|fondat|fundador|creator|創業者|創設者")
_SHORTEST = 3  # letters of a part of a name


def known(index: int, fact: Fact) -> tuple[tuple[Known, ...], list[Word]]:
    """Return the texts among a fact's values, today's first, and the words by which an answer gives them."""
    found: list[Known] = []
    words: list[Word] = []
    for former, value in [(None, fact.value), *((i, one.value) for i, one in enumerate(fact.before))]:
        people = isinstance(value, tuple) and bool(FOUNDERS.search(fold(fact.about or fact.id)))
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, str):
                concept = f"val:{index}:{len(found)}"
                found.append(Known(concept=concept, value=part, former=former))
                kind = "person" if people else fact.kind
                words += [Word(text=text, concept=concept) for text in _spellings(part, kind) if text]
    return tuple(found), words


def _spellings(value: str, kind: str) -> Iterator[str]:
    folded = fold(value)
    yield folded
    bare = plain_letters(folded)
    if bare != folded:
        yield bare
    if kind == "person":
        parts = [part for part in folded.split() if len(part) >= _SHORTEST]
        if len(parts) > 1:
            yield parts[-1]
            yield f"{folded.split()[0]} {folded.split()[-1]}"
    if kind == "place":
        yield from (part.strip() for part in folded.split(",") if len(part.strip()) >= _SHORTEST)
