"""A report that one recipient cannot get now reaches everybody once, and him when he can."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from monitor.domain.alerts import NoticeState
from monitor.domain.brand import ReportPlan
from monitor.service import documents
from reports.delivery import Delivered

PLAN = ReportPlan(cron="0 8 * * *", period="day", to=("chief@quarn.example", "late@quarn.example"))


@dataclass
class Office:
    """A mail server at which one mailbox is full for a while."""

    full: bool = True
    tries: Counter[str] = field(default_factory=Counter)
    taken: list[str] = field(default_factory=list)

    def send(self, message):
        to = message["To"]
        self.tries[to] += 1
        if self.full and to.startswith("late@"):
            return Delivered(state=NoticeState.WAITING, detail="452 4.2.2 mailbox full", retry_after=900.0)
        self.taken.append(to)
        return Delivered(state=NoticeState.SENT)


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def minutes(stand, office):
    """Let the clock tick for so many minutes."""
    house = replace(stand.house, settings=replace(stand.house.settings, reports=(PLAN,)), post=office)

    def tick(count):
        for _ in range(count):
            stand.hands.now += timedelta(minutes=1)
            documents.send_due(house)

    return tick


def test_who_got_a_report_does_not_get_it_again_while_another_cannot_be_reached(office, minutes):
    minutes(40)
    assert office.taken == ["chief@quarn.example"]
    assert office.tries["late@quarn.example"] == 3, "at once, and every quarter of an hour"
    office.full = False
    minutes(20)
    assert sorted(office.taken) == ["chief@quarn.example", "late@quarn.example"]
    minutes(20)
    assert len(office.taken) == 2
