"""How rounds stand: counts by state, misses by reason, cost; for lists and for a page that watches one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Engine, and_, func, select, tuple_
from sqlmodel import Session

from monitor.domain.answers import Finish
from monitor.domain.brand import AssistantSettings
from monitor.domain.progress import Missed, Standing
from monitor.domain.readings import Outcome
from monitor.domain.rounds import AttemptState, MissReason, Round, RoundKind, RoundState
from storage.probes import assistant_of
from storage.rounds import round_of
from storage.spending import round_scope
from storage.tables import AnswerRow, AssistantRow, AttemptRow, ProbeRow, ReadingRow, RoundRow, SpendingRow, table

_rounds, _probes, _assistants, _attempts, _spending, _answers, _readings = (
    table(row) for row in (RoundRow, ProbeRow, AssistantRow, AttemptRow, SpendingRow, AnswerRow, ReadingRow)
)
_NEWEST = and_(_attempts.c.probe_id == _probes.c.id, _attempts.c.newest)
_READ = and_(_readings.c.answer_id == _answers.c.id, _readings.c.newest)


def rounds(
    tx: Session, brand: str, start: datetime, end: datetime, *, limit: int, after: tuple[datetime, str] | None = None
) -> list[Standing]:
    """Return up to `limit` rounds opened from `start` on and before `end`, the newest first.

    `after` is when a round was opened, and its id: what comes after it in this order is returned.
    """
    within = (_rounds.c.brand == brand, _rounds.c.opened_at >= start, _rounds.c.opened_at < end)
    rest = () if after is None else (tuple_(_rounds.c.opened_at, _rounds.c.id) < after,)
    return _where(tx, *within, *rest, limit=limit)


def one(tx: Session, brand: str, round_id: str) -> Standing | None:
    return next(iter(_where(tx, _rounds.c.brand == brand, _rounds.c.id == round_id, limit=1)), None)


def misses(tx: Session, round_id: str, *, label: Callable[[AssistantSettings], str]) -> list[Missed]:
    """Return what brought no answer, per assistant and reason, the most frequent first."""
    lost = (AttemptState.MISSED, AttemptState.UNKNOWN)
    found = (
        select(_assistants.c.body, _attempts.c.state, _attempts.c.miss, func.min(_attempts.c.detail), func.count())
        .select_from(_attempts.join(_probes).join(_assistants))
        .where(_probes.c.round_id == round_id, _attempts.c.newest, _attempts.c.state.in_(lost))
        .group_by(_assistants.c.body, _attempts.c.state, _attempts.c.miss)
        .order_by(func.count().desc())
    )
    missed = [
        Missed(
            assistant_label=label(assistant_of(body)),
            reason=MissReason(miss) if miss else None,
            detail=detail or "",
            count=count,
        )
        for body, _, miss, detail, count in tx.connection().execute(found)
    ]
    return [*missed, *_empty(tx, round_id, label)]


def _empty(tx: Session, round_id: str, label: Callable[[AssistantSettings], str]) -> list[Missed]:
    found = (
        select(_assistants.c.body, func.count())
        .select_from(_attempts.join(_probes).join(_assistants).join(_answers).join(_readings, _READ))
        .where(_probes.c.round_id == round_id, _attempts.c.newest, _attempts.c.state == AttemptState.ANSWERED)
        .where(_readings.c.outcome == Outcome.EMPTY)
        .group_by(_assistants.c.body)
        .order_by(func.count().desc())
    )
    return [
        Missed(assistant_label=label(assistant_of(body)), reason=None, empty=True, detail="", count=count)
        for body, count in tx.connection().execute(found)
    ]


def _where(tx: Session, *wanted: ColumnElement[bool], limit: int) -> list[Standing]:
    found = select(_rounds).where(*wanted).order_by(_rounds.c.opened_at.desc(), _rounds.c.id.desc()).limit(limit)
    held = [Standing(round=round_of(row)) for row in tx.connection().execute(found)]
    return _counted(tx, held)


@dataclass
class _Counts:
    """What the probes of a round came to."""

    states: dict[AttemptState | None, int] = field(default_factory=dict)
    cost: Decimal = Decimal(0)
    unpriced: int = 0
    cut_off: int = 0
    unread: int = 0  # answers that nobody has read yet: they may be refusals or empty


_ENDED = frozenset({AttemptState.ANSWERED, AttemptState.REFUSED, AttemptState.MISSED, AttemptState.UNKNOWN})
_Ended = tuple[str, datetime, str]  # round, when it was closed, what it had taken then
# Of rounds that have ended: what their probes came to is counted once by each program.
_ended: WeakKeyDictionary[Engine, dict[_Ended | None, _Counts]] = WeakKeyDictionary()
_MOST = 5_000


def _counted(tx: Session, held: Sequence[Standing]) -> list[Standing]:
    known = _ended.setdefault(tx.connection().engine, {})
    if len(known) > _MOST:
        known.clear()
    ends = {each.round.id: _end(each.round, taken) for each, taken in zip(held, _taken(tx, held), strict=True)}
    # Found in one step: another thread may clear what is known at any time.
    counts = {id_: found for id_, end in ends.items() if (found := known.get(end)) is not None}
    fresh = _count(tx, [id_ for id_ in ends if id_ not in counts])
    known.update({end: fresh[id_] for id_, end in ends.items() if end and id_ in fresh and not fresh[id_].unread})
    counts |= fresh
    return [_with(each, counts[each.round.id]) for each in held]


def _with(standing: Standing, of: _Counts) -> Standing:
    return replace(standing, states=of.states, cost=of.cost, unpriced=of.unpriced, cut_off=of.cut_off)


def _end(round_: Round, taken: str) -> _Ended | None:
    """Return what a round's counts are known by; None for one whose counts may still change."""
    if round_.closed_at is None or round_.state is RoundState.OPEN or round_.kind is RoundKind.IMPORTED:
        return None
    return round_.id, round_.closed_at, taken


