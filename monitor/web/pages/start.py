"""Start: a brand from its name to its first round, step by step, without a terminal."""

import secrets
from dataclasses import fields, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from monitor.domain.errors import Mistake
from monitor.service import choosing, pasting, running, starting
from monitor.service.desk import Desk, brand_key
from monitor.service.draft import Draft
from monitor.service.drafts import Drafts
from monitor.web.access import Asking, Right, needs
from monitor.web.forms import Sent, own_form
from monitor.web.place import AtDesk
from monitor.web.render import page

router = APIRouter()

STEPS = ("brand", "facts", "prompts", "assistants", "cost")
_TITLES = ("The brand", "Facts", "Prompts", "Assistants", "What it costs")
_MAY_START = [Depends(needs(Right.ADMIN))]
_PARTS = ("model", "country", "language")  # what an assistant may have of its own
_LONGEST = 400_000  # characters of one field
_GONE = (
    "What was filled in here is not remembered any more: it became a brand, a day has passed, or the program was "
    "started again. Begin again under Add a brand."
)


@router.get("/start", dependencies=_MAY_START)
def start(  # noqa: PLR0917 -- FastAPI gives them by name
    request: Request,
    desk: AtDesk,
    person: Asking,
    draft: Annotated[str, Query(max_length=64)] = "",
    step: Annotated[str, Query(max_length=20)] = STEPS[0],
    look: Annotated[str, Query(max_length=3)] = "",
) -> Response:
    """Show a step. Each has an address of its own, so that a browser goes back and forth without sending anything."""
    if not draft or step not in STEPS:
        return _at(secrets.token_urlsafe(12), STEPS[0])
    begun = _drafts(request).find(person.id, draft)
    if begun is None and step != STEPS[0]:
        raise HTTPException(404, _GONE)
    filled, why = (begun.draft, begun.why if begun.step == step else "") if begun else (Draft(), "")
    try:
        return _shown(request, desk, step, filled, key=draft, why=why, looked=look == "yes")
    except Mistake as mistake:  # an earlier step was changed since
        return _shown(request, desk, STEPS[0], filled, key=draft, why=str(mistake))


@router.post("/start", dependencies=[*_MAY_START, Depends(own_form)])
def go_on(request: Request, desk: AtDesk, person: Asking, sent: Sent) -> Response:
    """Check the step that was sent and lead to the next, or to the one that was asked for."""
    step, go = str(sent.get("step", "")), str(sent.get("go", "next"))
    step = step if step in STEPS else STEPS[0]
    drafts, key = _drafts(request), str(sent.get("draft", "")) or secrets.token_urlsafe(12)
    begun = drafts.find(person.id, key)
    draft = _draft(sent, step, begun.draft if begun else None)
    drafts.keep(person.id, key, draft)
    try:
        if go in STEPS:
            return _at(key, go)
        if go == "fit":
            drafts.keep(person.id, key, replace(draft, days=starting.costs(draft, desk).fitting or draft.days))
            return _at(key, step)
        if go == "look":
            _facts(draft)
            return _at(key, "facts", look="yes")
        _check(desk, step, draft, sent)
        if step == STEPS[-1]:
            started = _started(desk, draft, by=person.name, ask=go == "ask" and person.may(Right.SPEND))
            drafts.forget(person.id, key)
            return started
    except Mistake as mistake:
        drafts.keep(person.id, key, draft, step=step, why=str(mistake))
        return _at(key, step)
    return _at(key, STEPS[STEPS.index(step) + 1])


def _drafts(request: Request) -> Drafts:
    found: Drafts = request.app.state.drafts
    return found


def _at(key: str, step: str, **more: str) -> Response:
    return RedirectResponse(f"/start?{urlencode({'draft': key, 'step': step, **more})}", status_code=303)


def _draft(sent: FormData, step: str, begun: Draft | None) -> Draft:
    """Return what was filled in, this step as it was sent, the others as remembered, else as the form carries them."""
    named = _FIELDS[step] if begun else {field.name for field in fields(Draft)}
    typed = {name: _text(value) for name, value in sent.items() if name in named}
    draft = replace(begun or Draft(), **typed)
    ticked = [_text(each) for each in sent.getlist("ticked")]
    if step == "prompts":
        own = _text(sent.get("prompts", ""))
        return replace(draft, prompts="\n".join([*ticked, *own.splitlines()]))
    return replace(draft, assistants=",".join(ticked), own=_own(sent)) if step == "assistants" else draft


