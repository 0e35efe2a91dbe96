"""Logs as events with fields; nothing that looks like a key passes."""

import logging
import os
import re
import sys
from collections.abc import Mapping, MutableMapping
from functools import cache
from typing import Any

import structlog

# Vendors' keys, bearer tokens, and the password part of an address.
_SECRET = re.compile(
    r"\b(?:sk|pplx|gsk|xai|AIza)[-_]?[A-Za-z0-9_\-]{12,}|(?<=Bearer )\S+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
_SECRET_NAME = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD)$")
_SHORTEST = 8  # characters; "local" as the key of a local model would mangle every line


def redacted(text: str) -> str:
    """Return the text with everything that looks like a secret replaced, and what the surroundings hold as one.

    >>> redacted("refused: sk-abcdefghijklmnop at smtp://ann:hush@mail.example")
    'refused: [secret] at smtp://[secret]@mail.example'
    """
    for secret in _held():
        text = text.replace(secret, "[secret]")
    return _SECRET.sub("[secret]", text)


@cache
def _held() -> tuple[str, ...]:
    """Return the values of the environment that are secrets by their names, the longest first."""
    named = [value.strip() for name, value in os.environ.items() if _SECRET_NAME.search(name)]
    return tuple(sorted({value for value in named if len(value) >= _SHORTEST}, key=len, reverse=True))


def configure(*, json: bool = False, quiet: bool = False) -> None:
    """Send events to standard error: JSON lines for machines, short lines for people; quiet: warnings only."""
    _held.cache_clear()
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs whole addresses at INFO
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _redact,
            structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _redact(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: _clean(value) for key, value in event.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, Mapping):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean(each) for each in value]
    return value if value is None or isinstance(value, int | float) else redacted(str(value))
