"""Of whom a question asks."""

from dataclasses import dataclass

from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Spotter, Word
from monitor.domain.brand import FactSheet


@dataclass(frozen=True, kw_only=True)
class OfWhom:
    """Of whom a question asks."""

    entities: tuple[str, ...]  # in the question's order
    anything: bool  # whether there was a question at all


class Questions:
    """Finds the tracked names in questions; built once per sheet."""

    def __init__(self, sheet: FactSheet) -> None:
        spellings = ((entity.name, name) for entity in sheet.entities for name in (entity.name, *entity.aliases))
        self._spotter = Spotter(Word(text=fold(name), concept=entity) for entity, name in spellings if name)

    def read(self, question: str) -> OfWhom:
        hits = self._spotter.find(fold(question))
        return OfWhom(entities=tuple(dict.fromkeys(hit.concept for hit in hits)), anything=bool(question.strip()))
