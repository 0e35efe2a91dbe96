"""Not one probe of an assistant was answered in the round.

Where that is so of most assistants the fault is likely on this side, and one alert tells of all of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from monitor.alerts import words
from monitor.alerts.rule import Rule
from monitor.domain.alerts import Alert, Signal, Voice
from monitor.domain.brand import Severity
from monitor.domain.measures import Rate
from monitor.domain.readings import Outcome
from monitor.domain.rounds import AttemptState, MissReason, Observation
from monitor.domain.views import RoundView

NAME = "silent_assistant"
# The subject where most assistants are silent, and how many that is.
COLLECTOR = "most"
MOST = 0.5

_REASONS = {
    MissReason.NO_KEY: "its key is not set",
    MissReason.KEY_REFUSED: "its key was refused",
    MissReason.QUOTA: "its account has no money left",
    MissReason.RATE_LIMITED: "it limits the rate",
    MissReason.MODEL_GONE: "the model is gone",
    MissReason.BAD_REQUEST: "it refused the request's form",
    MissReason.SERVER_ERROR: "its server failed",
    MissReason.OVERLOADED: "it is overloaded",
    MissReason.CONNECT: "it could not be reached",
    MissReason.TIMEOUT: "it did not answer in time",
    MissReason.DROPPED: "the connection broke",
    MissReason.NOT_AN_ANSWER: "what came back was no answer",
    MissReason.TOO_LARGE: "the reply was too large",
    MissReason.REDIRECTED: "it sent us to another host",
    MissReason.BUDGET: "the budget could not carry it",
    MissReason.NOT_RECORDED: "there is no recording",
}
_ADVICE = {
    MissReason.NO_KEY: "Set the variable that holds its key.",
    MissReason.KEY_REFUSED: "Renew its key.",
    MissReason.QUOTA: "Add money to its account, or take it out of the brand file.",
    MissReason.MODEL_GONE: "Name the model's successor in the brand file: a new series begins with it.",
    MissReason.BUDGET: "Raise the budget, or ask less often.",
}


def _asked(observations: Iterable[Observation]) -> dict[str, list[Observation]]:
    """Return the probes that were put, by assistant; those that a stop kept from being asked were not."""
    groups: dict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.miss is not MissReason.STOPPED and observation.state is not AttemptState.RESERVED:
            groups[observation.assistant_id].append(observation)
    return dict(sorted(groups.items()))


def _answered(observation: Observation) -> bool:
    empty = observation.reading is not None and observation.reading.outcome is Outcome.EMPTY
    return observation.state in {AttemptState.ANSWERED, AttemptState.REFUSED} and not empty


def _find(view: RoundView) -> list[Signal]:
    groups = _asked(view.observations)
    silent = {name: own for name, own in groups.items() if not any(_answered(probe) for probe in own)}
    if len(silent) > 1 and len(silent) > MOST * len(groups):
        return [_collector(view, silent, len(groups))]
    return [_signal(view, name, own) for name, own in silent.items()]


def _collector(view: RoundView, silent: Mapping[str, list[Observation]], of: int) -> Signal:
    """Tell of all silent assistants at once."""
    probes = [probe for own in silent.values() for probe in own]
    some = f"{words.count(len(silent))} of {words.count(of)} assistants"
    who = words.every(of, "assistant") if len(silent) == of else some
    return Signal(
        rule=NAME,
        subject=COLLECTOR,
        key=f"{NAME}:{COLLECTOR}",
        severity=Severity.MAJOR,
        headline=words.capital(f"{who} did not answer: none of {words.plural(len(probes), 'question')}"),
        said=_why(probes),
        truth="Nothing was measured there in this round; the numbers have a gap, not a zero.",
        voices=tuple(_voice(view, name, own) for name, own in silent.items()),
        advice=(
            "Look at this machine's connection and keys first: vendors seldom fail together.",
            *_advice(probes),
        ),
    )


def _why(probes: Iterable[Observation]) -> str:
    reasons = Counter(probe.miss for probe in probes)
    return words.capital(words.listed([f"{_reason(why)} ({number})" for why, number in reasons.most_common()])) + "."


def _advice(probes: Iterable[Observation]) -> list[str]:
    reasons = Counter(probe.miss for probe in probes)
    known = [_ADVICE[reason] for reason in reasons if reason is not None and reason in _ADVICE]
    return known or ["Nothing yet: the next round asks it again. If it stays silent, look at its vendor's status page."]


def _signal(view: RoundView, name: str, probes: list[Observation]) -> Signal:
    label = probes[0].assistant_label or name
    return Signal(
        rule=NAME,
        subject=name,
        key=f"{NAME}:{name}",
        severity=Severity.MAJOR,
        headline=f"{words.who(label)} did not answer: none of {words.plural(len(probes), 'question')}",
        said=_why(probes),
        truth="Nothing was measured there in this round; its numbers have a gap, not a zero.",
        voices=(_voice(view, name, probes),),
        advice=tuple(_advice(probes)),
    )


def _reason(reason: MissReason | None) -> str:
    """Return a reason in words; a reply without text has none."""
    return _REASONS.get(reason, reason) if reason is not None else "answers without a text"


def _voice(view: RoundView, name: str, probes: list[Observation]) -> Voice:
    answered = [probe.asked_at for probe in view.history if probe.assistant_id == name and _answered(probe)]
    return Voice(
        assistant_id=name,
        label=probes[0].assistant_label or name,
        surface=probes[0].surface,
        model=probes[0].model,
        rate=Rate(hits=0, of=len(probes)),
        first_seen=min(probe.asked_at for probe in probes),
        last_clean=max(answered, default=None),
    )


def _clean(view: RoundView, alert: Alert) -> bool | None:
    """One answer is enough: the assistant speaks again; of several, all must."""
    if alert.signal.subject == COLLECTOR:
        groups = _asked(view.observations)
        back = [groups[voice.assistant_id] for voice in alert.signal.voices if voice.assistant_id in groups]
        return all(any(_answered(probe) for probe in own) for own in back) if back else None
    own = _asked(view.observations).get(alert.signal.subject)
    return any(_answered(probe) for probe in own) if own else None


RULE = Rule(name=NAME, find=_find, clean=_clean, measured=False)
