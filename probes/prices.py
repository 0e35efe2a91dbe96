"""What calls cost: a user's price file, then the built-in one. A price that is in neither is not guessed."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from monitor.domain.answers import Reply
from monitor.domain.brand import AssistantSettings
from monitor.domain.errors import Mistake
from monitor.domain.prices import Forecast, Price
from probes import assistants, hosts

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
    own: tuple[Price, ...] = ()  # the user's; looked at before any other
    rows: tuple[Price, ...] = ()
    memory: Habit = Habit()
    searching: Mapping[str, Habit] = field(default_factory=dict)  # by "use" or "use:model"

    def find(self, use: str, model: str) -> Price | None:
        """Return the price of a model, from the user's rows if one of them fits."""
        return _fitting(self.own, use, model) or _fitting(self.rows, use, model)

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

    def tokens(self, settings: AssistantSettings, prompt_text: str) -> int:
        """Return how many tokens one call is expected to take, prompt and answer, whatever they cost."""
        habit = self._habit(settings)
        prompt = len(prompt_text.encode("utf-8", "replace")) // 4
        return prompt + habit.search_tokens + min(habit.output_tokens, settings.max_tokens)

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
        """Find the row, that of the search context size (`sonar+high`) before that of the model.

        Without a row, what runs on this machine costs nothing; with one it may be a gateway to somebody who charges.
        """
        size = settings.options.get("search_context_size", "")
        sized = self.find(settings.use, f"{settings.model}+{size}") if size else None
        is_free = settings.use == "openai_compatible" and hosts.is_local(settings.base_url)
        return sized or self.find(settings.use, settings.model) or (_FREE if is_free else None)


_FREE = Price(
    use="openai_compatible",
    model="*",
    per_million_input=Decimal(0),
    per_million_output=Decimal(0),
    read_on=date(2026, 11, 22),
    source="models on this machine cost nothing",
)


def _fitting(rows: tuple[Price, ...], use: str, model: str) -> Price | None:
    """Return the model's own row, that of its name without a date, or the one of the longest prefix (`x*`)."""
    of_use = [row for row in rows if row.use == use]
    names = (model, _DATE.sub("", model))
    exact = next((row for name in names for row in of_use if row.model == name), None)
    prefixes = [row for row in of_use if row.model.endswith("*") and model.startswith(row.model[:-1])]
    return exact or max(prefixes, key=lambda row: len(row.model), default=None)


def _cost(price: Price, input_tokens: int, output_tokens: int, searches: int) -> Decimal:
    tokens = price.per_million_input * input_tokens + price.per_million_output * output_tokens
    searched = price.per_search * searches + (price.per_searched_answer if searches else 0)
    return tokens / _MILLION + searched + price.per_request


def load(path: Path | None = None) -> Prices:
    """Read the built-in prices and, where a path is given, put the rows and habits of that file before them.

    Raises Mistake, with the file and the row, for what cannot be read.
    """
    built_in = _read(BUILT_IN, Prices())
    if path is None:
        return built_in
    given = _read(path, built_in)
    return replace(given, own=given.rows, rows=built_in.rows)


def _read(source: Path, before: Prices) -> Prices:
    """Return the rows of a file, and the habits of those before with what the file says of them."""
    try:
        loaded = tomllib.loads(source.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Mistake(f"{source}: cannot be read as a price file: {error}.") from error
    if unknown := sorted(loaded.keys() - {"price", "memory", "search"}):
        raise Mistake(f"{source}: knows no {_named(unknown)}; write [[price]], [memory] or [search.openai].")
    searching = {
        name: _habit(said, f"{source}: [search.{name}]", before.searching.get(name, Habit()))
        for name, said in _searches(loaded.get("search", {}), source)
    }
    return Prices(
        rows=tuple(_rows(loaded.get("price", []), source)),
        memory=_habit(loaded.get("memory", {}), f"{source}: [memory]", before.memory),
        searching={**before.searching, **searching},
    )


_NUMBERS = ("per_million_input", "per_million_output", "per_search", "per_searched_answer", "per_request")
_WORDS = ("use", "model", "source")
_NEEDED = {*_WORDS, *_NUMBERS[:2], "read_on"}
_OPTIONAL = ", ".join(_NUMBERS[2:])


def _rows(rows: Any, source: Path) -> Iterable[Price]:
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        where = f"{source}: [[price]] number {number}"
        if wrong := _wrong_row(row):
            raise Mistake(f"{where}: {wrong}.")
        yield Price(
            use=row["use"],
            model=row["model"],
            read_on=row["read_on"],
            source=row["source"],
            **{name: _amount(row.get(name, 0), f"{where}, {name}") for name in _NUMBERS},
        )


def _wrong_row(row: Any) -> str:
    """Return what is wrong with a row's keys and words, and what to do; empty where nothing is."""
    if not isinstance(row, dict):
        return "is no table; write [[price]] on a line of its own and below it use, model and what they cost"
    if unknown := sorted(row.keys() - _NEEDED - set(_NUMBERS)):
        return f"knows no {_named(unknown)}; it takes {', '.join(sorted(_NEEDED))} and, if wanted, {_OPTIONAL}"
    if missing := sorted(_NEEDED - row.keys()):
        return f"lacks {_named(missing)}; add it"
    if empty := [name for name in _WORDS if not isinstance(row[name], str) or not row[name]]:
        return f"{_named(empty)} is a text in quotes; write one"
    if type(row["read_on"]) is not date:
        return "read_on is a date without quotes; write one such as 2026-11-01"
    return _wrong_use(row["use"])


def _wrong_use(use: str) -> str:
    return "" if use in assistants.ALL else f"there is no assistant {use!r}; use one of {', '.join(assistants.ALL)}"


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _amount(value: Any, where: str) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        amount = Decimal(-1)
    if isinstance(value, bool) or not amount.is_finite() or amount < 0:
        raise Mistake(f"{where}: {value!r} is no price; write US dollars such as 1.25.")
    return amount


def _searches(said: Any, source: Path) -> Iterable[tuple[str, Any]]:
    if not isinstance(said, dict):
        raise Mistake(f"{source}: `search` is no table; write [search.openai] and below it what a search takes.")
    for name in said:
        if wrong := _wrong_use(name.partition(":")[0]):
            raise Mistake(f"{source}: [search.{name}]: {wrong}.")
    return said.items()


def _habit(said: Any, where: str, before: Habit) -> Habit:
    known = [each.name for each in fields(Habit)]
    if not isinstance(said, dict):
        raise Mistake(f"{where}: is no table; write it in brackets on a line of its own.")
    if unknown := sorted(said.keys() - set(known)):
        raise Mistake(f"{where}: knows no {_named(unknown)}; it takes only {', '.join(known)}.")
    if wrong := [name for name, value in said.items() if type(value) is not int or value < 0]:
        raise Mistake(f"{where}: {_named(wrong)} needs a whole number; write 0 or more.")
    return replace(before, **said)
