"""A search shows where the words stand; a round counts as everything else does."""

import asyncio
import html
import json
import re
from datetime import timedelta

import pytest

from monitor.domain.progress import Standing
from monitor.domain.rounds import AttemptState, RoundKind
from monitor.service import runs
from storage import progress
from tests.support import town

PERIOD = "last=30d"


def test_what_was_looked_for_is_shown_and_marked(browser, stand):
    text = browser.get(f"{stand.home}/answers?{PERIOD}&words=RECALLED").text
    assert text.count("<mark>recalled</mark>") == 4
    assert "<script>alert(1)" not in text
    assert "rain coats in May" in text
    far = browser.get(f"{stand.home}/answers?{PERIOD}&words=gnol").text
    assert far.count("<mark>gnol</mark>") == 4, "far from the opening"


def test_a_round_counts_empty_replies_and_refusals_in_words_as_the_overview_does(browser, stand):
    turned(stand, {"who": "", "best": "I'm sorry, but I can't help with that."})
    browser.get(f"{stand.home}/overview")
    with stand.store.snapshot() as tx:
        (held,) = progress.rounds(tx, town.NAME, *later(stand), limit=1)
    assert (held.probes, held.answered, held.refused, held.missed) == (4, 0, 2, 2)
    text = browser.get(f"{stand.home}/rounds/{held.round.id}").text
    assert text.count("what came was empty") == 2


def later(stand):
    return stand.hands.now.replace(hour=0), stand.hands.now.replace(hour=23)


def turned(stand, texts):
    """Run one more round, in which every assistant says something else."""
    stand.hands.now += timedelta(days=1)
    day = stand.hands.now.date().isoformat()
    rows = [json.loads(line) for line in (stand.folder / "answers.jsonl").read_text().splitlines()]
    newest = [row for row in rows if row["asked_at"].startswith("2026-03-08")]
    made = [{**row, "text": texts[row["prompt"]], "asked_at": f"{day}T06:00:00Z"} for row in newest]
    (stand.folder / "answers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in (*rows, *made)))
    asyncio.run(runs.run(stand.house, kind=RoundKind.MANUAL, key="later", stop=asyncio.Event()))


def test_answers_that_were_cut_off_stand_apart():
    held = Standing(round=None, states={AttemptState.ANSWERED: 5, AttemptState.MISSED: 1}, cut_off=2)
    assert (held.answered, held.settled, held.probes) == (3, 6, 6)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("verdict=false", "There is no verdict “false”, so it was left out; there are supported, "),
        ("outcome=lost", "There is no outcome “lost”, so it was left out"),
        ("measure=fame", "There is no measure “fame”, so it was left out"),
        (
            "measure=wrong_rate&subject=founded&side=left",
            "There is no side “left”, so it was left out; there are hits,",
        ),
        ("surface=moon", "There is no surface “moon”, so it was left out"),
        ("assistant=nobody", "No assistant is called “nobody” here; there are alpha, beta."),
        ("fact=nope", "No fact is called “nope” here"),
        ("colour=<b>red</b>", "“colour” is no filter of answers; it was left out."),
    ],
)
def test_words_of_an_address_that_mean_nothing_are_told(browser, stand, asked, said):
    shown = html.unescape(browser.get(f"{stand.home}/answers?last=30d&{asked}").text)
    assert said in shown


def test_addresses_of_the_pages_themselves_are_understood(browser, stand):
    for room in ("overview", "facts", "facts/founded", "rivals", "sources", "prompts", "rounds"):
        text = browser.get(f"{stand.home}/{room}?last=30d").text
        for link in {*re.findall(r'href="([^"]*/answers\?[^"]+)"', text)}:
            shown = browser.get(html.unescape(link)).text
            assert "was left out" not in shown, link
