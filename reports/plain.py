"""What is shown is text: characters that steer a terminal, a header or the reading direction are made visible."""

import re
import unicodedata
from urllib.parse import urlsplit

# Control characters other than tab and line feed, line and paragraph separators, lone surrogates and the marks that
# reverse the reading direction: one for one, so that offsets stay.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown(text: str) -> str:
    r"""Return the text, of the same length, with steering characters replaced by U+FFFD.

    >>> shown("a\x00b")
    'a\ufffdb'
    """
    return _STEERING.sub("\ufffd", text)


def one_line(text: str, limit: int = 0) -> str:
    r"""Return the text on one line, at most `limit` characters long (0: any length).

    >>> one_line("says\r\nBcc: x@example.com")
    'says Bcc: x@example.com'
    >>> one_line("a rather long sentence", 12)
    'a rather\u2026'
    """
    line = " ".join(_STEERING.sub(" ", text).split())
    if not limit or len(line) <= limit:
        return line
    return line[: limit - 1].rsplit(" ", 1)[0] + "\u2026"


def slug(text: str, limit: int = 60) -> str:
    """Return lower-case ASCII words joined by hyphens, for a file's name.

    >>> slug("gpt-5 says your price is EUR 2,190!")
    'gpt-5-says-your-price-is-eur-2190'
    """
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    hyphened = re.sub(r"[^a-z0-9]+", "-", re.sub(r"(?<=\d),(?=\d)", "", flat)).strip("-")
    whole = hyphened if len(hyphened) <= limit else hyphened[: limit + 1].rpartition("-")[0] or hyphened[:limit]
    return whole.strip("-") or "message"


def web_address(url: str) -> str:
    """Return the address if a browser may safely follow it, else the empty string.

    >>> web_address("https://example.com/a?b=1")
    'https://example.com/a?b=1'
    >>> web_address("javascript:alert(1)")
    ''
    """
    if _STEERING.search(url) or any(c.isspace() or c in "<>\"'\\`" for c in url):
        return ""
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return ""
    return url if usable else ""
