"""The optional second opinion: which findings a judge is asked about, and in what words.

Asking is the probes' job; reading the reply is `rulings`'. One call holds one answer: a text that lies to its judge can
only spoil its own verdicts.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

from monitor.analysis.fence import fenced
from monitor.domain import wording
from monitor.domain.brand import Fact, FactSheet
from monitor.domain.opinions import Question
from monitor.domain.readings import Claim, NewStatement, Span, Verdict
from monitor.domain.rounds import Observation
from monitor.domain.wording import Wording, WordingKind

MOST_ITEMS = 12  # questions in one call
MOST_TEXT = 12_000  # characters of an answer that are shown whole; of a longer one what stands around the findings
_AROUND = 1_200
_MOST_PASSAGE = 600
_MOST_QUESTION = 500

_TEMPLATE = Template(Path(__file__).with_name("judge.txt").read_text(encoding="utf-8"))
_ENTRY = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "verdict": {"enum": ["supported", "contradicted", "outdated", "unverified", "said", "not_said"]},
        "quote": {"type": "string", "minLength": 1},
        "why": {"type": "string"},
    },
    "required": ["id", "verdict", "quote", "why"],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {"opinions": {"type": "array", "items": _ENTRY}},
    "required": ["opinions"],
    "additionalProperties": False,
}


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Questions on one answer, asked in one call."""

    answer_id: str
    text: str  # the answer, as given
    prompt: str  # what the assistant was asked
    day: date  # on which it was asked
    questions: tuple[Question, ...]  # what is flagged first


def batches(
    observations: Iterable[Observation],
    sheet: FactSheet,
    *,
    known: Collection[str] = (),
    reviewed: Collection[Wording] = (),
) -> list[Batch]:
    """Return what a judge is to be asked, the gravest first.

    Questions in `known` have their opinion already, and where a person reviewed a wording that word stands.
    Confidential facts are never asked about, nor is a fact that is no longer on the sheet.
    """
    made: list[Batch] = []
    for observation in observations:
        found = [one for one in questions(observation, sheet) if one.id not in known and one.wording not in reviewed]
        made += _split(observation, found)
    return sorted(made, key=lambda batch: not any(question.flagged for question in batch.questions))


def whole(observation: Observation, sheet: FactSheet) -> Batch | None:
    """Return all that can be asked about one answer, however much it is; None where there is nothing."""
    found = tuple(questions(observation, sheet))
    return _batch(observation, found) if found else None


def _split(observation: Observation, found: Sequence[Question]) -> Iterator[Batch]:
    found = sorted(found, key=lambda question: not question.flagged)
    for start in range(0, len(found), MOST_ITEMS):
        yield _batch(observation, tuple(found[start : start + MOST_ITEMS]))


def _batch(observation: Observation, found: tuple[Question, ...]) -> Batch:
    return Batch(
        answer_id=observation.answer_id,
        text=observation.text,
        prompt=observation.prompt.text,
        day=observation.day,
        questions=found,
    )


def questions(observation: Observation, sheet: FactSheet) -> Iterator[Question]:
    """Yield what can be asked about an answer: flagged and unverified claims, and new statements."""
    reading = observation.reading
    if reading is None or not observation.answer_id:
        return
    for claim in reading.claims:
        fact = sheet.fact(claim.fact)
        if fact is not None and not fact.confidential and claim.verdict is not Verdict.SUPPORTED:
            yield _about_claim(observation, sheet, fact, claim)
    for statement in reading.new_statements:
        yield _about_statement(observation, sheet, statement)


def _about_claim(observation: Observation, sheet: FactSheet, fact: Fact, claim: Claim) -> Question:
    told = json.dumps(_fact(fact), ensure_ascii=False)
    parts = (claim.fact, str(claim.start), str(claim.end), claim.verdict, claim.value, told)
    return Question(
        id=_digest(sheet.brand.name, observation.answer_id, "claim", *parts),
        answer_id=observation.answer_id,
        wording=wording.of_claim(observation.text, claim),
        span=Span(start=claim.start, end=claim.end),
        found=claim.verdict,
        value=claim.value,
        why=claim.why,
    )


def _about_statement(observation: Observation, sheet: FactSheet, statement: NewStatement) -> Question:
    parts = (statement.topic, str(statement.start), str(statement.end))
    return Question(
        id=_digest(sheet.brand.name, observation.answer_id, "statement", *parts),
        answer_id=observation.answer_id,
        wording=wording.of_statement(observation.text, statement),
        span=Span(start=statement.start, end=statement.end),
        found=None,
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:20]


def ask(batch: Batch, sheet: FactSheet, *, mark: str) -> str:
    """Return the text that a judge is given. `mark` is random: nobody who wrote the answer can know it."""
    return _TEMPLATE.substitute(
        brand=" ".join(sheet.brand.name.split()),
        mark=mark,
        question=fenced("QUESTION", batch.prompt[:_MOST_QUESTION], mark),
        answer=fenced("ANSWER", _shown(batch), mark),
        passages=fenced("PASSAGES", "\n".join(_passages(batch)), mark),
        items="\n".join(json.dumps(item, ensure_ascii=False) for item in _items(batch, sheet)),
        schema=json.dumps(SCHEMA),
    )


def _shown(batch: Batch) -> str:
    """Return the answer, or of a long one the stretches around the findings."""
    if len(batch.text) <= MOST_TEXT:
        return batch.text
    stretches: list[Span] = []
    for span in sorted(question.span for question in batch.questions):
        start, end = max(0, span.start - _AROUND), min(len(batch.text), span.end + _AROUND)
        if stretches and start <= stretches[-1].end:
            start, end = stretches[-1].start, max(end, stretches[-1].end)
            stretches.pop()
        stretches.append(Span(start=start, end=end))
    return "\n[...]\n".join(batch.text[stretch.start : stretch.end] for stretch in stretches)


def _passages(batch: Batch) -> Iterator[str]:
    for number, question in enumerate(batch.questions, 1):
        said = " ".join(batch.text[question.span.start : question.span.end].split())
        yield f"{number}: {said[:_MOST_PASSAGE]}"


def _items(batch: Batch, sheet: FactSheet) -> Iterator[dict[str, Any]]:
    for number, question in enumerate(batch.questions, 1):
        at = {"id": question.id, "passage": number, "day": batch.day.isoformat()}
        fact = sheet.fact(question.wording.subject) if question.wording.kind is WordingKind.FACT else None
        yield at | ({"fact": _fact(fact)} if fact else {"topic": question.wording.subject})


def _fact(fact: Fact) -> dict[str, Any]:
    """Return the sheet's side of a fact; what nobody stated is left out."""
    former = [{"value": one.value, "until": str(one.until or "")} for one in fact.before]
    told = {
        "about": fact.about,
        "says": fact.says,
        "value": fact.value,
        "unit": fact.unit,
        "former": former,
        "from": str(fact.since or ""),
        "until": str(fact.until or ""),
        "applies_to": dict(fact.applies_to),
    }
    return {name: value for name, value in told.items() if value not in ("", [], {})}


def describe(question: Question, sheet: FactSheet) -> Sequence[str]:
    """Return what a person needs to answer a question by hand: what it is about, and the sheet's side."""
    fact = sheet.fact(question.wording.subject) if question.wording.kind is WordingKind.FACT else None
    return (fact.about, fact.says or str(fact.value)) if fact else (question.wording.subject, "not on the sheet")
