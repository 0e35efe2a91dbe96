"""Rounds in the terminal: what they will take, what became of them, and what to do about what is missing."""

import asyncio
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path

from rich.markup import escape
from rich.table import Table

from monitor import pipeline
from monitor.alerts.addressees import HOOK
from monitor.alerts.undelivered import named
from monitor.domain.errors import Mistake
from monitor.domain.progress import Standing
from monitor.domain.rounds import AttemptState, Outcome, Probe, Round, RoundKind, RoundState
from monitor.pipeline import House, Outlook
from monitor.service import forecast, runs
from monitor.service.clock import SKIPPED, count_of
from monitor.service.runs import Ran
from monitor.service.stopping import on_signal
from monitor.terminal import console, opened, progress
from reports import words, zoned
from storage import pauses, rounds, slots
from storage import progress as standings

MEANING = {
    AttemptState.RESERVED: "money is set aside and the call has not gone out; nothing to do",
    AttemptState.SENT: "the call is out, or its program ended: the next run says which",
    AttemptState.ANSWERED: "the answer is kept as it came",
    AttemptState.REFUSED: "the assistant declined to answer; that is an observation and counts as one",
    AttemptState.MISSED: "no answer, and why is said; `likeness run --resume` asks again what was surely not charged, "
    "and with `asking: {retry_unknown: true}` also what may have been",
    AttemptState.UNKNOWN: "it may have been charged and the answer is lost; asked again only with "
    "`asking: {retry_unknown: true}` in the brand file",
}
_LOOK_BACK = timedelta(days=366)
_SHOWN = timedelta(days=30)  # of what was left out
_MOST_NAMED = 6
_MOST = 10_000  # rounds among which one is looked for


def run_round(brand: Path, *, resume: bool) -> int:
    """Run a round and show it; returns the exit code: 0 complete, 3 partial."""
    with opened(brand, "prompts", "assistants") as house:
        ran = asyncio.run(_run(house, resume=resume))
        with house.store.snapshot() as tx:
            last = rounds.last_asked(tx, house.settings.brand)
    if not ran:
        console.print(
            "Nothing was left open, and the last round has nothing that may be asked again."
            if resume
            else "A round with this time was run already."
        )
    for each in ran:
        _show_round(each, house.settings.zone)
    for assistant, variable in forecast.missing_keys(house.settings, house.environment).items():
        console.print(f"{escape(assistant)} has no key and was not asked: set {variable}.")
    ended = [each.round for each in ran] or ([last] if last else [])
    return 0 if all(each.state is RoundState.COMPLETE for each in ended) else 3


async def _run(house: House, *, resume: bool) -> list[Ran]:
    stop = asyncio.Event()
    on_signal(stop, house.patience)
    left = await runs.resume(house, stop=stop, again=resume)
    if resume or stop.is_set():  # told to end meanwhile: a round that is planned now would ask nobody
        return left
    with progress("Asking", 0) as (bar, task):

        def settled(_probe: Probe, _outcome: Outcome) -> None:
            bar.advance(task)

        def before(seen: Outlook) -> None:
            bar.update(task, total=len(seen.chosen) + len(seen.left_out))
            _say_outlook(seen)

        key = house.clock().isoformat(timespec="milliseconds")
        ran = await runs.run(house, kind=RoundKind.MANUAL, key=key, stop=stop, on_settled=settled, on_outlook=before)
    return [*left, ran] if ran else left


def _say_outlook(seen: Outlook) -> None:
    """Say what the round will take before it takes anything."""
    if seen.expected is None or seen.worst is None:
        console.print(f"This round asks {_questions(seen)}; not every price is known.")
    elif seen.worst:
        console.print(f"This round asks {_questions(seen)}: expected ${seen.expected:.4f}, at worst ${seen.worst:.4f}.")
    if seen.why:
        console.print(f"{escape(seen.why)} Every prompt's first sample goes before any second one.")


def _questions(seen: Outlook) -> str:
    return words.count(len(seen.chosen), "question")


def _show_round(ran: Ran, zone: str) -> None:
    table = Table("assistant", "answered", "refused", "missed", "why missed", "cost")
    for row in ran.summary:
        cost = "not known" if row.cost is None else f"${row.cost:.4f}"
        table.add_row(escape(row.label), str(row.answered), str(row.refused), str(row.missed), escape(row.why), cost)
    console.print(table)
    partial = f" ({escape(ran.round.why)})" if ran.round.why else ""
    console.print(f"{_named(ran.round, zone)}: {ran.round.state}{partial}.", soft_wrap=True)
    if ran.round.state is RoundState.PARTIAL:
        console.print(f"  likeness rounds {ran.round.id[:8]} says what is missing and what can be done.")
    for change in ran.changes:
        console.print(f"  {change.reason}: {escape(change.alert.signal.headline)}")
    for notice, delivered in ran.told:
        kind = "Call to" if notice.recipient.startswith(HOOK) else "Mail to"
        console.print(f"{kind} {escape(named(notice.recipient))}: {delivered.state}. {escape(delivered.detail)}")
    if not ran.told:
        console.print("Mail: none")


