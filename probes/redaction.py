"""Keys never leave: what is kept, shown or logged goes through here."""

import re

_KEY = re.compile(r"\b(?:sk|pk|pplx|xai|gsk|csk|key|rk)-?_?[A-Za-z0-9_\-*]{12,}|\bAIza[A-Za-z0-9_\-*]{10,}")
_AUTHORIZATION = re.compile(r"(?i)\b(bearer|basic)\s+[^\s\"',;]{6,}")
HIDDEN = "[key]"


def redact(text: str, *secrets: str) -> str:
    """Return the text with the given secrets, and whatever looks like a key, replaced.

    >>> redact("Incorrect API key provided: sk-abcdefghijklmnop.")
    'Incorrect API key provided: [key].'
    >>> redact("wrong: hunter2", "hunter2")
    'wrong: [key]'
    """
    for secret in secrets:
        if secret:
            text = text.replace(secret, HIDDEN)
    return _KEY.sub(HIDDEN, _AUTHORIZATION.sub(HIDDEN, text))


def redact_bytes(body: bytes, *secrets: str) -> bytes:
    """Return the bytes as received, less the secrets themselves."""
    for secret in secrets:
        if secret:
            body = body.replace(secret.encode(), HIDDEN.encode())
    return body
