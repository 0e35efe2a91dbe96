"""Limits, quotas and busy servers: what is waited for, and what is left alone; numbers are of the list of faults."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.rounds import MissReason
from probes.accounts import account
from tests.support.faulty import (
    GOOD,
    KEY,
    asked,
    chat,
    error,
    outcome,
)


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
    assert "7 questions in a row" in next(iter(lab.ledger.skipped.values())).detail
    first, second = server.times[5] - server.times[4], server.times[6] - server.times[5]
    assert first >= 0.1
    assert second >= 0.2


def test_18_while_it_may_be_back_one_probe_goes_at_a_time(lab):
    busy = lab.reply(error("busy"), 503)
    server, done = asked(lab, *[busy] * 9, lab.reply(GOOD), count=20, limits=lab.limits(tries=1))
    assert len(server.calls) == 20
    assert len(done.misses) == 9
    assert all("questions in a row failed" in pause.why for pause in lab.ledger.pauses.values())


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
