"""Connections that drop, hang and never come to be; numbers are of the list of faults."""

import asyncio

import pytest

from monitor.domain.rounds import MissReason
from tests.support.faulty import (
    GOOD,
    KEY,
    asked,
    chat,
    drip,
    drop_before_a_word,
    drop_in_the_body,
    hang,
    outcome,
)


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