def show_rounds(brand: Path, wanted: str, *, limit: int) -> None:
    """List the latest rounds, or one with everything that is missing in it."""
    with opened(brand) as house:
        now = house.clock()
        with house.store.snapshot() as tx:
            most = limit if not wanted else _MOST
            found = standings.rounds(tx, house.settings.brand, now - _LOOK_BACK, now + _LOOK_BACK, limit=most)
            left_out = slots.claimed(tx, house.settings.brand, SKIPPED, now - _SHOWN)
        if not wanted:
            _list(found, house.settings.zone)
            _say_left_out(left_out)
            return
        fitting = [each for each in found if each.round.id.startswith(wanted) or each.round.key == wanted]
        if len(fitting) != 1:
            what = f"fits {len(fitting)} rounds" if fitting else "is no round of this brand"
            raise Mistake(f"{wanted!r} {what}; `likeness rounds` lists them with their ids.")
        _show(house, fitting[0])


def _say_left_out(keys: Collection[str]) -> None:
    """Name the times at which no round was asked because the program was away: a gap is no zero."""
    if keys:
        *names, last = sorted(keys)[-_MOST_NAMED:]
        earlier = sum(count_of(key) for key in sorted(keys)[:-_MOST_NAMED])
        more = f"{earlier} earlier ones, " if earlier else ""
        listed = f"{', '.join(names)} and {last}" if names else last
        console.print(f"Left out by `catch_up:` in the last {_SHOWN.days} days: {more}{listed}.", soft_wrap=True)


def _named(held: Round, zone: str) -> str:
    return f"Round {held.id[:8]} of {words.moment(zoned.at(held.opened_at, zone))}"


def _list(found: list[Standing], zone: str) -> None:
    if not found:
        console.print("No round was asked yet; `likeness run` asks one.")
        return
    table = Table(box=None, padding=(0, 1, 0, 0))
    for name in ("round", "when", "kind", "state", "answered", "refused", "missed", "unknown", "cost"):
        table.add_column(name, overflow="fold")  # a figure that is cut says another
    for each in found:
        table.add_row(
            each.round.id[:8],
            f"{zoned.at(each.round.opened_at, zone):%m-%d %H:%M}",
            each.round.kind,
            each.round.state,
            f"{each.answered} of {each.probes}",
            *(str(count) for count in (each.refused, each.missed, each.unknown)),
            f"${each.cost:.2f}{' + ?' if each.unpriced or each.unknown else ''}",
        )
    console.print(table)
    if any(each.unpriced or each.unknown for each in found):
        console.print("+ ?: what is unknown may have been charged; the budget counts it at its worst case.")
    console.print(f"Times are {zone}. likeness rounds ID says what is missing in one of them.")


def _show(house: House, each: Standing) -> None:
    with house.store.snapshot() as tx:
        missed = standings.misses(tx, each.round.id, label=pipeline.naming(house.settings))
        standing = pauses.standing(tx, house.clock())
        cause = rounds.find(tx, each.round.key) if each.round.kind is RoundKind.CONFIRMING else None
    held, zone = each.round, house.settings.zone
    again = f", which asks again what round {cause.id[:8]} found" if cause else ""
    why = f": {escape(held.why)}" if held.why else ""
    console.print(f"{_named(held, zone)}{again}, {held.kind}, {held.state}{why}.", soft_wrap=True)
    for state in AttemptState:
        if count := each.states.get(state, 0):
            console.print(f"  {count} {state}: {MEANING[state]}.", soft_wrap=True)
    if never := each.states.get(None, 0):
        console.print(f"  {never} not asked yet: `likeness run --resume` asks them.")
    for one in missed:
        reason = one.reason.replace("_", " ") if one.reason else "unknown"
        said = f"    {one.assistant_label}: {one.count} x {reason}. {one.detail}".rstrip()
        console.print(escape(said), soft_wrap=True)
    for pause in standing:
        until = words.moment(zoned.at(pause.until, zone))
        stands = "waits for your help" if pause.needs_help else f"is left alone until {until}"
        remedy = " Mend that; `likeness run --resume` then tries it at once." if pause.needs_help else ""
        console.print(escape(f"{pause.account} {stands}: {pause.why.rstrip('.')}.{remedy}"), soft_wrap=True)
