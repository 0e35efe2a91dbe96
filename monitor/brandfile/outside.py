"""What this room must be told by others: which kinds of fact and assistants exist, and what a good cron line is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from monitor.domain.brand import AssistantSettings, Fact

# (cron expression, zone name) -> "" or one sentence of what is wrong
CheckCron = Callable[[str, str], str]


class KindOfFact(Protocol):
    def check(self, value: Any, unit: str) -> str:
        """Return "" where the value fits the kind, else why not."""
        ...

    def same(self, a: Fact, b: Fact) -> bool:
        """Whether two facts state the same value."""
        ...


class Askable(Protocol):
    @property
    def can_search(self) -> bool: ...

    @property
    def check(self) -> Callable[[AssistantSettings], str]:
        """Return one sentence of what keeps these settings from being asked, "" where nothing does."""
        ...


@dataclass(frozen=True, kw_only=True)
class Known:
    kinds: Mapping[str, KindOfFact]
    assistants: Mapping[str, Askable]
    check_cron: CheckCron
    today: date | None = None  # None: nothing is called expired
