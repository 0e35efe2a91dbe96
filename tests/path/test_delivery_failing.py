"""Whoever is killed or refused, and whoever tells at the same time: nobody misses anything, nobody is told twice."""

import asyncio
import threading
from dataclasses import replace

import pytest

from monitor import pipeline
from monitor.domain.alerts import NoticeState
from monitor.domain.rounds import RoundKind
from monitor.service import steps
from reports.delivery import Delivered
from tests.support.street import change, states


class Killed(BaseException):
    """Stands for a process that ends at once: nothing catches it, nothing is tidied up."""


class Failing:
    """A courier whose Nth message goes wrong in a chosen way; afterwards it delivers."""

    def __init__(self, courier, number, way) -> None:
        self.courier, self.left, self.way = courier, number, way

    def send(self, message):
        self.left -= 1
        if self.left:
            return self.courier.send(message)
        if self.way == "killed before":
            raise Killed
        if self.way == "refused":
            return Delivered(state=NoticeState.WAITING, detail="451", retry_after=900)
        delivered = self.courier.send(message)
        if self.way == "killed after":
            raise Killed
        return Delivered(state=NoticeState.UNKNOWN, detail="lost", retry_after=900) if delivered else delivered


@pytest.mark.parametrize("way", ["killed before", "killed after", "refused", "lost"])
def test_whichever_message_fails_nobody_misses_anything_and_only_a_lost_answer_doubles(street, way):
    """The Nth message fails for N = 1, 2, 3 ... until none does."""
    people = [f"p{number}@veloria.example" for number in range(4)]
    here = street(f"alerts: {{to: [{', '.join(people)}]}}")
    here.open()
    honest = here.house.post
    for number in range(1, 7):
        here.office.taken.clear()
        written = here.decide(change(f"fact-{number}"), change(f"other-{number}"))
        here.house = replace(here.house, post=Failing(honest, number, way))
        for _ in range(3):
            try:
                here.tell(hours=1)
            except Killed:
                continue
        ids = [mail["Message-ID"] for _, mail in here.office.mails]
        assert set(ids) == {notice.message_id for notice in written}, f"message {number} {way}"
        doubles = len(ids) - len(set(ids))
        assert doubles == (1 if way in {"killed after", "lost"} and number <= len(people) else 0)
        assert states(here.house) == {}


def test_two_first_rounds_at_once_send_one_opening_balance(street):
    here = street()
    here.open()
    stop = asyncio.Event()
    planned = [pipeline.plan(here.house, kind=RoundKind.MANUAL, key=key) for key in ("a", "b")]
    for round_ in planned:
        asyncio.run(steps.ask(here.house, round_.id, stop=stop))
        steps.read(here.house, round_.id)
        steps.measure(here.house, round_.id)
    together = threading.Barrier(2)

    def decide(round_):
        together.wait()
        steps.decide(here.house, round_.id)

    threads = [threading.Thread(target=decide, args=(round_,)) for round_ in planned]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    here.tell()
    assert [mail["Subject"] for _, mail in here.office.mails] == ["How AI assistants portray Veloria: where we start"]


def test_two_tellers_at_once_send_nothing_twice(street):
    people = [f"p{number}@veloria.example" for number in range(12)]
    here = street(f"alerts: {{to: [{', '.join(people)}]}}")
    here.open()
    here.decide(change())
    threads = [threading.Thread(target=pipeline.tell, args=(here.house,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(to for to, _ in here.office.taken) == sorted(people)
