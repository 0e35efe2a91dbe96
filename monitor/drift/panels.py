"""Each assistant as it was asked: answers, refusals, misses by reason, cut-offs, cost."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from monitor.domain.answers import Surface
from monitor.domain.portrait import Panel
from monitor.domain.rounds import AttemptState, Observation
from monitor.drift import measures

_EMPTY = "empty"  # a 200 without text
_UNKNOWN = "unknown"  # the call may have been charged; its answer was lost


def panels(seen: Sequence[Observation], order: Sequence[str]) -> tuple[Panel, ...]:
    """Return one panel per assistant and surface, in the given order of assistants."""
    keys = {(observation.assistant_id, observation.surface) for observation in seen}
    places = {assistant: place for place, assistant in enumerate(order)}
    ordered = sorted(keys, key=lambda key: (places.get(key[0], len(places)), key))
    return tuple(_panel(key, [o for o in seen if (o.assistant_id, o.surface) == key]) for key in ordered)


def _panel(key: tuple[str, Surface], probes: Sequence[Observation]) -> Panel:
    told = [probe.searched for probe in probes if probe.searched is not None]
    labels = [probe.assistant_label for probe in probes if probe.assistant_label]
    return Panel(
        assistant_id=key[0],
        label=labels[-1] if labels else key[0],
        surface=key[1],
        models=tuple(models(probes)),
        asked=len(probes),
        answered=sum(measures.readable(probe) is not None for probe in probes),
        refused=sum(measures.refused(probe) for probe in probes),
        missed=sum(measures.missed(probe) for probe in probes),
        cut_off=sum(probe.truncated for probe in probes),
        searched=sum(told) if told else None,
        misses=dict(Counter(_reason(probe) for probe in probes if measures.missed(probe)).most_common()),
        cost=cost(probes),
    )


def models(probes: Sequence[Observation]) -> dict[str, int]:
    """Return the served models with their answers, the most frequent first."""
    served = Counter(probe.model for probe in probes if probe.model and probe.state is AttemptState.ANSWERED)
    return dict(served.most_common())


def _reason(probe: Observation) -> str:
    if probe.miss is not None:
        return probe.miss
    return _UNKNOWN if probe.state is AttemptState.UNKNOWN else _EMPTY


def cost(seen: Iterable[Observation]) -> Decimal | None:
    """Return the sum of the known costs in US dollars; None where none is known."""
    known = [observation.cost for observation in seen if observation.cost is not None]
    return sum(known, Decimal(0)) if known else None
