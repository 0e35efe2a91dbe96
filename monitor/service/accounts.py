"""Accounts of the pages: invited by mail, let in with a password, and kept from being guessed.

Passwords are kept as argon2id with the library's defaults, which follow RFC 9106; tokens, sessions and
invitations are long random words of which only the SHA-256 is kept.
"""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from monitor.domain.accounts import Account, Right, Role, SignedIn, Token
from monitor.domain.errors import Mistake
from storage import accounts
from storage import brands as brands_kept
from storage.store import Store, Transaction

SESSION = timedelta(days=14)
INVITATION = timedelta(days=7)
SHORTEST = 10  # characters of a password (NIST SP 800-63B asks for at least 8)
LONGEST = 1_000
_WINDOW = timedelta(minutes=15)
_FREE_TRIES = 5  # per account and quarter of an hour; then each waits twice as long
_FREE_BY_ADDRESS = 30
_LONGEST_WAIT = timedelta(minutes=15)

_hasher = PasswordHasher()
# Checked where no account exists, so that an unknown address takes as long as a known one.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


@dataclass(frozen=True, kw_only=True)
class Secret:
    """Something shown once; the store has its hash."""

    word: str

    @property
    def hash(self) -> str:
        return hash_of(self.word)


def new_secret(prefix: str = "") -> Secret:
    return Secret(word=prefix + secrets.token_urlsafe(32))


