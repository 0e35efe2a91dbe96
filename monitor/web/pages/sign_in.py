"""Signing in and out, and choosing a password by invitation."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from monitor.domain.errors import Mistake
from monitor.service import accounts
from monitor.web.forms import from_here, own_form
from monitor.web.gate import COOKIE
from monitor.web.place import AtDesk
from monitor.web.render import page
from storage.errors import StoreError

router = APIRouter()


@router.get("/sign-in")
def sign_in_form(request: Request, to: str = "/") -> Response:
    return page(request, "sign_in.html.j2", to=_inside(to), email="", why="")


@router.post("/sign-in")
def sign_in(
    request: Request,
    desk: AtDesk,
    email: Annotated[str, Form(max_length=320)],
    password: Annotated[str, Form(max_length=4000)],
    to: Annotated[str, Form()] = "/",
) -> Response:
    if not from_here(request):
        raise HTTPException(403, "This form was not sent from a page of Likeness; open the sign-in page itself.")
    address = request.client.host if request.client else ""
    try:
        session = accounts.sign_in(desk.store, email, password, address=address, now=desk.clock())
    except StoreError:  # no fault of what was typed
        raise
    except Mistake as mistake:
        return page(request, "sign_in.html.j2", status=401, to=_inside(to), email=email, why=str(mistake))
    return with_session(request, RedirectResponse(_inside(to), status_code=303), session)


@router.post("/sign-out", dependencies=[Depends(own_form)])
def sign_out(request: Request, desk: AtDesk) -> Response:
    accounts.sign_out(desk.store, request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/sign-in", status_code=303)
    response.delete_cookie(COOKIE)
    return response


@router.get("/welcome")
def welcome(request: Request, desk: AtDesk, key: str = "") -> Response:
    """Ask for a password; an invitation that was used already, or is too old, is told before anything is typed."""
    stands = accounts.invitation_stands(desk.store, key, desk.clock())
    return page(request, "welcome.html.j2", status=200 if stands else 410, key=key, stands=stands, why="")


@router.post("/welcome")
def accept(
    request: Request, desk: AtDesk, key: Annotated[str, Form()], password: Annotated[str, Form(max_length=4000)]
) -> Response:
    if not from_here(request):
        raise HTTPException(403, "This form was not sent from a page of Likeness; open the invitation itself.")
    try:
        account = accounts.accept(desk.store, key, password, desk.clock())
    except StoreError:  # no fault of what was typed
        raise
    except Mistake as mistake:
        return page(request, "welcome.html.j2", status=422, key=key, stands=True, why=str(mistake))
    session = accounts.sign_in(desk.store, account.email, password, address="invitation", now=desk.clock())
    return with_session(request, RedirectResponse("/", status_code=303), session)


def with_session(request: Request, response: Response, session: accounts.Secret) -> Response:
    """Return the response with the cookie of a session that was just opened."""
    response.set_cookie(
        COOKIE,
        session.word,
        max_age=round(accounts.SESSION.total_seconds()),
        httponly=True,
        secure=request.app.state.secure,
        samesite="lax",
    )
    return response


def _inside(to: str) -> str:
    """Return an address of ours: a sign-in leads nowhere else."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
