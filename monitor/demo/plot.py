"""What happens in the six weeks: who believes what, and since when. The composer turns it into sentences.

The story. At the start one assistant names the chief executive who left, another gives the warranty as two years until
week 4; otherwise weeks 1 and 2 are quiet. On Monday of week 3 the price goes up: two assistants do not notice, one of
them until week 5. In week 4 one assistant is served by a new model; from then on it, and another without any such
cause, seldom name the brand and often a competitor. In week 5 one assistant begins to tell of a recall that never was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

BRAND = "ostrello"
RISING = "tavarizza"
OTHERS = ("brunnholt", "kafnaro", "lumetrino", "norrbrygg")
ASSISTANTS = ("gpt-search", "claude-memory", "gemini-search", "sonar")
CHOOSING = ("small-kitchen", "under-700", "beginner", "repair")
PROMPTS = (*CHOOSING, "descale", "who", "price", "trust")

START = date(2026, 10, 5)  # a Monday
WEEKS = 6
PRICE_RISE = date(2026, 10, 19)
ZONE = ZoneInfo("Europe/Vienna")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One round."""

    day: date
    week: int  # 1 .. 6
    at: datetime  # UTC


def moments() -> Iterator[Moment]:
    """Tuesdays, Thursdays and Saturdays at six in Vienna, as brand.yaml has it."""
    for days in range(0, 7 * WEEKS, 7):
        for more in (1, 3, 5):
            day = START + timedelta(days=days + more)
            at = datetime.combine(day, time(6), tzinfo=ZONE).astimezone(UTC)
            yield Moment(day=day, week=days // 7 + 1, at=at)


# Share of answers that name the brand; the rest of the panel is steady.
_NAMED = {"small-kitchen": 0.90, "under-700": 0.82, "beginner": 0.78, "repair": 0.92, "descale": 0.04}
_FADED = {"small-kitchen": 0.22, "under-700": 0.20, "beginner": 0.15, "repair": 0.30, "descale": 0.0}
_FADES = ("gpt-search", "gemini-search")
_FADES_IN_WEEK = 4
RIVAL_NAMED = 0.62  # each of the four steady competitors


def faded(assistant: str, week: int) -> bool:
    return assistant in _FADES and week >= _FADES_IN_WEEK


def named(assistant: str, prompt: str, week: int) -> float:
    """Give the chance that the brand is named in answer to a prompt that does not name it."""
    return (_FADED if faded(assistant, week) else _NAMED)[prompt]


def rising_named(assistant: str, week: int) -> float:
    """Give the chance that the rising competitor is named."""
    return 0.9 if faded(assistant, week) else 0.2


def price(assistant: str, prompt: str, moment: Moment) -> int:
    """Give the price of the Ostrello One in euros, as this assistant has it."""
    slip = SLIPS.get((assistant, prompt, moment.day.isoformat())) if prompt == "price" else None
    learns = {"claude-memory": date.max, "gemini-search": START + timedelta(weeks=4)}
    return int(slip) if slip else 549 if moment.day < learns.get(assistant, PRICE_RISE) else 649


def founded(assistant: str, prompt: str, moment: Moment) -> str:
    return SLIPS.get((assistant, prompt, moment.day.isoformat()), "2014") if prompt == "who" else "2014"


def two_years(assistant: str, week: int) -> float:
    """Give the chance that the warranty is given as two years instead of three."""
    corrected_in_week = 4
    return 0.85 if assistant == "sonar" and week < corrected_in_week else 0.0


def former_ceo(assistant: str) -> float:
    """Give the chance that Anselm Torvik is named as chief executive of today."""
    return 0.95 if assistant == "claude-memory" else 0.0


def recall(assistant: str, prompt: str, week: int) -> float:
    """Give the chance that the invented recall is told."""
    first_week = 5
    told = {"trust": 0.9, "who": 0.5}
    return told.get(prompt, 0.0) if assistant == "sonar" and week >= first_week else 0.0


def served_model(assistant: str, week: int) -> str:
    if assistant == "gpt-search":
        return "gpt-5.1-2026-10-20" if week >= _FADES_IN_WEEK else "gpt-5-2026-08-07"
    return {"claude-memory": "claude-sonnet-4-5-20250929", "gemini-search": "gemini-2.5-flash"}.get(assistant, "sonar")


# Single slips, each told once: nobody should be mailed about them.
SLIPS: Mapping[tuple[str, str, str], str] = MappingProxyType(
    {("sonar", "price", "2026-10-15"): "599", ("gpt-search", "who", "2026-10-29"): "2015"}
)
# Refusals: of the vendor's own kind ("refused", "filtered"), or in words only ("complete").
REFUSALS: Mapping[tuple[str, str, str], str] = MappingProxyType(
    {
        ("claude-memory", "trust", "2026-10-10"): "complete",
        ("claude-memory", "trust", "2026-11-07"): "complete",
        ("gemini-search", "trust", "2026-10-17"): "complete",
        ("gpt-search", "trust", "2026-10-22"): "refused",
        ("gemini-search", "trust", "2026-11-12"): "filtered",
    }
)
CUT_OFF = frozenset({("gemini-search", "who", "2026-10-31")})
EMPTY = frozenset({("sonar", "descale", "2026-11-05")})
SILENT_DAY = ("gemini-search", "2026-10-24")  # not one word all round
GERMAN = frozenset(
    {
        ("gemini-search", "price", "2026-10-08"),
        ("gpt-search", "who", "2026-10-13"),
        ("gemini-search", "small-kitchen", "2026-10-17"),
        ("gemini-search", "who", "2026-10-20"),
        ("sonar", "who", "2026-10-27"),
        ("gpt-search", "price", "2026-10-31"),
        ("sonar", "price", "2026-11-07"),
        ("gpt-search", "small-kitchen", "2026-11-10"),
        ("gemini-search", "price", "2026-11-14"),
    }
)
