"""How hard an assistant is asked: at once, per minute, how long, how often again."""

from dataclasses import dataclass, replace

from monitor.domain.brand import AssistantSettings


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The same for every assistant, unless its `options` in brand.yaml say otherwise."""

    concurrency: int = 4  # calls in flight per assistant
    requests_per_minute: int = 60  # per account, by all programs together; 0: no limit
    tokens_per_minute: int = 0  # likewise, prompts and answers; 0: no limit
    deadline: float = 180.0  # seconds for one call, from connecting to the last byte
    connect: float = 10.0  # seconds until connected, TLS included
    tries: int = 3  # calls per probe at most; only such that were surely not charged are repeated
    first_pause: float = 2.0  # seconds before the second try; doubles, with jitter
    patience: float = 120.0  # the longest wait in a round; a vendor that asks for more is not asked again in it
    breaker: int = 5  # failed probes in a row after which an assistant is given a rest
    rest: float = 10.0  # seconds of the first rest; the second is twice as long, both with jitter
    rests: int = 2  # rests after which an assistant is left alone for the round
    sparing: float = 600.0  # seconds between two tries of an assistant that waits for a person's help
    turns: int = 4  # calls that one probe's paused turn may take in all
    grace: float = 8.0  # seconds that calls in flight are given once the round is stopped

    def of(self, settings: AssistantSettings) -> "Limits":
        """Return the limits of one assistant; an option that is no positive number is ignored.

        Calls and tokens a minute may be 0: then the assistant has no such limit.
        """
        names = ("requests_per_minute", "tokens_per_minute")
        stated = {name: settings.options.get(name, "") for name in names}
        known = {name: int(number) for name, number in stated.items() if number.isdecimal()}
        if at_once := _positive(settings.options.get("concurrency", "")):
            known["concurrency"] = int(at_once)
        deadline = _positive(settings.options.get("deadline", "")) or self.deadline
        return replace(self, deadline=deadline, **known)


def _positive(stated: str) -> float:
    return float(stated) if stated.isdecimal() else 0.0
