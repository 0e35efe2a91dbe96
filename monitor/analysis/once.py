"""What happened once: a fine, a takeover, an issue of shares, a beginning. It holds for good, whatever dates it."""

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


_BEGINNING = re.compile(
    r"\b(?:began|begins?|beginnings?|started|born|birth\w*|cradle|roots|origins?|originated|founded|founding|foundation"
    r"|established|invented|created|opened|first|earliest|original|entstand\w*|gegründet|gründung\w*|anfänge|erfunden"
    r"|eröffnet|erste[nrs]?|ursprung|wiege|née?s?|naissance|fondée?|fondation|créée?|création|débuts?|première?|inventée?"
    r"|origines?|nació|nacimiento|fundad[oa]|fundación|creación|primer[oa]?|inventad[oa]|orígenes|origen)\b|創業|設立|発祥|誕生|1号"
)


@lru_cache(maxsize=4096)
def is_of_beginning(about: str) -> bool:
    """Whether an attribute is of how something began.

    >>> is_of_beginning("town of the first workshop"), is_of_beginning("head office")
    (True, False)
    """
    return bool(_BEGINNING.search(fold(about)))
