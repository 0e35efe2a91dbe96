"""Probes as the measures see them: asked, answered or not, and read."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, or_, select
from sqlmodel import Session

from monitor.domain.answers import Finish, Surface
from monitor.domain.brand import AssistantSettings, Prompt
from monitor.domain.bursts import burst
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

_Row = Sequence[Any]
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


@burst()
def observations(
    tx: Session,
    brand: str,
    start: datetime | None = None,
    end: datetime | None = None,
    *,
    round_id: str | None = None,
    answer_ids: Sequence[str] | None = None,
    label: Label = plain_label,
    zone: str = "UTC",
) -> list[Observation]:
    """Return one observation per probe asked from `start` to `end`, both included; oldest first.

    Each shows its newest attempt, its answer if one came, and the newest reading of it. Calls that are still out are
    left out; what a closed round never asked is a miss STOPPED. `label` names the assistants, except captured ones.
    With `answer_ids` only those whose answers these are. They count by the days of `zone`.
    """
    if answer_ids is not None:
        return [one for some in chunks(list(answer_ids)) for one in _of_answers(tx, brand, some, label, zone)]
    asked = _in_order(tx, _asked(brand, start, end, round_id))
    never = _in_order(tx, _never_asked(brand, start, end, round_id))
    return _observed(tx, sorted([*asked, *never], key=_moment) if never else asked, label, zone)


_moment = itemgetter(0)


def _in_order(tx: Session, wanted: Select[Any]) -> list[_Row]:
    # Sorted here: a database that sorts rows carries the texts along.
    return sorted(tx.connection().execute(wanted).all(), key=itemgetter(0, 1, 2))


def _of_answers(tx: Session, brand: str, answer_ids: Sequence[str], label: Label, zone: str) -> list[Observation]:
    # Led by the ids: an index of brands, which the bare column would offer, goes through all that was ever answered.
    these = _answers.alias()
    attempts = select(these.c.attempt_id).where(these.c.id.in_(answer_ids), these.c.brand.concat("") == brand)
    wanted = _asked(None, None, None, None).where(_attempts.c.id.in_(attempts))
    return _observed(tx, _in_order(tx, wanted), label, zone)


def _asked(brand: str | None, start: datetime | None, end: datetime | None, round_id: str | None) -> Select[Any]:
    """Led by the round, or else by the attempts: both are found quickly however many answers there are."""
    whose = [] if brand is None else [(_attempts if round_id is None else _rounds).c.brand == brand]
    read = and_(_readings.c.answer_id == _answers.c.id, _readings.c.newest)
    joined = _attempts.join(_probes).join(_rounds)
    return (
        select(_attempts.c.asked_at, *_COLUMNS)
        .select_from(joined.outerjoin(_answers).outerjoin(_readings, read))
        .where(
            *whose,
            _attempts.c.newest,
            _attempts.c.state.not_in(UNSETTLED),
            or_(_answers.c.id.is_not(None), _attempts.c.state.not_in(_CAME)),  # else its answer was forgotten
            *_within(_attempts.c.asked_at, start, end, round_id),
        )
    )


def _never_asked(brand: str, start: datetime | None, end: datetime | None, round_id: str | None) -> Select[Any]:
    attempted = and_(_attempts.c.probe_id == _probes.c.id, _attempts.c.newest)
    joined = _rounds.join(_probes).outerjoin(_attempts, attempted)
    return (
        select(_rounds.c.closed_at, *_COLUMNS)
        .select_from(joined.outerjoin(_answers).outerjoin(_readings))
        .where(
            _rounds.c.brand == brand,
            _rounds.c.state == RoundState.PARTIAL,
            _attempts.c.id.is_(None),
            *_within(_rounds.c.closed_at, start, end, round_id),
        )
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
    _probes.c.place,
    _probes.c.id,
    _rounds.c.id,
    _rounds.c.kind,
    _probes.c.prompt,
    _probes.c.assistant,
    _answers.c.id,
    _answers.c.served_model,
    _answers.c.searched,
    _attempts.c.state,
    _attempts.c.miss,
    _answers.c.finish,
    _answers.c.text,
    _readings.c.body,
    _attempts.c.cost,
)
# Quicker than asking the enums.
_KINDS, _STATES = {str(each): each for each in RoundKind}, {str(each): each for each in AttemptState}
_MISSES = {str(each): each for each in MissReason}


def _observed(tx: Session, rows: Sequence[_Row], label: Label, zone: str) -> list[Observation]:
    prompts, speakers = _prompts_of(tx, {row[5] for row in rows}), _speakers(tx, {row[6] for row in rows}, label)
    return [_observation(row, prompts[row[5]], speakers[row[6]], zone) for row in rows]


def _prompts_of(tx: Session, ids: Collection[str]) -> dict[str, Prompt]:
    """Return the prompts by their rows' ids."""
    rows = (row for some in chunks(sorted(ids)) for row in tx.connection().execute(_bodies(_prompts, some)))
    return {id_: prompt_of(body) for id_, body in rows}


@dataclass(frozen=True, kw_only=True)
class _Speaker:
    settings: AssistantSettings
    label: str
    surface: Surface


def _speakers(tx: Session, ids: Collection[str], label: Label) -> dict[str, _Speaker]:
    """Return the assistants by their rows' ids."""
    wanted = (_bodies(_assistants, some).add_columns(_assistants.c.surface) for some in chunks(sorted(ids)))
    rows = [row for some in wanted for row in tx.connection().execute(some)]
    return {id_: _speaker(assistant_of(body), Surface(surface), label) for id_, body, surface in rows}


def _bodies(of: Table, ids: Sequence[str]) -> Select[Any]:
    return select(of.c.id, of.c.body).where(of.c.id.in_(ids))


def _speaker(settings: AssistantSettings, surface: Surface, label: Label) -> _Speaker:
    return _Speaker(settings=settings, label=called(settings, label), surface=surface)


def called(assistant: AssistantSettings, label: Label) -> str:
    """Return how an assistant is called; a captured one has no vendor's title, only the name it was imported with."""
    return plain_label(assistant) if assistant.use == CAPTURED else label(assistant)


def _observation(row: _Row, prompt: Prompt, speaker: _Speaker, zone: str) -> Observation:
    asked_at, _, probe, round_id, kind, _, _, answer, model, searched, state, miss, finish, text, reading, cost = row
    return Observation(
        probe_id=probe,
        answer_id=answer or "",
        round_id=round_id,
        kind=_KINDS[kind],
        asked_at=asked_at,
        prompt=prompt,
        assistant_id=speaker.settings.id,
        assistant_label=speaker.label,
        surface=speaker.surface,
        model=model or speaker.settings.model,
        searched=searched,
        state=_STATES[state] if state else AttemptState.MISSED,
        miss=_miss(state, miss),
        truncated=finish == Finish.TRUNCATED,
        text=text or "",
        reading=READING.value(reading) if reading else None,
        cost=cost,
        zone=zone,
    )


def _miss(state: str | None, miss: str | None) -> MissReason | None:
    if state is None:
        return MissReason.STOPPED
    return _MISSES[miss] if miss else None
