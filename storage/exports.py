"""Answers and what was read in them as plain rows, for spreadsheets and other programs."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, func, select
from sqlmodel import Session

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
from storage.writers import write_csv, write_jsonl

__all__ = ["ALL", "rows", "write_csv", "write_jsonl"]

_rounds, _probes, _prompts, _assistants, _attempts, _answers, _readings = (
    table(row) for row in (RoundRow, ProbeRow, PromptRow, AssistantRow, AttemptRow, AnswerRow, ReadingRow)
)
_mentions, _citations, _claims = (table(row) for row in (MentionRow, CitationRow, ClaimRow))

# What every export says of the answer that a row belongs to.
_ANSWER: Mapping[str, ColumnElement[Any]] = MappingProxyType(
    {
        "answer_id": _answers.c.id,
        "asked_at": _attempts.c.asked_at,
        "round": _rounds.c.key,
        "kind": _rounds.c.kind,
        "prompt_id": _prompts.c.prompt_id,
        "assistant": _assistants.c.assistant_id,
        "surface": _assistants.c.surface,
        "model": func.coalesce(func.nullif(_answers.c.served_model, ""), _assistants.c.model),
    }
)


def _quote(found: FromClause) -> ColumnElement[str]:
    # Both databases count characters here, as Python does.
    return func.substr(_answers.c.text, found.c.start + 1, found.c.end - found.c.start)


@dataclass(frozen=True, kw_only=True)
class Export:
    """One kind of export: its own columns, after those of the answer, and where they come from."""

    columns: Mapping[str, ColumnElement[Any]]
    found: FromClause | None = None  # a table with one row per finding; None: one row per answer

    @property
    def names(self) -> list[str]:
        return [*_ANSWER, *self.columns]


ALL: Mapping[str, Export] = MappingProxyType(
    {
        "answers": Export(
            columns={
                "topic": _prompts.c.topic,
                "question": _prompts.c.text,
                "requested_model": _assistants.c.model,
                "searched": _answers.c.searched,
                "queries": _answers.c.queries,
                "state": _attempts.c.state,
                "finish": _answers.c.finish,
                "finish_reason": _answers.c.finish_reason,
                "outcome": _readings.c.outcome,
                "text": _answers.c.text,
                "sources": _answers.c.sources,
                "citations": _answers.c.citations,
                "cost": _attempts.c.cost,
                "input_tokens": _answers.c.input_tokens,
                "output_tokens": _answers.c.output_tokens,
                "content_hash": _answers.c.content_hash,
                "external_id": _answers.c.external_id,
                "analyzer": _readings.c.analyzer,
                "sheet": _readings.c.sheet,
            }
        ),
        "mentions": Export(
            found=_mentions,
            columns={
                "entity": _mentions.c.entity,
                "start": _mentions.c.start,
                "end": _mentions.c.end,
                "text": _quote(_mentions),
            },
        ),
        "citations": Export(
            found=_citations,
            columns={
                "url": _citations.c.url,
                "domain": _citations.c.domain,
                "owner": _citations.c.owner,
                "entity": _citations.c.entity,
                "title": _citations.c.title,
                "start": _citations.c.start,
                "end": _citations.c.end,
            },
        ),
        "claims": Export(
            found=_claims,
            columns={
                "fact": _claims.c.fact,
                "verdict": _claims.c.verdict,
                "value": _claims.c.value,
                "hedged": _claims.c.hedged,
                "why": _claims.c.why,
                "start": _claims.c.start,
                "end": _claims.c.end,
                "text": _quote(_claims),
            },
        ),
    }
)

# Columns that hold JSON in the database; JSONL gets them as lists, CSV as their text.
_JSON = frozenset({"queries", "sources", "citations"})


def columns(what: str) -> tuple[str, ...]:
    """Return the names of the columns of an export, also of one without rows."""
    return tuple({**_ANSWER, **ALL[what].columns})


def rows(tx: Session, brand: str, what: str, start: datetime, end: datetime) -> Iterator[dict[str, object]]:
    """Yield the brand's answers asked from `start` on and before `end`, oldest first, or the findings in them.

    `what` is a name in ALL. Moments are aware UTC, costs Decimal dollars, lists are lists.
    """
    export = ALL[what]
    found = tx.connection().execute(_query(export, brand, start, end).execution_options(yield_per=500))
    for row in found.mappings():
        yield {
            name: json.loads(row[name]) if what == "answers" and name in _JSON else row[name] for name in export.names
        }


def _query(export: Export, brand: str, start: datetime, end: datetime) -> Select[Any]:
    newest = and_(_readings.c.answer_id == _answers.c.id, _readings.c.newest)
    joined = _answers.join(_attempts).join(_probes).join(_rounds).join(_prompts).join(_assistants)
    found = export.found
    source = joined.outerjoin(_readings, newest) if found is None else joined.join(found)
    order = [_attempts.c.asked_at, _answers.c.id, *([found.c.place] if found is not None else [])]
    columns = [column.label(name) for name, column in {**_ANSWER, **export.columns}.items()]
    asked = and_(_attempts.c.asked_at >= start, _attempts.c.asked_at < end)
    wanted = and_(_attempts.c.brand == brand, _attempts.c.newest, asked)
    return select(*columns).select_from(source).where(wanted).order_by(*order)
