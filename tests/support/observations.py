"""Observations of an invented brand, made in one line each."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from monitor.domain.answers import Surface
from monitor.domain.brand import Entity, Fact, FactSheet, Prompt, Severity
from monitor.domain.readings import (
    Citation,
    Claim,
    Mention,
    NewStatement,
    Outcome,
    Owner,
    Reading,
    Span,
    Stance,
    StanceLabel,
    Verdict,
)
from monitor.domain.rounds import AttemptState, MissReason, Observation, RoundKind

MONDAY = datetime(2026, 3, 2, 6, tzinfo=UTC)

SHEET = FactSheet(
    brand=Entity(name="Quillmark", domains=("quillmark.example",)),
    competitors=(Entity(name="Penfold", domains=("penfold.example",)), Entity(name="Inkwell")),
    facts=(
        Fact(
            id="price",
            kind="money",
            unit="USD",
            about="price",
            value=79,
            says="Quillmark costs $79.",
            severity=Severity.CRITICAL,
            source="https://quillmark.example/price",
        ),
        Fact(id="founded", kind="year", about="founding year", value=1994, says="Quillmark was founded in 1994."),
    ),
    watch=("recall", "lawsuit"),
)

OPEN = Prompt(id="open", text="Which pen is best?", topic="pens", intent="discovery")
OTHER = Prompt(id="other", text="Which pen lasts longest?", topic="pens", intent="discovery")
BRANDED = Prompt(id="branded", text="What does Quillmark cost?", topic="facts", names=frozenset({"Quillmark"}))


def at(round_number: int) -> datetime:
    """One round a day."""
    return MONDAY + timedelta(days=round_number)


def claim(
    value: str, verdict: Verdict = Verdict.CONTRADICTED, *, fact: str = "price", start: int = 0, hedged: bool = False
) -> Claim:
    return Claim(start=start, end=start + max(len(value), 1), fact=fact, verdict=verdict, value=value, hedged=hedged)


def statement(topic: str = "recall", start: int = 0, end: int = 5) -> NewStatement:
    return NewStatement(start=start, end=end, topic=topic, gist=topic)


def citation(domain: str, *, entity: str = "", supports: Span | None = None) -> Citation:
    owner = Owner.OWN if entity == "Quillmark" else Owner.COMPETITOR if entity else Owner.OTHER
    return Citation(url=f"https://{domain}/page", domain=domain, owner=owner, entity=entity, supports=supports)


def reading(
    mentions: Iterable[str] = (),
    *,
    outcome: Outcome = Outcome.ANSWER,
    claims: Iterable[Claim] = (),
    statements: Iterable[NewStatement] = (),
    stance: dict[str, StanceLabel] | None = None,
    citations: Iterable[Citation] = (),
    recommended: Iterable[str] = (),
    ranks: dict[str, int] | None = None,
) -> Reading:
    return Reading(
        answer_id="",
        outcome=outcome,
        mentions=tuple(Mention(start=10 * n, end=10 * n + 5, entity=name) for n, name in enumerate(mentions)),
        claims=tuple(claims),
        new_statements=tuple(statements),
        stance={name: Stance(label=label) for name, label in (stance or {}).items()},
        citations=tuple(citations),
        recommended=tuple(recommended),
        ranks=ranks or {},
        analyzer="1",
    )


def observe(
    read: Reading | None = None,
    *,
    number: int = 0,
    assistant: str = "gpt",
    prompt: Prompt = OPEN,
    sample: int = 0,
    kind: RoundKind = RoundKind.SCHEDULED,
    surface: Surface = Surface.API,
    model: str = "gpt-5",
    miss: MissReason | None = None,
    state: AttemptState | None = None,
    truncated: bool = False,
    searched: bool | None = None,
    text: str = "Quillmark costs $99 today. It is a pen.",
) -> Observation:
    """Return a probe of round `number`: answered with `read`, missed with `miss`."""
    default = AttemptState.MISSED if miss else AttemptState.ANSWERED
    probe = f"{number}-{assistant}-{prompt.id}-{sample}"
    return Observation(
        probe_id=probe,
        answer_id="" if miss else f"a-{probe}",
        round_id=f"r{number:03d}",
        kind=kind,
        asked_at=at(number),
        prompt=prompt,
        assistant_id=assistant,
        assistant_label=f"OpenAI API, {assistant}",
        surface=surface,
        model="" if miss else model,
        searched=searched,
        state=state or default,
        miss=miss,
        truncated=truncated,
        text="" if miss else text,
        reading=None if miss else (read or reading()),
    )
