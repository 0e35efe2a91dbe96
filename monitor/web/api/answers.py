"""Answers: found page by page, and one of them with its reading."""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel

from monitor import pipeline
from monitor.domain.answers import Answer, Surface
from monitor.domain.errors import Mistake
from monitor.domain.measures import Measure, Rate
from monitor.domain.readings import Outcome, Reading, Verdict
from monitor.domain.search import Hit, Hits, Number, Side, Wanted
from monitor.service import asked_ever, counted, shown_answer
from monitor.web.cursors import cursor, written
from monitor.web.place import Here, InBrand, Place
from reports.behind import COUNTED
from storage import search
from storage.store import Transaction

router = APIRouter(tags=["answers"])


class Found(BaseModel):
    """One page of a search, the newest first."""

    answers: list[Hit]
    next: str | None  # the `after` of the next page
    rate: Rate | None = None  # with `measure`: what all answers that it counts come to, on both sides


class OneAnswer(BaseModel):
    answer: Answer
    hit: Hit
    reading: Reading | None
    content_hash: str


class Filter(BaseModel):
    """What answers are looked for; what is left out does not narrow the search."""

    words: Annotated[str, Query(max_length=200)] = ""
    assistant: str = ""
    prompt: str = ""
    topic: str = ""
    fact: str = ""
    verdict: Verdict | None = None
    outcome: Outcome | None = None
    entity: str = ""
    domain: str = ""
    round_id: str = ""
    missed: bool = False
    surface: Surface | Literal[""] = ""


class Looked(Filter):
    """As on the pages; with `measure`, the answers of a number: `measure` and `subject` as they stand in its series."""

    measure: str = ""  # a measure, or "answers": all that may stand in one
    subject: str = ""
    side: Side = Side.ALL  # those that say so, or the others
    unnamed: bool = False  # only to prompts that name nobody who is watched


@router.get("/brands/{key}/answers")
def answers(
    place: Here,
    wanted: Annotated[Looked, Query()],
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Found:
    """Return answers of a period, with `measure` those that a number counts; `next` goes into `after` for more."""
    _known(place, wanted)
    period = Wanted(start=place.period.start, end=place.period.end, zone=place.zone)
    asked = replace(period, **{name: getattr(wanted, name) for name in Filter.model_fields})
    if number := _number(wanted):
        behind = counted.behind(place.house, asked, number, after=cursor(after), limit=limit)
        return _told(place, behind.hits, behind.rate)
    with place.desk.store.snapshot() as tx:
        label = pipeline.naming(place.house.settings)
        found = search.find(tx, place.brand, asked, label=label, after=cursor(after), limit=limit)
        if not found.hits:
            _ever(place, tx, wanted)
    return _told(place, found)


def _told(place: Place, found: Hits, rate: Rate | None = None) -> Found:
    found = place.house.mask.all(found)
    return Found(answers=list(found.hits), next=written(found.more) if found.more else None, rate=rate)


def _number(wanted: Looked) -> Number | None:
    """Return the number whose answers are asked for; Mistake where there is none of that name."""
    if not wanted.measure:
        return None
    if wanted.measure not in {COUNTED, *Measure}:
        raise Mistake(f"There is no measure {wanted.measure!r}; there are {', '.join((COUNTED, *Measure))}.")
    return Number(
        measure=None if wanted.measure == COUNTED else Measure(wanted.measure),
        subject=wanted.subject,
        side=wanted.side,
        unnamed=wanted.unnamed,
    )


def _known(place: Place, wanted: Filter) -> None:
    """Mistake where somebody or something is looked for that was never there: an empty list would hide the slip."""
    who = [id_ for id_, _ in asked_ever.assistants(place.house, place.house.today)]
    facts = [fact.id for fact in place.house.settings.sheet.facts]
    for what, name, known in (("assistant", wanted.assistant, who), ("fact", wanted.fact, facts)):
        if name and name not in known:
            raise Mistake(f"No {what} is called {name!r} here; there are {', '.join(known) or 'none'}.")


def _ever(place: Place, tx: Transaction, wanted: Filter) -> None:
    """Mistake where a prompt or topic is neither asked now nor was among all that ever came."""
    asked, label = place.house.settings.prompts, pipeline.naming(place.house.settings)
    always = Wanted(start=pipeline.BEGINNING.date(), end=place.house.today, zone=place.zone, asked=True)
    prompt = ("prompt", wanted.prompt, {each.id for each in asked}, replace(always, prompt=wanted.prompt))
    topic = ("topic", wanted.topic, {each.topic for each in asked}, replace(always, topic=wanted.topic))
    for what, name, known, looked_for in (prompt, topic):
        if name and name not in known:
            past = search.find(tx, place.brand, looked_for, label=label, limit=1)
            if not past.hits and past.more is None:
                raise Mistake(f"No {what} is called {name!r} here.")


@router.get("/brands/{key}/answers/{answer_id}")
def answer(place: InBrand, answer_id: str) -> OneAnswer:
    """Return one answer, with everything that was read in it."""
    shown = shown_answer.show(place.house, answer_id)
    if shown is None:
        raise HTTPException(404, "No answer with this id is kept here.")
    return OneAnswer(answer=shown.answer, hit=shown.hit, reading=shown.reading, content_hash=shown.content_hash)
