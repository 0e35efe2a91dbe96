"""Leaving regular mail by a link in it, without an account (RFC 8058)."""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass

from monitor.domain.errors import Mistake
from monitor.pipeline.house import House
from storage import mailing
from storage.store import Store

REPORTS = "reports"
DIGESTS = "digests"
_KEY = "unsubscribe"


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """One kind of regular mail about a brand to one recipient."""

    brand: str
    recipient: str
    kind: str


def link(house: House, recipient: str, kind: str = REPORTS) -> str:
    """Return the address by which a recipient leaves; empty where no page can be reached."""
    site = house.settings.site.rstrip("/")
    if not site:
        return ""
    of = Subscription(brand=house.settings.brand, recipient=recipient, kind=kind)
    return f"{site}/unsubscribe/{token(house.store, of)}"


def token(store: Store, of: Subscription) -> str:
    """Return the signed words of a link: nobody can leave for another."""
    body = base64.urlsafe_b64encode(json.dumps([of.brand, of.recipient, of.kind]).encode()).decode().rstrip("=")
    return f"{body}.{_signature(store, body)}"


def subscription(store: Store, word: str) -> Subscription:
    """Return what a link speaks of; Mistake where it is not one of ours."""
    body, _, signature = word.partition(".")
    try:
        said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        brand, recipient, kind = said
    except (binascii.Error, ValueError, TypeError):
        raise Mistake("This link is broken; use the one in the mail as it is.") from None
    if not hmac.compare_digest(signature.encode(), _signature(store, body).encode()):
        raise Mistake("This link is broken; use the one in the mail as it is.")
    return Subscription(brand=str(brand), recipient=str(recipient), kind=str(kind))


def _signature(store: Store, body: str) -> str:
    with store.transaction() as tx:
        key = mailing.key(tx, _KEY, secrets.token_hex(32))
    return hmac.new(key.encode(), body.encode(), hashlib.sha256).hexdigest()[:32]


def has_left(house: House, recipient: str, kind: str = REPORTS) -> bool:
    with house.store.snapshot() as tx:
        return mailing.has_left(tx, house.settings.brand, recipient, kind)
