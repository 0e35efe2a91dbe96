"""What every text goes through once, at the door."""

import re

# NUL passes SQLite and fails PostgreSQL; a lone surrogate breaks sqlite3, psycopg and spaCy.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    r"""Return the text with characters that no store accepts replaced one by one, so that every offset stays.

    >>> storable("a\x00b") == "a\ufffdb"
    True
    """
    return text if _is_storable(text) else _UNSTORABLE.sub("\ufffd", text)


def _is_storable(text: str) -> bool:
    """Whether nothing is to be replaced, as in nearly every text: far quicker told than by the pattern."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return "\x00" not in text
