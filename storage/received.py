"""What came back from a call, as rows: the raw exchanges and the answer in them."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from monitor.domain.answers import Exchange, Reply, Source, VendorCitation
from monitor.domain.rounds import Outcome
from monitor.domain.text import storable
from storage.bodies import Body
from storage.prepared import in_one_go
from storage.rows import Row, add
from storage.tables import AnswerRow, ExchangeRow

QUERIES: Body[tuple[str, ...]] = Body(tuple[str, ...])
SOURCES: Body[tuple[Source, ...]] = Body(tuple[Source, ...])
CITATIONS: Body[tuple[VendorCitation, ...]] = Body(tuple[VendorCitation, ...])

# What a whole-number column holds on both databases.
_LARGEST = 2**31 - 1


def keep(tx: Session, attempt_id: str, brand: str, outcome: Outcome, *, new_id: Callable[[], str]) -> None:
    """Write the exchanges of an attempt, and its answer if there is one."""
    with in_one_go(tx):
        add(tx, ExchangeRow, [_exchange(attempt_id, place, e) for place, e in enumerate(outcome.exchanges)])
        if outcome.reply is not None:
            ours = {"id": new_id(), "attempt_id": attempt_id, "brand": brand, "cost": outcome.cost}
            add(tx, AnswerRow, [{**_answer(outcome.reply), **ours}])


def _exchange(attempt_id: str, place: int, exchange: Exchange) -> Row:
    return {
        "attempt_id": attempt_id,
        "place": place,
        "url": exchange.url,
        "request": exchange.request,
        "response": exchange.response,
        "status": exchange.status,
        "headers": json.dumps(exchange.headers),
        "sent_at": exchange.sent_at,
        "received_at": exchange.received_at,
    }


def _answer(reply: Reply) -> dict[str, Any]:
    text, usage = storable(reply.text), asdict(reply.usage)
    return {
        "text": text,
        "lang": "",
        "finish": reply.finish,
        "finish_reason": reply.finish_reason,
        "refusal": reply.refusal,
        "served_model": reply.served_model,
        "searched": reply.searched,
        "queries": QUERIES.text(reply.queries),
        "sources": SOURCES.text(reply.sources),
        "citations": CITATIONS.text(reply.citations),
        **{name: _countable(count) for name, count in usage.items()},
        "content_hash": content_hash(text),
        "captured": None,
        "external_id": "",
    }


def _countable(count: int | None) -> int | None:
    """Return the vendor's number where it can be one: nonsense must not cost a paid answer."""
    return count if count is not None and 0 <= count <= _LARGEST else None


def content_hash(text: str) -> str:
    """Return what answers of the same text share."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