def _taken(tx: Session, held: Sequence[Standing]) -> list[str]:
    """Return what each round has taken: a call that is settled late changes it."""
    scopes = {each.round.id: round_scope(each.round.id) for each in held}
    mine = (_spending.c.brand.in_({each.round.brand for each in held}), _spending.c.scope.in_(scopes.values()))
    found = tx.connection().execute(select(_spending.c.scope, _spending.c.spent, _spending.c.held).where(*mine))
    taken = {scope: f"{spent} {waiting}" for scope, spent, waiting in found}
    return [taken.get(scopes[each.round.id], "") for each in held]


def _count(tx: Session, ids: Sequence[str]) -> dict[str, _Counts]:
    counts = {id_: _Counts() for id_ in ids}
    cost = func.sum(_attempts.c.cost, type_=_attempts.c.cost.type)
    what = (_probes.c.round_id, _attempts.c.state, _readings.c.outcome, _answers.c.finish)
    found = (
        select(*what, func.count(), func.count(_attempts.c.cost), cost)
        .select_from(_probes.outerjoin(_attempts, _NEWEST).outerjoin(_answers).outerjoin(_readings, _READ))
        .where(_probes.c.round_id.in_(ids))
        .group_by(*what)
    )
    for round_id, state, outcome, finish, count, priced, spent in tx.connection().execute(found):
        own, came_to = counts[round_id], _came_to(state, outcome)
        own.states[came_to] = own.states.get(came_to, 0) + count
        own.cost += spent or Decimal(0)
        own.unpriced += count - priced if state in _ENDED else 0
        own.cut_off += count if came_to is AttemptState.ANSWERED and finish == Finish.TRUNCATED else 0
        own.unread += count if finish is not None and outcome is None else 0
    return counts


def _came_to(state: str | None, outcome: str | None) -> AttemptState | None:
    """Return what a probe came to as the measures see it: words may refuse, and a reply may be empty."""
    if state is None:
        return None
    read = {Outcome.REFUSAL: AttemptState.REFUSED, Outcome.EMPTY: AttemptState.MISSED}
    found = AttemptState(state)
    return read.get(Outcome(outcome), found) if outcome and found is AttemptState.ANSWERED else found
