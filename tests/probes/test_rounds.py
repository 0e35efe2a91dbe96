"""What a round promises: budgets, stops, blocks, and a ledger that says no."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from monitor.domain.rounds import Miss, MissReason
from probes import accounts, prices

ANSWER = json.dumps({"model": "m", "choices": [{"message": {"content": "K2"}, "finish_reason": "stop"}], "usage": {}})


def address(lab, server, **given: Any):
    return lab.settings("openai_compatible", base_url=server.url, model="m", **given)


def test_no_call_goes_out_before_its_attempt_is_written(lab):
    before_the_call = []

    async def scene():
        async def answer(writer):
            before_the_call.extend(what for what, _ in lab.ledger.events)
            writer.write(lab.reply(ANSWER))
            await writer.drain()

        async with lab.serving(answer) as server:
            await lab.ask(lab.probes(address(lab, server)))

    asyncio.run(scene())
    assert before_the_call == ["reserve", "sent"]
    assert [what for what, _ in lab.ledger.events] == ["reserve", "sent", "settle"]


def test_a_spent_budget_skips_the_rest_and_says_so(lab):
    lab.ledger.left = 2

    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            return server, await lab.ask(lab.probes(address(lab, server), 6))

    server, done = asyncio.run(scene())
    assert len(server.calls) == 2
    assert list(done.misses.values()) == [MissReason.BUDGET] * 4
    assert len(lab.ledger.skipped) == 4


def test_the_worst_case_is_reserved_and_the_stated_cost_settled(lab):
    body = json.dumps(json.loads(ANSWER) | {"usage": {"cost": 0.00012}})
    table = prices.Prices(rows=(*prices.load().rows,))

    async def scene():
        async with lab.serving(lab.reply(body)) as server:
            settings = lab.settings("openai_compatible", base_url=server.url, model="deepseek-flash", max_tokens=1000)
            return await lab.ask(lab.probes(settings), prices=table)

    done = asyncio.run(scene())
    assert lab.ledger.reserved[0] > Decimal("0.0012")
    assert next(iter(done.outcomes.values())).cost == Decimal("0.00012")


def test_a_stopped_round_ends_soon_and_skips_what_was_not_asked(lab):
    async def scene():
        stop = asyncio.Event()

        async def slow(writer):
            stop.set()
            await asyncio.sleep(0.05)
            writer.write(lab.reply(ANSWER))
            await writer.drain()

        async with lab.serving(slow) as server:
            limits = lab.limits(concurrency=2)
            return await lab.ask(lab.probes(address(lab, server), 8), limits=limits, stop=stop)

    done = asyncio.run(scene())
    assert len(done.outcomes) == 8
    assert sum(outcome.reply is not None for outcome in done.outcomes.values()) <= 2
    assert set(done.misses.values()) == {MissReason.STOPPED}
    assert all(miss.reason is MissReason.STOPPED for miss in lab.ledger.skipped.values())


def test_a_call_that_outlasts_the_grace_is_unknown_not_lost(lab):
    async def scene():
        stop = asyncio.Event()

        async def never(_writer):
            stop.set()
            await asyncio.sleep(30)

        async with lab.serving(never) as server:
            begin = asyncio.get_running_loop().time()
            done = await lab.ask(lab.probes(address(lab, server)), stop=stop)
            return done, asyncio.get_running_loop().time() - begin

    done, seconds = asyncio.run(scene())
    miss = done.outcomes["one-p0"].miss
    assert (miss.reason, miss.charged) == (MissReason.TIMEOUT, None)
    assert seconds < 1.5
    assert [what for what, _ in lab.ledger.events] == ["reserve", "sent", "settle"]


def test_a_back_off_does_not_hold_up_a_stop(lab):
    async def scene():
        stop = asyncio.Event()

        async def busy(writer):
            writer.write(lab.reply("{}", 503))
            await writer.drain()
            stop.set()

        async with lab.serving(busy) as server:
            limits = lab.limits(first_pause=60.0, patience=120.0)
            begin = asyncio.get_running_loop().time()
            await lab.ask(lab.probes(address(lab, server)), limits=limits, stop=stop)
            return asyncio.get_running_loop().time() - begin

    assert asyncio.run(scene()) < 1.0


def test_somebody_elses_block_is_respected(lab):
    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            who = accounts.account(address(lab, server))
            lab.ledger.block(who, lab.noon + timedelta(hours=2), "429", now=lab.noon)
            return server, await lab.ask(lab.probes(address(lab, server), 3))

    server, done = asyncio.run(scene())
    assert not server.calls
    assert set(done.misses.values()) == {MissReason.RATE_LIMITED}


@pytest.mark.parametrize("reason", [MissReason.TAKEN, MissReason.NOT_KEPT])
def test_what_the_ledger_refuses_by_itself_is_not_written_again(lab, reason):
    lab.ledger.reserve = lambda *_, **__: Miss(reason=reason, detail="No.")

    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            return server, await lab.ask(lab.probes(address(lab, server), 2))

    server, done = asyncio.run(scene())
    assert not server.calls
    assert set(done.misses.values()) == {reason}
    assert lab.ledger.skipped == {}


@pytest.mark.parametrize("event", ["sent", "settle", "skip"])
def test_a_ledger_that_cannot_write_ends_the_round_with_few_calls_paid(lab, event):
    lab.ledger.fail_at = event
    lab.ledger.left = 3 if event == "skip" else 10**9

    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            with pytest.raises(OSError, match="disk full"):
                await lab.ask(lab.probes(address(lab, server), 30))
            return server

    assert len(asyncio.run(scene()).calls) <= lab.quick.concurrency


def test_no_more_calls_are_in_flight_than_allowed(lab):
    flying, most = 0, 0

    async def scene():
        async def answer(writer):
            nonlocal flying, most
            flying += 1
            most = max(most, flying)
            await asyncio.sleep(0.02)
            flying -= 1
            writer.write(lab.reply(ANSWER))
            await writer.drain()

        async with lab.serving(answer) as server:
            settings = address(lab, server, options={"concurrency": "3"})
            await lab.ask(lab.probes(settings, 12))

    asyncio.run(scene())
    assert most == 3


def test_unknown_assistants_and_wrong_settings_are_named_and_the_others_asked(lab):
    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            probes = [
                *lab.probes(lab.settings("nobody", id="a")),
                *lab.probes(lab.settings("openai_compatible", id="b")),
                *lab.probes(address(lab, server, id="c")),
            ]
            return await lab.ask(probes)

    done = asyncio.run(scene())
    assert done.misses == {"a-p0": MissReason.BAD_REQUEST, "b-p0": MissReason.BAD_REQUEST}
    assert "known are" in lab.ledger.skipped["a-p0"].detail
    assert "base_url" in lab.ledger.skipped["b-p0"].detail


def test_an_empty_round_is_over_at_once(lab):
    assert asyncio.run(lab.ask([])).outcomes == {}


def test_recordings_are_given_without_a_limit_per_minute(lab, tmp_path):
    rows = [
        {"assistant": "one", "prompt": f"p{number}", "asked_at": "2026-11-01", "text": "K2"} for number in range(50)
    ]
    path = tmp_path / "recordings.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    settings = lab.settings("replay", options={"file": str(path)})

    async def scene():
        async with asyncio.timeout(5):
            return await lab.ask(lab.probes(settings, 50), limits=lab.limits(requests_per_minute=1))

    assert asyncio.run(scene()).misses == {}


def test_wherever_the_ledger_fails_no_call_goes_out_unwritten(lab):
    """The ledger's first write fails, then its second, and so on until none does."""

    async def scene(number):
        ledger = lab.ledger = type(lab.ledger)()
        note = ledger._note

        def fail(what, probe_id):
            note(what, probe_id)
            if len(ledger.events) == number:
                raise OSError("disk full")

        ledger._note = fail
        async with lab.serving(lab.reply(ANSWER)) as server:
            try:
                await lab.ask(lab.probes(address(lab, server), 4), limits=lab.limits(concurrency=2))
            except OSError:
                return server, ledger, True
            return server, ledger, False

    for number in range(1, 100):
        server, ledger, failed = asyncio.run(scene(number))
        sent = [probe for what, probe in ledger.events if what == "sent"]
        assert len(server.calls) <= len(sent) == len(set(sent))
        if not failed:
            break
    assert number == 13
    assert len(server.calls) == 4


