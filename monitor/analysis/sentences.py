"""Where sentences and clauses end: own rules, because a tokenizer costs more than everything else together."""

import re
from collections.abc import Iterable, Iterator, Sequence

import ahocorasick_rs

from monitor.analysis.blocks import Block, BlockKind
from monitor.analysis.spans import Span, Stretch

# A point after one of these ends no sentence.
_SHORT = (
    r"Mr|Mrs|Ms|Dr|Prof|St|Mt|Jr|Sr|Inc|Ltd|Co|Corp|Bros|vs|No|Nos|Nr|Fig|approx|ca|circa|est|incl|excl|etc|e\.g"
    r"|i\.e|cf|al|Vol|pp?"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mio|Mrd|Bio|Mill|Tsd|Std|Min|bzw|usw|evtl|inkl|exkl|zzgl|ggf"
    r"|sog|Abs"
    r"|z\.\s?B|d\.\s?h|u\.\s?a|o\.\s?ä|i\.\s?d\.\s?R|n\.\s?Chr|v\.\s?Chr|Str|Sra?|Srta|Mme|Mlle|MM|av|env"
    r"|p\.\s?ej|U\.S|U\.K|U\.N|D\.C|Ph\.D|a\.m|p\.m"
)
# Most characters end nothing: the signs that may are looked for first, then what stands behind one.
_BOUNDARY = re.compile(
    r"[.!?…。！？｡\n](?:"
    r"(?P<cjk>(?<=[。！？｡])[。！？｡]*[」』）”\"]*)"
    r"|(?P<stop>(?<=[.!?…])[.!?…]{0,11}[\"')\]»”]{0,3})(?=\s|\[\d|$)"
    r"|(?P<glued>(?<=[a-zäöüéè%)][a-zäöüéè%)][.!?])(?=[A-ZÄÖÜ][a-zäöüéè]))"
    r"|(?P<line>(?<=\n)))"
)
# Citations behind a sentence belong to it: "[1][2]", "([a.example](https://a.example/x))".
_CHIPS = re.compile(r"(?:\s?\[\d{1,3}\](?![(:])|\s?\((?:,?\s?\[[^\]\n]{1,120}\](?:\([^()\s]*\)|\[\d{1,3}\])){1,6}\))+")
_NOTHING = re.compile(r"\s*\Z")
_NO_END = re.compile(rf"(?<![^\s(\[\"'/–—-])(?:{_SHORT}|[A-ZÄÖÜ](?:\.[A-Z])*)$")
_LONG_WORD = 7  # letters: no word that is shortened keeps so many
_NUMBERED = re.compile(r"(?:^|\s)\d{1,2}$")
_GERMAN_MONTH = re.compile(
    r"\s+(?:Jan|Feb|März|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahrhundert|Jh|Platz|Generation|Auflage)"
)
_NEXT = re.compile(r"\s*[\"'(\[«„“¿¡*_–—-]*\s*(?P<first>\S)")
_FRESH_LINE = re.compile(
    r"\s*(?:\*\*|__|[^\s:：]{1,30}(?: [^\s:：]{1,30}){0,4}[:：]\s|[•●▪–—-]\s"
    r"|[\U0001F300-\U0001FAFF✅❌☑✔✖⚠⭐])"
)
_HARD_BREAK = re.compile(r"(?:  |\\|[:：])$")

# What parts a sentence into things said of different subjects, or against each other.
_CONTRAST = (
    "but|however|whereas|although|though|yet|unlike|despite|nevertheless|aber|jedoch|während|wohingegen|obwohl"
    "|sondern"
    "|mais|tandis qu|alors qu|bien qu|cependant|pero|mientras|aunque|sin embargo|ma|mentre|però|maar|terwijl|men"
)
_COORDINATE = (
    r"while\b|and [a-z]|or (?:it|they)\b|so (?:it|they|the)\b|which\b"
    r"|und (?:er|sie|es|der|die|das)\b|et (?:il|elle|le|la|les)\b|y (?:el|la|los|las|su)\b"
)
_COMMA = re.compile(rf",\s+(?=(?:{_CONTRAST})\b|{_COORDINATE})")  # in a folded text
_PARTS = {
    ";": re.compile(r";\s*"),
    "；": re.compile(r"；\s*"),
    "—": re.compile(r"—\s*"),
    "–": re.compile(r"–(?<=\s–)\s+"),
    "、": re.compile("、(?:(?<=[がけれど]、)|(?=しかし|一方|ただし|ただ))"),
}
_SPACED = frozenset(";；—–")  # marks whose cut begins with the space before them
_WORDS = ahocorasick_rs.AhoCorasick([f" {word}" for word in _CONTRAST.split("|")])
_LONGEST = 1500  # characters of a sentence
_MIN_CLAUSE = 3  # characters; shorter pieces stay with their neighbour


