"""Where answers say something wrong: the words of each claim, and the round of its answer."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlmodel import Session

from monitor.domain.readings import Verdict
from storage.tables import AnswerRow, AttemptRow, ClaimRow, ProbeRow, table

_claims, _answers, _attempts, _probes = (table(row) for row in (ClaimRow, AnswerRow, AttemptRow, ProbeRow))
_WRONG = tuple(verdict for verdict in Verdict if verdict.wrong)
_AT_ONCE = 500


def wrong_claims(tx: Session, brand: str, fact: str) -> Iterator[tuple[str, str]]:
    """Yield round and words of every wrong claim about a fact, as the newest readings have them."""
    words = func.substr(_answers.c.text, _claims.c.start + 1, _claims.c.end - _claims.c.start)
    found = (
        select(_probes.c.round_id, words)
        .select_from(_claims.join(_answers).join(_attempts).join(_probes))
        .where(_answers.c.brand == brand, _claims.c.fact == fact, _claims.c.verdict.in_(_WRONG), _attempts.c.newest)
    )
    for round_id, said in tx.connection().execute(found.execution_options(yield_per=_AT_ONCE)):
        yield str(round_id), str(said)
