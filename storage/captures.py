"""Answers captured elsewhere - in an app, by a scraper, by another tool - read from a file into values."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from monitor.domain import days
from monitor.domain.answers import Finish, Source, Surface, VendorCitation
from monitor.domain.brand import Prompt
from monitor.domain.text import storable
from storage.capture_columns import COLUMNS, Columns, Mistake
from storage.capture_lines import CaptureError, lines

__all__ = ["COLUMNS", "Capture", "CaptureError", "by_day", "read_captures"]

# More than anybody reads at once.
_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Capture:
    """One answer as somebody else saw it."""

    text: str
    prompt: Prompt
    assistant: str  # its name over there: "Google AI Mode"
    model: str = ""
    surface: Surface = Surface.APP
    asked_at: datetime | None = None
    day: date | None = None  # where it says on which day it was asked, and not when
    run: int = 0
    sources: tuple[Source, ...] = ()
    citations: tuple[VendorCitation, ...] = ()
    searched: bool | None = None
    finish: Finish = Finish.COMPLETE
    lang: str = ""
    country: str = ""
    external_id: str = ""

    @property
    def assistant_id(self) -> str:
        return re.sub(r"\W+", "-", self.assistant.casefold()).strip("-") or "unnamed"


def read_captures(
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    prompts: Path | None = None,
    surface: Surface = Surface.APP,
    mappable: bool = True,
    now: datetime | None = None,
    zone: str = "UTC",
) -> list[Capture]:
    """Read a JSONL, JSON or CSV file of answers; CaptureError lists every bad line, or nothing is bad.

    `mapping` says where a column of ours stands in the file, by a dotted path ("metadata.timestamp"), or gives one
    value for all of them ("=ChatGPT"). Columns that it leaves out are looked for under the names in COLUMNS.
    `prompts` is a second file with the texts of the prompts, found by their ids. `surface` is where the answers were
    captured, unless a column says so. `mappable`: who made a mistake can map columns, and is told so. What was answered
    a day after `now`, or later, is a mistake. A day alone is one of `zone`.
    """
    columns = Columns.of(mapping or {}, mappable=mappable, now=now, zone=zone)
    known = _prompts(prompts, columns) if prompts else None
    captures: list[Capture] = []
    mistakes: list[str] = []
    for number, row in lines(path):
        try:
            captures.append(_capture(row, columns, known, surface))
        except Mistake as mistake:
            mistakes.append(f"{path.name}:{number}: {mistake}")
    _refuse(mistakes)
    return captures


def _refuse(mistakes: Sequence[str]) -> None:
    if mistakes:
        rest = len(mistakes) - _SHOWN
        more = [f"and {rest} more lines like these."] if rest > 0 else []
        raise CaptureError("\n".join([*mistakes[:_SHOWN], *more]))


def _capture(
    row: Mapping[str, Any], columns: Columns, prompts: Mapping[str, Prompt] | None, surface: Surface
) -> Capture:
    text = storable(columns.text(row))
    sources, citations = columns.sources(row), columns.citations(row, len(text))
    searched = columns.searched(row)
    return Capture(
        text=text,
        prompt=_prompt(row, columns, prompts),
        assistant=columns.assistant(row),
        model=columns.model(row),
        surface=columns.surface(row) or surface,
        asked_at=columns.asked_at(row),
        day=columns.day(row),
        run=columns.run(row),
        sources=sources,
        citations=citations,
        # Sources can only come of a search; that none were captured says nothing.
        searched=True if searched is None and (sources or citations) else searched,
        finish=Finish.COMPLETE if text.strip() else Finish.EMPTY,
        lang=columns.words(row, "lang"),
        country=columns.words(row, "country"),
        external_id=columns.words(row, "id"),
    )


def _prompt(row: Mapping[str, Any], columns: Columns, prompts: Mapping[str, Prompt] | None) -> Prompt:
    given = columns.words(row, "prompt_id")
    if prompts is not None and given:
        if given not in prompts:
            raise Mistake(f"there is no prompt “{given}” in the file of prompts; add it there")
        return prompts[given]
    question = columns.words(row, "question")
    return Prompt(
        id=given or _prompt_id(question),
        text=question,
        topic=columns.words(row, "topic") or "general",
        intent=columns.words(row, "intent") or "informational",
    )


def _prompt_id(question: str) -> str:
    """Return the same id for the same question; answers whose question is not known share one."""
    return f"q-{hashlib.sha256(storable(question).encode()).hexdigest()[:10]}" if question else "not-known"


def _prompts(path: Path, columns: Columns) -> dict[str, Prompt]:
    """Read the second file: a prompt's id stands under the same name as in the first, or under a usual one."""
    found: dict[str, Prompt] = {}
    mistakes: list[str] = []
    for number, row in lines(path):
        prompt = columns.prompt(row)
        if prompt.id and prompt.text and prompt.id not in found:
            found[prompt.id] = prompt
        else:
            mistakes.append(f"{path.name}:{number}: a prompt needs an id of its own and a text")
    _refuse(mistakes)
    return found


def by_day(captures: Sequence[Capture], zone: str = "UTC") -> dict[date | None, list[Capture]]:
    """Group captures by the day of a zone they were asked on, the earliest first; those without a date under None."""
    found: dict[date | None, list[Capture]] = {}
    for capture in sorted(captures, key=lambda c: c.asked_at.timestamp() if c.asked_at else float("-inf")):
        found.setdefault(capture.day or (capture.asked_at and days.day(capture.asked_at, zone)), []).append(capture)
    return found
