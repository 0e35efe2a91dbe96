"""What vendors and networks were seen to do wrong, done by a server on loopback; numbers are of the list of faults."""

import asyncio
import gzip
import json
import logging
import zlib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from monitor.domain.answers import Finish
from monitor.domain.prices import Price
from monitor.domain.rounds import MissReason
from probes import lengths, wire
from probes.accounts import account
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


@pytest.mark.parametrize("fault", [drop_in_the_body, drop_before_a_word])
def test_10_a_dropped_connection_is_one_attempt_that_may_have_been_charged(lab, fault):
    server, done = asked(lab, fault)
    miss = outcome(done).miss
    assert (miss.reason, miss.retry, miss.charged) == (MissReason.DROPPED, False, None)
    assert len(server.calls) == 1
    assert len(lab.ledger.settled["one-p0"]) == 1


@pytest.mark.parametrize("fault", [hang, drip], ids=["11 silence", "13 a byte every half second"])
def test_the_deadline_ends_a_call_once_and_for_all(lab, fault):
    server, done = asked(lab, fault, limits=lab.limits(deadline=1.2))
    miss = outcome(done).miss
    assert (miss.reason, miss.retry, miss.charged) == (MissReason.TIMEOUT, False, None)
    assert "may have been charged" in miss.detail
    assert len(server.calls) == 1
    assert outcome(done).exchanges[0].sent_at == lab.noon.replace(
        microsecond=outcome(done).exchanges[0].sent_at.microsecond
    )


def test_12_what_never_connected_is_tried_again_and_costs_nothing(lab):
    async def scene():
        async with lab.serving() as server:
            gone = chat(lab, server)
        return await lab.ask(lab.probes(gone), env={"TEST_KEY": KEY})

    done = asyncio.run(scene())
    miss = outcome(done).miss
    assert (miss.reason, miss.retry, miss.charged) == (MissReason.CONNECT, True, False)
    assert len(lab.ledger.settled["one-p0"]) == lab.quick.tries
    assert outcome(done).cost == 0


def test_12_a_name_that_does_not_resolve_is_said_so(lab):
    settings = lab.settings("openai_compatible", base_url="https://no-such-host.invalid/v1", model="m")
    done = asyncio.run(lab.ask(lab.probes(settings)))
    assert outcome(done).miss.reason is MissReason.CONNECT


def test_12_a_failed_tls_handshake_is_no_connection(lab):
    async def scene():
        async with lab.serving(lab.reply(GOOD)) as server:
            settings = lab.settings("openai_compatible", base_url=server.url.replace("http:", "https:"), model="m")
            return server, await lab.ask(lab.probes(settings), limits=lab.limits(tries=1))

    server, done = asyncio.run(scene())
    assert outcome(done).miss.reason is MissReason.CONNECT
    assert not server.calls


@pytest.mark.parametrize("wait", ["0", "-7", "Sun, 22 Nov 2026 11:00:00 GMT", "abc", ""])
def test_14_a_limit_is_waited_for_and_asked_again(lab, wait):
    limited = lab.reply(error("rate_limit_exceeded"), 429, retry_after=wait)
    server, done = asked(lab, limited, lab.reply(GOOD))
    assert outcome(done).reply.text == "Take the Öfen."
    assert len(server.calls) == 2
    assert lab.ledger.blocked > lab.noon
    assert [settled.miss.reason if settled.miss else "" for settled in lab.ledger.settled["one-p0"]] == [
        MissReason.RATE_LIMITED,
        "",
    ]


@pytest.mark.parametrize("wait", ["1", "Sun, 22 Nov 2026 12:00:02 GMT"], ids=["seconds", "date"])
def test_14_the_wait_that_was_asked_for_is_kept_by_everybody(lab, wait):
    limited = lab.reply(error("rate_limit_exceeded"), 429, retry_after=wait)
    server, done = asked(lab, limited, lab.reply(GOOD), count=2, limits=lab.limits(concurrency=1))
    assert len(server.calls) == 3
    assert done.misses == {}
    assert server.times[1] - server.times[0] >= 0.9
    assert (lab.ledger.blocked - lab.noon).total_seconds() >= 1


