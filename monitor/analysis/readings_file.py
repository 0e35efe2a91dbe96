"""Answers and readings as JSON Lines: one object per line, in and out."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from monitor.analysis.jsonlines import ReadingsFileError, Row, rows
from monitor.domain import days
from monitor.domain.answers import Answer, Source, VendorCitation
from monitor.domain.readings import (
    Citation,
    Claim,
    Comparison,
    Evidence,
    Mention,
    NewStatement,
    Outcome,
    Owner,
    Reading,
    Span,
    Stance,
    StanceLabel,
    Verdict,
)

__all__ = ["ReadingsFileError", "read_answers", "read_readings", "reading", "row", "write_readings"]


def read_answers(path: Path, zone: str = "UTC") -> list[Answer]:
    """Read `answers.jsonl`: id and text, and what else is known of the asking, with its time as `zone` tells it."""
    return rows(path, lambda found: _answer(found, zone))


def read_readings(path: Path) -> list[Reading]:
    """Read a file that `write_readings` wrote."""
    return rows(path, reading)


def write_readings(path: Path, readings: Iterable[Reading]) -> None:
    """Write one line per reading, in the given order."""
    with path.open("w", encoding="utf-8") as stream:
        for one in readings:
            stream.write(json.dumps(row(one), ensure_ascii=False) + "\n")


def row(one: Reading) -> dict[str, Any]:
    """Return the reading as a JSON object."""
    return {
        "id": one.answer_id,
        "outcome": one.outcome.value,
        "mentions": [{"start": m.start, "end": m.end, "entity": m.entity} for m in one.mentions],
        "citations": [_citation_row(c) for c in one.citations],
        "ranks": dict(one.ranks),
        "recommended": list(one.recommended),
        "first_choice": one.first_choice,
        "advised_against": list(one.advised_against),
        "comparisons": [
            {"better": c.better, "worse": c.worse, "on": c.on, "start": c.start, "end": c.end} for c in one.comparisons
        ],
        "stance": {entity: {"label": s.label.value, "score": s.score} for entity, s in one.stance.items()},
        "claims": [_claim_row(c) for c in one.claims],
        "new_statements": [
            {"topic": n.topic, "start": n.start, "end": n.end, "gist": n.gist} for n in one.new_statements
        ],
        "evidence": {
            "outcome": [_pair(s) for s in one.evidence.outcome],
            "ranks": {entity: _pair(s) for entity, s in one.evidence.ranks.items()},
            "recommended": {entity: _pair(s) for entity, s in one.evidence.recommended.items()},
            "stance": {entity: [_pair(s) for s in spans] for entity, spans in one.evidence.stance.items()},
        },
        "analyzer": one.analyzer,
        "sheet": one.sheet,
    }


def reading(found: Row) -> Reading:
    """Return the reading that a JSON object holds; KeyError, TypeError or ValueError where it holds none."""
    evidence: Row = found.get("evidence") or {}
    return Reading(
        answer_id=str(found["id"]),
        outcome=Outcome(found["outcome"]),
        mentions=tuple(Mention(**m) for m in found.get("mentions", ())),
        citations=tuple(_citation(c) for c in found.get("citations", ())),
        ranks=dict(found.get("ranks", {})),
        recommended=tuple(found.get("recommended", ())),
        first_choice=found.get("first_choice", ""),
        advised_against=tuple(found.get("advised_against", ())),
        comparisons=tuple(Comparison(**c) for c in found.get("comparisons", ())),
        stance={
            entity: Stance(label=StanceLabel(s["label"]), score=float(s.get("score", 0.0)))
            for entity, s in found.get("stance", {}).items()
        },
        claims=tuple(_claim(c) for c in found.get("claims", ())),
        new_statements=tuple(NewStatement(**n) for n in found.get("new_statements", ())),
        evidence=Evidence(
            outcome=_spans(evidence.get("outcome", ())),
            ranks={entity: _span(pair) for entity, pair in evidence.get("ranks", {}).items()},
            recommended={entity: _span(pair) for entity, pair in evidence.get("recommended", {}).items()},
            stance={entity: _spans(pairs) for entity, pairs in evidence.get("stance", {}).items()},
        ),
        analyzer=found.get("analyzer", ""),
        sheet=found.get("sheet", ""),
    )


def _citation_row(one: Citation) -> dict[str, Any]:
    return {
        "url": one.url,
        "domain": one.domain,
        "owner": one.owner.value,
        "entity": one.entity,
        "title": one.title,
        "start": one.start,
        "end": one.end,
        "supports": _pair(one.supports) if one.supports else None,
    }


def _citation(found: Row) -> Citation:
    supports = found.get("supports")
    return Citation(
        url=found["url"],
        domain=found["domain"],
        owner=Owner(found["owner"]),
        entity=found.get("entity", ""),
        title=found.get("title", ""),
        start=found.get("start"),
        end=found.get("end"),
        supports=_span(supports) if supports else None,
    )


def _claim_row(one: Claim) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.end,
        "fact": one.fact,
        "verdict": one.verdict.value,
        "value": one.value,
        "hedged": one.hedged,
        "why": one.why,
        "marks": [_pair(s) for s in one.marks],
    }


def _claim(found: Row) -> Claim:
    return Claim(
        start=found["start"],
        end=found["end"],
        fact=found["fact"],
        verdict=Verdict(found["verdict"]),
        value=str(found.get("value", "")),
        hedged=bool(found.get("hedged", False)),
        why=found.get("why", ""),
        marks=_spans(found.get("marks", ())),
    )


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _span(pair: Sequence[int]) -> Span:
    start, end = pair
    return Span(start=start, end=end)


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(_span(pair) for pair in pairs)


def _answer(found: Row, zone: str) -> Answer:
    return Answer(
        id=_text(found, "id", needed=True),
        text=_text(found, "text", needed=True),
        question=_text(found, "question"),
        lang=_text(found, "lang"),
        asked_at=_moment(found.get("asked_at"), zone),
        sources=tuple(
            Source(url=_text(s, "url", needed=True), title=_text(s, "title")) for s in _list(found, "sources")
        ),
        citations=tuple(_vendor(c) for c in _list(found, "citations")),
    )


def _vendor(found: Row) -> VendorCitation:
    start, end = (_offset(found, name) for name in ("start", "end"))
    return VendorCitation(url=_text(found, "url", needed=True), title=_text(found, "title"), start=start, end=end)


def _text(found: Row, name: str, *, needed: bool = False) -> str:
    value = found[name] if needed else found.get(name)
    if value is None and not needed:
        return ""
    if isinstance(value, int) and name == "id" and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise TypeError(f"{name} is {value!r:.40}, not text; put it in quotes")
    return value


def _list(found: Row, name: str) -> list[Row]:
    value = found.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise TypeError(f"{name} is not a list of objects; write [] where there are none")
    return value


def _offset(found: Row, name: str) -> int | None:
    value = found.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise TypeError(f"{name} is {value!r:.40}, not a whole number; write null where there is no place")
    return value


def _moment(value: Any, zone: str) -> datetime | None:
    """Read an ISO date, a day of the zone, or a time; one that names none is taken as UTC."""
    if value is None or value == "":
        return None
    try:
        read = datetime.fromisoformat(value)
    except (TypeError, ValueError) as failed:
        raise ValueError(f"asked_at is {value!r:.40}; write it as 2026-11-01T06:00:00Z") from failed
    here = ZoneInfo(zone)
    if days.alone(value):
        return read.replace(tzinfo=here)
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(here)
