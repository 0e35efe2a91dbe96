"""Probes as the measures see them: asked, answered or not, and read."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlmodel import Session

from monitor.domain.answers import Finish, Surface
from monitor.domain.brand import AssistantSettings
from monitor.domain.readings import Reading
from monitor.domain.rounds import AttemptState, MissReason, Observation, RoundKind, RoundState
from storage.attempts import UNSETTLED
from storage.bodies import Body
from storage.probes import assistant_of, prompt_of
from storage.rows import chunks
from storage.tables import (
    AnswerRow,
    AssistantRow,
    AttemptRow,
    ProbeRow,
    PromptRow,
    ReadingRow,
    RoundRow,
    table,
)

READING: Body[Reading] = Body(Reading)

Label = Callable[[AssistantSettings], str]  # what an alert calls an assistant

_rounds, _probes, _prompts, _assistants, _attempts, _answers, _readings = (
    table(row) for row in (RoundRow, ProbeRow, PromptRow, AssistantRow, AttemptRow, AnswerRow, ReadingRow)
)

_CAME = frozenset({AttemptState.ANSWERED, AttemptState.REFUSED})

# A captured answer was never asked by a program of ours.
CAPTURED = "captured"


def plain_label(assistant: AssistantSettings) -> str:
    """Return how an assistant is called where nobody knows its vendor's title.

    >>> plain_label(AssistantSettings(id="gpt5", use="openai", model="gpt-5", search=True))
    'openai, gpt-5 with search'
    """
    if assistant.use == CAPTURED:
        name, surface = (assistant.options.get(key, "") for key in ("name", "surface"))
        return f"{name or assistant.id}, captured ({surface or 'app'})"
    return f"{assistant.use}, {assistant.model}{' with search' if assistant.search else ''}"


def observations(
    tx: Session,
    brand: str,
    start: datetime | None = None,
    end: datetime | None = None,
    *,
    round_id: str | None = None,
    answer_ids: Sequence[str] | None = None,
    label: Label = plain_label,
) -> list[Observation]:
    """Return one observation per probe asked from `start` to `end`, both included; oldest first.

    Each shows its newest attempt, its answer if one came, and the newest reading of it. Calls that are still out are
    left out; what a closed round never asked is a miss STOPPED. `label` names the assistants, except captured ones.
    With `answer_ids` only those whose answers these are.
    """
    if answer_ids is not None:
        return [one for some in chunks(list(answer_ids)) for one in _of_answers(tx, brand, some, label)]
    asked = tx.connection().execute(_asked(brand, start, end, round_id)).all()
    never = tx.connection().execute(_never_asked(brand, start, end, round_id)).all()
    rows = sorted([*asked, *never], key=lambda row: row.asked_at) if never else asked
    return list(_observed(rows, label))


def _of_answers(tx: Session, brand: str, answer_ids: Sequence[str], label: Label) -> Iterator[Observation]:
    # Led by the ids: an index of brands, which the bare column would offer, goes through all that was ever answered.
    these = _answers.alias()
    attempts = select(these.c.attempt_id).where(these.c.id.in_(answer_ids), these.c.brand.concat("") == brand)
    wanted = _asked(None, None, None, None).where(_attempts.c.id.in_(attempts))
    return _observed(tx.connection().execute(wanted), label)


def _asked(brand: str | None, start: datetime | None, end: datetime | None, round_id: str | None) -> Select[Any]:
    """Led by the round, or else by the attempts: both are found quickly however many answers there are."""
    whose = [] if brand is None else [(_attempts if round_id is None else _rounds).c.brand == brand]
    read = and_(_readings.c.answer_id == _answers.c.id, _readings.c.newest)
    joined = _attempts.join(_probes).join(_rounds).join(_prompts).join(_assistants)
    return (
        select(*_COLUMNS, _attempts.c.asked_at)
        .select_from(joined.outerjoin(_answers).outerjoin(_readings, read))
        .where(
            *whose,
            _attempts.c.newest,
            _attempts.c.state.not_in(UNSETTLED),
            or_(_answers.c.id.is_not(None), _attempts.c.state.not_in(_CAME)),  # else its answer was forgotten
            *_within(_attempts.c.asked_at, start, end, round_id),
        )
        .order_by(_attempts.c.asked_at, _probes.c.place, _probes.c.id)
    )


def _never_asked(brand: str, start: datetime | None, end: datetime | None, round_id: str | None) -> Select[Any]:
    attempted = and_(_attempts.c.probe_id == _probes.c.id, _attempts.c.newest)
    joined = _rounds.join(_probes).join(_prompts).join(_assistants).outerjoin(_attempts, attempted)
    return (
        select(*_COLUMNS, _rounds.c.closed_at.label("asked_at"))
        .select_from(joined.outerjoin(_answers).outerjoin(_readings))
        .where(
            _rounds.c.brand == brand,
            _rounds.c.state == RoundState.PARTIAL,
            _attempts.c.id.is_(None),
            *_within(_rounds.c.closed_at, start, end, round_id),
        )
        .order_by(_rounds.c.closed_at, _probes.c.place, _probes.c.id)
    )


def _within(
    moment: ColumnElement[datetime], start: datetime | None, end: datetime | None, round_id: str | None
) -> list[ColumnElement[bool]]:
    return [
        *([moment >= start] if start is not None else []),
        *([moment <= end] if end is not None else []),
        *([_probes.c.round_id == round_id] if round_id is not None else []),
    ]


_COLUMNS = (
    _probes.c.id.label("probe_id"),
    _answers.c.id.label("answer_id"),
    _rounds.c.id.label("round_id"),
    _rounds.c.kind,
    _prompts.c.body.label("prompt"),
    _assistants.c.body.label("assistant"),
    _assistants.c.surface,
    _answers.c.served_model,
    _answers.c.searched,
    _attempts.c.state,
    _attempts.c.miss,
    _answers.c.finish,
    _answers.c.text,
    _readings.c.body.label("reading"),
    _attempts.c.cost,
)


def _observed(rows: Any, label: Label) -> Iterator[Observation]:
    called = lru_cache(maxsize=1_000)(lambda body: _called(assistant_of(body), label))
    for row in rows:
        yield _observation(row, called(row.assistant))


def _called(assistant: AssistantSettings, label: Label) -> str:
    return plain_label(assistant) if assistant.use == CAPTURED else label(assistant)


def _observation(row: Row[Any], label: str) -> Observation:
    assistant = assistant_of(row.assistant)
    return Observation(
        probe_id=row.probe_id,
        answer_id=row.answer_id or "",
        round_id=row.round_id,
        kind=RoundKind(row.kind),
        asked_at=row.asked_at,
        prompt=prompt_of(row.prompt),
        assistant_id=assistant.id,
        assistant_label=label,
        surface=Surface(row.surface),
        model=row.served_model or assistant.model,
        searched=row.searched,
        state=AttemptState(row.state or AttemptState.MISSED),
        miss=_miss(row),
        truncated=row.finish == Finish.TRUNCATED,
        text=row.text or "",
        reading=READING.value(row.reading) if row.reading else None,
        cost=row.cost,
    )


def _miss(row: Row[Any]) -> MissReason | None:
    if row.state is None:
        return MissReason.STOPPED
    return MissReason(row.miss) if row.miss else None
