"""Keys never leave: what is kept, shown or logged goes through here."""

import re

_KEY = re.compile(r"\b(?:sk|pplx|xai|gsk|csk)[-_][A-Za-z0-9_\-*]{12,}|\bAIza[A-Za-z0-9_\-*]{10,}")
_AUTHORIZATION = re.compile(r"(?i)\b(bearer|basic)\s+(?=[^\s\"',;]*\d)[^\s\"',;]{6,}")
HIDDEN = "[key]"
_SHORTEST = 6  # characters; "x" as the key of a local model is no secret, and hiding it would mangle every text


def hide(text: str, *secrets: str) -> str:
    """Return the text with the given secrets replaced, all else as it was."""
    for secret in secrets:
        if len(secret) > _SHORTEST:
            text = text.replace(secret, HIDDEN)
    return text


def redact(text: str, *secrets: str) -> str:
    """Return a text to be shown: without the given secrets and without whatever looks like a key.

    >>> redact("Incorrect API key provided: sk-abcdefghijklmnop.")
    'Incorrect API key provided: [key].'
    >>> redact("wrong: hunter2", "hunter2")
    'wrong: [key]'
    """
    return _KEY.sub(HIDDEN, _AUTHORIZATION.sub(HIDDEN, hide(text, *secrets)))


def redact_error(body: bytes, *secrets: str) -> bytes:
    """Return the body of a reply that is no answer: vendors repeat in it the key that they refuse, or another.

    >>> redact_error(b'{"error": "Incorrect API key provided: sk-abcdefghijklmnop."}')
    b'{"error": "Incorrect API key provided: [key]."}'
    """
    told = body.decode("latin-1")  # a character for each byte: whatever is no key comes back as it was
    written = [secret.encode().decode("latin-1") for secret in secrets]
    return redact(told, *written).encode("latin-1")


def redact_bytes(body: bytes, *secrets: str) -> bytes:
    """Return the bytes as received, less the secrets themselves."""
    for secret in secrets:
        if len(secret) > _SHORTEST:
            body = body.replace(secret.encode(), HIDDEN.encode())
    return body
