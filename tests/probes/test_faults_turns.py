"""Turns that a vendor pauses: resumed, cut off, paid for once."""

import asyncio
import json

from monitor.domain.answers import Finish
from tests.support.faulty import (
    KEY,
    error,
    outcome,
)


def test_a_paused_turn_is_resumed_and_becomes_one_answer(lab):
    search = {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {"query": "kettle"}}
    cite = {"type": "web_search_result_location", "url": "https://a.example/", "title": "A", "cited_text": "x"}
    usage = {"input_tokens": 10, "output_tokens": 2, "server_tool_use": {"web_search_requests": 1}}
    paused = {"content": [{"type": "text", "text": "Zoë!"}, search], "stop_reason": "pause_turn", "usage": usage}
    more = {"content": [search], "stop_reason": "pause_turn", "usage": usage}
    last = {
        "content": [{"type": "text", "text": "Take the Öfen.", "citations": [cite]}],
        "stop_reason": "end_turn",
        "usage": usage,
    }

    async def scene():
        async with lab.serving(*(lab.reply(json.dumps(part)) for part in (paused, more, last))) as server:
            settings = lab.settings("anthropic", base_url=server.url, key_env="TEST_KEY", search=True)
            return server, await lab.ask(lab.probes(settings), env={"TEST_KEY": KEY})

    server, done = asyncio.run(scene())
    reply = outcome(done).reply
    assert reply.text == "Zoë!\n\nTake the Öfen."
    assert [reply.text[c.start : c.end] for c in reply.citations] == ["Take the Öfen."]
    assert (reply.usage.input_tokens, reply.usage.searches, reply.finish) == (30, 3, Finish.COMPLETE)
    assert reply.queries == ("kettle", "kettle")
    assert len(outcome(done).exchanges) == 3
    assert [what for what, _ in lab.ledger.events] == ["reserve", "sent", "settle"]
    continued = json.loads(server.calls[2].body)["messages"][1]
    assert continued == {"role": "assistant", "content": [*paused["content"], *more["content"]]}
    assert server.calls[2].headers["x-api-key"] == KEY


def test_a_turn_that_never_ends_is_cut_off(lab):
    paused = {"content": [{"type": "text", "text": "Still looking."}], "stop_reason": "pause_turn", "usage": {}}

    async def scene():
        async with lab.serving(lab.reply(json.dumps(paused))) as server:
            settings = lab.settings("anthropic", base_url=server.url)
            return server, await lab.ask(lab.probes(settings))

    server, done = asyncio.run(scene())
    assert len(server.calls) == lab.quick.turns
    assert outcome(done).reply.finish is Finish.TRUNCATED
    assert not outcome(done).reply.resume


def test_a_failure_after_a_paused_turn_is_not_asked_again_as_it_was_paid_for(lab):
    paused = {"content": [{"type": "text", "text": "Looking."}], "stop_reason": "pause_turn", "usage": {}}

    async def scene():
        busy = lab.reply(error("busy"), 503)
        async with lab.serving(lab.reply(json.dumps(paused)), busy) as server:
            return server, await lab.ask(lab.probes(lab.settings("anthropic", base_url=server.url)))

    server, done = asyncio.run(scene())
    assert len(server.calls) == 2
    assert outcome(done).miss.charged is None
    assert len(outcome(done).exchanges) == 2
