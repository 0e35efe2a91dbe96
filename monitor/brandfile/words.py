"""Texts with a form: names, ids, addresses of mail and pages, domains, two-letter codes."""

import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from monitor.brandfile.mistakes import Unfit, shown
from monitor.brandfile.scalars import text
from monitor.brandfile.yaml_nodes import Node

LONGEST_NAME = 200
LONGEST_TEXT = 10_000
# controls, line separators, and marks that turn the direction of text: a name goes into mail headers and headlines
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_IDENT = re.compile(r"\w[\w.-]{0,63}")
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_DOMAIN = re.compile(r"([^\W_]([\w-]{0,61}[^\W_])?\.)+[^\W\d_]([\w-]{0,61}[^\W_])?")
_CODE = re.compile(r"[A-Za-z]{2}")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")


def name(node: Node) -> str:
    """Return one line of text without anything that could break a header or turn a line around."""
    written = text(node)
    if not written:
        raise Unfit("the text is empty", "write a name, or remove the entry")
    unsafe = _UNSAFE.search(written)
    if unsafe:
        raise Unfit(f"{shown(written)} holds a line break or control character", "write it on one line")
    if len(written) > LONGEST_NAME:
        raise Unfit(f"{shown(written)} has {len(written):,} characters", f"keep it to {LONGEST_NAME}")
    return written


def prose(node: Node) -> str:
    """Return text that may run over lines."""
    written = text(node)
    if not written:
        raise Unfit("the text is empty", "write something, or remove the key")
    if len(written) > LONGEST_TEXT:
        raise Unfit(f"the text has {len(written):,} characters", f"keep it to {LONGEST_TEXT:,}")
    return written


def ident(node: Node) -> str:
    written = text(node)
    if not _IDENT.fullmatch(written):
        raise Unfit(
            f"{shown(written)} cannot be an id", "use letters, digits, - _ and . (at most 64), such as best-sofa"
        )
    return written


def mail(node: Node) -> str:
    written = name(node)
    if not _MAIL.fullmatch(written) or ".." in written or ".@" in written or written.startswith("."):
        raise Unfit(f"{shown(written)} is not a mail address", "write one address such as brand@example.com")
    return written


def domain(node: Node) -> str:
    """Return a host name in lower case."""
    written = text(node).lower().removesuffix(".")
    if not _DOMAIN.fullmatch(written) or len(written) > LONGEST_NAME:
        raise Unfit(f"{shown(written)} is not a domain", "write it without https:// and path, such as example.com")
    bare = written.removeprefix("www.")
    return bare if "." in bare else written


def web_address(node: Node) -> str:
    written = name(node)
    try:
        parts = urlsplit(written)
        host = parts.hostname
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not host:
        raise Unfit(f"{shown(written)} is not a web address", "write it whole, such as https://example.com/page")
    if parts.username or parts.password:
        raise Unfit("the address holds a user name or password", "secrets come from the environment; remove it")
    return written


def code(node: Node) -> str:
    """Return a two-letter code in the case it was written."""
    written = text(node)
    if not _CODE.fullmatch(written):
        raise Unfit(f"{shown(written)} is not a two-letter code", "write one such as SE or en")
    return written


def country(node: Node) -> str:
    return code(node).upper()


def language(node: Node) -> str:
    """Return ISO 639-1; of "en-GB" the language."""
    written = text(node)
    match = re.fullmatch(r"([A-Za-z]{2})([-_][A-Za-z]{2,4})?", written)
    if not match:
        raise Unfit(f"{shown(written)} is not a language code", "write two letters such as en or sv")
    return match[1].lower()


def variable(node: Node) -> str:
    """Return the name of an environment variable; a key written here by mistake is not repeated."""
    written = text(node)
    if not _VARIABLE.fullmatch(written):
        raise Unfit("this is not the name of an environment variable", "write its name, such as OPENAI_API_KEY")
    return written


def zone(node: Node) -> str:
    written = text(node)
    try:
        ZoneInfo(written)
    except (KeyError, ValueError, OSError):
        raise Unfit(f"there is no time zone {shown(written)}", "write one such as Europe/Stockholm") from None
    return written
