"""Sums for which a company changed hands: the verb of buying says that the sum is a price."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from monitor.analysis.anchors import Anchor
from monitor.analysis.folding import fold
from monitor.domain.brand import Fact

TAKEN_OVER = frozenset({"acquisition", "family:taken_over"})
_BUYS = re.compile(
    r"\b(?:b(?:ought|uy(?:s|out)?)|takeover|take-over|acqui\w+|purchase[ds]?|übernahm\w*|kauf\w*"
    r"|rachat|rachet\w+|compr[aóo]\w*|adquisici\w+)\b"
)
_SUM = re.compile(r"\b(?:price|sum|amount|value|paid|cost|preis|kaufpreis|prix|montant|precio)\b")
_BUYER = re.compile(r"\b(?:that|which) [A-Z][\w &-]* paid\b|\bpaid by [A-Z]")


def is_deal(fact: Fact) -> bool:
    """Whether a fact gives the sum that was paid for the brand as a whole."""
    words = fold(fact.about)
    if fact.kind != "money" or not _SUM.search(words):
        return False
    return bool(_BUYS.search(f"{words} {fold(fact.says)}") or _BUYER.search(fact.about))


def anchored(own: Iterable[Anchor]) -> Iterator[Anchor]:
    """Let the buying say that the sum is a price."""
    said = False
    for anchor in own:
        if not anchor.concepts & {"acquisition", "price"}:
            yield anchor
        elif not said:
            said = True
            yield replace(anchor, concepts=TAKEN_OVER, weight=1.0, modifier=False)
    if not said:
        yield Anchor(concepts=TAKEN_OVER, weight=1.0)
