"""The picture of a finding in a mail: how often each assistant says it, or the course of a measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from monitor.domain.alerts import Signal, Voice
from reports import charts, words
from reports.course import course
from reports.mentioned import whiskers

WIDTH = 320  # pixels on a small telephone; drawn with three times as many
_MOST = 6  # assistants in one picture


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What is shown, and what is said where it is not."""

    cid: str
    alt: str
    title: str
    spec: str  # Vega-Lite, as JSON

    @property
    def png(self) -> bytes:
        return _drawn(self.spec)


def picture(signal: Signal, cid: str) -> Picture | None:
    """Return the picture of a finding; None where there is nothing to draw."""
    if signal.course:
        title = f"{words.capital(words.measure(signal.series.measure)) if signal.series else 'Its course'}, day by day"
        return Picture(cid=cid, alt=_course_alt(signal), title=title, spec=charts.written(course(signal)))
    voices = [voice for voice in signal.voices if voice.rate.value is not None][:_MOST]
    if not any(voice.interval for voice in voices):
        return None
    title = "How often, with 95 % interval"
    return Picture(cid=cid, alt=_voices_alt(voices), title=title, spec=charts.written(whiskers(voices)))


@lru_cache(maxsize=32)
def _drawn(spec: str) -> bytes:
    return charts.picture(spec)


def _voices_alt(voices: Sequence[Voice]) -> str:
    parts = [f"{voice.label}: {words.rate(voice.rate, voice.interval, voice.noun)}" for voice in voices]
    return f"Chart. {'; '.join(parts)}."


def _course_alt(signal: Signal) -> str:
    """Return the course in a sentence: its ends, and when it changed."""
    days = [day for day in signal.course if day.rate.value is not None]
    if not days:
        return "Chart without a value."
    ends = " to ".join(f"{words.percent(day.rate.value or 0)} on {words.day(day.day)}" for day in (days[0], days[-1]))
    changed = f"; it changed on {words.day(signal.changed_on)}" if signal.changed_on else ""
    return f"Chart of {len(days)} days: {ends}{changed}."
