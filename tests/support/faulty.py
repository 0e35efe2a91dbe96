"""A vendor on loopback that does what vendors and networks were seen to do wrong."""

import asyncio
import json
from datetime import date
from decimal import Decimal
from typing import Any

from monitor.domain.prices import Price
from probes.prices import Prices

KEY = "sk-test-0123456789abcdef"


ANSWER = {
    "id": "chat_1",
    "model": "kettle-1",
    "choices": [{"finish_reason": "stop", "message": {"role": "assistant", "content": "Take the Öfen."}}],
    "usage": {"prompt_tokens": 5, "completion_tokens": 5},
}


GOOD = json.dumps(ANSWER)


PRICED = Prices(  # a row, as without one a server on loopback costs nothing
    rows=(
        Price(
            use="openai_compatible",
            model="kettle-1",
            per_million_input=Decimal(100_000),
            per_million_output=Decimal(100_000),
            read_on=date(2026, 11, 22),
            source="invented",
        ),
    )
)


def chat(lab, server, **given: Any):
    return lab.settings("openai_compatible", base_url=server.url, key_env="TEST_KEY", model="kettle-1", **given)


def asked(lab, *replies: Any, count=1, limits=None, **given: Any):
    """Ask one round of a server that gives these replies; returns it and the round."""

    async def scene():
        async with lab.serving(*replies) as server:
            probes = lab.probes(chat(lab, server, **given), count)
            return server, await lab.ask(probes, limits=limits or lab.quick, env={"TEST_KEY": KEY}, prices=PRICED)

    return asyncio.run(scene())


def outcome(done):
    return next(iter(done.outcomes.values()))


def error(code, message="No."):
    return json.dumps({"error": {"code": code, "message": message}})


async def hang(_writer):
    await asyncio.sleep(30)


async def drop_in_the_body(writer):
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n" + GOOD.encode()[:40])
    await writer.drain()


async def drop_before_a_word(writer):
    writer.transport.abort()


async def drip(writer):
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 400\r\n\r\n")
    for _ in range(60):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.5)


async def flood(writer):
    """Seventeen megabytes that are no end of an answer."""
    size = 17_000_000
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size)
    for _ in range(100):
        writer.write(b"x" * (size // 100))
        await writer.drain()


def endless(size):
    """An answer of so many bytes, with one page cited in its beginning and one in its end."""
    text = "Öfen. " * (size // 7)
    places = {"https://a.example/": 6, "https://b.example/": len(text) - 12}
    cited = [{"url": url, "start_index": start, "end_index": start + 5} for url, start in places.items()]
    notes = [{"type": "url_citation", "url_citation": each} for each in cited]
    message = {"role": "assistant", "content": text, "annotations": notes}
    return json.dumps(ANSWER | {"choices": [{"finish_reason": "stop", "message": message}]}, ensure_ascii=False)
