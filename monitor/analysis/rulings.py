"""A judge's reply, read strictly: what is not in the agreed form, or not in the answer, is no opinion."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from monitor.analysis.fence import addresses_judge, neutral
from monitor.analysis.judge import Batch
from monitor.domain.opinions import CLEARING, JudgeVerdict, Opinion, Question
from monitor.domain.readings import Span
from monitor.domain.text import storable

_MOST_WHY = 300  # characters
_LEAST_QUOTE = 2
_KEYS = frozenset({"id", "verdict", "quote", "why"})

NO_FORM = "The reply was not in the agreed form."
NO_VERDICT = "Its verdict is not one of those asked for."
UNANSWERED = "The reply says nothing on it."
TWICE = "The reply speaks of it twice."
NOT_VERBATIM = "The words it quotes are not in the answer."
ADDRESSED = "The answer speaks to its judge; an acquittal does not count."


def parse(batch: Batch, reply: str, *, model: str, cost: Decimal | None, asked_at: datetime) -> tuple[Opinion, ...]:
    """Return one opinion for each question, `inconclusive` where the reply has none that can be used.

    Never raises, whatever the reply holds. Ids that nobody asked about are ignored.
    """
    entries = _entries(reply)
    share = cost / len(batch.questions) if cost is not None else None
    found = []
    for question in batch.questions:
        verdict, quote, why = _ruling(batch, question, entries)
        opinion = Opinion(
            question=question, verdict=verdict, quote=quote, why=why, model=model, cost=share, asked_at=asked_at
        )
        found.append(opinion)
    return tuple(found)


_Ruling = tuple[JudgeVerdict, Span | None, str]


def _ruling(batch: Batch, question: Question, entries: Sequence[Mapping[str, str]] | None) -> _Ruling:
    if entries is None:
        return JudgeVerdict.INCONCLUSIVE, None, NO_FORM
    own = [entry for entry in entries if entry["id"] == question.id]
    if len(own) != 1:
        return JudgeVerdict.INCONCLUSIVE, None, TWICE if own else UNANSWERED
    entry = own[0]
    if entry["verdict"] not in question.allowed:
        return JudgeVerdict.INCONCLUSIVE, None, NO_VERDICT
    verdict, quote = JudgeVerdict(entry["verdict"]), find(batch.text, entry["quote"], question.span)
    if quote is None:
        return JudgeVerdict.INCONCLUSIVE, None, NOT_VERBATIM
    if verdict in CLEARING and addresses_judge(batch.text):
        return JudgeVerdict.INCONCLUSIVE, None, ADDRESSED
    return verdict, quote, " ".join(storable(entry["why"]).split())[:_MOST_WHY]


def find(text: str, quote: str, near: Span) -> Span | None:
    """Return where the quote stands in the answer letter by letter, nearest to a finding; None where it does not.

    A quote may show the brackets that the fence replaced, or the answer's own.
    """
    if len(quote.strip()) < _LEAST_QUOTE:
        return None
    shown = text if quote in text else neutral(text)
    # neutral() keeps the length, so a place in one is the same place in the other.
    places = _places(shown, quote)
    start = min(places, key=lambda place: abs(place - near.start), default=None)
    return None if start is None else Span(start=start, end=start + len(quote))


def _places(text: str, quote: str) -> list[int]:
    places, at = [], text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + len(quote))
    return places


def _entries(reply: str) -> list[Mapping[str, str]] | None:
    """Return the entries that have the agreed form; None where the reply as a whole has not."""
    try:
        read = json.loads(_bare(reply), object_pairs_hook=_once, parse_constant=_refused)
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict) or read.keys() != {"opinions"} or not isinstance(read["opinions"], list):
        return None
    return [entry for entry in read["opinions"] if _is_entry(entry)]


def _is_entry(entry: Any) -> bool:
    return isinstance(entry, dict) and entry.keys() == _KEYS and all(isinstance(value, str) for value in entry.values())


def _bare(reply: str) -> str:
    """Return the reply without the code fence that many models put around JSON."""
    bare = reply.strip()
    if bare.startswith("```") and bare.endswith("```") and "\n" in bare:
        first, _, rest = bare.partition("\n")
        return rest.removesuffix("```") if first in {"```", "```json", "```JSON"} else bare
    return bare


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return read


def _refused(name: str) -> float:
    raise ValueError(f"{name} is no JSON")
