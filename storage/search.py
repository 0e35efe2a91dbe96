"""Answers found by what a person looks for, newest first, page by page."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, and_, func, or_, select, tuple_
from sqlmodel import Session

from monitor.domain import days
from monitor.domain.answers import Surface
from monitor.domain.brand import AssistantSettings
from monitor.domain.readings import Outcome, Verdict
from monitor.domain.rounds import AttemptState, MissReason, RoundKind
from monitor.domain.search import Cursor, Hit, Hits, Wanted
from storage.attempts import UNSETTLED
from storage.excerpts import with_words
from storage.observing import called
from storage.probes import assistant_of
from storage.tables import (
    AnswerRow,
    AssistantRow,
    AttemptRow,
    CitationRow,
    ClaimRow,
    MentionRow,
    ProbeRow,
    PromptRow,
    ReadingRow,
    RoundRow,
    table,
)

_rounds, _probes, _prompts, _assistants, _attempts, _answers, _readings = (
    table(row) for row in (RoundRow, ProbeRow, PromptRow, AssistantRow, AttemptRow, AnswerRow, ReadingRow)
)
_mentions, _citations, _claims = (table(row) for row in (MentionRow, CitationRow, ClaimRow))

LOOKED_AT = 10_000  # probes, for one page
COUNTED_AT = 3_000  # probes, to say how many hits there are: a page waits for it
OPENING = 280  # characters of an answer in a list
_ESCAPE = "\\"


def find(
    tx: Session,
    brand: str,
    wanted: Wanted,
    *,
    label: Callable[[AssistantSettings], str],
    after: Cursor | None = None,
    limit: int = 50,
    look_at: int = LOOKED_AT,
) -> Hits:
    """Return up to `limit` hits, and where the next page begins if there is one.

    A page looks at the newest `look_at` probes that are left and not further, so that what is rare takes no longer than
    what is frequent: it may hold fewer hits than `limit`, or none, and still have a next page.
    """
    edge = _edge(tx, brand, wanted, after, look_at)
    places = tx.connection().execute(_places(brand, wanted, after, edge).limit(limit + 1)).all()
    hits = with_words(tx, _hits(tx, brand, [probe for _, probe in places[:limit]], label), wanted.words)
    more = Cursor(asked_at=hits[-1].asked_at, probe_id=hits[-1].probe_id) if len(places) > limit else edge
    return Hits(hits=tuple(hits), more=more)


def count(tx: Session, brand: str, wanted: Wanted, *, look_at: int = COUNTED_AT) -> tuple[int, bool]:
    """Return how many hits there are among the newest `look_at` probes, and whether that was all."""
    edge = _edge(tx, brand, wanted, None, look_at)
    hits = _places(brand, wanted, None, edge).order_by(None).subquery()
    return int(tx.connection().execute(select(func.count()).select_from(hits)).scalar_one()), edge is None


def of_answer(tx: Session, brand: str, answer_id: str, *, label: Callable[[AssistantSettings], str]) -> Hit | None:
    """Return one answer of the brand as a search would show it."""
    row = tx.connection().execute(_probed(brand).where(_answers.c.id == answer_id)).first()
    return _hit(row, _verdicts(tx, [answer_id]).get(answer_id, []), label) if row else None


def _hits(tx: Session, brand: str, probes: Sequence[str], label: Callable[[AssistantSettings], str]) -> list[Hit]:
    found = _probed(brand).where(_attempts.c.probe_id.in_(probes), _attempts.c.newest).order_by(*_NEWEST_FIRST)
    rows = tx.connection().execute(found).all()
    verdicts = _verdicts(tx, [row.answer_id for row in rows if row.answer_id])
    return [_hit(row, verdicts.get(row.answer_id, []), label) for row in rows]


def _edge(tx: Session, brand: str, wanted: Wanted, after: Cursor | None, look_at: int) -> Cursor | None:
    """Return the place up to which a page looks; None where so much is not left."""
    if wanted.round_id:
        return None  # a round is small, and is looked through by itself
    left = select(_attempts.c.asked_at).where(_attempts.c.brand == brand, *_when(wanted, after))
    moment = tx.connection().execute(left.order_by(_attempts.c.asked_at.desc()).limit(1).offset(look_at)).scalar()
    return Cursor(asked_at=moment, probe_id="") if moment else None


def _places(brand: str, wanted: Wanted, after: Cursor | None, edge: Cursor | None) -> Select[Any]:
    """Return where the hits are, by no more tables than the conditions speak of."""
    source: FromClause = _attempts
    if wanted.assistant or wanted.prompt or wanted.topic or wanted.round_id or wanted.surface:
        source = source.join(_probes)
    source = source.outerjoin(_answers) if wanted.missed or wanted.asked else source.join(_answers)
    settled = (_attempts.c.newest, _attempts.c.state.not_in(UNSETTLED))
    return (
        select(_attempts.c.asked_at, _attempts.c.probe_id)
        .select_from(source)
        .where(_attempts.c.brand == brand, *_when(wanted, after, edge), *settled, *_narrowed(wanted))
        .order_by(*_NEWEST_FIRST)
    )


_NEWEST_FIRST = (_attempts.c.asked_at.desc(), _attempts.c.probe_id.desc())


def _when(wanted: Wanted, after: Cursor | None, edge: Cursor | None = None) -> list[ColumnElement[bool]]:
    """Bound the moments once from below and once from above: an index is entered at the first bound it is given."""
    start, end = days.bounds(wanted.start, wanted.end, wanted.zone)
    first = edge.asked_at if edge else start
    if after is None or after.asked_at >= end:
        return [_attempts.c.asked_at >= first, _attempts.c.asked_at < end]
    rest = tuple_(_attempts.c.asked_at, _attempts.c.probe_id) < (after.asked_at, after.probe_id)
    return [_attempts.c.asked_at >= first, _attempts.c.asked_at <= after.asked_at, rest]


def _probed(brand: str) -> Select[Any]:
    read = and_(_readings.c.answer_id == _answers.c.id, _readings.c.newest)
    joined = _attempts.join(_probes).join(_rounds).join(_prompts).join(_assistants)
    whole = joined.outerjoin(_answers).outerjoin(_readings, read)
    # Led by ids: an index of brands, which the bare column would offer, goes through all that was ever asked.
    return select(*_COLUMNS).select_from(whole).where(_attempts.c.brand.concat("") == brand)


_COLUMNS = (
    _probes.c.id.label("probe_id"),
    _answers.c.id.label("answer_id"),
    _attempts.c.asked_at,
    _prompts.c.prompt_id,
    _prompts.c.text.label("question"),
    _assistants.c.assistant_id,
    _assistants.c.body.label("assistant"),
    _assistants.c.surface,
    func.coalesce(func.nullif(_answers.c.served_model, ""), _assistants.c.model).label("model"),
    _attempts.c.state,
    _attempts.c.miss,
    _rounds.c.kind,
    _readings.c.outcome,
    func.substr(_answers.c.text, 1, OPENING).label("opening"),
    _attempts.c.cost,
)


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    said = [
        (wanted.assistant, _probes.c.assistant.in_(_ids(_assistants, _assistants.c.assistant_id == wanted.assistant))),
        (wanted.surface, _probes.c.assistant.in_(_ids(_assistants, _assistants.c.surface == wanted.surface))),
        (wanted.prompt, _probes.c.prompt.in_(_ids(_prompts, _prompts.c.prompt_id == wanted.prompt))),
        (wanted.topic, _probes.c.prompt.in_(_ids(_prompts, _prompts.c.topic == wanted.topic))),
        (wanted.round_id, _probes.c.round_id.in_(wanted.round_id.split(","))),
        (wanted.words, _answers.c.text.ilike(f"%{_literal(wanted.words)}%", escape=_ESCAPE)),
        (wanted.outcome, _has(_readings, _readings.c.newest, _readings.c.outcome == wanted.outcome)),
        (wanted.entity, _has(_mentions, _mentions.c.entity == wanted.entity)),
        (wanted.source, _retrieved(wanted.source)),
        (wanted.domain, _has(_citations, _citations.c.domain == wanted.domain)),
        (wanted.fact or wanted.verdict, _has(_claims, *_claimed(wanted))),
        (wanted.missed, or_(_answers.c.id.is_(None), _attempts.c.state != AttemptState.ANSWERED, _empty())),
        (not wanted.missed and not wanted.asked, _answers.c.id.is_not(None)),
    ]
    return [rule for given, rule in said if given]


def _empty() -> ColumnElement[bool]:
    """Hold for an answer without a text, which counts as none."""
    return _has(_readings, _readings.c.newest, _readings.c.outcome == Outcome.EMPTY)


def _ids(table_: Any, rule: ColumnElement[bool]) -> Select[Any]:
    return select(table_.c.id).where(rule)


def _claimed(wanted: Wanted) -> list[ColumnElement[bool]]:
    return [
        *([_claims.c.fact == wanted.fact] if wanted.fact else []),
        *([_claims.c.verdict == wanted.verdict] if wanted.verdict else []),
    ]


def _has(found: Any, *rules: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(1).where(found.c.answer_id == _answers.c.id, *rules).exists()


def _retrieved(domain: str) -> ColumnElement[bool]:
    """Hold for answers made from pages of a domain, and for some others: addresses are stored as they came."""
    if "xn--" in domain:  # came in letters of its own, or so: every answer that retrieved anything
        return _answers.c.sources != "[]"
    return _answers.c.sources.ilike(f"%{_literal(domain)}%", escape=_ESCAPE)


def _literal(words: str) -> str:
    """Return words as LIKE takes them: its own signs stand for themselves."""
    return words.replace(_ESCAPE, _ESCAPE * 2).replace("%", _ESCAPE + "%").replace("_", _ESCAPE + "_")


def _verdicts(tx: Session, answers: Sequence[str]) -> dict[str, list[tuple[str, Verdict]]]:
    found: dict[str, list[tuple[str, Verdict]]] = defaultdict(list)
    claims = select(_claims.c.answer_id, _claims.c.fact, _claims.c.verdict).where(_claims.c.answer_id.in_(answers))
    for answer_id, fact, verdict in tx.connection().execute(claims.order_by(_claims.c.answer_id, _claims.c.place)):
        found[answer_id].append((fact, Verdict(verdict)))
    return found


def _hit(row: Row[Any], verdicts: Sequence[tuple[str, Verdict]], label: Callable[[AssistantSettings], str]) -> Hit:
    return Hit(
        probe_id=row.probe_id,
        answer_id=row.answer_id or "",
        asked_at=row.asked_at,
        prompt_id=row.prompt_id,
        question=row.question,
        assistant_id=row.assistant_id,
        assistant_label=called(assistant_of(row.assistant), label),
        surface=Surface(row.surface),
        model=row.model,
        state=AttemptState(row.state),
        miss=MissReason(row.miss) if row.miss else None,
        kind=RoundKind(row.kind),
        outcome=Outcome(row.outcome) if row.outcome else None,
        opening=row.opening or "",
        verdicts=tuple(dict.fromkeys(verdicts)),
        cost=row.cost,
    )