def _own(sent: FormData) -> str:
    """Return what was filled in for one assistant alone, a line each."""
    named = [(each.id, [_part(sent.get(f"{what}-of-{each.id}", "")) for what in _PARTS]) for each in choosing.OFFERED]
    return "\n".join(f"{name}, {', '.join(parts)}" for name, parts in named if any(parts))


def _part(value: object) -> str:
    return " ".join(_text(value).replace(",", " ").split())


def _text(value: object) -> str:
    return str(value)[:_LONGEST].replace("\r\n", "\n").replace("\r", "\n")


def _check(desk: Desk, step: str, draft: Draft, sent: FormData) -> None:
    """Raise the mistakes of a step."""
    if step == "brand":
        starting.checked(draft, "competitors")
        starting.free(desk, draft.name)
    elif step == "facts":
        _check_facts(draft)
    elif step == "prompts":
        if not draft.prompts.strip():
            raise Mistake("Tick a prompt, or write one.")
        starting.checked(draft, "competitors", "prompts")
    else:
        _check_asking(draft)
        if step == "cost" and sent.get("agreed") != "yes":
            raise Mistake("Say that the vendors' terms were read and agreed to; nothing is asked before.")


def _facts(draft: Draft) -> list[pasting.Line]:
    if not draft.facts.strip():
        raise Mistake("Write at least one fact; without one nothing could be checked.")
    return pasting.lines(draft.facts)


def _check_facts(draft: Draft) -> None:
    wrong = [line for line in _facts(draft) if line.why]
    if wrong:
        raise Mistake("\n".join(f"Line {line.number}: {line.why}" for line in wrong))
    starting.checked(draft, "competitors", "facts")


def _check_asking(draft: Draft) -> None:
    if not choosing.chosen(draft):
        raise Mistake("Tick at least one assistant, or write one.")
    starting.source(draft)


def _started(desk: Desk, draft: Draft, *, by: str, ask: bool) -> Response:
    if ask:
        starting.askable(draft, desk)
    brand = starting.save(draft, desk, by=by)
    home = f"/b/{brand_key(brand)}"
    asked = f"rounds/{running.start(desk.house(brand), beside=desk.rounds.start)}" if ask else "overview"
    return RedirectResponse(f"{home}/{asked}", status_code=303)


def _shown(
    request: Request, desk: Desk, step: str, draft: Draft, *, key: str, why: str = "", looked: bool = False
) -> Response:
    suggested = starting.suggested(draft) if step == "prompts" else []
    written = [line for line in draft.prompts.splitlines() if line.strip()]
    offered = {prompt.text for prompt in suggested}
    choices = _choices(draft, desk)
    return page(
        request,
        "start.html.j2",
        status=422 if why else 200,
        step=step,
        steps=list(zip(STEPS, _TITLES, strict=True)),
        draft=draft,
        hidden=[("draft", key), *_hidden(draft, step)],
        why=why,
        lines=_lines(draft) if step == "facts" and (looked or why) else [],
        suggested=suggested,
        ticked=set(written) if written else offered,
        added="\n".join(line for line in written if line not in offered),
        choices=choices,
        chosen={each.id for each in choosing.chosen(draft)} if step == "cost" else choosing.ticked(draft, choices),
        prices=starting.each_round(draft, desk, [each.settings for each in choices]) if step == "assistants" else {},
        own=choosing.own(draft),
        days=starting.DAYS,
        costs=starting.costs(draft, desk) if step == "cost" else None,
    )


def _choices(draft: Draft, desk: Desk) -> list[choosing.Choice]:
    """Return who is shown; a line that cannot be read is told of, and shows nobody yet."""
    try:
        return choosing.choices(draft, desk.keys)
    except Mistake:
        return choosing.choices(replace(draft, others=""), desk.keys)


def _lines(draft: Draft) -> list[pasting.Line]:
    """Return what is understood of the facts; nothing of what is no table, which is told beside it."""
    try:
        return pasting.lines(draft.facts)
    except Mistake:
        return []


_FIELDS = {
    "brand": {"name", "aliases", "lookalikes", "domains", "what", "rivals"},
    "facts": {"facts"},
    "prompts": {"prompts"},
    "assistants": {
        "assistants",
        "others",
        "own",
        "days",
        "hour",
        "zone",
        "samples",
        "budget",
        "country",
        "language",
        "to",
    },
    "cost": set[str](),
}


def _hidden(draft: Draft, step: str) -> list[tuple[str, str]]:
    """Return what other steps filled in: the form carries it along, in case the program is started again meanwhile."""
    return [(field.name, getattr(draft, field.name)) for field in fields(Draft) if field.name not in _FIELDS[step]]