def test_a_call_that_gives_its_worst_case_back_lets_another_one_go(lab):
    """The budget carries one worst case at a time; what is not used is there for the next probe."""
    reserve, settle = lab.ledger.reserve, lab.ledger.settle
    free = 1

    def one_at_a_time(probe, worst, now, **more: Any):
        nonlocal free
        if not free:
            return Miss(reason=MissReason.BUDGET, detail="Full.")
        free -= 1
        return reserve(probe, worst, now, **more)

    def given_back(*told: Any):
        nonlocal free
        free += 1
        settle(*told)

    lab.ledger.reserve, lab.ledger.settle = one_at_a_time, given_back

    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            return await lab.ask(lab.probes(address(lab, server), 8))

    assert asyncio.run(scene()).misses == {}


def test_every_prompt_is_asked_once_before_any_is_asked_twice(lab):
    async def scene():
        async with lab.serving(lab.reply(ANSWER)) as server:
            settings = address(lab, server, options={"concurrency": "1"})
            probes = [
                replace(probe, sample=sample, id=f"{probe.id}.{sample}")
                for sample in (0, 1)
                for probe in lab.probes(settings, 6)
            ]
            await lab.ask(probes)

    asyncio.run(scene())
    order = [probe.rpartition(".")[2] for what, probe in lab.ledger.events if what == "sent"]
    assert order == ["0"] * 6 + ["1"] * 6


def test_tokens_beyond_what_was_expected_are_told(lab):
    body = json.dumps(json.loads(ANSWER) | {"usage": {"prompt_tokens": 100, "completion_tokens": 900}})

    async def scene():
        async with lab.serving(lab.reply(body)) as server:
            await lab.ask(lab.probes(address(lab, server)), limits=lab.limits(tokens_per_minute=10_000))

    asyncio.run(scene())
    assert lab.ledger.charged == [1000 - (len("Question 0: which kettle is best?") // 4 + 700)]
