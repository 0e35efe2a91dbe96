"""Which column of somebody else's file means what, and how its values are read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Self

from monitor.domain import days
from monitor.domain.answers import Source, Surface, VendorCitation
from monitor.domain.brand import Prompt
from storage.capture_lines import CaptureError

# Our columns, and under which names they are looked for where no mapping is given; the first that is there is taken.
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("id", "answer_id", "response_id"),
        "text": ("text", "response", "answer", "content"),
        "question": ("question", "prompt", "query"),
        "prompt_id": ("prompt_id", "query_id", "question_id"),
        "assistant": ("assistant", "engine", "model"),
        "model": ("model", "served_model"),
        "asked_at": ("asked_at", "timestamp", "created_at", "date"),
        "run": ("run", "sample"),
        "surface": ("surface",),
        "sources": ("sources",),
        "citations": ("citations",),
        "searched": ("searched",),
        "lang": ("lang", "language"),
        "country": ("country",),
        "topic": ("topic", "category"),
        "intent": ("intent",),
    }
)
_PROMPT_ID = ("id", "prompt_id", "query_id", "question_id")
_PROMPT_TEXT = ("text", "question", "prompt", "query")

# Larger numbers are milliseconds: as seconds they would lie after the year 5000.
_SECONDS_END = 100_000_000_000
_BEGINNING = datetime(2015, 1, 1, tzinfo=UTC)
_CLOCKS = timedelta(days=1)  # by which a clock elsewhere may be ahead, or a day may have begun there


class Mistake(Exception):  # noqa: N818  -- it is the user's, not the program's
    """What is wrong with one line, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Reads our columns out of a row of somebody else's file; a method raises Mistake where the value is no good."""

    mapping: Mapping[str, str]
    mappable: bool = True  # whether who reads of a mistake can map columns by options of a command
    now: datetime | None = None  # nothing was answered after it; None: not known
    zone: str = "UTC"  # whose day it is where a row says no more than a day

    @classmethod
    def of(
        cls, mapping: Mapping[str, str], *, mappable: bool = True, now: datetime | None = None, zone: str = "UTC"
    ) -> Self:
        """Take a mapping whose keys are our columns, or one of the other names that a column goes by."""
        ours = {other: column for column, others in COLUMNS.items() for other in others} | {c: c for c in COLUMNS}
        unknown = sorted(set(mapping) - set(ours))
        if unknown:
            raise CaptureError(f"There is no column {', '.join(unknown)} to map; there are: {', '.join(COLUMNS)}.")
        named = {ours[name]: path for name, path in mapping.items()}
        return cls(mapping=named, mappable=mappable, now=now, zone=zone)

    def value(self, row: Mapping[str, Any], column: str) -> Any:
        """Return what stands in a column; None where there is nothing."""
        path = self.mapping.get(column)
        if path is None:
            return next((row[name] for name in COLUMNS[column] if _said(row.get(name))), None)
        if path.startswith("="):
            return path[1:]
        found: Any = row
        for step in [path] if path in row else path.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        return found

    def words(self, row: Mapping[str, Any], column: str) -> str:
        value = self.value(row, column)
        if isinstance(value, dict | list):
            mend = "map it to the text inside" if self.mappable else "send the text alone"
            raise Mistake(f"“{column}” is a text, not {type(value).__name__}; {mend}")
        return "" if value is None else str(value).strip()

    def text(self, row: Mapping[str, Any]) -> str:
        """Return the answer exactly as it stands there: offsets count in it."""
        value = self.value(row, "text")
        if isinstance(value, str):
            return value
        if value is None and any(isinstance(row.get(name), str) for name in COLUMNS["text"]):
            return ""  # an answer that came back empty
        where = self.mapping.get("text") or " or ".join(COLUMNS["text"])
        mend = "say where it stands with --column text=THEIRS" if self.mappable else "call the field one of these"
        raise Mistake(f"there is no answer under {where}; {mend}")

    def assistant(self, row: Mapping[str, Any]) -> str:
        name = self.words(row, "assistant")
        if not name:
            mend = "map a column, or name one for all with --column assistant==NAME"
            raise Mistake(f"it does not say who answered; {mend if self.mappable else 'give it a field “assistant”'}")
        return name

    def model(self, row: Mapping[str, Any]) -> str:
        """Return the model; a column that names the assistant does not name its model too."""
        model = self.words(row, "model")
        return "" if model == self.words(row, "assistant") else model

    def asked_at(self, row: Mapping[str, Any]) -> datetime | None:
        """Return the moment; a number is Unix time in seconds or milliseconds.

        A day alone is that day of the brand, and stands at its noon. A time in a file whose columns are mapped by a
        command is UTC where it names no zone; a program that sends a time says its zone.
        """
        value = self.value(row, "asked_at")
        if not _said(value):
            return None
        try:
            of = _day(value)
            found = self._within(of) if of else _moment(value)
        except (ValueError, OverflowError, OSError, TypeError) as error:
            raise Mistake(f"“{value}” is no date; write it like 2026-11-22T06:00:00Z") from error
        if not self.mappable and _is_zoneless(value):
            raise Mistake(
                f"“{value}” says no time zone; write it like 2026-11-22T06:00:00Z or 2026-11-22T07:00:00+01:00"
            )
        if found < _BEGINNING:
            raise Mistake(f"“{value}” is long before there were assistants; look at the date")
        if self.now and found > self.now + _CLOCKS:
            raise Mistake(f"“{value}” has not come yet; look at the date")
        return found

    def _within(self, of: date) -> datetime:
        """Return the moment that stands for a day: noon, or now where that is still to come."""
        noon = days.noon(of, self.zone)
        return min(noon, self.now) if self.now and days.beginning(of, self.zone) <= self.now else noon

    def day(self, row: Mapping[str, Any]) -> date | None:
        """Return the day of a row that says on which day it was answered and not when."""
        return _day(self.value(row, "asked_at"))

    def run(self, row: Mapping[str, Any]) -> int:
        value = self.value(row, "run")
        try:
            return int(value or 0)
        except (ValueError, TypeError) as error:
            raise Mistake(f"the run “{value}” is no whole number") from error

    def surface(self, row: Mapping[str, Any]) -> Surface | None:
        name = self.words(row, "surface")
        try:
            return Surface(name.lower()) if name else None
        except ValueError as error:
            raise Mistake(f"there is no surface “{name}”; there are: {', '.join(Surface)}") from error

    def searched(self, row: Mapping[str, Any]) -> bool | None:
        return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(
            self.words(row, "searched").lower()
        )

    def sources(self, row: Mapping[str, Any]) -> tuple[Source, ...]:
        return tuple(Source(url=page["url"], title=page["title"]) for page in self._pages(row, "sources"))

    def citations(self, row: Mapping[str, Any], length: int) -> tuple[VendorCitation, ...]:
        """Return the citations; a place that is not inside a text of `length` characters is left out."""
        return tuple(
            VendorCitation(url=page["url"], title=page["title"], start=start, end=end)
            for page in self._pages(row, "citations")
            for start, end in [_place(page, length)]
        )

    def _pages(self, row: Mapping[str, Any], column: str) -> list[dict[str, Any]]:
        value = self.value(row, column)
        if isinstance(value, str):
            value = _listed(value, column)
        if value is None:
            return []
        if not isinstance(value, list):
            raise Mistake(f"“{column}” is a list of pages, each with url and title")
        return [page for entry in value if (page := _page(entry))["url"]]

    def prompt(self, row: Mapping[str, Any]) -> Prompt:
        """Return a row of the file of prompts; what it does not say is empty."""
        ids = (self.mapping.get("prompt_id", "").rpartition(".")[2], *_PROMPT_ID)
        return Prompt(
            id=_first(row, ids),
            text=_first(row, _PROMPT_TEXT),
            topic=_first(row, COLUMNS["topic"]) or "general",
            intent=_first(row, COLUMNS["intent"]) or "informational",
        )


