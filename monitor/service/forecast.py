"""What a brand file would ask, cost and be able to see, before anything is asked."""

import os
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from monitor import brandfile, calendar, pipeline
from monitor.analysis import kinds
from monitor.analysis.agreeing import disagreements
from monitor.brandfile.preview import Preview
from monitor.brandfile.preview import preview as composed
from monitor.brandfile.standing import unconfirmed
from monitor.domain import days
from monitor.domain.brand import AssistantSettings, Settings
from monitor.domain.prices import Forecast
from monitor.drift import detect
from monitor.service import bench, build, places, sheets, worth
from monitor.service.environment import Environment
from monitor.service.repeats import repeats
from probes import assistants
from probes import prices as price_list
from probes.call import unready
from probes.prices import Prices
from storage import judgings, rounds

RUNS_SHOWN = 5


def preview(brand: Path, *, prices: Path | None = None, keys: Mapping[str, str] = os.environ) -> Preview:
    """Everything that `likeness check` shows; nothing is asked and nothing is written."""
    environment, now = Environment(), build.utc_now()
    read = brandfile.read_with_warnings(
        places.one_of(brand),
        kinds=kinds.ALL,
        assistants=assistants.ALL,
        check_cron=calendar.check_cron,
        today=now.date(),
    )
    settings, schedule = read.settings, read.settings.schedule
    today = days.day(now, settings.zone)
    rounds_a_month = calendar.rounds_a_month(schedule, now) if schedule else 0
    samples = schedule.samples if schedule else 1
    calls = rounds_a_month * samples * len(settings.asked)
    known = price_list.load(prices or environment.prices)
    forecasts = {each.id: _of_one_call(known, each, settings) for each in settings.assistants}
    spent = _spent(settings, environment) if schedule else None
    return composed(
        settings,
        forecasts=forecasts,
        calls_per_month={each.id: calls for each in settings.assistants},
        detectable=_detectable(settings, rounds_a_month, samples),
        terms={each.id: assistants.ALL[each.use].terms(each) for each in settings.assistants},
        advice={fact.id: kinds.ALL[fact.kind].advice(fact) for fact in settings.sheet.facts},
        keys_missing=missing_keys(settings, keys),
        next_runs=calendar.next_runs(schedule, now, RUNS_SHOWN) if schedule else (),
        spent=spent,
        labels={each.id: pipeline.naming(settings)(each) for each in settings.assistants},
        warnings=(
            *worth.what_more_shows(settings, forecasts, rounds_a_month),
            *worth.rest_of_month(settings, forecasts, now, spent),
            *_brought(settings, environment),
            *repeats(settings, forecasts, calls),
            *read.warnings,
            *_disagreeing(settings, today),
            *_of_the_judge(settings, known, keys),
            *_unseen(settings, environment, today),
        ),
    )


def _disagreeing(settings: Settings, today: date) -> list[str]:
    """Name the facts whose own sentence gives another value than they do."""
    return [f"Fact {one.fact} disagrees with itself: {one.why}." for one in disagreements(settings.sheet, today=today)]


def _brought(settings: Settings, environment: Environment) -> list[str]:
    """Name what cost money and showed nothing, where something was asked already."""
    if not _has_store(environment):
        return []
    with build.open_store(environment) as store, store.snapshot() as tx:
        return worth.brought(tx, settings)


def _unseen(settings: Settings, environment: Environment, today: date) -> list[str]:
    """Name the facts that nobody has confirmed for long."""
    if _has_store(environment):
        with build.open_store(environment) as store:
            old = sheets.unseen(store, settings, today)
    else:
        old = unconfirmed(settings.sheet, (), today)
    named = ", ".join(f"{one.fact.id} (since {one.since})" for one in old)
    return [f"Nobody has confirmed these facts for 90 days: {named}. Write the day as `confirmed:`."] if old else []


def _has_store(environment: Environment) -> bool:
    """Whether there is a store already; `check` makes none."""
    address = environment.database_url.get_secret_value()
    return not address.startswith("sqlite:///") or Path(address.removeprefix("sqlite:///")).exists()


def _of_one_call(known: Prices, assistant: AssistantSettings, settings: Settings) -> Forecast:
    """The mean over the prompts; not known as soon as one is not."""
    each = [known.forecast(assistant, prompt.text) for prompt in settings.asked]
    return Forecast(expected=_mean([one.expected for one in each]), worst=_mean([one.worst for one in each]))


def _mean(amounts: list[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) / len(known) if known and len(known) == len(amounts) else None


def _of_the_judge(settings: Settings, known: Prices, keys: Mapping[str, str]) -> list[str]:
    """Say what would keep the second opinion from being asked."""
    if settings.judge is None:
        return []
    judge, budget = bench.assistant_of(settings.judge, settings), settings.budget
    miss = unready(judge, keys)
    limited = budget.per_month is not None or budget.per_round is not None
    unpriced = limited and known.forecast(judge, "").worst is None
    price = f"the price of {judge.model} is not known, so the budget cannot carry it; give it in the price file"
    reasons = [miss.detail.rstrip(".")] if miss else []
    return [f"No second opinion would be asked: {why}." for why in (*reasons, *([price] if unpriced else []))]


def missing_keys(settings: Settings, keys: Mapping[str, str]) -> dict[str, str]:
    """The variable that each assistant without a key waits for, by the assistant's id."""
    return {each.id: name for each in settings.assistants if (name := _missing_key(each, keys))}


def _missing_key(assistant: AssistantSettings, keys: Mapping[str, str]) -> str:
    name = assistants.ALL[assistant.use].key_name(assistant)
    return "" if not name or keys.get(name) else name


def _detectable(settings: Settings, rounds_a_month: int, samples: int) -> str:
    """What a month of the discovery prompts can show about one assistant."""
    discovery = sum(not prompt.names and not prompt.leading for prompt in settings.asked)
    if not discovery or not rounds_a_month:
        return "Without a schedule and a prompt that names nobody, no change in visibility could be seen."
    least = detect.detectable(discovery, samples, rounds_a_month, 0.5)
    return (
        f"Within a month, {_counted(discovery)} not name you, {samples} x in {rounds_a_month} rounds, can show a "
        f"change of about {least * 100:.0f} points in one assistant's visibility of 50 %."
    )


def _counted(prompts: int) -> str:
    return "1 prompt that does" if prompts == 1 else f"{prompts} prompts that do"


def _spent(settings: Settings, environment: Environment) -> Decimal | None:
    """This month's spending where a store exists already; `check` makes none."""
    if not _has_store(environment):
        return None
    now = build.utc_now()
    with build.open_store(environment) as store, store.snapshot() as tx:
        month = calendar.month_start(now, settings.zone), now + timedelta(seconds=1)
        return rounds.spent(tx, settings.brand, *month) + judgings.spent(tx, settings.brand, *month)
