"""Answers found by what a person looks for, newest first, page by page."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, tuple_
from sqlmodel import Session

from monitor.domain.answers import Surface
from monitor.domain.brand import AssistantSettings
from monitor.domain.readings import Outcome, Verdict
from monitor.domain.rounds import AttemptState, MissReason, RoundKind
from monitor.domain.search import Cursor, Hit, Hits, Wanted
from storage.attempts import UNSETTLED
from storage.probes import assistant_of
from storage.tables import (
    AnswerRow,
    AssistantRow,
    AttemptRow,
    CitationRow,
    ClaimRow,
    MentionRow,
    ProbeRow,
    PromptRow,
    ReadingRow,
    RoundRow,
    table,
)

_rounds, _probes, _prompts, _assistants, _attempts, _answers, _readings = (
    table(row) for row in (RoundRow, ProbeRow, PromptRow, AssistantRow, AttemptRow, AnswerRow, ReadingRow)
)
_mentions, _citations, _claims = (table(row) for row in (MentionRow, CitationRow, ClaimRow))

_OPENING = 280  # characters of an answer in a list
_ESCAPE = "\\"


def find(
    tx: Session,
    brand: str,
    wanted: Wanted,
    *,
    label: Callable[[AssistantSettings], str],
    after: Cursor | None = None,
    limit: int = 50,
) -> Hits:
    """Return up to `limit` hits, and where the next page begins if there is one."""
    rows = tx.connection().execute(_query(brand, wanted, after).limit(limit + 1)).all()
    verdicts = _verdicts(tx, [row.answer_id for row in rows[:limit] if row.answer_id])
    hits = tuple(_hit(row, verdicts.get(row.answer_id, []), label) for row in rows[:limit])
    more = Cursor(asked_at=hits[-1].asked_at, probe_id=hits[-1].probe_id) if len(rows) > limit else None
    return Hits(hits=hits, more=more)


def of_answer(tx: Session, brand: str, answer_id: str, *, label: Callable[[AssistantSettings], str]) -> Hit | None:
    """Return one answer of the brand as a search would show it."""
    row = tx.connection().execute(_probed(brand).where(_answers.c.id == answer_id)).first()
    return _hit(row, _verdicts(tx, [answer_id]).get(answer_id, []), label) if row else None


def _query(brand: str, wanted: Wanted, after: Cursor | None) -> Select[Any]:
    newest_first = (_attempts.c.asked_at.desc(), _probes.c.id.desc())
    settled = (_attempts.c.newest, _attempts.c.state.not_in(UNSETTLED))
    found = _probed(brand).where(*settled, *_narrowed(wanted)).order_by(*newest_first)
    if after is None:
        return found
    return found.where(tuple_(_attempts.c.asked_at, _probes.c.id) < (after.asked_at, after.probe_id))


def _probed(brand: str) -> Select[Any]:
    read = and_(_readings.c.answer_id == _answers.c.id, _readings.c.newest)
    joined = _attempts.join(_probes).join(_rounds).join(_prompts).join(_assistants)
    whole = joined.outerjoin(_answers).outerjoin(_readings, read)
    return select(*_COLUMNS).select_from(whole).where(_attempts.c.brand == brand)


_COLUMNS = (
    _probes.c.id.label("probe_id"),
    _answers.c.id.label("answer_id"),
    _attempts.c.asked_at,
    _prompts.c.prompt_id,
    _prompts.c.text.label("question"),
    _assistants.c.assistant_id,
    _assistants.c.body.label("assistant"),
    _assistants.c.surface,
    func.coalesce(func.nullif(_answers.c.served_model, ""), _assistants.c.model).label("model"),
    _attempts.c.state,
    _attempts.c.miss,
    _rounds.c.kind,
    _readings.c.outcome,
    func.substr(_answers.c.text, 1, _OPENING).label("opening"),
    _attempts.c.cost,
)


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    first = datetime.combine(wanted.start, time.min, tzinfo=UTC)
    after = datetime.combine(wanted.end + timedelta(days=1), time.min, tzinfo=UTC)
    said = [
        (wanted.assistant, _assistants.c.assistant_id == wanted.assistant),
        (wanted.prompt, _prompts.c.prompt_id == wanted.prompt),
        (wanted.topic, _prompts.c.topic == wanted.topic),
        (wanted.round_id, _rounds.c.id == wanted.round_id),
        (wanted.words, _answers.c.text.ilike(f"%{_literal(wanted.words)}%", escape=_ESCAPE)),
        (wanted.outcome, _readings.c.outcome == wanted.outcome),
        (wanted.entity, _has(_mentions, _mentions.c.entity == wanted.entity)),
        (wanted.domain, _has(_citations, _citations.c.domain == wanted.domain)),
        (wanted.fact or wanted.verdict, _has(_claims, *_claimed(wanted))),
        (wanted.missed, or_(_answers.c.id.is_(None), _attempts.c.state != AttemptState.ANSWERED)),
        (not wanted.missed, _answers.c.id.is_not(None)),
    ]
    return [_attempts.c.asked_at >= first, _attempts.c.asked_at < after, *(rule for given, rule in said if given)]


def _claimed(wanted: Wanted) -> list[ColumnElement[bool]]:
    return [
        *([_claims.c.fact == wanted.fact] if wanted.fact else []),
        *([_claims.c.verdict == wanted.verdict] if wanted.verdict else []),
    ]


def _has(found: Any, *rules: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(1).where(found.c.answer_id == _answers.c.id, *rules).exists()


def _literal(words: str) -> str:
    """Return words as LIKE takes them: its own signs stand for themselves."""
    return words.replace(_ESCAPE, _ESCAPE * 2).replace("%", _ESCAPE + "%").replace("_", _ESCAPE + "_")


def _verdicts(tx: Session, answers: Sequence[str]) -> dict[str, list[tuple[str, Verdict]]]:
    found: dict[str, list[tuple[str, Verdict]]] = defaultdict(list)
    claims = select(_claims.c.answer_id, _claims.c.fact, _claims.c.verdict).where(_claims.c.answer_id.in_(answers))
    for answer_id, fact, verdict in tx.connection().execute(claims.order_by(_claims.c.answer_id, _claims.c.place)):
        found[answer_id].append((fact, Verdict(verdict)))
    return found


def _hit(row: Row[Any], verdicts: Sequence[tuple[str, Verdict]], label: Callable[[AssistantSettings], str]) -> Hit:
    return Hit(
        probe_id=row.probe_id,
        answer_id=row.answer_id or "",
        asked_at=row.asked_at,
        prompt_id=row.prompt_id,
        question=row.question,
        assistant_id=row.assistant_id,
        assistant_label=label(assistant_of(row.assistant)),
        surface=Surface(row.surface),
        model=row.model,
        state=AttemptState(row.state),
        miss=MissReason(row.miss) if row.miss else None,
        kind=RoundKind(row.kind),
        outcome=Outcome(row.outcome) if row.outcome else None,
        opening=row.opening or "",
        verdicts=tuple(dict.fromkeys(verdicts)),
        cost=row.cost,
    )
