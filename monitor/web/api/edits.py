"""Edits of the brand file by programs: prompts and facts put in, changed and taken out, a version each."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import Response
from pydantic import BaseModel, Field

from monitor.brandfile import editing as text
from monitor.service import editing, rereading
from monitor.service.sheet_rows import FactForm, row
from monitor.web.access import Right, needs
from monitor.web.bodies import Body
from monitor.web.once import AtMostOnce
from monitor.web.place import InBrand, Place

router = APIRouter(tags=["edits"])

_EDIT, _APPROVE = [Depends(needs(Right.EDIT))], [Depends(needs(Right.APPROVE))]


class Version(BaseModel):
    """The version of the brand file that counts from now on."""

    version: str


class PromptWords(Body):
    text: Annotated[str, Field(min_length=1, max_length=4000)]
    topic: Annotated[str, Field(min_length=1, max_length=100)] = "general"
    intent: Annotated[str, Field(min_length=1, max_length=100)] = "informational"
    leading: bool = False
    paused: bool = False


@router.post("/brands/{key}/prompts/{prompt_id}", response_model=Version, status_code=201, dependencies=_EDIT)
def put_prompt(place: InBrand, prompt_id: str, once: AtMostOnce, words: PromptWords) -> Response:
    """Put a prompt in, or put it otherwise: a new wording begins a new stretch of its series."""
    source = place.house.settings.source
    flags: text.Row = {name: True for name in ("leading", "paused") if getattr(words, name)}
    known = {k: v for k, v in text.row(source, "prompts", prompt_id).items() if k not in {"leading", "paused"}}
    said = {"id": prompt_id, "text": words.text, "topic": words.topic, "intent": words.intent}
    return once(lambda: _kept(place, text.put(source, "prompts", {**known, **said, **flags})))


@router.post("/brands/{key}/prompts/{prompt_id}/drop", response_model=Version, status_code=201, dependencies=_EDIT)
def drop_prompt(place: InBrand, prompt_id: str, once: AtMostOnce) -> Response:
    """Take a prompt out; what it measured stays."""
    if prompt_id not in {each.id for each in place.house.settings.prompts}:
        raise HTTPException(404, "No prompt with this id is asked here.")
    return once(lambda: _kept(place, text.drop(place.house.settings.source, "prompts", prompt_id)))


@router.post("/brands/{key}/sheet/{fact_id}", response_model=Version, status_code=201, dependencies=_APPROVE)
def put_fact(place: InBrand, fact_id: str, once: AtMostOnce, form: FactForm) -> Response:
    """Put a fact in or change it, in the words of the form on the page; stored answers are read again."""
    if form.id != fact_id:
        raise HTTPException(422, "The fact in the address and the fact in the body have different ids.")
    source = place.house.settings.source
    return once(
        lambda: _reread(place, text.put(source, "facts", row(form, written=text.row(source, "facts", fact_id))))
    )


@router.post("/brands/{key}/sheet/{fact_id}/drop", response_model=Version, status_code=201, dependencies=_APPROVE)
def drop_fact(place: InBrand, fact_id: str, once: AtMostOnce) -> Response:
    """Take a fact out; stored answers are read again."""
    if place.house.settings.sheet.fact(fact_id) is None:
        raise HTTPException(404, "No fact with this id is on the sheet.")
    return once(lambda: _reread(place, text.drop(place.house.settings.source, "facts", fact_id)))


def _kept(place: Place, source: str) -> dict[str, str]:
    base = place.house.settings.version
    return {"version": editing.save(place.house, source, base=base, by=place.person.name).version}


def _reread(place: Place, source: str) -> dict[str, str]:
    kept = _kept(place, source)
    rereading.start(place.desk.house(place.brand))
    return kept
