"""The shape of a rule: one file in `rules/` holds one."""

from collections.abc import Callable
from dataclasses import dataclass

from monitor.alerts.questions import Question
from monitor.domain.alerts import Alert, Cleared, Signal
from monitor.domain.measures import Measure
from monitor.domain.views import RoundView


def nothing(_view: RoundView) -> list[Question]:
    return []


@dataclass(frozen=True, kw_only=True)
class Rule:
    name: str  # the file's name, and the first part of its signals' keys
    find: Callable[[RoundView], list[Signal]]
    clean: Callable[[RoundView, Alert], bool | None]  # None: not asked in this round, so it stays open
    questions: Callable[[RoundView], list[Question]] = nothing  # of a rule about what answers say
    about: Callable[[str], Question] | None = None  # the question of one subject, asked or not
    evidence: Callable[[RoundView, Alert], Cleared] | None = None  # what closes it, where answers can show it
    grows: bool = False  # whether a higher rate is worse
    measure: Measure | None = None  # of a rule about a measure that moves: which one
    measured: bool = True  # whether it needs answers to count: then it follows from an assistant that gave none
