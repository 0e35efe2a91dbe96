"""Start: a brand from its name to its first round, step by step, without a terminal."""

from dataclasses import fields, replace

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from monitor.domain.errors import Mistake
from monitor.service import choosing, pasting, running, starting
from monitor.service.desk import Desk, brand_key
from monitor.service.draft import Draft
from monitor.web.access import Asking, Right, needs
from monitor.web.forms import own_form
from monitor.web.place import AtDesk
from monitor.web.render import page

router = APIRouter()

STEPS = ("brand", "facts", "prompts", "assistants", "cost")
_TITLES = ("The brand", "Facts", "Prompts", "Assistants", "What it costs")
_MAY_START = [Depends(needs(Right.ADMIN))]
_PARTS = ("model", "country", "language")  # what an assistant may have of its own
_LONGEST = 400_000  # characters of one field


@router.get("/start", dependencies=_MAY_START)
def start(request: Request, desk: AtDesk) -> Response:
    return _shown(request, desk, "brand", Draft())


@router.post("/start", dependencies=[*_MAY_START, Depends(own_form)])
async def go_on(request: Request, desk: AtDesk, person: Asking) -> Response:
    """Check the step that was sent and show the next, or the one that was asked for."""
    sent = await request.form()
    draft, step, go = _draft(sent), str(sent.get("step", "brand")), str(sent.get("go", "next"))
    step = step if step in STEPS else "brand"
    if go in STEPS:
        return _shown(request, desk, go, draft)
    try:
        if go == "fit":
            return _shown(request, desk, step, replace(draft, days=starting.costs(draft, desk).fitting or draft.days))
        if go == "look":
            pasting.lines(draft.facts)
            return _shown(request, desk, "facts", draft, looked=True)
        _check(desk, step, draft, sent)
        if step == STEPS[-1]:
            return _started(desk, draft, by=person.name, ask=go == "ask" and person.may(Right.SPEND))
    except Mistake as mistake:
        return _shown(request, desk, step, draft, why=str(mistake))
    return _shown(request, desk, STEPS[STEPS.index(step) + 1], draft)


def _draft(sent: FormData) -> Draft:
    """Return what was filled in; ticked boxes stand beside what was typed."""
    named = {field.name for field in fields(Draft)}
    typed = {name: _text(value) for name, value in sent.items() if name in named}
    draft = Draft(**typed)
    ticked = [_text(each) for each in sent.getlist("ticked")]
    if sent.get("step") == "prompts":
        return replace(draft, prompts="\n".join([*ticked, *draft.prompts.splitlines()]))
    return replace(draft, assistants=",".join(ticked), own=_own(sent)) if sent.get("step") == "assistants" else draft


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


def _check_facts(draft: Draft) -> None:
    if not draft.facts.strip():
        raise Mistake("Write at least one fact; without one nothing could be checked.")
    wrong = [line for line in pasting.lines(draft.facts) if line.why]
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
    to = f"{home}/rounds/{running.start(desk.house(brand))}" if ask else f"{home}/overview"
    return RedirectResponse(to, status_code=303)


def _shown(request: Request, desk: Desk, step: str, draft: Draft, *, why: str = "", looked: bool = False) -> Response:
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
        hidden=_hidden(draft, step),
        why=why,
        lines=pasting.lines(draft.facts) if step == "facts" and (looked or why) and _readable(draft) else [],
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


def _readable(draft: Draft) -> bool:
    return len(draft.facts.splitlines()) <= pasting.MOST


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
    """Return what other steps filled in: the form carries it along, so that nothing is kept of whoever gives up."""
    return [(field.name, getattr(draft, field.name)) for field in fields(Draft) if field.name not in _FIELDS[step]]
