"""Whom a vendor counts: limits, bans and money belong to a key and a model at an address, not to a brand's file."""

from urllib.parse import urlsplit

from monitor.domain.brand import AssistantSettings
from monitor.domain.ledger import Quota
from probes import assistants, hosts
from probes.limits import Limits


def account(settings: AssistantSettings) -> str:
    """Return what all assistants that share a vendor's limits have in common.

    >>> account(AssistantSettings(id="gpt5-search", use="openai", model="gpt-5", search=True))
    'openai gpt-5 OPENAI_API_KEY'
    """
    known = assistants.ALL.get(settings.use)
    key = known.key_name(settings) if known else ""
    return " ".join(part for part in (settings.use, _where(settings.base_url), settings.model, key) if part)


def _where(base_url: str) -> str:
    """Return host and port; nothing of an address that may hold a password."""
    host = hosts.named(base_url)
    port = urlsplit(base_url).port if host else None
    return f"{host}:{port}" if port else host


def quota(settings: AssistantSettings, limits: Limits) -> Quota | None:
    """Return how often it may be asked; None for what answers from this machine."""
    known = assistants.ALL.get(settings.use)
    if known and known.recall:
        return None
    return Quota(account=account(settings), calls=limits.requests_per_minute, tokens=limits.tokens_per_minute)
