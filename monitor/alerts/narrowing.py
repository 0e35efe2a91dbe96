"""What is told of one assistant or one topic: findings of others are left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from monitor.domain.alerts import Alert, Held, Quote


@dataclass(frozen=True, kw_only=True)
class Part:
    """What alone is told of."""

    assistant: str = ""  # an id; empty: all
    topic: str = ""  # of the prompts; empty: all
    asked: Mapping[str, tuple[str, str]]  # answer id -> assistant id and topic, of what is quoted

    @property
    def whole(self) -> bool:
        return not self.assistant and not self.topic

    def holds(self, quote: Quote) -> bool:
        """Whether the quoted answer belongs to the part; one that is no longer kept belongs to none."""
        assistant, topic = self.asked.get(quote.answer_id, ("", ""))
        known = quote.answer_id in self.asked
        return known and self.assistant in {"", assistant} and self.topic in {"", topic}


def alerts(found: Iterable[Alert], part: Part) -> list[Alert]:
    """Return the alerts of the part, each with the assistants and the quotes of the part alone."""
    return list(found) if part.whole else [_narrowed(alert, part) for alert in found if _is_of(alert, part)]


def held(found: Iterable[Held], part: Part) -> list[Held]:
    """Return what was not told of the part; without a quote nobody knows of whom it is."""
    return list(found) if part.whole else [one for one in found if any(map(part.holds, one.quotes))]


def _is_of(alert: Alert, part: Part) -> bool:
    signal, series = alert.signal, alert.signal.series
    if part.assistant and all(voice.assistant_id != part.assistant for voice in signal.voices):
        return False
    if part.topic and series is not None:
        return series.topic == part.topic
    return not part.topic or any(map(part.holds, signal.quotes))


def _narrowed(alert: Alert, part: Part) -> Alert:
    voices = tuple(voice for voice in alert.signal.voices if part.assistant in {"", voice.assistant_id})
    quotes = tuple(quote for quote in alert.signal.quotes if part.holds(quote))
    return replace(alert, signal=replace(alert.signal, voices=voices, quotes=quotes))
