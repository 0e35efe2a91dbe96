"""Where a key goes, and where it does not; numbers are of the list of faults."""

import asyncio
import json
import logging

import pytest

from monitor.domain.rounds import MissReason
from tests.support.faulty import (
    ANSWER,
    GOOD,
    KEY,
    asked,
    chat,
    error,
    outcome,
)


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
