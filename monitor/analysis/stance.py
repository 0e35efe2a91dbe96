"""How an answer speaks of each named entity, judged clause by clause."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitor.analysis import valence
from monitor.analysis.recommendation import Advice
from monitor.analysis.text import Document
from monitor.domain.readings import Mention, Span, Stance, StanceLabel


@dataclass
class _Ledger:
    good: float = 0.0
    bad: float = 0.0
    spans: list[Span] = field(default_factory=list)


_CLEAR = 0.45  # below it a side is not said
_RATIO = 0.4  # the weaker side of a mixed stance is at least this share of the stronger


def stances(
    document: Document, mentions: Sequence[Mention], advice: Advice
) -> tuple[dict[str, Stance], dict[str, tuple[Span, ...]]]:
    """Return label and score per mentioned entity, and the clauses that carry them."""
    ledgers = _weigh(document, mentions, advice)
    found = {entity: _label(ledger) for entity, ledger in ledgers.items()}
    return found, {entity: tuple(ledger.spans[:5]) for entity, ledger in ledgers.items() if ledger.spans}


def _weigh(document: Document, mentions: Sequence[Mention], advice: Advice) -> Mapping[str, _Ledger]:
    ledgers: dict[str, _Ledger] = defaultdict(_Ledger)
    for mention in mentions:
        ledgers[mention.entity]
    by_clause: dict[Span, set[str]] = defaultdict(set)
    for mention in mentions:
        clause = document.clause_of(mention.start)
        if clause:
            by_clause[clause].add(mention.entity)
    for clause, entities in by_clause.items():
        good, bad = valence.score(document.plain[clause.start : clause.end])
        for entity in entities:
            _add(ledgers[entity], clause, good / len(entities), bad / len(entities))
    for entity, span in advice.recommended.items():
        if entity in ledgers:
            _add(ledgers[entity], span, 1.0, 0.0)
    for entity, span in advice.against.items():
        if entity in ledgers:
            _add(ledgers[entity], span, 0.0, 1.0)
    return ledgers


def _add(ledger: _Ledger, span: Span, good: float, bad: float) -> None:
    ledger.good += good
    ledger.bad += bad
    if (good > 0 or bad > 0) and span not in ledger.spans:
        ledger.spans.append(span)


def _label(ledger: _Ledger) -> Stance:
    good, bad = ledger.good, ledger.bad
    total = good + bad
    score = round((good - bad) / (total + 1.0), 3) if total else 0.0
    if max(good, bad) < _CLEAR:
        return Stance(label=StanceLabel.NEUTRAL, score=score)
    if min(good, bad) >= _CLEAR and min(good, bad) >= _RATIO * max(good, bad):
        return Stance(label=StanceLabel.MIXED, score=score)
    return Stance(label=StanceLabel.POSITIVE if good > bad else StanceLabel.NEGATIVE, score=score)
