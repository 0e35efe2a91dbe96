"""Answers: looked for by what they say, and one of them with everything that was read in it."""

from collections import defaultdict
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import Response

from monitor import pipeline
from monitor.domain.answers import Surface
from monitor.domain.measures import Measure
from monitor.domain.readings import WORST_FIRST, Outcome, Verdict
from monitor.domain.search import Cursor, Hit, Hits, Number, OfSubject, Side, Wanted
from monitor.drift.counted import OF_PROBES
from monitor.service import asked_ever, counted, shown_answer, unmeasured
from monitor.web.cursors import cursor, written
from monitor.web.odd_words import odd
from monitor.web.place import Here, Place
from monitor.web.render import page
from reports import words
from reports.behind import COUNTED
from storage import passages, search
from storage.passages import Sought

router = APIRouter()
_LISTED = 40
# Rates of answers that say so, or do not; of the others every answer adds its own number.
_SIDED = frozenset(set(Measure) - {Measure.POSITION, Measure.LIST_RANK, Measure.NET_STANCE, Measure.LEAD})


def wanted_of(  # noqa: PLR0917 -- FastAPI gives them by name
    place: Here,
    words: Annotated[str, Query(max_length=200)] = "",
    assistant: str = "",
    prompt: str = "",
    topic: str = "",
    fact: str = "",
    verdict: str = "",
    outcome: str = "",
    entity: str = "",
    domain: str = "",
    round: str = "",  # noqa: A002 -- the word in the address
    missed: bool = False,  # noqa: FBT001, FBT002 -- a word in the address
    surface: str = "",
) -> Wanted:
    """Return what an address looks for; a verdict or an outcome that is none does not narrow it (the page says so)."""
    return Wanted(
        start=place.period.start,
        end=place.period.end,
        zone=place.zone,
        words=words.strip(),
        assistant=assistant,
        prompt=prompt,
        topic=topic,
        fact=fact,
        verdict=Verdict(verdict) if verdict in set(Verdict) else None,
        outcome=Outcome(outcome) if outcome in set(Outcome) else None,
        entity=entity,
        domain=domain,
        round_id=round,
        missed=missed,
        surface=surface if surface in set(Surface) else "",
    )


def number_of(
    measure: str = "", subject: str = "", side: str = "", wording: str = "", unnamed: str = ""
) -> Number | None:
    """Return the number whose answers an address asks for; None where it asks for none."""
    of = Measure(measure) if measure in set(Measure) else None
    of_subject = OfSubject(measure) if measure in set(OfSubject) else None
    if of is None and of_subject is None and measure != COUNTED:
        return None
    return Number(
        measure=of,
        of_subject=of_subject,
        subject=subject,
        side=Side(side) if side in set(Side) else Side.ALL,
        wording=wording,
        unnamed=bool(unnamed),
    )


@router.get("/b/{key}/answers")
def answers(
    request: Request,
    place: Here,
    wanted: Annotated[Wanted, Depends(wanted_of)],
    number: Annotated[Number | None, Depends(number_of)],
    after: str = "",
) -> Response:
    behind = counted.behind(place.house, wanted, number, after=cursor(after), limit=_LISTED) if number else None
    found = behind.hits if behind else _found(place, wanted, after)
    with place.desk.store.snapshot() as tx:
        total, whole = (behind.found, behind.whole) if behind else search.count(tx, place.brand, wanted)
        found = replace(found, hits=tuple(passages.with_passages(tx, found.hits, _sought(wanted, number))))
    found, choices = place.house.mask.all(found), _choices(place)
    return page(
        request,
        "answers.html.j2",
        place=place,
        room="answers",
        wanted=wanted,
        found=found,
        total=total,
        whole=whole,
        number=number,
        behind=behind,
        sides=_sides(request, number) if number and _has_sides(number) else [],
        next_page=_next(request, found.more),
        choices=choices,
        odd=odd(request.query_params, {name: [value for value, _ in choices[name]] for name in ("assistant", "fact")}),
        titles=_titles(place),
        badges=_badges,
        of_questions=OF_PROBES,
        nothing=unmeasured.unmeasured(place.house) if not total and wanted == _all(place) and not number else None,
    )


