"""In which order a portrait shows what it shows, and which rounds it counts."""

from collections.abc import Mapping, Sequence

from monitor.domain.brand import Settings
from monitor.domain.measures import Series
from monitor.domain.rounds import Round, RoundKind


class Order:
    """Assistants in the brand file's order, entities in the sheet's; what is not in the file comes last."""

    def __init__(self, settings: Settings, labels: Mapping[str, str]) -> None:
        others = sorted(labels)
        self.assistants = tuple(dict.fromkeys([*(assistant.id for assistant in settings.assistants), *others]))
        self._subjects = [entity.name for entity in settings.sheet.entities] + [f.id for f in settings.sheet.facts]
        self.labels = labels

    def place(self, series: Series) -> tuple[int, str, int, str]:
        return (
            _index(self.assistants, series.assistant_id),
            series.surface,
            _index(self._subjects, series.subject),
            series.subject,
        )


def _index(items: Sequence[str], item: str) -> int:
    return items.index(item) if item in items else len(items)


def is_due(held: Round, rounds_due: int) -> bool:
    """Beside "N rounds were due" only scheduled rounds count; where none was due, every round that asked does."""
    return held.kind is RoundKind.SCHEDULED or (not rounds_due and held.kind is not RoundKind.IMPORTED)
