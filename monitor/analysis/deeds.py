"""Whether an amount or a year is of another event than the one that a fact tells."""

import re

from monitor.analysis import sheetwords
from monitor.analysis.cues import Asked
from monitor.analysis.kind import Said
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.analysis.spans import Stretch

_REACH = 45  # characters before an amount
_GIVEN_UP = re.compile(
    r"\b(?:withdr[ae]w\w*|pulled out|pulling out|retreated|exited|abandoned|gave up|quit|left(?! with)|leaving"
    r"|hit|affected|struck|compensated|refunded|notified|evacuated|stranded"
    r"|verließ|verlassen|betraf|a quitté|se retire|retirée?s?|a touché|abandonó|retiró|afectó)\s"
    r"(?:\w+\s){0,2}$"
)
_SPENT = re.compile(
    r"\b(?:spen[dt]s?|spending|invest\w*|paid|pays|pay|fined|owes|owed|donat\w+|borrowed|saved|lost|bought|cost|costs"
    r"|bezahl\w*|zahlte|kostete|dépensé|payé|versé|pagó|gastó|invirtió)\s(?:\w+\s){0,2}$"
)
_EARNED = frozenset({"revenue", "profit", "valuation", "funding"})


def of_event(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a verb right before the amount makes it that of an event: "withdrew from six markets", "spent 4 bn"."""
    before = (place.page.folded, max(place.clause(said.start).start, said.start - _REACH), said.start)
    patterns = [_GIVEN_UP] if asked.kind == "number" else []
    patterns += [_SPENT] if asked.concepts & _EARNED else []
    own = asked.words
    return any(found and found[0].split()[0] not in own for found in (one.search(*before) for one in patterns))


_EVENTS = re.compile(
    r"\b(?:signed|ran out|expired?|lapsed|sold (?:his|her|their|its)|bought|moved?|moves|audited|inspected|fined|sued"
    r"|checked|raised to|cut to|penalt\w+|resigned|retired|married|graduated|welcomed|contrôlée?|condamnée?|signé"
    r"|déménagé|unterschrieben|geprüft|verkaufte|firmó|multad[oa]|vendió)\b"
)
_APPOSED = re.compile(
    r"(?P<before>[^.;:]*?),\s(?:(?:which|that|die|das|der|qui|que) (?:was|were|wurde|a été|fut|fue) )?$"
)
_HEAD_NOUN = re.compile(
    r"\b(?:an?|one|eine?[mnrs]?|une?|d'une?|una|la|le|les|del|della|the)\s(?:[\w'-]+\s){0,4}?[\w'-]+"
    r"(?:\s(?:in|at|of|à|de|du|en|im)\s[\w' -]+)?$"
)
_EQUATES = re.compile(r"\b(?:is|was|are|as|ist|war|als|est|était|comme|es|era|como|being|remains|became)\s$")


def of_other_event(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a year is of another event, or of somebody named last: "plays in an orchestra, founded in 1978"."""
    clause, folded = place.clause(said.start), place.page.folded
    own = [hit for hit in place.hits if hit.concept in asked.slots and clause.start <= hit.start < clause.end]
    words = asked.words
    for hit in own:
        low, high = (hit.end, said.start) if hit.end <= said.start else (said.end, hit.start)
        between = [found for found in _EVENTS.finditer(folded, low, max(low, high)) if found[0] not in words]
        ahead = list(_EVENTS.finditer(folded, said.end, min(clause.end, said.end + _SOON)))
        if _AND_THEN.match(folded, said.end, max(said.end, hit.start)) and said.end <= hit.start:
            return True
        if between or (hit.weak and ahead) or _sold(place, hit):
            return True
    nearest = min(own, key=lambda hit: min(abs(hit.start - said.end), abs(said.start - hit.end)), default=None)
    return nearest is not None and _apposed_to_other(place, nearest)


_SOON = 45


# "born in 1955 and founded the firm": the year is of what stands before.
_AND_THEN = re.compile(r"\W*(?:and|und|et|y)\s(?:\w+\s){0,3}$")


def _sold(place: Place, hit: Hit) -> bool:
    """Whether somebody parts with shares, which is no listing: "sold her last shares in 2012"."""
    return hit.concept in {"debut", "listed"} and bool(
        _SELLS.search(place.page.folded, max(0, hit.start - 30), hit.start)
    )


_SELLS = re.compile(r"\b(?:sold|sells?|bought|buys?|kept|owns?|inherited)\s(?:\w+ ){0,3}$")


def _apposed_to_other(place: Place, hit: Hit) -> bool:
    """Whether the event's word stands behind a comma that follows the name of something else."""
    folded, plain = place.page.folded, place.page.document.plain
    named = _NAME_BEFORE.search(plain, max(place.start, hit.start - 60), hit.start)
    if (
        named
        and named.start() > place.start
        and not place.page.mentions_in(Stretch(start=named.start(), end=hit.start))
    ):
        return bool(_PARTICIPLE.search(folded, hit.start, hit.end))
    new = _NEW_BEFORE.search(folded, max(place.start, hit.start - 60), hit.start)
    if new and not (_EQUATES.search(folded, place.start, new.start()) or sheetwords.COMPANY.search(new[0])):
        return bool(_PARTICIPLE.search(folded, hit.start, hit.end))
    found = _APPOSED.search(folded, max(place.start, hit.start - 160), hit.start)
    if found is None or not _PARTICIPLE.search(folded, hit.start, hit.end):
        return False
    start, end = found.span("before")
    head = _HEAD_NOUN.search(folded, start, end)
    if (
        head is None
        or _EQUATES.search(folded, start, head.start())
        or sheetwords.COMPANY.search(folded, head.start(), end)
    ):
        return False
    return not place.page.mentions_in(Stretch(start=head.start(), end=end))


_NAME_BEFORE = re.compile(r"\b(?:bought|acquired|owns|took over|with|like|and|by|of) [A-Z]\w+,\s$")
_NEW_BEFORE = re.compile(r"\b(?:an?|une?|una|eine?[mnrs]?)\s(?:[\w-]+\s){1,2}$")  # "sponsors a marathon founded in"
_PARTICIPLE = re.compile(r"(?:ed|ées?|és?|et|ad[oa]|id[oa]|built|begun|set up)$")
