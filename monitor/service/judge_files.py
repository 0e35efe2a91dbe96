"""Questions for a second opinion as a file, and replies from one: any model, or a person, can be the judge."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor import pipeline
from monitor.analysis import judge, rulings
from monitor.analysis.jsonlines import Row, rows
from monitor.analysis.judge import Batch
from monitor.domain.brand import FactSheet
from monitor.domain.errors import Mistake
from monitor.domain.opinions import Opinion
from monitor.pipeline import House
from monitor.service import judging
from monitor.service.judging import Judged
from storage import answers, opinions


@dataclass(frozen=True, kw_only=True)
class Loaded:
    judged: Judged
    unreadable: int  # replies that are not in the agreed form
    unknown: int  # replies about answers that there is nothing to ask about (any more)


@dataclass(frozen=True, kw_only=True)
class Replied:
    """One line of a file of replies."""

    answer_id: str
    text: str
    model: str


def dump(house: House, file: Path, waiting: Iterable[Batch]) -> int:
    """Write one line per call that a judge would be asked; returns how many questions are in them."""
    count = 0
    try:
        with file.open("w", encoding="utf-8") as stream:
            for batch in waiting:
                stream.write(json.dumps(_row(house, batch), ensure_ascii=False) + "\n")
                count += len(batch.questions)
    except OSError as error:
        raise Mistake(f"{file}: cannot be written ({error.strerror}); name another file with --dump.") from error
    return count


def _row(house: House, batch: Batch) -> Mapping[str, Any]:
    sheet = house.settings.sheet
    return {
        "id": batch.answer_id,
        "prompt": judge.ask(batch, sheet, mark=house.new_id()),
        "items": list(_items(batch, sheet)),
    }


def _items(batch: Batch, sheet: FactSheet) -> Iterator[Mapping[str, Any]]:
    """Yield what a person needs; a model needs the prompt alone."""
    for question in batch.questions:
        about, truth = judge.describe(question, sheet)
        yield {
            "id": question.id,
            "about": about,
            "truth": truth,
            "words": batch.text[question.span.start : question.span.end],
            "verdicts": sorted(question.allowed),
        }


def load(house: House, file: Path, *, by: str) -> Loaded:
    """Take replies in; a line is `{"id": ..., "reply": text or object, "model": who replied (else `by`)}`.

    Raises Mistake with every bad line. What a reply does not speak of stays unasked.
    """
    replies = rows(file, lambda row: _replied(row, by))
    with house.store.snapshot() as tx:
        seen = answers.observations(tx, house.settings.brand, pipeline.BEGINNING, house.clock(), zone=house.zone)
    wanted = {reply.answer_id for reply in replies}
    asked = {one.answer_id: judge.whole(one, house.settings.sheet) for one in seen if one.answer_id in wanted}
    given: list[Opinion] = []
    unreadable = 0
    for reply in replies:
        if batch := asked.get(reply.answer_id):
            found = rulings.parse(batch, reply.text, model=reply.model, cost=None, asked_at=house.clock())
            given += [opinion for opinion in found if opinion.why not in {rulings.UNANSWERED, rulings.NO_FORM}]
            unreadable += found[0].why == rulings.NO_FORM
    with house.store.transaction() as tx:
        opinions.save(tx, house.settings.brand, given)
    unknown = sum(asked.get(reply.answer_id) is None for reply in replies)
    return Loaded(judged=judging.counted(given), unreadable=unreadable, unknown=unknown)


def _replied(row: Row, by: str) -> Replied:
    name, reply, model = row["id"], row["reply"], row.get("model") or by
    if not isinstance(name, str) or not isinstance(model, str):
        raise TypeError("id and model are text; copy the id from the line that --dump wrote")
    if not isinstance(reply, str | dict):
        raise TypeError('reply is neither text nor an object; write the judge\'s JSON, {"opinions": [...]}')
    return Replied(answer_id=name, text=reply if isinstance(reply, str) else json.dumps(reply), model=model)
