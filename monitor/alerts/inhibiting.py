"""What follows from an assistant that gave too few answers is not told: its cause is."""

from collections import defaultdict
from collections.abc import Iterable

from monitor.alerts import rules, words
from monitor.domain.alerts import Held, HeldReason, Signal
from monitor.domain.rounds import AttemptState, MissReason
from monitor.domain.views import RoundView

# Of an assistant that left more of its probes unanswered nobody knows how the missing answers were.
_MOST_MISSED = 0.5


def split(view: RoundView, signals: Iterable[Signal]) -> tuple[list[Signal], list[Held]]:
    """Part what is to be told from what is held back, with the reason."""
    missed = _missed(view)
    kept: list[Signal] = []
    held: list[Held] = []
    for signal in signals:
        cause = _cause(signal, missed)
        if cause:
            held.append(_held(view, signal, cause))
        else:
            kept.append(signal)
    return kept, held


def _cause(signal: Signal, missed: dict[str, str]) -> str:
    rule = rules.ALL.get(signal.rule)
    names = {voice.assistant_id for voice in signal.voices}
    if rule is None or not rule.measured or not names or not names <= missed.keys():
        return ""
    return " ".join(missed[name] for name in sorted(names))


def _missed(view: RoundView) -> dict[str, str]:
    """Return the assistants that left most of their probes unanswered in this round, with a sentence on each."""
    asked: dict[str, int] = defaultdict(int)
    answered: dict[str, int] = defaultdict(int)
    labels: dict[str, str] = {}
    for seen in view.observations:
        if seen.miss is not MissReason.STOPPED and seen.state is not AttemptState.RESERVED:
            labels[seen.assistant_id] = seen.assistant_label or seen.assistant_id
            asked[seen.assistant_id] += 1
            answered[seen.assistant_id] += seen.state in {AttemptState.ANSWERED, AttemptState.REFUSED}
    few = [name for name, of in asked.items() if of - answered[name] > _MOST_MISSED * of]
    return {
        name: f"{words.who(labels[name])} answered only {answered[name]} of {asked[name]} questions "
        "in this round, so a change there cannot be told."
        for name in few
    }


def _held(view: RoundView, signal: Signal, cause: str) -> Held:
    return Held(
        brand=view.round.brand,
        round_id=view.round.id,
        key=signal.key,
        reason=HeldReason.INHIBITED,
        why=cause,
        headline=signal.headline,
        quotes=signal.quotes,
        at=view.now,
    )
