"""What was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

_MOST = 12  # words listed where none is close


def suggestion(written: str, known: Iterable[str]) -> str:
    """Return a remedy: the closest known word, else what there is.

    >>> suggestion("promts", ["prompts", "facts"])
    'did you mean prompts?'
    >>> suggestion("zzz", ["b", "a"])
    'write one of a, b'
    """
    words = sorted(known)
    close = get_close_matches(written[:100].lower(), words, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    more = ", ..." if len(words) > _MOST else ""
    return f"write one of {', '.join(words[:_MOST])}{more}" if words else "nothing is known here"
