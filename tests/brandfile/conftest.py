"""Small kinds and assistants of the tests' own: what the room is told by others in the program."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from monitor import calendar
from monitor.brandfile import BrandFile, BrandFileError, parse_with_warnings
from monitor.domain.brand import AssistantSettings, Fact

NAMES = ("year", "date", "money", "number", "percent", "person", "place", "set", "flag", "text")


@dataclass(frozen=True)
class Kind:
    name: str

    def check(self, value: Any, unit: str) -> str:
        if self.name == "year" and not (isinstance(value, int) and 1 <= value <= 9999):
            return "A year has one to four digits."
        if self.name == "money" and not (len(unit) == 3 and unit.isupper()):
            return "Money needs a currency of three letters as its unit."
        if self.name == "percent" and unit not in {"", "%"}:
            return "A percentage has no other unit than %."
        return ""

    def same(self, a: Fact, b: Fact) -> bool:
        if isinstance(a.value, int | float) and isinstance(b.value, int | float):
            return abs(a.value - b.value) <= (a.tolerance or 0) * abs(a.value)
        return str(a.value).casefold() == str(b.value).casefold()


@dataclass(frozen=True)
class Assistant:
    can_search: bool = True
    needs_address: bool = False

    def check(self, settings: AssistantSettings) -> str:
        return "It has no base_url." if self.needs_address and not settings.base_url else ""


KNOWN: dict[str, Any] = {
    "kinds": {name: Kind(name) for name in NAMES},
    "assistants": {
        "openai": Assistant(),
        "anthropic": Assistant(),
        "memory": Assistant(can_search=False),
        "elsewhere": Assistant(needs_address=True),
    },
    "check_cron": calendar.check_cron,
}

Read = Callable[..., BrandFile]


@pytest.fixture
def known() -> dict[str, Any]:
    return KNOWN


@pytest.fixture
def read() -> Read:
    def _read(source: str, today: date | None = None) -> BrandFile:
        return parse_with_warnings(source, "brand.yaml", today=today, **KNOWN)

    return _read


@pytest.fixture
def mistakes(read: Read) -> Callable[[str], list[str]]:
    """Every line of the message of a file that is refused."""

    def _mistakes(source: str) -> list[str]:
        with pytest.raises(BrandFileError) as caught:
            read(source)
        return str(caught.value).splitlines()

    return _mistakes
