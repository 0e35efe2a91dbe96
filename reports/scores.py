"""The six numbers that say where a brand stands with an assistant, by the titles that every document gives them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.domain.measures import Estimate
from monitor.domain.portrait import Portrait


@dataclass(frozen=True, kw_only=True)
class Score:
    title: str
    of: Callable[[Portrait], Sequence[Estimate]]

    def own(self, portrait: Portrait) -> list[Estimate]:
        """Return the brand's own, over all topics, one per assistant and surface."""
        found = (each for each in self.of(portrait) if each.series.subject in {"", portrait.brand})
        return [each for each in found if not each.series.topic]


ALL = (
    Score(title="Right, of checked statements", of=lambda portrait: portrait.accuracy),
    Score(title="Named without being asked for", of=lambda portrait: portrait.visibility),
    Score(title="Share of voice", of=lambda portrait: portrait.share_of_voice),
    Score(title="Recommended", of=lambda portrait: portrait.recommended),
    Score(title="Net stance", of=lambda portrait: portrait.net_stance),
    Score(title="Cited, of answers that searched", of=lambda portrait: portrait.citation_rate),
)


def apart(one: Estimate, other: Estimate) -> bool:
    """Whether the intervals do not touch: then chance alone hardly made the difference."""
    first, second = one.interval, other.interval
    return first is not None and second is not None and (first.high < second.low or second.high < first.low)
