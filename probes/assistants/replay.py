"""Recorded answers from a JSONL file, asked like any other assistant: demos, trials, captures of one's own.

A row: {"assistant", "prompt", "sample", "asked_at", "text", "sources", "citations", "model", "searched", "queries",
"finish", "refusal"}. The recording of the same assistant, prompt and sample that was asked last before now is given,
one of the same day (UTC) before any other.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from monitor.domain.answers import Finish, Reply, Source, VendorCitation
from monitor.domain.brand import AssistantSettings
from monitor.domain.rounds import Miss, MissReason, Probe
from probes.assistant import Assistant, Request
from probes.shapes import fields
from probes.shapes.fields import Json
from probes.shapes.offsets import placed

Recordings = Mapping[tuple[str, str, int], tuple[tuple[datetime, str], ...]]


def _build(settings: AssistantSettings, prompt_text: str) -> Request:
    return Request(url=Path(settings.options.get("file", "")).name, body={"prompt": prompt_text})


def _check(settings: AssistantSettings) -> str:
    file = settings.options.get("file", "")
    if not file:
        return (
            f"Assistant {settings.id} replays recordings but names no file; add `options: {{file: recordings.jsonl}}`."
        )
    return "" if Path(file).is_file() else f"The recordings of assistant {settings.id} are not at {file}."


def _recall(probe: Probe, now: datetime) -> bytes | Miss:
    path = Path(probe.assistant.options.get("file", ""))
    try:
        found = _load(path, path.stat().st_mtime_ns)
    except OSError as error:
        return Miss(reason=MissReason.NOT_RECORDED, detail=f"{path.name} cannot be read: {error.strerror}.")
    known = found.get((probe.assistant.id, probe.prompt.id, probe.sample), ())
    row = _latest(known, now)
    if row is None:
        what = f"{probe.assistant.id}, {probe.prompt.id}, sample {probe.sample}"
        return Miss(reason=MissReason.NOT_RECORDED, detail=f"{path.name} has no recording of {what} up to {now:%F}.")
    return row.encode()


def _latest(known: tuple[tuple[datetime, str], ...], now: datetime) -> str | None:
    """Return the last recording up to now; the first of today, made a little later, beats one of another day."""
    before = [(asked_at, row) for asked_at, row in known if asked_at <= now]
    today = [(asked_at, row) for asked_at, row in known if asked_at.date() == now.astimezone(UTC).date()]
    if before and (not today or before[-1][0] >= today[0][0]):
        return before[-1][1]
    return today[0][1] if today else None


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int) -> Recordings:
    """Read a file once; rows that are no recording are left out."""
    rows: dict[tuple[str, str, int], list[tuple[datetime, str]]] = {}
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            row = _row(line)
            if asked_at := _asked_at(row):
                rows.setdefault(_key(row), []).append((asked_at, line))
    return MappingProxyType({key: tuple(sorted(found)) for key, found in rows.items()})


def _key(row: Json) -> tuple[str, str, int]:
    return fields.text(row.get("assistant")), fields.text(row.get("prompt")), fields.count(row.get("sample")) or 0


def _row(line: str) -> Json:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def _asked_at(row: Json) -> datetime | None:
    try:
        asked_at = datetime.fromisoformat(fields.text(row.get("asked_at")))
    except ValueError:
        return None
    return asked_at.astimezone(UTC) if asked_at.tzinfo else asked_at.replace(tzinfo=UTC)


def _read(body: bytes) -> Reply | Miss:
    row = fields.load(body)
    if isinstance(row, Miss):
        return row
    text, finish = fields.text(row.get("text")), fields.text(row.get("finish"))
    cited = fields.objects(row.get("citations"))
    return Reply(
        text=text,
        finish=Finish(finish) if finish in set(Finish) else (Finish.COMPLETE if text.strip() else Finish.EMPTY),
        sources=tuple(_source(source) for source in fields.objects(row.get("sources"))),
        citations=tuple(_citation(citation, text) for citation in cited),
        searched=row["searched"] if isinstance(row.get("searched"), bool) else None,
        queries=tuple(fields.strings(row.get("queries"))),
        served_model=fields.text(row.get("model")),
        refusal=fields.text(row.get("refusal")),
        finish_reason=finish,
    )


def _source(source: Json) -> Source:
    return Source(url=fields.text(source.get("url")), title=fields.text(source.get("title")))


def _citation(citation: Json, text: str) -> VendorCitation:
    start, end = placed(len(text), citation.get("start"), citation.get("end"))
    title = fields.text(citation.get("title"))
    return VendorCitation(url=fields.text(citation.get("url")), title=title, start=start, end=end)


ASSISTANT = Assistant(
    use="replay",
    title="Recorded answers",
    key_env="",
    can_search=True,
    terms_url="",
    terms_read=date(2026, 11, 22),
    build=_build,
    read=_read,
    check=_check,
    recall=_recall,
)
