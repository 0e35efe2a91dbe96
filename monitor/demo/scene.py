"""Who answers what, when, from which stock of sentences."""

import random
from dataclasses import dataclass

from monitor.demo import pages, plot
from monitor.demo.layout import Point
from monitor.demo.phrases import Deck


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One answer in the making."""

    assistant: str
    prompt: str
    moment: plot.Moment
    deck: Deck
    rng: random.Random

    @property
    def key(self) -> tuple[str, str, str]:
        """Assistant, prompt and day, as the plot lists its single events."""
        return self.assistant, self.prompt, self.moment.day.isoformat()

    def happens(self, chance: float) -> bool:
        """Toss a coin that shows heads with this chance."""
        return self.rng.random() < chance

    def cited(self, *candidates: str, chance: float = 0.6) -> str:
        """Mark one of these pages as cited here, or none."""
        page = self.rng.choice(candidates)
        return pages.mark(page) if self.happens(chance) else ""

    def point(self, slot: str, labels: str, value: str, *candidates: str, **fill: str) -> Point:
        """Draw a sentence from `slot`; `labels` are alternatives, divided by "|"."""
        return Point(
            label=self.rng.choice(labels.split("|")),
            value=value if self.happens(0.7) else "",
            sentence=self.deck.draw(slot, **fill),
            cited=self.cited(*candidates),
        )
