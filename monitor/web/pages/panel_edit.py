"""Prompts put in, put otherwise, paused and taken out; each change is a version of the brand file."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from monitor.brandfile import editing as text
from monitor.domain.brand import Prompt
from monitor.domain.errors import Mistake
from monitor.service import costing, editing, running, suggesting
from monitor.web.access import Right, needs
from monitor.web.forms import own_form
from monitor.web.place import Here, Place
from monitor.web.render import page

router = APIRouter()

_USUAL = "x" * 60  # as long as prompts are: what a call costs hardly depends on it
_MAY_EDIT = [Depends(needs(Right.EDIT))]
_MAY_SAVE = [*_MAY_EDIT, Depends(own_form)]


@router.get("/b/{key}/prompts/edit", dependencies=_MAY_EDIT)
def edit(
    request: Request,
    place: Here,
    id: str = "",  # noqa: A002 -- the word in the address
    what: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    known = _known(place, id) if id else None
    shown = known or Prompt(id="", text="")
    return _form(request, place, shown, new=known is None, what=" ".join(what.split()))


@router.post("/b/{key}/prompts/edit", dependencies=_MAY_SAVE)
def save(  # noqa: PLR0917 -- FastAPI gives them by name
    request: Request,
    place: Here,
    prompt: Annotated[str, Form(max_length=4000)],
    id: Annotated[str, Form(max_length=80)] = "",  # noqa: A002 -- the word in the form
    topic: Annotated[str, Form(max_length=100)] = "general",
    intent: Annotated[str, Form(max_length=100)] = "informational",
    leading: Annotated[str, Form()] = "",
) -> Response:
    """Put a prompt in, or put it otherwise: a new wording begins a new stretch of its series."""
    words = " ".join(prompt.split())
    asked = Prompt(
        id=id.strip() or _free_id(place, words), text=words, topic=topic, intent=intent, leading=leading == "yes"
    )
    try:
        _keep(place, _row(place, asked))
    except Mistake as mistake:
        return _form(request, place, asked, new=not id, why=str(mistake))
    return RedirectResponse(f"{place.home}/prompts", status_code=303)


@router.post("/b/{key}/prompts/pause", dependencies=_MAY_SAVE)
def pause(place: Here, id: Annotated[str, Form()], paused: Annotated[str, Form(pattern="^(yes|no)$")]) -> Response:  # noqa: A002
    """Ask a prompt no more, or again; what it measured stays."""
    _known(place, id)
    row = text.row(place.house.settings.source, "prompts", id)
    kept = {key: value for key, value in row.items() if key != "paused"}
    _keep(place, {**kept, "paused": True} if paused == "yes" else kept)
    return RedirectResponse(f"{place.home}/prompts", status_code=303)


@router.post("/b/{key}/prompts/drop", dependencies=_MAY_SAVE)
def drop(place: Here, id: Annotated[str, Form()]) -> Response:  # noqa: A002 -- the word in the form
    _known(place, id)
    settings = place.house.settings
    editing.save(place.house, text.drop(settings.source, "prompts", id), base=settings.version, by=place.person.name)
    return RedirectResponse(f"{place.home}/prompts", status_code=303)


def _keep(place: Place, row: text.Row) -> None:
    settings = place.house.settings
    same = [
        each.id for each in settings.prompts if each.id != row["id"] and each.text.lower() == str(row["text"]).lower()
    ]
    if same:
        raise Mistake(f"{row['text']!r} is asked already, as {same[0]!r}.")
    editing.save(place.house, text.put(settings.source, "prompts", row), base=settings.version, by=place.person.name)


def _row(place: Place, asked: Prompt) -> text.Row:
    written = text.row(place.house.settings.source, "prompts", asked.id)
    row = {**written, "id": asked.id, "text": asked.text, "topic": asked.topic, "intent": asked.intent}
    without = {key: value for key, value in row.items() if key != "leading"}
    return {**without, "leading": True} if asked.leading else without


def _free_id(place: Place, words: str) -> str:
    """Return an id that no prompt has, made of the first words."""
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40].strip("-") or "prompt"
    taken = {prompt.id for prompt in place.house.settings.prompts}
    numbered = (f"{plain}-{number}" for number in range(2, 10_000))
    return plain if plain not in taken else next(each for each in numbered if each not in taken)


def _known(place: Place, prompt_id: str) -> Prompt:
    found = next((each for each in place.house.settings.prompts if each.id == prompt_id), None)
    if found is None:
        raise HTTPException(404, f"No prompt of {place.brand} is called {prompt_id!r}.")
    return found


def _form(request: Request, place: Place, shown: Prompt, *, new: bool, why: str = "", what: str = "") -> Response:
    settings = place.house.settings
    what = what or suggesting.sold(settings)
    return page(
        request,
        "prompt.html.j2",
        status=422 if why else 200,
        place=place,
        room="prompts",
        shown=shown,
        new=new,
        why=why,
        topics=sorted({each.topic for each in settings.prompts}),
        what=what,
        suggestions=suggesting.prompts(settings, what=what) if new else (),
        cost=costing.month_of_a_prompt(place.house, shown.text or _USUAL) if new else None,
        money=running.money(place.house),
    )
