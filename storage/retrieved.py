"""The pages that assistants retrieved, whether they cite them or not."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlmodel import Session

from monitor.domain.answers import Source
from storage.received import SOURCES
from storage.rows import chunks
from storage.tables import AnswerRow, table

_answers = table(AnswerRow)
_NONE = "[]"


def sources(tx: Session, answer_ids: Iterable[str]) -> Iterator[tuple[str, tuple[Source, ...]]]:
    """Yield each of these answers that retrieved anything, with its sources."""
    for some in chunks(sorted(answer_ids)):
        found = select(_answers.c.id, _answers.c.sources).where(_answers.c.id.in_(some), _answers.c.sources != _NONE)
        for id_, told in tx.connection().execute(found):
            yield id_, SOURCES.value(told)
