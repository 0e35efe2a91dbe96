"""One's own account: what one may, and another password."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from monitor.domain.accounts import Account
from monitor.domain.errors import Mistake
from monitor.service import accounts
from monitor.web.access import Asking, Person
from monitor.web.forms import own_form
from monitor.web.pages.sign_in import with_session
from monitor.web.place import AtDesk
from monitor.web.render import page
from storage import accounts as kept

router = APIRouter()


@router.get("/account")
def account(request: Request, desk: AtDesk, person: Asking, changed: str = "") -> Response:
    return _shown(request, person, own=_own(desk, person) is not None, changed=changed == "yes")


@router.post("/account/password", dependencies=[Depends(own_form)])
def change_password(
    request: Request,
    desk: AtDesk,
    person: Asking,
    old: Annotated[str, Form(max_length=4000)],
    new: Annotated[str, Form(max_length=4000)],
) -> Response:
    """Take a new password from whoever knows the old one, and stay signed in here alone."""
    mine = _own(desk, person)
    if mine is None:
        raise HTTPException(404, "There is no account here whose password could be changed.")
    try:
        session = accounts.change_password(desk.store, mine, old, new, now=desk.clock())
    except Mistake as mistake:
        why = str(mistake).replace("This address and this password do not fit.", "The password you have is another.")
        return _shown(request, person, own=True, why=why)
    return with_session(request, RedirectResponse("/account?changed=yes", status_code=303), session)


def _own(desk: AtDesk, person: Person) -> Account | None:
    with desk.store.snapshot() as tx:
        return None if person.by_token else kept.by_id(tx, person.id)


def _shown(request: Request, person: Person, *, own: bool, why: str = "", changed: bool = False) -> Response:
    status = 422 if why else 200
    return page(request, "account.html.j2", status=status, shown=person, own=own, why=why, changed=changed)
