"""What every text goes through once, at the door."""

import re

# NUL passes SQLite and fails PostgreSQL; a lone surrogate breaks sqlite3, psycopg and spaCy.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    r"""Return the text with characters that no store accepts replaced one by one, so that every offset stays.

    >>> storable("a\x00b") == "a\ufffdb"
    True
    """
    return _UNSTORABLE.sub("\ufffd", text)
