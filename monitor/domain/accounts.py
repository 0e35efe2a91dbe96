"""Who may in, and what they may."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Right(StrEnum):
    VIEW = "view"
    EDIT = "edit"  # review findings, acknowledge and silence alerts, change prompts
    APPROVE = "approve"  # change the fact sheet
    SPEND = "spend"  # start rounds
    ADMIN = "admin"  # accounts, tokens, links


class Role(StrEnum):
    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"

    @property
    def rights(self) -> frozenset[Right]:
        """What the role alone may; approving facts and spending are given one by one."""
        if self is Role.ADMIN:
            return frozenset(Right)
        return frozenset({Right.VIEW, Right.EDIT}) if self is Role.EDITOR else frozenset({Right.VIEW})


@dataclass(frozen=True, kw_only=True)
class Account:
    id: str
    email: str  # lower case
    name: str
    role: Role
    more: frozenset[Right] = frozenset()  # rights beyond those of the role
    brands: frozenset[str] | None = None  # names; None: every brand
    password: str = ""  # its argon2id hash; empty: none was chosen yet
    created_at: datetime
    closed_at: datetime | None = None

    @property
    def rights(self) -> frozenset[Right]:
        return self.role.rights | self.more


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """One browser's session."""

    account: Account
    secret: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Token:
    """A program's way in; what it is called by is shown once and kept as a hash."""

    id: str
    name: str
    made_by: str  # account id
    rights: frozenset[Right]
    brands: frozenset[str] | None = None
    created_at: datetime
    expires_at: datetime | None = None
    used_at: datetime | None = None
    revoked_at: datetime | None = None
