"""The shape of a rule: one file in `rules/` holds one."""

from collections.abc import Callable
from dataclasses import dataclass

from monitor.domain.alerts import Alert, Signal
from monitor.domain.views import RoundView


@dataclass(frozen=True, kw_only=True)
class Rule:
    name: str  # the file's name, and the first part of its signals' keys
    find: Callable[[RoundView], list[Signal]]
    clean: Callable[[RoundView, Alert], bool | None]  # None: not asked in this round, so it stays open
