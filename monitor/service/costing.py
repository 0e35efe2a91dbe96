"""What asking would cost, said before anything is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monitor import calendar
from monitor.domain.brand import AssistantSettings, Prompt
from monitor.domain.errors import Mistake
from monitor.pipeline import House
from probes.call import unready
from probes.prices import Prices

_CENT = Decimal("0.01")


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Of a number of calls, US dollars; None where a price is not known."""

    calls: int
    expected: Decimal | None
    worst: Decimal | None

    def times(self, often: int) -> "Cost":
        return Cost(
            calls=self.calls * often,
            expected=None if self.expected is None else self.expected * often,
            worst=None if self.worst is None else self.worst * often,
        )

    @property
    def said(self) -> str:
        """The cost in words, such as "36 calls, about $2.41, $11.07 at the very worst"."""
        return f"{self.calls} {'call' if self.calls == 1 else 'calls'}{self._dollars()}"

    def _dollars(self) -> str:
        if self.expected is None or self.worst is None:
            return "; what they cost is not known, because a price is missing"
        if not self.worst:
            return ", which cost nothing"
        return f", about {dollars(self.expected)}, {dollars(self.worst)} at the very worst"


def dollars(amount: Decimal) -> str:
    """Return an amount as people say it.

    >>> dollars(Decimal("2.4099")), dollars(Decimal("0.004")), dollars(Decimal(0))
    ('$2.41', 'less than a cent', 'nothing')
    """
    if not amount:
        return "nothing"
    return "less than a cent" if amount < _CENT else f"${amount:,.2f}"


def of(prices: Prices, assistants: Iterable[AssistantSettings], texts: Sequence[str], *, times: int = 1) -> Cost:
    """Return what it costs to put each text to each assistant so many times."""
    each = [prices.forecast(assistant, text) for assistant in assistants for text in texts]
    return Cost(
        calls=len(each) * times,
        expected=_sum([one.expected for one in each], times),
        worst=_sum([one.worst for one in each], times),
    )


def round_now(house: House) -> Cost:
    """Return what a round costs that is started now: whoever has no key is not asked."""
    settings = house.settings
    return of(house.prices, ready(house), [each.text for each in settings.asked], times=_samples(house))


def month_of_a_prompt(house: House, text: str) -> Cost | None:
    """Return what one prompt takes in a month of rounds; None where nothing is asked on a schedule."""
    settings = house.settings
    if settings.schedule is None or not settings.assistants:
        return None
    rounds = calendar.rounds_a_month(settings.schedule, house.clock())
    return of(house.prices, settings.assistants, [text], times=_samples(house) * rounds)


def hour_of(house: House, prompts: Sequence[Prompt], assistants: Sequence[str]) -> Cost:
    """Return what one hour of a watch costs."""
    asked = [each for each in house.settings.assistants if each.id in assistants]
    return of(house.prices, asked, [each.text for each in prompts])


def ready(house: House) -> list[AssistantSettings]:
    """Return who can be asked: the key is there, and nothing forbids it."""
    return [each for each in house.settings.assistants if unready(each, house.environment) is None]


def somebody_ready(house: House) -> None:
    """Mistake where nobody can be asked, with the reasons."""
    if why := _unready(house):
        raise Mistake(f"Nobody can be asked, so no round was started. {why}")


def nobody(house: House) -> str:
    """Return why no round can be run, in a sentence or more; empty where one can."""
    return _unready(house) or ("" if house.settings.asked else "No prompt is asked: add one under Prompts.")


def _unready(house: House) -> str:
    """Return why nobody can be asked; empty where somebody can."""
    found = [unready(each, house.environment) for each in house.settings.assistants]
    if not all(found):
        return ""
    return " ".join(dict.fromkeys(miss.detail for miss in found if miss)) or "The brand file names no assistant."


def _samples(house: House) -> int:
    return house.settings.schedule.samples if house.settings.schedule else 1


def _sum(amounts: list[Decimal | None], times: int) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) * times if len(known) == len(amounts) else None
