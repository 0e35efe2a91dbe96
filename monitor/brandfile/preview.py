"""What `likeness check` shows: values and sentences, no printing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from monitor.brandfile.totals import UNKNOWN, Totals, dollars, totals, verdict
from monitor.domain.brand import AssistantSettings, Prompt, Settings
from monitor.domain.prices import Forecast

_SHOWN = 90  # characters of a prompt in its row


@dataclass(frozen=True, kw_only=True)
class Table:
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Preview:
    tables: tuple[Table, ...]  # those that have rows
    lines: tuple[str, ...]  # sentences below them
    totals: Totals
    carried: bool | None  # whether the month's budget carries what is expected; None: nobody can say


def preview(
    settings: Settings,
    *,
    forecasts: Mapping[str, Forecast],
    calls_per_month: Mapping[str, int],
    detectable: str,
    terms: Mapping[str, tuple[str, date | None]],
    advice: Mapping[str, str],
    keys_missing: Mapping[str, str],
    next_runs: Sequence[datetime],
    spent: Decimal | None,
    labels: Mapping[str, str] | None = None,
    warnings: Sequence[str] = (),
) -> Preview:
    """Compose what would happen with these settings.

    By assistant id: `forecasts` (of one call), `calls_per_month`, `terms` (page and the day it was read, if it was),
    `keys_missing` (the variable), `labels`; `advice` by fact id, for facts that cannot be checked as written.
    """
    sums = totals(settings, forecasts, calls_per_month)
    tables = (
        _prompts(settings.asked),
        _asked(settings.assistants, forecasts, calls_per_month, labels or {}),
        _terms(settings.assistants, terms),
        Table(title="Facts that cannot be checked as written", columns=("fact", "advice"), rows=_pairs(advice)),
        Table(title="Next runs", columns=("local time",), rows=tuple((_moment(run),) for run in next_runs)),
    )
    return Preview(
        tables=tuple(table for table in tables if table.rows),
        lines=(
            *_missing(settings, keys_missing),
            *verdict(sums, settings.budget, spent),
            *((detectable,) if detectable else ()),
            *warnings,
        ),
        totals=sums,
        carried=sums.carried(settings.budget),
    )


def _prompts(prompts: Sequence[Prompt]) -> Table:
    rows = tuple((one.id, one.topic, ", ".join(sorted(one.names)) or "-", _short(one.text)) for one in prompts)
    return Table(title="What would be asked", columns=("prompt", "topic", "names", "text"), rows=rows)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _asked(
    assistants: Sequence[AssistantSettings],
    forecasts: Mapping[str, Forecast],
    calls: Mapping[str, int],
    labels: Mapping[str, str],
) -> Table:
    rows = tuple(_asked_row(one, forecasts.get(one.id, UNKNOWN), calls.get(one.id, 0), labels) for one in assistants)
    return Table(
        title="Who would be asked",
        columns=("assistant", "asked as", "calls a month", "a call", "a month", "at worst"),
        rows=rows,
    )


def _asked_row(one: AssistantSettings, cost: Forecast, count: int, labels: Mapping[str, str]) -> tuple[str, ...]:
    month = None if cost.expected is None else cost.expected * count
    worst = None if cost.worst is None else cost.worst * count
    search = " with search" if one.search else ""
    label = labels.get(one.id) or f"{one.use}, {one.model}{search}"
    return (one.id, label, f"{count:,}", dollars(cost.expected), dollars(month), dollars(worst))


def _terms(assistants: Sequence[AssistantSettings], terms: Mapping[str, tuple[str, date | None]]) -> Table:
    known = [(one.id, *terms.get(one.id, ("", None))) for one in assistants]
    rows = tuple((name, page, f"{day}" if day else "not yet read") for name, page, day in known if page)
    return Table(title="Vendors' terms", columns=("assistant", "page", "read on"), rows=rows)


def _pairs(advice: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    return tuple((fact_id, said) for fact_id, said in advice.items() if said)


def _moment(run: datetime) -> str:
    """Return a time of the schedule's zone with its weekday: "Mon 2026-11-23 06:00 CET"."""
    return f"{run:%a %Y-%m-%d %H:%M} {run.tzname() or ''}".rstrip()


def _missing(settings: Settings, keys_missing: Mapping[str, str]) -> tuple[str, ...]:
    """Name what keeps the file from being asked: sections and keys."""
    absent = [name for name in ("prompts", "assistants", "schedule") if not getattr(settings, name)]
    parts = (f"The file has no {name}: nothing would be asked by itself." for name in absent)
    keys = (f"{name} has no key and would not be asked: set {variable}." for name, variable in keys_missing.items())
    return (*parts, *keys)
