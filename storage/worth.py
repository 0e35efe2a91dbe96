"""What answers brought for their money: prompts that name nobody, and answers that repeat each other."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import case, distinct, func, select
from sqlmodel import Session

from monitor.domain.rounds import RoundKind
from storage.tables import AnswerRow, AssistantRow, AttemptRow, MentionRow, ProbeRow, PromptRow, RoundRow, table

_rounds, _probes, _prompts, _assistants, _attempts, _answers, _mentions = (
    table(row) for row in (RoundRow, ProbeRow, PromptRow, AssistantRow, AttemptRow, AnswerRow, MentionRow)
)


@dataclass(frozen=True, kw_only=True)
class Yield:
    """What one prompt has brought."""

    prompt_id: str
    answers: int
    naming: int  # answers that name a tracked entity
    cost: Decimal  # US dollars, as far as it is known


def of_prompts(tx: Session, brand: str) -> list[Yield]:
    """Return what each prompt has brought in all rounds that were asked."""
    names = select(_mentions.c.answer_id).where(_mentions.c.answer_id == _answers.c.id).exists()
    cost = func.coalesce(func.sum(_attempts.c.cost, type_=_attempts.c.cost.type), Decimal(0))
    found = (
        select(_prompts.c.prompt_id, func.count(), func.sum(case((names, 1), else_=0)), cost)
        .select_from(_answers.join(_attempts).join(_probes).join(_prompts).join(_rounds))
        .where(_rounds.c.brand == brand, _rounds.c.kind != RoundKind.IMPORTED, _attempts.c.newest)
        .group_by(_prompts.c.prompt_id)
        .order_by(_prompts.c.prompt_id)
    )
    return [
        Yield(prompt_id=prompt, answers=answers, naming=int(naming or 0), cost=cost or Decimal(0))
        for prompt, answers, naming, cost in tx.connection().execute(found)
    ]


def different(tx: Session, brand: str) -> dict[str, tuple[int, int]]:
    """Return (answers, different ones) by assistant, of those that did not search: repeated verbatim is one answer."""
    each = (
        select(
            _assistants.c.assistant_id,
            func.count().label("answers"),
            func.count(distinct(_answers.c.content_hash)).label("kinds"),
        )
        .select_from(_answers.join(_attempts).join(_probes).join(_assistants).join(_rounds))
        .where(_rounds.c.brand == brand, _rounds.c.kind != RoundKind.IMPORTED, _answers.c.searched.is_not(True))
        .group_by(_assistants.c.assistant_id, _probes.c.prompt)
        .subquery()
    )
    found = select(each.c.assistant_id, func.sum(each.c.answers), func.sum(each.c.kinds)).group_by(each.c.assistant_id)
    return {name: (int(answers), int(kinds)) for name, answers, kinds in tx.connection().execute(found)}
