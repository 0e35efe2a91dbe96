"""What calls cost, from one file that a user can replace. A price that is not there is not guessed."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from monitor.domain.answers import Reply
from monitor.domain.brand import AssistantSettings
from monitor.domain.errors import Mistake
from monitor.domain.prices import Forecast, Price

BUILT_IN = Path(__file__).with_name("prices.toml")
_MILLION = Decimal(1_000_000)
_DATE = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{8})$")  # gpt-5-2025-08-07, claude-haiku-4-5-20251001


@dataclass(frozen=True, kw_only=True)
class Habit:
    """What one call of an assistant takes beyond its prompt; tokens, searches."""

    output_tokens: int = 700  # expected; the worst case is max_tokens
    searches: int = 0
    worst_searches: int = 0
    search_tokens: int = 0  # input tokens that the pages found add
    worst_search_tokens: int = 0


@dataclass(frozen=True, kw_only=True)
class Prices:
    rows: tuple[Price, ...] = ()
    memory: Habit = Habit()
    searching: Mapping[str, Habit] = field(default_factory=dict)  # by "use" or "use:model"

    def find(self, use: str, model: str) -> Price | None:
        """Return the price of a model: its own row, that of its name without a date, or the longest prefix (`x*`)."""
        rows = [row for row in self.rows if row.use == use]
        names = (model, _DATE.sub("", model))
        exact = next((row for name in names for row in rows if row.model == name), None)
        prefixes = [row for row in rows if row.model.endswith("*") and model.startswith(row.model[:-1])]
        return exact or max(prefixes, key=lambda row: len(row.model), default=None)

    def forecast(self, settings: AssistantSettings, prompt_text: str) -> Forecast:
        """Return what one call is expected to cost and its worst case, in US dollars."""
        price = self._of(settings)
        if price is None:
            return Forecast(expected=None, worst=None)
        habit = self._habit(settings)
        prompt = len(prompt_text.encode("utf-8", "replace"))  # a token has at least one byte, four on average
        output = min(habit.output_tokens, settings.max_tokens)
        return Forecast(
            expected=_cost(price, prompt // 4 + habit.search_tokens, output, habit.searches),
            worst=_cost(price, prompt + habit.worst_search_tokens, settings.max_tokens, habit.worst_searches),
        )

    def cost(self, settings: AssistantSettings, reply: Reply) -> Decimal | None:
        """Return what an answer cost in US dollars: as stated, else from its usage; None where either is unknown."""
        price, usage = self._of(settings), reply.usage
        if reply.cost is not None or price is None:
            return reply.cost
        if not any(getattr(price, name) for name in _NUMBERS):
            return Decimal(0)
        if usage.input_tokens is None or usage.output_tokens is None:
            return None
        return _cost(price, usage.input_tokens, usage.output_tokens, usage.searches or 0)

    def _habit(self, settings: AssistantSettings) -> Habit:
        names = (f"{settings.use}:{settings.model}", settings.use) if settings.search else ()
        return next((self.searching[name] for name in names if name in self.searching), self.memory)

    def _of(self, settings: AssistantSettings) -> Price | None:
        """Find the row, that of the search context size (`sonar+high`) before that of the model."""
        size = settings.options.get("search_context_size", "")
        sized = self.find(settings.use, f"{settings.model}+{size}") if size else None
        return sized or self.find(settings.use, settings.model)


def _cost(price: Price, input_tokens: int, output_tokens: int, searches: int) -> Decimal:
    tokens = price.per_million_input * input_tokens + price.per_million_output * output_tokens
    searched = price.per_search * searches + (price.per_searched_answer if searches else 0)
    return tokens / _MILLION + searched + price.per_request


def load(path: Path | None = None) -> Prices:
    """Read a price file, the built-in one where none is given.

    Raises Mistake, with the file and the row, for what cannot be read.
    """
    source = path or BUILT_IN
    try:
        loaded = tomllib.loads(source.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Mistake(f"{source}: cannot be read as a price file: {error}.") from error
    return Prices(
        rows=tuple(_rows(loaded.get("price", []), source)),
        memory=_habit(loaded.get("memory", {}), f"{source}: [memory]"),
        searching={use: _habit(said, f"{source}: [search.{use}]") for use, said in loaded.get("search", {}).items()},
    )


_NUMBERS = ("per_million_input", "per_million_output", "per_search", "per_searched_answer", "per_request")
_NEEDED = {"use", "model", "per_million_input", "per_million_output", "read_on", "source"}


def _rows(rows: Any, source: Path) -> Iterable[Price]:
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        where = f"{source}: [[price]] number {number}"
        if not isinstance(row, dict) or _NEEDED - row.keys() or row.keys() - _NEEDED - set(_NUMBERS):
            allowed = f"{', '.join(sorted(_NEEDED))} and, if wanted, {', '.join(_NUMBERS[2:])}"
            raise Mistake(f"{where}: needs exactly {allowed}.")
        if not isinstance(row["read_on"], date):
            raise Mistake(f"{where}: read_on is a date without quotes, such as 2026-11-01.")
        yield Price(
            use=str(row["use"]),
            model=str(row["model"]),
            read_on=row["read_on"],
            source=str(row["source"]),
            **{name: _amount(row.get(name, 0), f"{where}, {name}") for name in _NUMBERS},
        )


def _amount(value: Any, where: str) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal(-1)
    if isinstance(value, bool) or not amount.is_finite() or amount < 0:
        raise Mistake(f"{where}: {value!r} is no price; write US dollars such as 1.25.")
    return amount


def _habit(said: Any, where: str) -> Habit:
    if not isinstance(said, dict) or said.keys() - Habit.__dataclass_fields__.keys():
        raise Mistake(f"{where}: knows only {', '.join(Habit.__dataclass_fields__)}.")
    if any(not isinstance(value, int) or value < 0 for value in said.values()):
        raise Mistake(f"{where}: needs whole numbers.")
    return Habit(**said)
