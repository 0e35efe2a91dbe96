"""Rounds over the real wire: order, retries, pauses, budget, stop; the ledger is in memory."""

import asyncio
import json

import pytest

from monitor.domain.answers import Finish
from monitor.domain.rounds import MissReason

ANSWER = json.dumps(
    {
        "id": "resp_1",
        "model": "gpt-5-2025-08-07",
        "status": "completed",
        "output": [
            {
                "type": "message",
                "content": [{"type": "output_text", "text": "The Brillo kettle.", "annotations": []}],
            }
        ],
        "usage": {"input_tokens": 11, "output_tokens": 6},
    }
)


def test_answers_reach_the_ledger_in_the_order_reserve_sent_settle(lab):
    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            return server, await lab.ask(lab.probes(lab.settings(base_url=server.url), 5))

    server, done = asyncio.run(scene())
    assert {outcome.reply.text for outcome in done.outcomes.values()} == {"The Brillo kettle."}
    assert len(server.calls) == 5
    for probe in done.outcomes:
        assert [what for what, of in lab.ledger.events if of == probe] == ["reserve", "sent", "settle"]


def test_the_order_is_shuffled(lab):
    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            await lab.ask(lab.probes(lab.settings(base_url=server.url), 12))

    asyncio.run(scene())
    asked = [probe for what, probe in lab.ledger.events if what == "reserve"]
    assert asked != sorted(asked)


def test_one_assistant_without_a_key_does_not_stop_the_other(lab):
    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            good = lab.settings(id="good", base_url=server.url)
            bad = lab.settings(id="bad", key_env="MY_OTHER_KEY")
            return await lab.ask([*lab.probes(good, 2), *lab.probes(bad, 2)])

    done = asyncio.run(scene())
    assert done.misses == {"bad-p0": MissReason.NO_KEY, "bad-p1": MissReason.NO_KEY}
    assert lab.ledger.skipped["bad-p0"].detail == "MY_OTHER_KEY is not set; bad was not asked."


def test_a_ledger_that_fails_ends_the_round_with_its_own_error(lab):
    lab.ledger.fail_at = "settle"

    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            await lab.ask(lab.probes(lab.settings(base_url=server.url), 20))

    with pytest.raises(OSError, match="disk full"):
        asyncio.run(scene())
    assert sum(what == "sent" for what, _ in lab.ledger.events) <= lab.quick.concurrency


def test_replay_is_an_assistant_like_any_other(lab, tmp_path):
    row = {"assistant": "one", "prompt": "p0", "sample": 0, "asked_at": "2026-11-22T11:00:00Z", "text": "A Brillo."}
    path = tmp_path / "recordings.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    done = asyncio.run(lab.ask(lab.probes(lab.settings("replay", options={"file": str(path)}), 2)))
    assert done.outcomes["one-p0"].reply.text == "A Brillo."
    assert done.outcomes["one-p0"].reply.finish is Finish.COMPLETE
    assert done.outcomes["one-p0"].exchanges[0].response == path.read_bytes()
    assert done.misses == {"one-p1": MissReason.NOT_RECORDED}
