"""A serious finding that is new is asked for again: what, of whom, how often, and what it may cost."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from monitor.domain.brand import AssistantSettings, ConfirmSettings, Prompt, Settings, Severity
from monitor.domain.confirming import Confirmation, ConfirmationState, Suspicion
from monitor.domain.rounds import Miss, Probe, Round, RoundKind
from monitor.pipeline.house import House
from probes import assistants
from probes.call import unready

_RANK = (Severity.CRITICAL, Severity.MAJOR, Severity.MINOR)

# One more asking: (prompt, assistant).
_Asking = tuple[Prompt, str]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one round asks for again."""

    round: Round | None  # None: nothing can be asked
    probes: tuple[Probe, ...]
    confirmations: tuple[Confirmation, ...]


def plan(house: House, cause: Round, suspected: Sequence[Suspicion], now: datetime) -> Plan:
    """Return the confirming round of a round, keyed by it: whoever plans it again finds it there.

    The most serious findings come first; where several can be seen in the same answers the samples serve all of them.
    """
    settings = house.settings
    extra = Round(
        id=house.new_id(),
        brand=settings.brand,
        kind=RoundKind.CONFIRMING,
        key=cause.id,
        opened_at=now,
        settings=settings.version,
    )
    draft = _Draft(house, extra, now)
    ordered = sorted(suspected, key=lambda one: (_RANK.index(one.severity), one.key))
    made = tuple(_confirmation(house, cause, draft, one, now) for one in ordered)
    probes = tuple(draft.probes)
    return Plan(round=extra if probes else None, probes=probes, confirmations=made)


def _confirmation(house: House, cause: Round, draft: "_Draft", one: Suspicion, now: datetime) -> Confirmation:
    planned, why = draft.add(one)
    return Confirmation(
        id=house.new_id(),
        brand=house.settings.brand,
        round_id=cause.id,
        asked_in=draft.round.id if planned else "",
        suspicion=one,
        state=ConfirmationState.ASKED if planned else ConfirmationState.UNASKED,
        planned=planned,
        why=why,
        opened_at=now,
        closed_at=None if planned else now,
    )


class _Draft:
    """A confirming round while it is put together: its probes, and what they may cost."""

    def __init__(self, house: House, extra: Round, now: datetime) -> None:
        self.round = extra
        self.probes: list[Probe] = []
        self._house, self._now = house, now
        self._planned: Counter[tuple[str, str]] = Counter()  # by prompt and assistant id
        self._worst = Decimal(0)
        self._assistants = {each.id: each for each in house.settings.assistants}

    def add(self, one: Suspicion) -> tuple[int, str]:
        """Plan the samples of one suspicion; returns how many there are, and why there is none."""
        wanted: Counter[tuple[str, str]] = Counter()
        planned, why = 0, "It could not be asked for again: its assistant is no longer in the brand file."
        for prompt, name in askings(self._house.settings.confirm, one):
            assistant = self._assistants.get(name)
            if assistant is None:
                continue
            pair = (prompt.id, name)
            wanted[pair] += 1
            said = "" if wanted[pair] <= self._planned[pair] else self._ask(prompt, assistant)
            planned, why = (planned, said) if said else (planned + 1, why)
        return planned, "" if planned else why

    def _ask(self, prompt: Prompt, assistant: AssistantSettings) -> str:
        """Plan one probe; returns why it cannot be, if so."""
        pair, limits = (prompt.id, assistant.id), self._house.settings.confirm
        sample = _samples(self._house.settings) + self._planned[pair]
        probe = Probe(
            id=self._house.new_id(), round_id=self.round.id, prompt=prompt, assistant=assistant, sample=sample
        )
        worst = self._house.prices.forecast(assistant, prompt.text).worst
        if len(self.probes) >= limits.per_round:
            return f"It could not be asked for again: this round had its {limits.per_round} extra samples already."
        if said := self._unaskable(probe) or _unpayable(self._house.settings, worst, self._worst):
            return said
        self.probes.append(probe)
        self._planned[pair] += 1
        self._worst += worst or Decimal(0)
        return ""

    def _unaskable(self, probe: Probe) -> str:
        """Say what keeps an assistant from being asked: no key, or recordings that hold no further sample."""
        if miss := unready(probe.assistant, self._house.environment):
            return f"It could not be asked for again: {miss.detail}"
        recall = assistants.ALL[probe.assistant.use].recall
        if recall and isinstance(recall(probe, self._now), Miss):
            return "It could not be asked for again: these are recorded answers, and they hold no further sample."
        return ""


def _samples(settings: Settings) -> int:
    """How many samples an ordinary round asks; the extra ones are counted on from there."""
    return settings.schedule.samples if settings.schedule else 1


def _unpayable(settings: Settings, worst: Decimal | None, so_far: Decimal) -> str:
    confirm, budget = settings.confirm, settings.budget
    limits = (budget.per_month, budget.per_round, confirm.budget)
    if worst is None:
        stated = any(limit is not None for limit in limits)
        return (
            "It could not be asked for again: the price of this model is not known, and there is a budget."
            if stated
            else ""
        )
    if confirm.budget is not None and so_far + worst > confirm.budget:
        return f"It could not be asked for again: extra samples may cost {confirm.budget:f} {budget.currency} a round."
    return ""


def askings(limits: ConfirmSettings, one: Suspicion) -> list[_Asking]:
    """Return what would be asked again: where it was seen in turn, then its siblings half as often."""
    seen = list(dict.fromkeys((trigger.prompt, trigger.assistant_id) for trigger in one.triggers))
    again = [seen[number % len(seen)] for number in range(limits.samples)] if seen else []
    return [*again, *_siblings(limits, one, [name for _, name in seen])]


def _siblings(limits: ConfirmSettings, one: Suspicion, names: Iterable[str]) -> Iterator[_Asking]:
    first = next(iter(names), None)
    if first is None or not limits.samples:
        return
    for _ in range(max(1, limits.samples // 2)):
        for prompt in one.siblings[: limits.siblings]:
            yield prompt, first
