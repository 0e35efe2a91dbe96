"""Asking a round: every assistant at its own pace, one failing never stopping the others."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from monitor.domain.ledger import Clock, Ledger
from monitor.domain.rounds import Outcome, Probe
from probes.calling import Caller
from probes.limits import Limits
from probes.lines import Asking, Line
from probes.prices import Prices
from probes.waiting import together
from probes.wire import open_wire
from probes.writing import Writer


async def ask_round(
    probes: Sequence[Probe],
    *,
    ledger: Ledger,
    clock: Clock,
    rng: random.Random,
    env: Mapping[str, str],
    prices: Prices,
    limits: Limits = Limits(),  # noqa: B008  -- frozen
    on_settled: Callable[[Probe, Outcome], None],
    stop: asyncio.Event,
    insist: bool = False,
) -> None:
    """Ask every probe once and settle each in the ledger.

    Every prompt's first sample comes before any second one, so that a round that is cut short has asked them all.
    What the ledger raises ends the round: nobody pays for an answer that cannot be kept. Once `stop` is set, calls in
    flight are given a moment, the rest is skipped. `insist`: a person asks, so that assistants which wait for help are
    tried at once.
    """
    waiting = _by_assistant(probes, rng)
    at_once = sum(limits.of(line[0].assistant).concurrency for line in waiting.values())
    with ThreadPoolExecutor(1, thread_name_prefix="ledger") as thread:
        async with open_wire(clock, limits, at_once=at_once) as wire, Writer(ledger, thread) as writer:
            caller = Caller(ledger=ledger, writer=writer, wire=wire, clock=clock, env=env, prices=prices, stop=stop)
            asking = Asking(
                ledger=ledger,
                writer=writer,
                caller=caller,
                clock=clock,
                rng=rng,
                env=env,
                prices=prices,
                limits=limits,
                on_settled=on_settled,
                stop=stop,
                insist=insist,
            )
            await together([Line(asking, line).ask() for line in waiting.values()])


def _by_assistant(probes: Sequence[Probe], rng: random.Random) -> dict[str, list[Probe]]:
    """Return each assistant's probes in an order of chance, first samples first."""
    waiting: dict[str, list[Probe]] = {}
    for probe in sorted(rng.sample(probes, len(probes)), key=lambda probe: probe.sample):
        waiting.setdefault(probe.assistant.id, []).append(probe)
    return waiting
