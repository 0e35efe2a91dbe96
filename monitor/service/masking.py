"""Which mask the texts of a brand go under: its key, and what the brand publishes itself."""

import hashlib
import hmac
from collections.abc import Iterator

from monitor.domain.brand import Settings
from monitor.domain.masking import Mask, published
from monitor.service.environment import Environment
from storage import brands
from storage.store import Store

_USE = b"likeness: masks of personal data"


def of(settings: Settings, environment: Environment, store: Store) -> Mask:
    """Return the mask that the brand file asks for; what stands on its fact sheet is published and stays."""
    if not settings.mask.on:
        return Mask()
    return Mask(lambda: _key(settings.brand, environment, store), published(_own(settings)))


def _own(settings: Settings) -> Iterator[str]:
    yield from settings.mask.besides
    for fact in settings.sheet.facts:
        values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        yield from (fact.says, *map(str, values))


def _key(brand: str, environment: Environment, store: Store) -> bytes:
    """Return the key of the surroundings, else one of this store's own: the same in every backup of it."""
    secret = environment.mask_key.get_secret_value().encode()
    if not secret:
        with store.snapshot() as tx:
            first = next(iter(brands.versions(tx, brand)), None)
        secret = f"{first.first_used.isoformat()}\n{first.source}".encode() if first else b""
    return hmac.new(_USE, secret, hashlib.sha256).digest()