def test_14_an_hour_is_not_waited_for_in_a_round(lab):
    limited = lab.reply(error("rate_limit_exceeded"), 429, retry_after="3600")
    server, done = asked(lab, limited, count=3, limits=lab.limits(concurrency=1))
    assert len(server.calls) == 1
    assert set(done.misses.values()) == {MissReason.RATE_LIMITED}
    assert len(lab.ledger.skipped) == 2
    assert (lab.ledger.blocked - lab.noon).total_seconds() >= 3600


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ((error("insufficient_quota"), 429), MissReason.QUOTA),
        ((error("402", "Insufficient Balance"), 402), MissReason.QUOTA),
        ((error("invalid_api_key", f"Incorrect API key provided: {KEY}."), 401), MissReason.KEY_REFUSED),
        ((error("forbidden"), 403), MissReason.KEY_REFUSED),
        ((error(400, f"API key not valid: {KEY}"), 400), MissReason.KEY_REFUSED),
        ((error("model_not_found"), 404), MissReason.MODEL_GONE),
        (("<html>gone</html>", 404), MissReason.MODEL_GONE),
    ],
    ids=["15 quota", "15 money", "16 401", "16 403", "16 400", "17 404", "17 page"],
)
def test_what_the_next_probe_would_meet_too_pauses_the_assistant(lab, reply, reason):
    server, done = asked(lab, lab.reply(*reply), count=5, limits=lab.limits(concurrency=1))
    assert len(server.calls) == 1
    assert set(done.misses.values()) == {reason}
    assert len(lab.ledger.skipped) == 4
    assert KEY not in str(done.outcomes)


def test_a_paused_assistant_does_not_stop_another(lab):
    async def scene():
        async with lab.serving(lab.reply(error("invalid_api_key"), 401)) as bad, lab.serving(lab.reply(GOOD)) as good:
            probes = lab.probes(chat(lab, bad, id="bad"), 3) + lab.probes(chat(lab, good, id="good"), 3)
            return await lab.ask(probes, env={"TEST_KEY": KEY})

    done = asyncio.run(scene())
    assert {probe.partition("-")[0] for probe in done.misses} == {"bad"}
    assert sum(outcome.reply is not None for outcome in done.outcomes.values()) == 3


@pytest.mark.parametrize("status", [500, 502, 503, 529])
def test_18_a_busy_server_is_asked_again_later(lab, status):
    busy = lab.reply(error("busy"), status)
    server, done = asked(lab, busy, busy, lab.reply(GOOD), limits=lab.limits(first_pause=0.1))
    assert outcome(done).reply
    first, second, third = server.times
    assert second - first >= 0.05
    assert third - second >= 0.1
    assert [settled.cost for settled in lab.ledger.settled["one-p0"]] == [0, 0, 1]


def test_18_after_five_failures_it_rests_twice_and_is_then_left_alone(lab):
    limits = lab.limits(concurrency=1, tries=1, rest=0.2)
    server, done = asked(lab, lab.reply(error("busy"), 503), count=12, limits=limits)
    assert len(server.calls) == limits.breaker + limits.rests
    assert set(done.misses.values()) == {MissReason.OVERLOADED}
    assert "7 probes in a row" in next(iter(lab.ledger.skipped.values())).detail
    first, second = server.times[5] - server.times[4], server.times[6] - server.times[5]
    assert first >= 0.1
    assert second >= 0.2


def test_18_while_it_may_be_back_one_probe_goes_at_a_time(lab):
    busy = lab.reply(error("busy"), 503)
    server, done = asked(lab, *[busy] * 9, lab.reply(GOOD), count=20, limits=lab.limits(tries=1))
    assert len(server.calls) == 20
    assert len(done.misses) == 9
    assert all("probes in a row failed" in pause.why for pause in lab.ledger.pauses.values())


