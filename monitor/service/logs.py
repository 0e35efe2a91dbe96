"""Logs as events with fields; nothing that looks like a key passes."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# Vendors' keys, bearer tokens, and the password part of an address.
_SECRET = re.compile(
    r"\b(?:sk|pplx|gsk|xai|AIza)[-_]?[A-Za-z0-9_\-]{12,}|(?<=Bearer )\S+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)


def redacted(text: str) -> str:
    """Return the text with everything that looks like a secret replaced.

    >>> redacted("refused: sk-abcdefghijklmnop at smtp://ann:hush@mail.example")
    'refused: [secret] at smtp://[secret]@mail.example'
    """
    return _SECRET.sub("[secret]", text)


def configure(*, json: bool = False, quiet: bool = False) -> None:
    """Send events to standard error: JSON lines for machines, short lines for people; quiet: warnings only."""
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs whole addresses at INFO
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _redact,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _redact(_logger: object, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: redacted(value) if isinstance(value, str) else value for key, value in event.items()}
