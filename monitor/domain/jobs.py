"""Work that waits for whoever comes next: the steps of a round as rows, on as many machines as there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import gcd
from typing import Any

from monitor.domain.alerts import Notice


class Step(StrEnum):
    """What a job does."""

    PLAN = "plan"  # open the rounds of a brand that are due
    ASK = "ask"  # put a share of a round's probes
    READ = "read"  # read the answers of a share
    CONCLUDE = "conclude"  # judge, measure, decide, close
    TELL = "tell"  # send what waits in the outbox
    REPORT = "report"  # mail the reports that are due


@dataclass(frozen=True, kw_only=True)
class Share:
    """Every `of`-th probe of a round by its place, from `number` on: what one job asks, and later reads."""

    number: int = 0
    of: int = 1


@dataclass(frozen=True, kw_only=True)
class Job:
    step: Step
    brand: str
    round_id: str = ""
    share: Share = Share()


# Called with an open transaction: the jobs are there if, and only if, it commits.
Enqueue = Callable[[Any, Sequence[Job]], None]


def no_queue(_transaction: object, _jobs: Sequence[Job]) -> None:
    """Stand in where one program takes all steps itself, one after the other."""


# Enough that a job's own cost does not count, few enough that a killed worker leaves little and many can share.
PROBES_A_SHARE = 50


def shares(probes: int, *, a_prompt: int = 1, size: int = PROBES_A_SHARE) -> list[Share]:
    """Cut a round of so many probes into shares of about `size`.

    Probes stand prompt by prompt, `a_prompt` of them each: a count of shares that has a divisor in common with it
    would give a share some of the assistants only.

    >>> len(shares(120, a_prompt=3)), len(shares(10)), len(shares(0))
    (4, 1, 1)
    """
    count = max(1, -(-probes // size))
    while gcd(count, max(a_prompt, 1)) > 1:
        count += 1
    return [Share(number=number, of=count) for number in range(count)]


def asking(brand: str, round_id: str, probes: int, *, a_prompt: int = 1) -> list[Job]:
    """Return the jobs that ask a round."""
    return [
        Job(step=Step.ASK, brand=brand, round_id=round_id, share=share) for share in shares(probes, a_prompt=a_prompt)
    ]


def telling(notices: Sequence[Notice]) -> list[Job]:
    """Return the jobs that send what was just put into the outbox."""
    return [Job(step=Step.TELL, brand=brand) for brand in sorted({notice.brand for notice in notices})]
