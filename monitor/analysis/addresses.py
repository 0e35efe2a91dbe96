"""Addresses in the one form in which they are counted: no tracking, no fragment. Nothing is fetched."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import tldextract

# The bundled public suffix list; no cache folder, no request.
_SUFFIXES = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())
# Parameters that say who sent the reader, not which page is meant; gathered from the lists of browsers that strip them.
_TRACKING = re.compile(
    r"(?:utm_\w+|utm|[gdm]clid|gclsrc|gbraid|wbraid|fbclid|msclkid|yclid|ttclid|twclid|li_fat_id|igsh(?:id)?"
    r"|mc_[ce]id|srsltid"
    r"|_hsenc|_hsmi|__hs\w+|hsctatracking|hsa_\w+|mkt_tok|vero_(?:id|conv)|oly_(?:anon|enc)_id|wickedid"
    r"|rb_clickid|s_cid|ss_\w+id"
    r"|_openstat|_branch_match_id|_bta_[ct]id|trk_\w+|dm_i|epik|sc_(?:c|campaign|channel|content)\w*|piwik_\w+"
    r"|pk_\w+|mtm_\w+"
    r"|matomo_\w+|ga_\w+|_ga|_gl|cmpid|cmp|icid|ncid|ocid|ito|at_(?:medium|campaign)|spm|scm|ref_src|ref_url"
    r"|referrer|sourceid"
    r"|guce_\w+|cvid|campaign_?id|ad_?id|adset_?id|click_?id|aff_?id|irclickid|irgwc|wt\.\w+|zanpid|ranmid"
    r"|raneaid|ransiteid"
    r"|linkcode|linkid|ascsubtag|sharedid|fb_(?:action|source)\w*|__twitter_impression|source=chatgpt\.com)",
    re.IGNORECASE,
)
_ASSISTANT = re.compile(r"(?:source|ref|via|from)", re.IGNORECASE)
_ASSISTANT_HOST = re.compile(r"(?:chatgpt|openai|perplexity|gemini|copilot|claude)(?:\.(?:com|ai))?", re.IGNORECASE)
# Buttons of an assistant's own page: they lead to its search, not to a source.
_OWN_BUTTON = re.compile(
    r"(?:chatgpt\.com/?\?|chat\.openai\.com/|(?:www\.)?google\.[a-z.]+/(?:search|maps/search)"
    r"|(?:www\.)?bing\.com/search)"
)
_UNWRAP = re.compile(r"(?:www\.)?google\.[a-z.]+/url$|l\.facebook\.com/l\.php$|(?:www\.)?bing\.com/ck/a$")
_PORTS = {"http": ":80", "https": ":443"}
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_MAX = 2_000  # characters


@lru_cache(maxsize=8192)
def canonical(url: str) -> str:
    """Return the address without tracking and fragment; "" if it leads to no page of the web.

    >>> canonical("HTTPS://WWW.Example.com:443/a?utm_source=chatgpt.com&id=7#part")
    'https://www.example.com/a?id=7'
    >>> canonical("javascript:alert(1)"), canonical("/relative"), canonical("file:///etc/hosts")
    ('', '', '')
    """
    written = _bare(url).replace("\\", "")
    if written.lower().startswith("www."):
        written = "https://" + written
    try:
        parts = urlsplit(written[:_MAX])
        host = _host(parts.netloc)
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in {"http", "https"} or not host:
        return ""
    host = host.removesuffix(_PORTS[scheme])
    if _UNWRAP.fullmatch(host + parts.path):
        wrapped = dict(parse_qsl(parts.query)).get("q") or dict(parse_qsl(parts.query)).get("url") or ""
        return canonical(wrapped) if wrapped.startswith("http") else ""
    if _OWN_BUTTON.match(f"{host}{parts.path}?{parts.query}"):
        return ""
    # What was cut off behind it, a fragment say, may leave such signs at the end again.
    query = _bare(_query(parts.query))
    return _bare(urlunsplit((scheme, host, _even_path(parts.path), query, "")))


def _bare(written: str) -> str:
    """Return the text without white space and angle brackets around it."""
    while (bare := written.strip().strip("<>")) != written:
        written = bare
    return written


def _host(netloc: str) -> str:
    host = netloc.rsplit("@", 1)[-1].lower().rstrip(".")
    if "." not in host and not host.startswith("["):
        return ""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _even_path(path: str) -> str:
    """Return the path with its escapes in capitals, and signs beyond ASCII escaped as browsers do."""
    if not path.isascii() or " " in path:
        path = quote(path.strip(), safe="/%:@!$&'()*+,;=~-._", errors="replace")
    return _ESCAPE.sub(lambda found: found[0].upper(), path) or "/"


def _query(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [
        (key, value)
        for key, value in pairs
        if not _TRACKING.fullmatch(key) and not (_ASSISTANT.fullmatch(key) and _ASSISTANT_HOST.fullmatch(value))
    ]
    return query if len(kept) == len(pairs) else urlencode(kept)


@lru_cache(maxsize=4096)
def domain(url: str) -> str:
    """Return the registrable domain, or the host itself where there is none.

    >>> domain("https://news.bbc.co.uk/x"), domain("http://192.168.0.1/x")
    ('bbc.co.uk', '192.168.0.1')
    """
    host = host_of(url)
    found = _SUFFIXES(host)
    return f"{found.domain}.{found.suffix}" if found.domain and found.suffix else host


@lru_cache(maxsize=8192)
def host_of(url: str) -> str:
    """Return the host without its port, lower case."""
    try:
        return unquote(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def is_public(host: str) -> bool:
    """Whether a host ends in a suffix under which anybody can register."""
    return bool(_SUFFIXES(host).suffix)
