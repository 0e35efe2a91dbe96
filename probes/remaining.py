"""What a vendor says is left of this minute: asking on when nothing is left only earns a refusal."""

import re
from collections.abc import Mapping
from datetime import datetime

from probes import retry_after

# What is left, and when it is whole again: OpenAI, Groq, Mistral, xAI; Anthropic.
_PAIRS = (
    ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
    ("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"),
    ("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"),
    ("anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"),
    ("anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset"),
    ("anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset"),
)
_SPAN = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m(?!s))?(?:(\d{1,6}(?:\.\d+)?)s)?(?:(\d{1,9}(?:\.\d+)?)ms)?")


def rest(headers: Mapping[str, str], now: datetime) -> float:
    """Return the seconds until the vendor has something left again; 0 where something is, or it does not say.

    >>> from datetime import UTC
    >>> rest({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1m0.5s"}, datetime.now(UTC))
    60.5
    >>> rest({"x-ratelimit-remaining-requests": "3", "x-ratelimit-reset-requests": "6m0s"}, datetime.now(UTC))
    0.0
    """
    used_up = (when for left, when in _PAIRS if headers.get(left, "").strip() == "0")
    return max((_seconds(headers.get(when, ""), now) for when in used_up), default=0.0)


def _seconds(said: str, now: datetime) -> float:
    """Return what "6m0s", "17ms", "12" or "2026-11-22T06:00:30Z" mean; nonsense means nothing."""
    span = _SPAN.fullmatch(said.strip())
    if span and any(span.groups()):
        hours, minutes, seconds, milliseconds = (float(part or 0) for part in span.groups())
        return retry_after.bounded(hours * 3600 + minutes * 60 + seconds + milliseconds / 1000)
    if re.fullmatch(r"\d{1,7}(\.\d+)?", said.strip()):
        return retry_after.bounded(float(said))
    try:
        then = datetime.fromisoformat(said.strip())
    except ValueError:
        return 0.0
    return retry_after.bounded((then - now).total_seconds()) if then.tzinfo else 0.0
