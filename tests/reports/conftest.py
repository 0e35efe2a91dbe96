"""A rich sample of an invented brand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from monitor.domain.alerts import Change, Notice, Signal
from monitor.domain.answers import Surface
from monitor.domain.measures import Measure
from monitor.domain.portrait import (
    Line,
    Panel,
    Point,
    Portrait,
)
from tests.support.tolvane import (
    BRAND,
    CHIEF_SIGNAL,
    LABELS,
    NOW,
    PRICE_SIGNAL,
    RECALL_SIGNAL,
    SEARCH,
    change,
    estimate,
    notice,
)
from tests.support.tolvane_portrait import portrait


@pytest.fixture
def make_change() -> Callable[..., Change]:
    return change


@pytest.fixture
def signals() -> dict[str, Signal]:
    return {"price": PRICE_SIGNAL, "recall": RECALL_SIGNAL, "chief": CHIEF_SIGNAL}


@pytest.fixture
def make_notice() -> Callable[..., Notice]:
    return notice


@pytest.fixture(name="portrait")
def portrait_fixture() -> Portrait:
    return portrait()


@pytest.fixture
def empty() -> Portrait:
    return Portrait(
        brand=BRAND, start=date(2026, 11, 16), end=date(2026, 11, 22), rounds_due=7, rounds_run=0, rounds_partial=0,
        answers=0, claims=0, checkable=0,
    )  # fmt: skip


@pytest.fixture
def one_point(empty: Portrait) -> Portrait:
    """One assistant, one day, one answer."""
    rate = estimate(Measure.VISIBILITY, SEARCH, 1, 1)
    single = replace(rate, interval=None)
    line = Line(label=BRAND, points=(Point(day=date(2026, 11, 16), estimate=single),))
    panel = Panel(
        assistant_id=SEARCH, label=LABELS[SEARCH], surface=Surface.API_SEARCH, models=(), asked=1, answered=1,
        refused=0, missed=0, cut_off=0, searched=1,
    )  # fmt: skip
    return replace(empty, rounds_run=1, answers=1, panels=(panel,), visibility=(single,), lines={"visibility": (line,)})


@pytest.fixture
def now() -> datetime:
    return NOW
