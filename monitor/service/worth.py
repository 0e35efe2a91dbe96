"""What money buys: what more would show, what brings nothing, and what the rest of the month takes."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from monitor import calendar
from monitor.domain.brand import Settings
from monitor.domain.prices import Forecast
from monitor.drift import detect
from storage import worth
from storage.store import Transaction

BARREN_AFTER = 20  # answers
_RATE = 0.5  # the visibility at which changes are hardest to see


def rest_of_month(
    settings: Settings, forecasts: Mapping[str, Forecast], now: datetime, spent: Decimal | None
) -> list[str]:
    """Say what the rounds that are left of this month are expected to take, and whether the budget carries them."""
    costs = [forecast.expected for forecast in forecasts.values()]
    known = [cost for cost in costs if cost is not None]
    if settings.schedule is None or len(known) < len(costs) or not sum(known):
        return []
    come, of = calendar.month_so_far(settings.schedule, now)
    needed = sum(known, Decimal(0)) * len(settings.asked) * settings.schedule.samples * (of - come)
    said = f"The {of - come} rounds that are left of this month are expected to take {needed:.2f} USD"
    limit = settings.budget.per_month
    if limit is None:
        return [f"{said}."]
    left = max(limit - (spent or Decimal(0)), Decimal(0))
    if needed <= left:
        return [f"{said}; {left:.2f} USD are left."]
    paced = (
        "each round asks about {:.0%} of its questions" if settings.budget.pace else "about {:.0%} of them are asked"
    )
    return [f"{said}; {left:.2f} USD are left: {paced.format(left / needed)}."]


def what_more_shows(settings: Settings, forecasts: Mapping[str, Forecast], rounds_a_month: int) -> list[str]:
    """Say what one more sample, prompt, ten prompts or an assistant would let be seen, and cost a month."""
    schedule, prompts = settings.schedule, sum(not prompt.names and not prompt.leading for prompt in settings.asked)
    if schedule is None or not prompts or not rounds_a_month:
        return []
    asked, samples = len(settings.asked), schedule.samples
    costs = [forecast.expected for forecast in forecasts.values() if forecast.expected is not None]
    call = sum(costs, Decimal(0)) if len(costs) == len(forecasts) else None  # one prompt once, put to each assistant

    def points(more_prompts: int, more_samples: int) -> str:
        return f"{detect.detectable(prompts + more_prompts, samples + more_samples, rounds_a_month, _RATE) * 100:.0f}"

    def price(calls: int) -> str:
        return "" if not call else f" for {call * calls * rounds_a_month:.2f} USD more a month"

    mean = "" if not call else f" for some {call / len(costs) * asked * samples * rounds_a_month:.2f} USD more a month"
    said = (
        f"With one sample more it would be {points(0, 1)} points{price(asked)}; with one prompt more {points(1, 0)}"
        f"{price(samples)}, with ten more {points(10, 0)}{price(10 * samples)}; an assistant more is a series of its"
        f" own that shows as much{mean}."
    )
    return [said]


def brought(tx: Transaction, settings: Settings) -> list[str]:
    """Name the prompts that cost and show nothing, and the assistants whose answers repeat each other verbatim."""
    said = [
        f"Prompt {one.prompt_id} named nobody in {one.answers} answers and has cost {one.cost:.2f} USD; ask another."
        for one in worth.of_prompts(tx, settings.brand)
        if one.answers >= BARREN_AFTER and not one.naming
    ]
    for name, (answers, kinds) in sorted(worth.different(tx, settings.brand).items()):
        if answers >= BARREN_AFTER and kinds <= answers / 2:
            said.append(
                f"{name} repeats itself: {answers} answers without search are {kinds} different ones; "
                "take fewer samples of it."
            )
    return said
