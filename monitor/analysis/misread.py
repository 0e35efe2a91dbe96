"""Words of an attribute that look like words of the vocabulary and are not meant so: "spin-off", "fixed part of"."""

import re

from monitor.analysis.lexicon import Hit

_MEASURED = frozenset({"number", "money", "percent"})
_FIGURES = _MEASURED | {"year", "date"}  # what is no figure is read by words of its own
# Behind a hyphen or a verb these say nothing of a rebate, a size, a seat: "one-off", "system-wide", "laid off".
_TAIL = re.compile(r"(?:off|wide|up|out|in|on|over|based|run|led|made|paid|term)\b")
_OFF = re.compile(r"\b(?:laid|lay|laying|spun|spin|one|paid|pay|written|write|sold|cut|broken|taken|set|carved)[ -]$")
# What stands last in the name of a firm: "Larkspur Partners".
_FIRM = frozenset(
    "partners partner capital holding holdings group groups company brands ventures investment investments equity"
    " industries systems trust fund house international global media labs".split()
)
_OPENED = re.compile(
    r"\s(?:an?|the|of an?|of the)?\s?(?:\w+ )?(?:dispute|case|claim|account|complaint|ticket|request)s?\b"
)
_BY_WHOM = re.compile(r"(?:run|led|headed|managed|directed|operated)(?: by)?\b|runs|leads|heads")
_BOUGHT = frozenset({"acquisition", "listed", "debut"})
# "goods bought elsewhere", "may be sold to China", "can be traded in": no takeover and no exchange.
_TRADED = re.compile(r"bought\b(?! (?:by|up|out))|sold to\b|purchased\b|traded in\b(?= (?:for|against)|$)")
_RETURNS = re.compile(r"\b(?:return|exchange|refund|goods|items?|unopened)")


def is_misread(text: str, folded: str, hit: Hit, kind: str) -> bool:
    """Whether a word of the attribute `text` is not meant as the vocabulary has it; `folded` is the text folded."""
    if kind == "flag":
        return hit.concept in _BOUGHT and bool(_TRADED.match(folded, hit.start))
    if kind not in _FIGURES:
        return False
    word = folded[hit.start : hit.end]
    if _is_tail(folded, hit) or _is_of_firm(text, word, hit) or _is_of_name(text, hit):
        return True
    if hit.concept == "owner" and word == "own":
        return _OWN_THINGS.search(folded, 0, hit.start) is not None
    if hit.concept in _DEALS and _WHERE_BOUGHT.match(folded, hit.start):
        return True
    return kind in _MEASURED and _is_verb(folded, word, hit)


# "stores of its own", "its own restaurants", "number of own shops": whose is known.
_OWN_THINGS = re.compile(r"(?:\b(?:its|their|the|of|with)|'s|^)\s*$")
_DEALS = frozenset({"acquisition", "family:taken_over"})
_WHERE_BOUGHT = re.compile(
    r"(?:bought|purchased)\b(?= (?:online|elsewhere|there|directly|before|after|since"
    r"|in (?:a |the )?(?:shops?|stores?)))"
)
_SPENT = frozenset({"price", "family:taken_over"})  # "share of revenue spent on research": no price


def _is_of_name(text: str, hit: Hit) -> bool:
    """Whether a word of a family is a part of a name: "Prairie Link"."""
    if not hit.concept.startswith("family:") or not text[hit.start].isupper():
        return False
    return _CAPITALISED.search(text, 0, hit.start) is not None


_CAPITALISED = re.compile(r"\s[A-Z][\w-]+ $")


def _is_tail(folded: str, hit: Hit) -> bool:
    if hit.start > 1 and folded[hit.start - 1] == "-" and folded[hit.start - 2].isalpha():
        return bool(_TAIL.fullmatch(folded, hit.start, hit.end))
    return folded.startswith("off", hit.start) and bool(_OFF.search(folded, max(0, hit.start - 10), hit.start))


def _is_of_firm(text: str, word: str, hit: Hit) -> bool:
    """Whether a word ends the name of a firm: "Larkspur Partners"."""
    before = text[: hit.start].rstrip()
    named = bool(before) and before.rsplit(maxsplit=1)[-1][:1].isupper()
    return word in _FIRM and text[hit.start].isupper() and named and before != text[: hit.start]


def _is_verb(folded: str, word: str, hit: Hit) -> bool:
    """Whether a participle or a place is told beside what is counted: "water used", "run by franchisees"."""
    if hit.concept in _SPENT and word == "spent":
        return True
    if hit.concept == "opened":
        return word == "used" and not _RETURNS.search(folded)
    if hit.concept == "opening":
        return bool(_OPENED.match(folded, hit.end))
    if hit.concept == "owner":
        return word == "part of"
    if hit.concept == "ceo":
        return bool(_BY_WHOM.fullmatch(word))
    return hit.concept == "headquarters" and word in {"offices", "seat"}
