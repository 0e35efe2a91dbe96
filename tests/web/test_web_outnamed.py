"""Where others are named more often: only what an interval supports."""

import re

from monitor.domain.answers import Surface
from monitor.domain.brand import Prompt
from monitor.domain.measures import Measure, Series
from monitor.service.outnamed import compared
from monitor.service.prompt_sums import Rounds


def named(subject, per_round, rounds=5, answers=2):
    found = Rounds()
    for number in range(rounds):
        found.add(str(number), per_round[number % len(per_round)], answers, answers)
    return {Series(measure=Measure.VISIBILITY, assistant_id="a", surface=Surface.API, subject=subject): found}


PROMPT = Prompt(id="best", text="Which kettles are best?")


def test_nine_of_ten_beside_eight_of_ten_is_no_news():
    found = compared("Quarn", {PROMPT: named("Quarn", [2, 1, 2, 1, 2]) | named("Fennick", [2, 2, 2, 2, 1])})
    assert (found.rows, found.unclear) == ((), 1)


def test_nine_of_ten_beside_two_of_ten_is_told_with_its_interval():
    found = compared("Quarn", {PROMPT: named("Quarn", [0, 1, 0, 0, 1]) | named("Fennick", [2, 2, 2, 1, 2])})
    (row,) = found.rows
    assert (row.brand.rate.hits, row.ahead[0].named.rate.hits, row.ahead[0].lead.rate.hits) == (2, 9, -7)
    assert row.ahead[0].lead.interval.high < 0


def test_the_same_number_is_no_lead():
    found = compared("Quarn", {PROMPT: named("Quarn", [1]) | named("Fennick", [1])})
    assert (found.rows, found.unclear) == ((), 0)


def test_the_page_says_so(browser, stand):
    text = browser.get(f"{stand.home}/rivals?last=30d").text
    assert "Nowhere by more than chance, in these days." in re.sub(r"\s+", " ", text)