@router.get("/b/{key}/answers/{answer_id}")
def one_answer(request: Request, place: Here, answer_id: str) -> Response:
    shown = shown_answer.show(place.house, answer_id)
    if shown is None:
        raise HTTPException(404, "No answer with this id is kept here.")
    return page(request, "answer.html.j2", place=place, room="answers", shown=shown, titles=_titles(place))


def _all(place: Place) -> Wanted:
    return Wanted(start=place.period.start, end=place.period.end, zone=place.zone)


# What a number about facts counts is a sentence on one of them; `subject` names it where there is one.
_OF_FACTS = frozenset({Measure.ACCURACY, Measure.WRONG_RATE, Measure.CONTRADICTED_RATE, Measure.OUTDATED_RATE})


def _sought(wanted: Wanted, number: Number | None) -> Sought:
    """Return what brings answers into a list: the sentence on a fact, or a name."""
    measure = number.measure if number else None
    about = number.subject if number and measure in _OF_FACTS else ""
    return Sought(
        claims=measure in _OF_FACTS or bool(wanted.fact or wanted.verdict),
        fact=about or wanted.fact,
        verdict=wanted.verdict,
        entity=wanted.entity or (number.subject if number and measure else ""),
    )


def _badges(hit: Hit) -> list[tuple[str, Verdict]]:
    """Return each fact that an answer speaks of, once and with its worst verdict, the worst first."""
    said: dict[str, list[Verdict]] = defaultdict(list)
    for fact, verdict in hit.verdicts:
        said[fact].append(verdict)
    worst = [(fact, min(verdicts, key=WORST_FIRST.index)) for fact, verdicts in said.items()]
    return sorted(worst, key=lambda each: WORST_FIRST.index(each[1]))


def _titles(place: Place) -> dict[str, str]:
    return {each.id: each.about or each.id for each in place.house.settings.sheet.facts}


def _found(place: Place, wanted: Wanted, after: str) -> Hits:
    named = pipeline.naming(place.house.settings)
    with place.desk.store.snapshot() as tx:
        return search.find(tx, place.brand, wanted, label=named, after=cursor(after), limit=_LISTED)


def _has_sides(number: Number) -> bool:
    return number.of_subject.has_sides if number.of_subject else number.measure in _SIDED


def _sides(request: Request, number: Number) -> list[tuple[str, str, bool]]:
    """Return the ways to look at one side of a rate: what it is called, its address, whether it is looked at."""
    plain = request.url.remove_query_params(["after", "side"])
    named = ((Side.ALL, "all that are counted"), (Side.HITS, "those that say so"), (Side.REST, "the others"))
    return [
        (said, str((plain.include_query_params(side=side.value) if side else plain).query), side is number.side)
        for side, said in named
    ]


def _next(request: Request, more: Cursor | None) -> str:
    if more is None:
        return ""
    return str(request.url.include_query_params(after=written(more)).query)


def _choices(place: Place) -> dict[str, list[tuple[str, str]]]:
    """Return what the filters offer: values and their names."""
    settings = place.house.settings
    return {
        "assistant": asked_ever.assistants(place.house, place.house.today),
        "prompt": [(each.id, each.text) for each in settings.prompts],
        "topic": [(topic, topic) for topic in dict.fromkeys(each.topic for each in settings.prompts)],
        "fact": [(each.id, each.about or each.id) for each in settings.sheet.facts],
        "verdict": [(each.value, words.verdict(each)) for each in Verdict],
        "outcome": [(each.value, words.outcome(each)) for each in Outcome],
        "entity": [(each.name, each.name) for each in settings.sheet.entities],
    }
