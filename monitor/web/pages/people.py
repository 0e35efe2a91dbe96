"""People and programs: who may in, with which rights, for which brands."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from monitor.domain.accounts import Account, Right, Role
from monitor.service import accounts, inviting
from monitor.web.access import Asking, needs
from monitor.web.forms import own_form
from monitor.web.place import AtDesk
from monitor.web.render import page
from storage import accounts as kept

router = APIRouter()

_ADMIN = [Depends(needs(Right.ADMIN))]
_ADMIN_FORM = [*_ADMIN, Depends(own_form)]
_GIVEN = (Right.APPROVE, Right.SPEND)  # rights that are given one by one


@router.get("/people", dependencies=_ADMIN)
def people(request: Request, desk: AtDesk) -> Response:
    return _shown(request, desk)


@router.post("/people", dependencies=_ADMIN_FORM)
def invite(  # noqa: PLR0917 -- FastAPI gives them by name
    request: Request,
    desk: AtDesk,
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
    link = f"{_base(request)}/welcome?key={invitation.word}"
    return _shown(request, desk, link=link, sent=inviting.send(desk, email.strip(), link))


@router.post("/people/{account_id}", dependencies=_ADMIN_FORM)
def change(
    desk: AtDesk,
    account_id: str,
    role: Annotated[Role, Form()],
    rights: Annotated[list[Right] | None, Form()] = None,
    brands: Annotated[list[str] | None, Form()] = None,
) -> Response:
    more = frozenset(right for right in rights or [] if right in _GIVEN)
    limited = frozenset(brands) if brands else None
    accounts.change(desk.store, replace(_account(desk, account_id), role=role, more=more, brands=limited))
    return RedirectResponse("/people", status_code=303)


@router.post("/people/{account_id}/close", dependencies=_ADMIN_FORM)
def close(desk: AtDesk, account_id: str) -> Response:
    accounts.change(desk.store, replace(_account(desk, account_id), closed_at=desk.clock()))
    return RedirectResponse("/people", status_code=303)


@router.post("/people/{account_id}/invite", dependencies=_ADMIN_FORM)
def invite_again(request: Request, desk: AtDesk, account_id: str) -> Response:
    account = _account(desk, account_id)
    invitation = accounts.invite_again(desk.store, account.id, desk.clock())
    link = f"{_base(request)}/welcome?key={invitation.word}"
    return _shown(request, desk, link=link, sent=inviting.send(desk, account.email, link))


@router.post("/tokens", dependencies=_ADMIN_FORM)
def add_token(  # noqa: PLR0917 -- FastAPI gives them by name
    request: Request,
    desk: AtDesk,
    person: Asking,
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
    return _shown(request, desk, token=token.word)


@router.post("/tokens/{token_id}/revoke", dependencies=_ADMIN_FORM)
def revoke(desk: AtDesk, token_id: str) -> Response:
    with desk.store.transaction() as tx:
        kept.revoke(tx, token_id, desk.clock())
    return RedirectResponse("/people", status_code=303)


@router.get("/account")
def account(request: Request, person: Asking) -> Response:
    return page(request, "account.html.j2", shown=person)


def _shown(request: Request, desk: AtDesk, *, link: str = "", sent: str = "", token: str = "") -> Response:
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
        link=link,
        sent=sent,
        token=token,
    )


def _account(desk: AtDesk, account_id: str) -> Account:
    with desk.store.snapshot() as tx:
        found = kept.by_id(tx, account_id)
    if found is None:
        raise HTTPException(404, "There is no such account.")
    return found


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")
