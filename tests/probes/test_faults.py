"""Answers that are none, too long, packed or strange; numbers are of the list of faults."""

import asyncio
import gzip
import json
import zlib
from functools import cache

import pytest

from monitor.domain.answers import Finish
from monitor.domain.rounds import MissReason
from probes import lengths, wire
from tests.support.faulty import (
    ANSWER,
    GOOD,
    asked,
    endless,
    error,
    flood,
    outcome,
)


@pytest.mark.parametrize(
    "body",
    ["<!doctype html><title>Sign in</title>", GOOD[:60], "", "[]", '"ok"', "null"],
    ids=["1 page", "7 cut JSON", "8 empty", "list", "string", "null"],
)
def test_a_200_that_is_no_answer_is_one_attempt_and_is_kept(lab, body):
    server, done = asked(lab, lab.reply(body))
    miss = outcome(done).miss
    assert miss.reason is MissReason.NOT_AN_ANSWER
    assert (miss.retry, miss.charged) == (False, None)
    assert len(server.calls) == 1
    assert outcome(done).exchanges[0].response == body.encode()
    assert outcome(done).cost is None


def test_2_an_error_with_200_is_no_answer(lab):
    server, done = asked(lab, lab.reply(error(500, "Upstream failed")))
    assert outcome(done).miss.reason is MissReason.SERVER_ERROR
    assert "Upstream failed" in outcome(done).miss.detail
    assert len(server.calls) == 1


@pytest.mark.parametrize("choices", [[], None], ids=["none", "null"])
def test_3_an_answer_without_choices_is_empty_not_an_absence(lab, choices):
    _, done = asked(lab, lab.reply(json.dumps(ANSWER | {"choices": choices})))
    assert outcome(done).reply.finish is Finish.EMPTY


def test_4_a_tool_call_without_words_is_empty_and_no_absence(lab):
    message = {"role": "assistant", "content": None, "tool_calls": [{"function": {"name": "search"}}]}
    server, done = asked(lab, lab.reply(json.dumps(ANSWER | {"choices": [{"message": message}]})))
    assert (outcome(done).reply.finish, outcome(done).reply.text) == (Finish.TOOL_ONLY, "")
    assert len(server.calls) == 1


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_9_an_answer_of_ten_megabytes_is_cut_flagged_and_its_exchange_kept(lab, packed):
    body = endless(10_000_000).encode()
    sent = lab.reply(gzip.compress(body, 1), content_encoding="gzip") if packed else lab.reply(body)
    _, done = asked(lab, sent, limits=lab.limits(deadline=20.0))
    reply = outcome(done).reply
    assert (len(reply.text), reply.finish, reply.finish_reason) == (lengths.LONGEST, Finish.TRUNCATED, "stop")
    assert [(each.url, reply.text[each.start : each.end]) for each in reply.citations] == [
        ("https://a.example/", "Öfen.")
    ]
    assert outcome(done).cost == 1
    assert packed or outcome(done).exchanges[0].response == body


def test_9_a_recording_without_end_is_cut_too(lab, tmp_path):
    path = tmp_path / "recordings.jsonl"
    row = {"assistant": "one", "prompt": "p0", "asked_at": "2026-11-22T11:00:00Z", "text": "x" * 1_000_001}
    path.write_text(json.dumps(row))
    done = asyncio.run(lab.ask(lab.probes(lab.settings("replay", options={"file": str(path)}))))
    assert (len(outcome(done).reply.text), outcome(done).reply.finish) == (lengths.LONGEST, Finish.TRUNCATED)


def test_9_a_flood_beyond_the_bound_is_a_miss_and_its_beginning_kept(lab):
    server, done = asked(lab, flood, limits=lab.limits(deadline=20.0))
    assert (outcome(done).miss.reason, outcome(done).miss.retry) == (MissReason.TOO_LARGE, False)
    assert len(server.calls) == 1
    kept = outcome(done).exchanges[0].response
    assert wire.LARGEST <= len(kept) <= wire.LARGEST + 1


@cache
def bomb() -> bytes:
    """200 MB of zeros in gzip in gzip: about a kilobyte."""
    packer = zlib.compressobj(1, wbits=31)
    inner = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    return gzip.compress(inner, 9)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "gzip, gzip", "br"])
def test_20_a_packed_bomb_stays_packed(lab, encoding):
    body = bomb() if encoding != "deflate" else zlib.compress(bytes(60_000_000), 9)
    _, done = asked(lab, lab.reply(body, content_encoding=encoding))
    assert outcome(done).miss.reason in {MissReason.TOO_LARGE, MissReason.NOT_AN_ANSWER}
    assert outcome(done).exchanges[0].response == body


def test_20_a_packed_answer_is_understood_though_not_asked_for(lab):
    server, done = asked(lab, lab.reply(gzip.compress(GOOD.encode()), content_encoding="gzip"))
    assert outcome(done).reply.text == "Take the Öfen."
    assert server.calls[0].headers["accept-encoding"] == "identity"
    assert outcome(done).exchanges[0].headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    "reply",
    [
        (b"\xef\xbb\xbf" + json.dumps(ANSWER, ensure_ascii=False).encode(), "application/json; charset=utf-8"),
        (json.dumps(ANSWER, ensure_ascii=False).encode(), "application/json; charset=iso-8859-1"),
        (json.dumps(ANSWER, ensure_ascii=False).encode(), "text/html; charset=koi8-r"),
    ],
    ids=["byte order mark", "wrong charset", "wrong type"],
)
def test_21_what_the_header_says_of_the_charset_is_not_believed(lab, reply):
    _, done = asked(lab, lab.reply(reply[0], content_type=reply[1]))
    assert outcome(done).reply.text == "Take the Öfen."


@pytest.mark.parametrize("usage", [None, {}, {"prompt_tokens": -5, "completion_tokens": "x"}, []])
def test_22_usage_that_makes_no_sense_makes_no_cost(lab, usage):
    _, done = asked(lab, lab.reply(json.dumps(ANSWER | {"usage": usage})))
    assert outcome(done).reply.usage.input_tokens is None
    assert outcome(done).cost is None


def test_23_the_served_model_is_kept_of_every_reply(lab):
    other = json.dumps(ANSWER | {"model": "kettle-2"})
    _, done = asked(lab, lab.reply(GOOD), lab.reply(other), count=2, limits=lab.limits(concurrency=1))
    assert {outcome.reply.served_model for outcome in done.outcomes.values()} == {"kettle-1", "kettle-2"}


def test_24_identical_answers_each_keep_their_own_exchange(lab):
    _, done = asked(lab, lab.reply(GOOD, x_request_id="same"), count=3)
    assert [len(outcome.exchanges) for outcome in done.outcomes.values()] == [1, 1, 1]
    assert {outcome.exchanges[0].headers["x-request-id"] for outcome in done.outcomes.values()} == {"same"}
