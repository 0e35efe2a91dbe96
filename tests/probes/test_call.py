"""Asking one plain text outside a round."""

import asyncio
import gzip
import json
from pathlib import Path

import pytest

from monitor.domain.rounds import MissReason
from probes.call import ask_once

ANSWER = json.dumps({"model": "m", "choices": [{"message": {"content": "Yes."}, "finish_reason": "stop"}], "usage": {}})


def once(lab, settings, **env: str):
    return ask_once(settings, "Is the K2 a kettle?", env=env, clock=lambda: lab.noon, limits=lab.quick)


def test_a_plain_text_is_asked_once_and_its_exchange_returned(lab):
    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            settings = lab.settings("openai_compatible", base_url=server.url, key_env="JUDGE_KEY")
            return server, await once(lab, settings, JUDGE_KEY=" sk-1 ")

    server, outcome = asyncio.run(scene())
    assert outcome.reply.text == "Yes."
    assert json.loads(outcome.exchanges[0].request)["messages"][0]["content"] == "Is the K2 a kettle?"
    assert server.calls[0].headers["authorization"] == "Bearer sk-1"
    assert outcome.exchanges[0].sent_at == lab.noon


def test_a_failure_is_returned_and_not_tried_again(lab):
    async def scene():
        async with lab.serving(lab.reply("{}", 503)) as server:
            return server, await once(lab, lab.settings("openai_compatible", base_url=server.url))

    server, outcome = asyncio.run(scene())
    assert outcome.miss.reason is MissReason.OVERLOADED
    assert len(server.calls) == 1


@pytest.mark.parametrize(
    ("use", "given", "reason"),
    [
        ("openai", {}, MissReason.NO_KEY),
        ("nobody", {}, MissReason.BAD_REQUEST),
        ("replay", {"options": {"file": str(Path(__file__))}}, MissReason.NOT_RECORDED),
    ],
)
def test_who_cannot_be_asked_is_not_asked(lab, use, given, reason):
    assert asyncio.run(once(lab, lab.settings(use, **given))).miss.reason is reason


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"use": "openai"}, "OPENAI_API_KEY"),
        ({"use": "gemini"}, "GEMINI_API_KEY"),
        ({"use": "openai_compatible", "base_url": "https://api.mistral.ai/v1"}, "MISTRAL_API_KEY"),
        ({"use": "openai", "key_env": "MY_KEY"}, "MY_KEY"),
    ],
)
def test_a_missing_key_is_said_with_its_variable(lab, given, name):
    miss = asyncio.run(once(lab, lab.settings(**given), **{name: "  "})).miss
    assert (miss.reason, miss.detail) == (MissReason.NO_KEY, f"{name} is not set; one was not asked.")


@pytest.mark.parametrize("use", ["openai", "anthropic", "openai_compatible"])
def test_a_key_is_not_sent_unencrypted_to_a_strangers_host(lab, use):
    settings = lab.settings(use, base_url="http://gateway.example.com/v1", key_env="JUDGE_KEY")
    outcome = asyncio.run(once(lab, settings, JUDGE_KEY="sk-1234567890"))
    assert outcome.miss.reason is MissReason.BAD_REQUEST
    assert "https" in outcome.miss.detail
    assert outcome.exchanges == ()


@pytest.mark.parametrize(
    "address", ["https://[broken", "ftp://x.example", "https://me:secret@x.example/v1", "nonsense"]
)
@pytest.mark.parametrize("use", ["openai", "anthropic", "gemini", "perplexity", "openai_compatible"])
def test_an_address_that_is_none_is_named_and_not_asked(lab, use, address):
    miss = asyncio.run(once(lab, lab.settings(use, base_url=address))).miss
    assert miss.reason is MissReason.BAD_REQUEST
    assert "base_url" in miss.detail
    assert "secret" not in miss.detail


@pytest.mark.parametrize("packed", [False, True])
def test_a_refusal_that_repeats_keys_is_kept_without_them(lab, packed):
    """The key that was sent, one that only looks like a key, and one that another assistant has."""
    said = b'{"error": "sk-test-SECRET-abcdef123456 is wrong; use s3cret-of-mine or hunter2-other, not caf\xe9\xff."}'
    more = {"content_encoding": "gzip"} if packed else {}

    async def scene():
        async with lab.serving(lab.reply(gzip.compress(said) if packed else said, 401, **more)) as server:
            settings = lab.settings("openai_compatible", base_url=server.url, key_env="MY_KEY")
            return await once(lab, settings, MY_KEY="s3cret-of-mine", OTHER_TOKEN="hunter2-other")

    (exchange,) = asyncio.run(scene()).exchanges
    assert exchange.response == b'{"error": "[key] is wrong; use [key] or [key], not caf\xe9\xff."}'
    assert "content-encoding" not in exchange.headers


def test_what_an_answer_says_of_keys_is_kept_to_the_byte(lab):
    said = ANSWER.replace("Yes.", "Keys look like sk-test-SECRET-abcdef123456.")

    async def scene():
        async with lab.serving(lab.reply(said)) as server:
            return await once(lab, lab.settings("openai_compatible", base_url=server.url))

    assert asyncio.run(scene()).exchanges[0].response == said.encode()
