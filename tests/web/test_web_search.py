"""A search shows where the words stand; a round counts as everything else does."""

import asyncio
import json
from datetime import timedelta

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
