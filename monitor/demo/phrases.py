"""Hand-written sentences, drawn so that none comes back before all its sisters were used."""

import random
from collections.abc import Mapping
from importlib.resources import files


def read(name: str) -> dict[str, tuple[str, ...]]:
    """Read `phrases/<name>.txt`: `[slot]` headings, then one variant a line; `#` lines are comments."""
    slots: dict[str, list[str]] = {}
    here: list[str] = []
    for line in files("monitor.demo").joinpath("phrases", f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            here = slots.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            here.append(line)
    return {slot: tuple(variants) for slot, variants in slots.items()}


class Deck:
    """Deals the variants of each slot in shuffled order.

    >>> deck = Deck({"greeting": ("hello {name}", "good day {name}")}, random.Random(1))
    >>> sorted(deck.draw("greeting", name="you") for _ in range(2))
    ['good day you', 'hello you']
    """

    def __init__(self, slots: Mapping[str, tuple[str, ...]], rng: random.Random) -> None:
        self._slots = slots
        self._rng = rng
        self._left: dict[str, list[str]] = {}

    def draw(self, slot: str, /, **fill: str) -> str:
        left = self._left.setdefault(slot, [])
        if not left:
            left.extend(self._slots[slot])
            self._rng.shuffle(left)
        return left.pop().format(**fill)

    def several(self, slot: str, count: int) -> list[str]:
        """Pick `count` different variants."""
        return self._rng.sample(self._slots[slot], count)

    def in_order(self, slot: str, count: int) -> list[str]:
        """Pick `count` different variants, in the order in which the file has them."""
        return sorted(self.several(slot, count), key=self._slots[slot].index)