def test_an_assistant_in_need_of_help_is_tried_once_a_round_and_comes_back_by_itself(lab):
    def again(reply, *, insist=False, later=0):
        async def scene():
            async with lab.serving(reply) as server:
                settings = chat(lab, server)
                if held:
                    lab.ledger.pauses = {account(settings): replace(held, until=held.until - timedelta(seconds=later))}
                asked_for = await lab.ask(lab.probes(settings, 6), env={"TEST_KEY": KEY}, insist=insist)
                return server, asked_for

        return asyncio.run(scene())

    held = None
    refused = lab.reply(error("invalid_api_key"), 401)
    server, _ = again(refused)
    (held,) = lab.ledger.pauses.values()
    assert held.reason is MissReason.KEY_REFUSED
    server, done = again(refused)
    assert not server.calls, "too soon"
    assert "waits for help since 2026-11-22 12:00 UTC" in outcome(done).miss.detail
    server, _ = again(refused, insist=True)
    assert len(server.calls) == 1, "a person asks"
    server, done = again(lab.reply(GOOD), later=601)
    assert len(server.calls) == 6
    assert not done.misses
    assert not lab.ledger.pauses


def test_a_limit_that_is_used_up_is_not_run_into(lab):
    last = lab.reply(GOOD, x_ratelimit_remaining_requests="0", x_ratelimit_reset_requests="700ms")
    server, done = asked(lab, last, lab.reply(GOOD), count=2, limits=lab.limits(concurrency=1))
    assert not done.misses
    assert server.times[1] - server.times[0] >= 0.6


def test_a_gateway_that_gave_up_may_have_charged(lab):
    server, done = asked(lab, lab.reply(error("timeout"), 504))
    assert len(server.calls) == 1
    assert outcome(done).miss.charged is None


def test_a_vendor_that_says_do_not_retry_is_obeyed(lab):
    server, _ = asked(lab, lab.reply(error("busy"), 503, x_should_retry="false"))
    assert len(server.calls) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_19_a_redirect_to_another_host_is_refused_and_the_key_stays(lab, status):
    async def scene():
        async with lab.serving(lab.reply(GOOD)) as other:
            redirect = lab.reply("", status, location=other.url)
            async with lab.serving(redirect) as server:
                done = await lab.ask(lab.probes(chat(lab, server), 2), env={"TEST_KEY": KEY})
            return other, done

    other, done = asyncio.run(scene())
    assert not other.calls
    assert set(done.misses.values()) == {MissReason.REDIRECTED}


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


def test_77_the_key_is_in_a_header_and_nowhere_else(lab, caplog):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    echo = json.dumps(ANSWER | {"id": KEY, "note": f"Bearer {KEY}"})
    server, done = asked(lab, lab.reply(echo, x_request_id=KEY))
    assert server.calls[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in server.calls[0].path + server.calls[0].body.decode()
    assert KEY not in str(outcome(done).exchanges)
    assert KEY not in caplog.text
    assert server.url not in caplog.text


@pytest.mark.parametrize("key", ["schlüssel", "sk-a\nb", "  "])
def test_a_key_that_no_header_can_carry_is_refused_before_it_is_sent(lab, key):
    async def scene():
        async with lab.serving(lab.reply(GOOD)) as server:
            return server, await lab.ask(lab.probes(chat(lab, server)), env={"TEST_KEY": key})

    server, done = asyncio.run(scene())
    assert not server.calls
    assert outcome(done).miss.reason in {MissReason.KEY_REFUSED, MissReason.BAD_REQUEST, MissReason.NO_KEY}
    assert key not in outcome(done).miss.detail or not key.strip()


def test_cookies_are_not_kept(lab):
    server, _ = asked(lab, lab.reply(GOOD, set_cookie="who=you; Path=/"), count=2, limits=lab.limits(concurrency=1))
    assert all("cookie" not in call.headers for call in server.calls)


def test_a_key_of_ones_own_making_is_hidden_in_what_the_server_says_of_it(lab):
    async def scene():
        async with lab.serving(lab.reply(error("bad", "No such key: correct-horse"), 401)) as server:
            return await lab.ask(lab.probes(chat(lab, server)), env={"TEST_KEY": "correct-horse"})

    assert "correct-horse" not in str(asyncio.run(scene()).outcomes)
