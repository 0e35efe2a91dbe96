"""Amounts of what happened once: a fine, a takeover, an issue of shares. They hold for good, whatever dates them."""

import re
from functools import lru_cache

from monitor.analysis.folding import fold

_ONCE = re.compile(
    r"\b(?:settle(?:d|ment)|fined?|penalty|takeover|buy-?out|acquisition|flotation|ipo|lay-?offs?|laid off|breach"
    r"|recall|(?:in|of|from) (?:\w+ )?(?:19|20)\d\d|that \w+(?: \w+)? paid|vergleich|strafe|übernahme|amende|rachat"
    r"|multa)\b"
)
_AGAIN = re.compile(r"\b(?:latest|annual|yearly|fiscal|last|current|year|per)\b")


@lru_cache(maxsize=4096)
def is_of_event(about: str) -> bool:
    """Whether an attribute is of one event.

    >>> is_of_event("settlement over the data breach of 2019"), is_of_event("annual revenue (2025)")
    (True, False)
    """
    words = fold(about)
    return bool(_ONCE.search(words)) and not _AGAIN.search(words)
