"""Who asks, and what they may: rights are named here, and every route says which it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from monitor.domain.accounts import Right, Role


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whoever a request comes from: somebody signed in, a program with a token, or whoever sits at this machine."""

    id: str
    name: str
    role: Role | None  # None: a program
    rights: frozenset[Right]
    brands: frozenset[str] | None = None  # names; None: every brand
    secret: str = ""  # what this person's forms are signed with
    by_token: bool = False  # a program: no cookie that a foreign page could use

    def may(self, right: Right) -> bool:
        return right in self.rights

    def sees(self, brand: str) -> bool:
        return self.brands is None or brand in self.brands


# What a right lets somebody do, as a sentence goes on: "You may ..."
IN_WORDS = {
    Right.VIEW: "look at everything",
    Right.EDIT: "review findings, acknowledge alerts and change prompts",
    Right.APPROVE: "change the fact sheet",
    Right.SPEND: "start what costs money",
    Right.ADMIN: "manage people, programs and brands",
}

# Without accounts whoever reaches the loopback address owns the machine.
AT_THIS_MACHINE = Person(id="local", name="this machine", role=Role.ADMIN, rights=frozenset(Right))


class NotSignedInError(Exception):
    """Nobody is signed in; pages lead to the sign-in, the API says 401."""


def asking(request: Request) -> Person:
    """Return who asks; the gate in front of the application has found it out."""
    person: Person | None = getattr(request.state, "person", None)
    if person is None:
        raise NotSignedInError
    return person


Asking = Annotated[Person, Depends(asking)]


def needs(right: Right) -> Callable[[Person], Person]:
    """Return a dependency that lets only people with this right pass."""

    def checked(person: Asking) -> Person:
        if not person.may(right):
            raise HTTPException(403, f"This needs the right to {IN_WORDS[right]}; an administrator can give it to you.")
        return person

    return checked


__all__ = ["AT_THIS_MACHINE", "Asking", "NotSignedInError", "Person", "Right", "asking", "needs"]
