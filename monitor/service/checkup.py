"""What a check of the surroundings finds: how it stands, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    OK = "ok"
    ATTENTION = "attention"  # it works, and will not for long or not as meant
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True)
class Finding:
    what: str  # "mail"
    verdict: Verdict
    found: str  # one sentence, without secrets
    remedy: str = ""  # what to do, one sentence; empty: nothing


def ok(what: str, found: str) -> Finding:
    return Finding(what=what, verdict=Verdict.OK, found=found)


def attention(what: str, found: str, remedy: str) -> Finding:
    return Finding(what=what, verdict=Verdict.ATTENTION, found=found, remedy=remedy)


def broken(what: str, found: str, remedy: str) -> Finding:
    return Finding(what=what, verdict=Verdict.BROKEN, found=found, remedy=remedy)


def any_broken(findings: Iterable[Finding]) -> bool:
    return any(each.verdict is Verdict.BROKEN for each in findings)
