"""Probes as rows: what is asked and of whom is kept once per wording and setting."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import ColumnElement, true
from sqlmodel import Session

from monitor.domain.answers import Surface
from monitor.domain.brand import AssistantSettings, Prompt
from monitor.domain.jobs import Share
from monitor.domain.rounds import Probe
from storage.bodies import Body
from storage.rows import Row, add, add_new
from storage.tables import AssistantRow, ProbeRow, PromptRow, table

_probes = table(ProbeRow)

_PROMPT: Body[Prompt] = Body(Prompt)
_ASSISTANT: Body[AssistantSettings] = Body(AssistantSettings)


def of_share(share: Share | None) -> ColumnElement[bool]:
    """Return the condition that a probe's row belongs to a share; without one every row does."""
    return _probes.c.place % share.of == share.number if share else true()


def add_probes(tx: Session, probes: Sequence[Probe], *, surface: Surface | None = None, first: int = 0) -> None:
    """Write probes with their prompts and assistants; `surface` where it is not the settings' own."""
    # By identity: a prompt's own hash goes over all its words.
    prompts = {id(probe.prompt): prompt_row(probe.prompt) for probe in probes}
    assistants = _assistant_rows((probe.assistant for probe in probes), surface)
    add_new(tx, PromptRow, list({row["id"]: row for row in prompts.values()}.values()))
    add_new(tx, AssistantRow, list(assistants.values()))
    rows = [
        {
            "id": probe.id,
            "round_id": probe.round_id,
            "place": place,
            "prompt": prompts[id(probe.prompt)]["id"],
            "assistant": assistants[id(probe.assistant)]["id"],
            "sample": probe.sample,
        }
        for place, probe in enumerate(probes, start=first)
    ]
    add(tx, ProbeRow, rows)


def _assistant_rows(assistants: Iterable[AssistantSettings], surface: Surface | None) -> dict[int, Row]:
    # By identity: settings hold a mapping, so they have no hash, and a round has few of them.
    found = {id(settings): settings for settings in assistants}
    return {key: assistant_row(settings, surface or settings.surface) for key, settings in found.items()}


@lru_cache(maxsize=20_000)
def prompt_row(prompt: Prompt) -> Row:
    """Return the row of this wording; callers do not change it."""
    said = "\x1f".join(
        (prompt.id, prompt.text, prompt.topic, prompt.intent, *sorted(prompt.names), str(prompt.leading))
    )
    body = _PROMPT.text(prompt)
    return {"id": _hash(said), "prompt_id": prompt.id, "text": prompt.text, "topic": prompt.topic, "body": body}


def assistant_row(settings: AssistantSettings, surface: Surface) -> Row:
    """Return the row of this setting on this surface."""
    body = _ASSISTANT.text(settings)
    return {
        "id": _hash(f"{surface} {body}"),
        "assistant_id": settings.id,
        "use": settings.use,
        "model": settings.model,
        "surface": surface,
        "body": body,
    }


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:24]


@lru_cache(maxsize=20_000)
def prompt_of(body: str) -> Prompt:
    """Return the prompt that a row's body holds."""
    return _PROMPT.value(body)


@lru_cache(maxsize=1_000)
def assistant_of(body: str) -> AssistantSettings:
    """Return the settings that a row's body holds."""
    return _ASSISTANT.value(body)