def hash_of(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def any_account(store: Store) -> bool:
    """Whether anybody has an account; without one, only this machine may look."""
    with store.snapshot() as tx:
        return accounts.count(tx) > 0


def add(
    store: Store,
    email: str,
    *,
    name: str = "",
    role: Role = Role.VIEWER,
    more: Iterable[Right] = (),
    brands: Iterable[str] | None = None,
    now: datetime,
    new_id: str,
) -> Secret:
    """Make an account and return the secret of its invitation.

    Mistake where the address is none or has one, and where it shall see a brand that is not kept here.
    """
    local, at, domain = email.strip().lower().partition("@")
    if not (local and at and "." in domain) or any(c.isspace() for c in email.strip()):
        raise Mistake(f"{email!r} is no mail address; write one such as anna@example.com.")
    account = Account(
        id=new_id,
        email=email.strip().lower(),
        name=name.strip() or local,
        role=role,
        more=frozenset(more),
        brands=None if brands is None else frozenset(brands),
        created_at=now,
    )
    invitation = new_secret()
    with store.transaction() as tx:
        _check_brands(tx, account.brands)
        if not accounts.add_account(tx, account):
            raise Mistake(f"{account.email} has an account already; change that one.")
        accounts.invite(tx, account.id, invitation.hash, now, now + INVITATION)
    return invitation


def invite_again(store: Store, account_id: str, now: datetime) -> Secret:
    """Return a new invitation for a forgotten password or a lost mail."""
    invitation = new_secret()
    with store.transaction() as tx:
        accounts.invite(tx, account_id, invitation.hash, now, now + INVITATION)
    return invitation


def accept(store: Store, word: str, password: str, now: datetime) -> Account:
    """Take the password that somebody chose with an invitation.

    Every session that was open ends, and so does every other invitation: a link in an old mail changes nothing.
    """
    checked_password(password)
    with store.transaction() as tx:
        account = accounts.invited(tx, hash_of(word), now)
        if account is None or not accounts.use_invitation(tx, hash_of(word), now):
            raise Mistake("This invitation was used already or is too old; ask for a new one.")
        accounts.end_invitations(tx, account.id, now)
        accounts.save(tx, replace(account, password=_hasher.hash(password)))
        accounts.close_sessions(tx, account.id)
    return account


def change_password(store: Store, account: Account, old: str, new: str, *, now: datetime) -> Secret:
    """Take a new password from whoever knows the old one; every session ends, and the secret of a new one returns.

    Guesses count like sign-ins that fail: Mistake where the old one is wrong, or was wrong too often.
    """
    checked_password(new)
    sign_in(store, account.email, old, address=f"change:{account.id}", now=now)
    with store.transaction() as tx:
        accounts.save(tx, replace(account, password=_hasher.hash(new)))
        accounts.close_sessions(tx, account.id)
    return sign_in(store, account.email, new, address=f"change:{account.id}", now=now)


def invitation_stands(store: Store, word: str, now: datetime) -> bool:
    """Whether somebody may choose a password with this invitation."""
    with store.snapshot() as tx:
        return accounts.invited(tx, hash_of(word), now) is not None


def checked_password(password: str) -> None:
    if len(password) < SHORTEST:
        raise Mistake(f"The password has {len(password)} characters; take at least {SHORTEST}, a sentence for example.")
    if len(password) > LONGEST:
        raise Mistake(f"The password has more than {LONGEST} characters; take a shorter one.")


def sign_in(store: Store, email: str, password: str, *, address: str, now: datetime) -> Secret:
    """Return the secret of a new session; Mistake where the two do not fit, or it was tried too often."""
    keys = {f"account:{email.strip().lower()}": _FREE_TRIES, f"address:{address}": _FREE_BY_ADDRESS}
    with store.transaction() as tx:
        for key, free in keys.items():
            _held_up(*accounts.failures(tx, key, now, within=_WINDOW), free=free, now=now)
        for key in keys:  # counted before it is known: guesses that come all at once count as if one after the other
            accounts.failed(tx, key, now, within=_WINDOW)
        account = accounts.by_email(tx, email.strip())
    fits = _fits(account.password if account and account.password else _NOBODY, password[:LONGEST])
    if account is None or not account.password or account.closed_at is not None or not fits:
        raise Mistake("This address and this password do not fit.")
    return _opened(store, account, password, keys, now)


def _opened(store: Store, account: Account, password: str, keys: Iterable[str], now: datetime) -> Secret:
    session = new_secret()
    with store.transaction() as tx:
        for key in keys:
            accounts.forgive(tx, key)
        if _hasher.check_needs_rehash(account.password):
            accounts.save(tx, replace(account, password=_hasher.hash(password)))
        form_secret = secrets.token_hex(32)
        accounts.open_session(tx, account.id, session.hash, secret=form_secret, now=now, expires=now + SESSION)
    return session


def _fits(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def _held_up(failures: int, last: datetime | None, *, free: int, now: datetime) -> None:
    """Let nobody guess quickly: from the free tries on, each waits twice as long as the one before."""
    if failures < free or last is None:
        return
    wait = min(timedelta(seconds=10) * 2 ** min(failures - free, 10), _LONGEST_WAIT)
    left = last + wait - now
    if left > timedelta(0):
        raise Mistake(f"Too many sign-ins failed; try again in {max(1, round(left.total_seconds()))} seconds.")


def session(store: Store, word: str, now: datetime) -> SignedIn | None:
    with store.snapshot() as tx:
        return accounts.session(tx, hash_of(word), now)


def sign_out(store: Store, word: str) -> None:
    with store.transaction() as tx:
        accounts.close_session(tx, hash_of(word))


def change(store: Store, account: Account) -> None:
    """Write a changed account; whoever it is signs in again with the new rights. The last administrator stays."""
    with store.transaction() as tx:
        others = [each for each in accounts.accounts(tx) if each.id != account.id and each.closed_at is None]
        stays = account.closed_at is None and account.role is Role.ADMIN
        if not stays and not any(each.role is Role.ADMIN for each in others):
            raise Mistake("This is the last administrator; give somebody else that role first.")
        before = accounts.by_id(tx, account.id)
        _check_brands(tx, account.brands, held=before.brands if before else None)
        accounts.save(tx, account)
        accounts.close_sessions(tx, account.id)


def _check_brands(tx: Transaction, limited: Collection[str] | None, *, held: Collection[str] | None = None) -> None:
    """Mistake where somebody is limited to a brand that is not kept here, which may be a slip of the pen.

    What an account is limited to already (`held`) may stay: its brand may be kept here again.
    """
    if limited is None:
        return
    kept = brands_kept.names(tx)
    unknown = sorted(set(limited) - set(kept) - set(held or ()))
    if unknown:
        there = f"there are {', '.join(kept)}" if kept else "none is: `likeness check` takes a brand file in"
        raise Mistake(f"No brand called {unknown[0]!r} is kept here; {there}.")
    if not limited:
        raise Mistake("An account that is limited to some brands needs one at least.")


def add_token(
    store: Store,
    *,
    name: str,
    made_by: str,
    rights: Iterable[Right],
    brands: Iterable[str] | None = None,
    lasts: timedelta | None = None,
    now: datetime,
    new_id: str,
) -> Secret:
    """Make a program's token and return it, for the one time that it is shown; Mistake for a brand not kept here."""
    given = new_secret("lk_")
    token = Token(
        id=new_id,
        name=name.strip() or "unnamed",
        made_by=made_by,
        rights=frozenset(rights),
        brands=None if brands is None else frozenset(brands),
        created_at=now,
        expires_at=now + lasts if lasts else None,
    )
    with store.transaction() as tx:
        _check_brands(tx, token.brands)
        accounts.add_token(tx, token, given.hash)
    return given


def token(store: Store, word: str, now: datetime) -> Token | None:
    """Return the token behind a word; that it was used is written down at most once a minute."""
    with store.snapshot() as tx:
        found = accounts.token(tx, hash_of(word), now)
    if found and (found.used_at is None or now - found.used_at > timedelta(minutes=1)):
        with store.transaction() as tx:
            accounts.mark_used(tx, found.id, now)
    return found
