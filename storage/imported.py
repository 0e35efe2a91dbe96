"""Whose answers were imported: assistants that no brand file names."""

from sqlalchemy import select
from sqlmodel import Session

from monitor.domain.brand import AssistantSettings
from monitor.domain.rounds import RoundKind
from storage.probes import assistant_of
from storage.tables import AssistantRow, ProbeRow, RoundRow, table

_rounds, _probes, _assistants = (table(row) for row in (RoundRow, ProbeRow, AssistantRow))


def assistants(tx: Session, brand: str) -> list[AssistantSettings]:
    """Return the assistants of a brand's imported answers, each once, by their ids."""
    rounds = select(_rounds.c.id).where(_rounds.c.brand == brand, _rounds.c.kind == RoundKind.IMPORTED)
    asked = select(_probes.c.assistant).where(_probes.c.round_id.in_(rounds)).distinct()
    found = select(_assistants.c.assistant_id, _assistants.c.body).where(_assistants.c.id.in_(asked))
    by_id = {id_: assistant_of(body) for id_, body in tx.connection().execute(found)}
    return [by_id[id_] for id_ in sorted(by_id)]