def sentences(plain: str, text: str, blocks: Iterable[Block]) -> list[Span]:
    """Return the sentences of each block, without surrounding space; a cell or heading is one sentence or several."""
    found: list[Span] = []
    for block in blocks:
        start = block.start
        for end, cited in _ends(plain, text, block):
            found += _bounded(plain, start, end, whole=cited)
            start = end
        if start < block.end:
            found += _bounded(plain, start, block.end)
    return found


def _bounded(plain: str, start: int, end: int, *, whole: bool = False) -> Sequence[Span]:
    """Return what stands between two offsets as one sentence, in parts where it goes on and on.

    Each value of a sentence is held against all its words: one of 16,000 characters would take a minute.
    """
    parts: list[Span] = []
    while end - start > _LONGEST:
        stop = plain.rfind(" ", start + 1, start + _LONGEST)
        stop = stop if stop > 0 else start + _LONGEST
        parts += _trimmed(plain, start, stop)
        start = stop
    last = _trimmed(plain, start, end, whole=whole)
    return (*parts, *last) if parts else last


def _ends(plain: str, text: str, block: Block) -> Iterator[tuple[int, bool]]:
    """Yield where a sentence ends, and whether it ends with citations."""
    for found in _BOUNDARY.finditer(plain, block.start, block.end):
        kind, end = found.lastgroup, found.end()
        if kind == "line":
            if block.kind is not BlockKind.CELL and _breaks(plain, text, found.start(), block):
                yield end, False
            continue
        chips = _CHIPS.match(text, end, block.end)
        end = chips.end() if chips else end
        last = chips and _NOTHING.match(text, end, block.end)
        if last or kind in {"cjk", "glued"} or _stops(plain, found, end, block):
            yield end, chips is not None


def _stops(plain: str, found: re.Match[str], end: int, block: Block) -> bool:
    following = _NEXT.match(plain, end, block.end)
    if following is None:
        return False
    first = following["first"]
    if first.islower() or (end == found.end() and plain.startswith("[", end)):
        return False
    if found[0] != ".":
        return True
    at = found.start()
    before = plain[max(block.start, at - 14) : at]
    if before[-1:].isdecimal():
        return not (_NUMBERED.search(before) and _GERMAN_MONTH.match(plain, found.end()))
    long = len(before) >= _LONG_WORD and before[-_LONG_WORD:].isalpha()
    return long or before[-1:] in ")%" or not _NO_END.search(before)


def _breaks(plain: str, text: str, newline: int, block: Block) -> bool:
    """Whether a line break inside a paragraph is meant: a new label, a bullet, a forced break."""
    line = plain.rfind("\n", block.start, newline) + 1 or block.start
    if _HARD_BREAK.search(text[max(line, newline - 3) : newline]):
        return True
    return bool(_FRESH_LINE.match(text, newline + 1, block.end))


def clauses(plain: str, folded: str, spans: Iterable[Span]) -> list[Span]:
    """Return the clauses of each sentence: cut at contrast, semicolons, dashes and coordinated subjects."""
    found: list[Span] = []
    cuts = [*_cuts(plain, folded), (len(plain), len(plain))]
    at = 0
    for span in spans:
        start, end = span.start, span.end
        while cuts[at][0] < start:
            at += 1
        while cuts[at][1] < end:
            low, high = cuts[at]
            at += 1
            if low - start >= _MIN_CLAUSE and end - high >= _MIN_CLAUSE:
                found += _trimmed(plain, start, low)
                start = high
        if start == span.start and not plain[end - 1].isspace():
            found.append(span)
        else:
            found += _trimmed(plain, start, end)
    return found


def _cuts(plain: str, folded: str) -> list[tuple[int, int]]:
    """Return where clauses may end and the next begin, in order."""
    found = {comma.span() for comma in _COMMA.finditer(folded) if plain[comma.start()] == ","}
    for sign, mark in _PARTS.items():
        if sign in plain:
            spans = (cut.span() for cut in mark.finditer(plain))
            found |= {(_space_before(plain, low) if sign in _SPACED else low, high) for low, high in spans}
    even = folded.replace("\n", " ")
    for _, low, high in _WORDS.find_matches_as_indexes(even, overlapping=True):
        if even[high : high + 1].isalnum():
            continue
        start = _space_before(plain, low)
        if start and plain[start - 1] != ",":  # behind a comma: found above
            found.add((start, low + 1))
    return sorted(found)


def _space_before(plain: str, at: int) -> int:
    while at and plain[at - 1].isspace():
        at -= 1
    return at


def _trimmed(plain: str, start: int, end: int, *, whole: bool = False) -> tuple[Span, ...]:
    """Return the piece without surrounding space, if any; `whole` keeps its end, where blanks stand for citations."""
    if start < end and not (plain[start].isspace() or plain[end - 1].isspace()):
        return (Stretch(start=start, end=end),)
    piece = plain[start:end]
    begin = end - len(piece.lstrip())
    stop = end if whole else start + len(piece.rstrip())
    return (Stretch(start=begin, end=stop),) if begin < stop else ()
