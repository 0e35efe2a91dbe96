"""People and programs: who may in, with which rights, for which brands."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from monitor.domain.accounts import Account, Right, Role
from monitor.domain.errors import Mistake
from monitor.service import accounts, inviting
from monitor.web.access import AT_THIS_MACHINE, Asking, needs
from monitor.web.forms import own_form
from monitor.web.onetime import AtNotes, Note
from monitor.web.place import AtDesk
from monitor.web.render import page
from storage import accounts as kept

router = APIRouter()

_ADMIN = [Depends(needs(Right.ADMIN))]
_ADMIN_FORM = [*_ADMIN, Depends(own_form)]
_GONE = "What was made is shown one time only. If you did not note it down, take it back below and make a new one."
_NO_BRAND = "No brand is ticked, and this account is limited to some; tick those, or “every brand” to lift the limit."
_GIVEN = (Right.APPROVE, Right.SPEND)  # rights that are given one by one


@router.get("/people", dependencies=_ADMIN)
def people(request: Request, desk: AtDesk, person: Asking, notes: AtNotes, once: str = "") -> Response:
    """Show who may in; `once` names what a form just made, which is shown this one time."""
    note = (notes.take(person, once, desk.clock()) or Note(said=_GONE)) if once else Note()
    return _shown(request, desk, note)


@router.post("/people", dependencies=_ADMIN_FORM)
def invite(  # noqa: PLR0917 -- FastAPI gives them by name
    request: Request,
    desk: AtDesk,
    person: Asking,
    notes: AtNotes,
    email: Annotated[str, Form(max_length=320)],
    role: Annotated[Role, Form()],
    name: Annotated[str, Form(max_length=100)] = "",
    rights: Annotated[list[Right] | None, Form()] = None,
    brands: Annotated[list[str] | None, Form()] = None,
) -> Response:
    account_id = desk.new_id()
    invitation = accounts.add(
        desk.store,
        email,
        name=name,
        role=role,
        more=[right for right in rights or [] if right in _GIVEN],
        brands=brands or None,
        now=desk.clock(),
        new_id=account_id,
    )
    return _invited(request, desk, notes, person, email=email.strip(), word=invitation.word)


@router.post("/people/{account_id}", dependencies=_ADMIN_FORM)
def change(  # noqa: PLR0917 -- FastAPI gives them by name
    desk: AtDesk,
    account_id: str,
    role: Annotated[Role, Form()],
    rights: Annotated[list[Right] | None, Form()] = None,
    brands: Annotated[list[str] | None, Form()] = None,
    every: Annotated[bool, Form()] = False,  # noqa: FBT002 -- a box of the form
) -> Response:
    """Save what somebody may; a limit to some brands is lifted only by the box that says so."""
    before, more = _account(desk, account_id), frozenset(right for right in rights or [] if right in _GIVEN)
    if before.brands is not None and not brands and not every:
        raise Mistake(_NO_BRAND)
    limited = frozenset(brands) if brands and not every else None
    accounts.change(desk.store, replace(before, role=role, more=more, brands=limited))
    return RedirectResponse("/people", status_code=303)


@router.post("/people/{account_id}/close", dependencies=_ADMIN_FORM)
def close(desk: AtDesk, account_id: str) -> Response:
    accounts.change(desk.store, replace(_account(desk, account_id), closed_at=desk.clock()))
    return RedirectResponse("/people", status_code=303)


@router.post("/people/{account_id}/invite", dependencies=_ADMIN_FORM)
def invite_again(request: Request, desk: AtDesk, person: Asking, notes: AtNotes, account_id: str) -> Response:
    account = _account(desk, account_id)
    invitation = accounts.invite_again(desk.store, account.id, desk.clock())
    return _invited(request, desk, notes, person, email=account.email, word=invitation.word)


@router.post("/tokens", dependencies=_ADMIN_FORM)
def add_token(  # noqa: PLR0917 -- FastAPI gives them by name
    desk: AtDesk,
    person: Asking,
    notes: AtNotes,
    name: Annotated[str, Form(max_length=100)],
    rights: Annotated[list[Right] | None, Form()] = None,
    brands: Annotated[list[str] | None, Form()] = None,
    days: Annotated[int, Form(ge=1, le=3650)] = 365,
) -> Response:
    token = accounts.add_token(
        desk.store,
        name=name,
        made_by=person.id,
        rights={Right.VIEW, *(rights or [])},
        brands=brands or None,
        lasts=timedelta(days=days),
        now=desk.clock(),
        new_id=desk.new_id(),
    )
    return _to_note(notes.put(person, Note(token=token.word), desk.clock()))


@router.post("/tokens/{token_id}/revoke", dependencies=_ADMIN_FORM)
def revoke(desk: AtDesk, token_id: str) -> Response:
    with desk.store.transaction() as tx:
        kept.revoke(tx, token_id, desk.clock())
    return RedirectResponse("/people", status_code=303)


def _invited(request: Request, desk: AtDesk, notes: AtNotes, person: Asking, *, email: str, word: str) -> Response:
    """Send an invitation, and lead to the page that shows its link once."""
    link = f"{_base(request)}/welcome?key={word}"
    note = Note(said=inviting.send(desk, email, link), link=link)
    if person.id == AT_THIS_MACHINE.id:  # the first account: from now on this person is asked to sign in
        return _shown(request, desk, note)
    return _to_note(notes.put(person, note, desk.clock()))


def _to_note(key: str) -> Response:
    return RedirectResponse(f"/people?once={key}", status_code=303)


def _shown(request: Request, desk: AtDesk, note: Note) -> Response:
    with desk.store.snapshot() as tx:
        found, tokens = kept.accounts(tx), kept.tokens(tx)
    return page(
        request,
        "people.html.j2",
        people=found,
        tokens=tokens,
        brands=desk.names(),
        roles=list(Role),
        given=_GIVEN,
        rights=list(Right),
        note=note,
    )


def _account(desk: AtDesk, account_id: str) -> Account:
    with desk.store.snapshot() as tx:
        found = kept.by_id(tx, account_id)
    if found is None:
        raise HTTPException(404, "There is no such account.")
    return found


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")