def _said(value: Any) -> bool:
    return value is not None and value != ""


def _day(value: Any) -> date | None:
    """Return what is written as a day alone; None for a moment, and for what is neither."""
    if not isinstance(value, str) or value.replace(".", "", 1).isdecimal():
        return None
    return days.alone(value.strip())


def _moment(value: Any) -> datetime:
    if isinstance(value, str) and not value.replace(".", "", 1).isdecimal():
        found = datetime.fromisoformat(value.strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    seconds = float(value)
    return datetime.fromtimestamp(seconds / 1000 if seconds > _SECONDS_END else seconds, tz=UTC)


def _is_zoneless(value: Any) -> bool:
    """Whether it is an hour of no zone: of any, and two moments on the night when clocks are set back."""
    if not isinstance(value, str) or value.replace(".", "", 1).isdecimal():
        return False
    return len(value.strip()) > len("2026-11-22") and datetime.fromisoformat(value.strip()).tzinfo is None


def _listed(value: str, column: str) -> Any:
    """Return the pages of a CSV cell: a JSON list, or addresses with spaces or line breaks between them."""
    if not value.lstrip().startswith("["):
        return value.split()
    try:
        return json.loads(value)
    except ValueError as error:
        raise Mistake(f"“{column}” starts like a JSON list and is none") from error


def _page(entry: Any) -> dict[str, Any]:
    if isinstance(entry, str):
        return {"url": entry, "title": ""}
    if not isinstance(entry, dict):
        return {"url": "", "title": ""}
    return {**entry, "url": str(entry.get("url") or ""), "title": str(entry.get("title") or "")}


def _place(page: Mapping[str, Any], length: int) -> tuple[int | None, int | None]:
    start, end = page.get("start"), page.get("end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= length:
        return start, end
    return None, None


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(row[name]).strip() for name in names if name and _said(row.get(name))), "")
