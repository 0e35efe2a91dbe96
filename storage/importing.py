"""Captured answers as rows of an imported round; nothing is kept twice."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from monitor.domain.brand import AssistantSettings, Locale
from monitor.domain.rounds import AttemptState, Probe, Round
from storage.captures import Capture
from storage.observing import CAPTURED
from storage.probes import add_probes, assistant_row, prompt_row
from storage.received import CITATIONS, SOURCES, content_hash
from storage.rounds import find_by_key, open_round
from storage.rows import add, chunks
from storage.tables import AnswerRow, AttemptRow, ProbeRow, table

_answers, _probes = table(AnswerRow), table(ProbeRow)


def add_captured(tx: Session, round: Round, rows: Sequence[Capture]) -> tuple[int, int]:  # noqa: A002
    """Write the captures that the brand does not have yet; returns (how many were added, how many were known).

    They go into the round of the same kind and key; it is opened as given if there is none and something is new.
    """
    named = {_name(round.brand, capture): capture for capture in rows}
    known = _known(tx, round.brand, list(named))
    fresh = {name: capture for name, capture in named.items() if name not in known}
    if fresh:
        open_round(tx, round=round, probes=())
        kept = find_by_key(tx, round.brand, round.kind, round.key) or round
        _write(tx, kept, fresh)
    return len(fresh), len(rows) - len(fresh)


def _name(brand: str, capture: Capture) -> str:
    """Return what a capture is known by: the hash of all that it came with."""
    asked = _when(capture)
    said = (brand, capture.assistant_id, capture.model, capture.surface, capture.prompt.id, capture.prompt.text)
    whole = "\x1f".join((*said, str(capture.run), asked, capture.external_id, capture.text))
    return hashlib.sha256(whole.encode(errors="replace")).hexdigest()[:24]


def _when(capture: Capture) -> str:
    """Return when it was asked; a day as it always was written, whatever moment stands for it in the brand's zone."""
    moment = datetime.combine(capture.day, time(), tzinfo=UTC) if capture.day else capture.asked_at
    return moment.isoformat() if moment else ""


def _known(tx: Session, brand: str, names: list[str]) -> set[str]:
    known: set[str] = set()
    for some in chunks(names):
        found = select(_answers.c.captured).where(_answers.c.brand == brand, _answers.c.captured.in_(some))
        known.update(tx.connection().execute(found).scalars())
    return known


def _write(tx: Session, round_: Round, fresh: dict[str, Capture]) -> None:
    assistants = _Assistants()
    places = _taken(tx, round_.id)
    for surface in {capture.surface for capture in fresh.values()}:
        probes = [
            _probe(name, capture, round_.id, assistants, places)
            for name, capture in fresh.items()
            if capture.surface is surface
        ]
        add_probes(tx, probes, surface=surface, first=len(places) - len(probes))
    add(tx, AttemptRow, [_attempt(name, capture, round_) for name, capture in fresh.items()])
    add(tx, AnswerRow, [_answer(name, capture, round_.brand) for name, capture in fresh.items()])


class _Assistants:
    """Each captured assistant's settings as one value with its row's id, made once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], tuple[AssistantSettings, str]] = {}

    def of(self, capture: Capture) -> tuple[AssistantSettings, str]:
        key = (capture.assistant, capture.model, capture.country, capture.lang, capture.surface)
        if key not in self._known:
            self._known[key] = _settings(capture)
        return self._known[key]


def _settings(capture: Capture) -> tuple[AssistantSettings, str]:
    settings = AssistantSettings(
        id=capture.assistant_id,
        use=CAPTURED,
        model=capture.model,
        locale=Locale(country=capture.country, language=capture.lang),
        options={"name": capture.assistant, "surface": capture.surface},
    )
    return settings, assistant_row(settings, capture.surface)["id"]


# prompt, assistant and sample of the probes that a round has
_Places = set[tuple[str, str, int]]


def _taken(tx: Session, round_id: str) -> _Places:
    found = select(_probes.c.prompt, _probes.c.assistant, _probes.c.sample).where(_probes.c.round_id == round_id)
    return {(prompt, assistant, sample) for prompt, assistant, sample in tx.connection().execute(found)}


def _probe(name: str, capture: Capture, round_id: str, assistants: _Assistants, places: _Places) -> Probe:
    settings, assistant = assistants.of(capture)
    asked = (prompt_row(capture.prompt)["id"], assistant)
    sample = capture.run
    while (*asked, sample) in places:  # asked twice under one number over there
        sample += 1
    places.add((*asked, sample))
    return Probe(id=name, round_id=round_id, prompt=capture.prompt, assistant=settings, sample=sample)


def _attempt(name: str, capture: Capture, round_: Round) -> dict[str, Any]:
    asked = capture.asked_at or round_.opened_at
    return {
        "id": name,
        "probe_id": name,
        "brand": round_.brand,
        "generation": 1,
        "newest": True,
        "state": AttemptState.ANSWERED,
        "cost": Decimal(0),
        "month": asked,
        "owner": "",
        "request_hash": "",
        "request_id": "",
        "asked_at": asked,
        "sent_at": asked,
        "settled_at": round_.opened_at,
        "detail": "",
    }


def _answer(name: str, capture: Capture, brand: str) -> dict[str, Any]:
    return {
        "id": name,
        "attempt_id": name,
        "brand": brand,
        "text": capture.text,
        "lang": capture.lang,
        "finish": capture.finish,
        "finish_reason": "",
        "refusal": "",
        "served_model": capture.model,
        "searched": capture.searched,
        "queries": "[]",
        "sources": SOURCES.text(capture.sources),
        "citations": CITATIONS.text(capture.citations),
        "content_hash": content_hash(capture.text),
        "captured": name,
        "external_id": capture.external_id,
    }
