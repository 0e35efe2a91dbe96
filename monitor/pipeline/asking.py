"""plan -> ask -> close: a round's probes are written, put to the assistants, and counted."""

import asyncio
from collections.abc import Callable, Collection, Sequence

from monitor.domain.jobs import Share, asking
from monitor.domain.rounds import AttemptState, Outcome, Probe, Round, RoundKind, RoundState, Wanted
from monitor.pipeline import digesting, recalling
from monitor.pipeline.affording import Outlook, outlook
from monitor.pipeline.house import House
from probes.ask import ask_round
from storage import brands, rounds
from storage.errors import StoreError

Settled = Callable[[Probe, Outcome], None]


def plan(house: House, *, kind: RoundKind, key: str) -> Round | None:
    """Open a round that asks every prompt of every assistant; None where that slot was opened before."""
    settings = house.settings
    samples = settings.schedule.samples if settings.schedule else 1
    pairs = ((prompt, assistant) for prompt in settings.asked for assistant in settings.assistants)
    wanted = [Wanted(prompt=prompt, assistant=assistant, samples=samples) for prompt, assistant in pairs]
    return plan_probes(house, kind=kind, key=key, wanted=wanted)


def plan_probes(house: House, *, kind: RoundKind, key: str, wanted: Sequence[Wanted]) -> Round | None:
    """Open a round with just these probes; None where one of this kind and key was opened before."""
    settings, now = house.settings, house.clock()
    round_ = Round(
        id=house.new_id(), brand=settings.brand, kind=kind, key=key, opened_at=now, settings=settings.version
    )
    probes = [
        Probe(id=house.new_id(), round_id=round_.id, prompt=each.prompt, assistant=each.assistant, sample=sample)
        for each in wanted
        for sample in range(each.samples)
    ]
    with house.store.transaction() as tx:
        brands.keep(tx, settings, now)
        if not rounds.open_round(tx, round=round_, probes=probes):
            return None
        house.enqueue(tx, asking(round_.brand, round_.id, len(probes), a_prompt=len(settings.assistants)))
    return round_


async def ask(
    house: House,
    round_: Round,
    *,
    on_settled: Settled,
    stop: asyncio.Event,
    assistants: Collection[str] | None = None,
    share: Share | None = None,
    again: bool = False,
) -> None:
    """Put every probe of the round, or of a share of it, that no call went out for.

    To these `assistants` (ids) only, if they are named; `again` puts those too that failed and were surely not
    charged. What the budget does not carry is left out and says so; where calls turn out cheaper than expected, what
    was left out first is asked after all.
    """
    house.ledger.write_out()  # what an earlier asking paid for goes before what is to be paid for
    tried: set[str] = set()
    while not stop.is_set():
        waiting = [probe for probe in to_ask(house, round_, again=again) if probe.id not in tried]
        mine = _mine(house, round_, waiting, assistants=assistants, share=share, again=again)
        seen = outlook(house, round_, waiting)
        chosen = [probe for probe in seen.chosen if probe.id in mine]
        if not chosen:
            _leave_out(house, seen, mine, on_settled)
            return
        tried.update(probe.id for probe in chosen)
        await _ask(house, round_, chosen, on_settled, stop)
        if not seen.left_out:
            return


def to_ask(house: House, round_: Round, *, again: bool = False, share: Share | None = None) -> list[Probe]:
    """Return the round's probes that are to be put, as planned."""
    unknown = house.settings.asking.retry_unknown
    with house.store.snapshot() as tx:
        return rounds.unasked(tx, round_.id, failed=again, unknown=unknown, share=share)


def _mine(
    house: House,
    round_: Round,
    waiting: Sequence[Probe],
    *,
    assistants: Collection[str] | None,
    share: Share | None,
    again: bool,
) -> set[str]:
    """Return the ids of those that this caller asks; the budget is shared out over all of them."""
    own = to_ask(house, round_, again=again, share=share) if share else waiting
    return {probe.id for probe in own if assistants is None or probe.assistant.id in assistants}


def _leave_out(house: House, seen: Outlook, mine: Collection[str], on_settled: Settled) -> None:
    for probe in seen.left_out:
        if probe.id in mine:
            house.ledger.skip(probe, seen.miss, house.clock())
            on_settled(probe, Outcome(miss=seen.miss))


async def _ask(house: House, round_: Round, chosen: Sequence[Probe], on_settled: Settled, stop: asyncio.Event) -> None:
    try:
        await _asked(house, round_, chosen, on_settled, stop)
    except StoreError as error:
        if house.ledger.unkept:
            lost = f"{house.ledger.unkept} outcomes that came meanwhile could not be kept and are shown as unknown."
            raise StoreError(f"{error} {lost}") from error
        raise


async def _asked(
    house: House, round_: Round, chosen: Sequence[Probe], on_settled: Settled, stop: asyncio.Event
) -> None:
    await ask_round(
        chosen,
        ledger=house.ledger,
        clock=house.clock,
        rng=house.rng,
        env=house.environment,
        prices=house.prices,
        limits=house.limits,
        on_settled=on_settled,
        stop=stop,
        insist=round_.kind is RoundKind.MANUAL,
    )


def close(house: House, round_: Round, *, stopped: bool = False) -> Round:
    """Say how the round ended; one that left probes unasked is partial."""
    now = house.clock()
    with house.store.transaction() as tx:
        left = len(rounds.unasked(tx, round_.id))
        states = rounds.tally_states(tx, round_.id)
        without = rounds.probes_of(tx, round_.id) - states.get(AttemptState.ANSWERED, 0)
        without -= states.get(AttemptState.REFUSED, 0)
        why = _shortfall(left, without - left, stopped=stopped)
        state = RoundState.PARTIAL if why else RoundState.COMPLETE
        rounds.close_round(tx, round_.id, state, why, now)
        if left:  # what was never asked is a miss from now on
            digesting.add_up(house, tx, round_.id, house.day(round_.opened_at))
            recalling.keep(house, tx, round_.id, recalling.of_round(house, tx, round_.id))
        return rounds.find(tx, round_.id) or round_


def _shortfall(left: int, missed: int, *, stopped: bool) -> str:
    """Return why a round is partial; empty where it is not.

    >>> _shortfall(1, 2, stopped=True)
    'it was stopped; 1 question was not asked; 2 questions got no answer'
    """
    reasons = [
        "it was stopped" if stopped and (left or missed) else "",
        f"{left} {'question was' if left == 1 else 'questions were'} not asked" if left else "",
        f"{missed} {'question' if missed == 1 else 'questions'} got no answer" if missed else "",
    ]
    return "; ".join(reason for reason in reasons if reason)
