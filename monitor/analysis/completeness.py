"""Whether names are given as all that there are: "founded by A and B", "three towns: A, B, C", "its founder is A"."""

import re
from collections.abc import Sequence

from monitor.analysis.cues import Asked
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

NUMBERS = {
    "sole": 1, "only": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "dos": 2, "tres": 3,
    "cuatro": 4, "cinco": 5,
}  # fmt: skip
ANY_NUMBER = "|".join(NUMBERS)
_SEVERAL = 2
_AMONG = re.compile(
    r"\b(?:includ(?:es?|ing)|among|such as|for example|for instance|e\.g|like|one of|some of|co-?founders?"
    r"|together with|besides"
    r"|as well|others|etc|unter anderem|u\. ?a|darunter|zum beispiel|notamment|parmi|entre otros|como|por ejemplo"
    r"|also|too|met"
    r"|joined|left|former|late|brother|sister|friend|both)\b|など|ほか"
)
_BY = re.compile(r"\b(?:by|von|par|por|durch)\s(?:\w+\s){0,3}$")


def as_complete(place: Place, named: Sequence[Span], asked: Asked) -> bool:
    """Whether a list is given as all there are: the value of a label, "founded by A and B", "three towns: A, B, C"."""
    folded, clause = place.page.folded, place.clause(named[0].start)
    true = asked.fact.value
    if len(named) < _SEVERAL or not isinstance(true, tuple):
        return isinstance(true, tuple) and _as_only_one(place, named[0], asked)
    counted = _ANY_COUNT.search(folded, clause.start, named[0].start)
    if counted and NUMBERS.get(counted["count"]) == len(named) and named[0].start - counted.end() <= _COUNTED_GAP:
        low = max(clause.start, counted.start() - 2 * _SMALL_GAP)
        return not _AMONG.search(folded, low, min(clause.end, named[-1].end + _SMALL_GAP))
    if _THE_ONLY.match(folded, named[-1].end, min(place.end, named[-1].end + 2 * _COUNTED_GAP)):
        return True
    if _AMONG.search(folded, max(clause.start, min(place.value_start, named[0].start)), clause.end):
        return False
    behind = folded[named[-1].end : place.end].strip(" .*_")
    if place.label and place.labelled & asked.attribute and named[0].start - place.value_start <= _SMALL_GAP:
        return not behind
    whole = counted and NUMBERS.get(counted["count"]) == len(named)
    whole = whole or _NO_OTHER.search(folded, clause.start, named[0].start) is not None
    return whole or _as_all_founders(place, named, asked)


def counted(place: Place, named: Sequence[Span]) -> bool:
    """Whether it is said before names how many there are: "three towns: A, B, C"."""
    found = _ANY_COUNT.search(place.page.folded, place.clause(named[0].start).start, named[0].start)
    return found is not None and NUMBERS.get(found["count"]) == len(named)


def _as_all_founders(place: Place, named: Sequence[Span], asked: Asked) -> bool:
    """Whether names are told as all who founded: "the founders, A and B", "A and B founded it"."""
    folded, clause = place.page.folded, place.clause(named[0].start)
    if "founding" not in asked.attribute:
        return False
    if _BY.search(folded, clause.start, named[0].start) and "founded" in place.text:
        return True
    if _MORE.search(folded, place.start, place.end):
        return False
    first, last = named[0].start, named[-1].end
    heads = (hit for hit in place.hits if hit.concept in asked.slots and hit.end <= first)
    if any(
        _THE.search(folded, max(place.start, hit.start - 24), hit.start) and _ARE.fullmatch(folded, hit.end, first)
        for hit in heads
    ):
        return True
    return any(
        hit.start == last + 1 and _FOUNDED.fullmatch(folded, hit.start, hit.end)
        for hit in place.hits
        if hit.concept in asked.slots
    )


def _as_only_one(place: Place, name: Span, asked: Asked) -> bool:
    """Whether one is given as all there is: "its founder is A", "produced by A alone"."""
    folded, clause = place.page.folded, place.clause(name.start)
    if _ONLY.match(folded, name.end, clause.end):
        return True
    if _AMONG.search(folded, clause.start, clause.end):
        return False
    return any(
        hit.concept in asked.telling
        and not folded.endswith("s", hit.start, hit.end)
        and _THE.search(folded, max(clause.start, hit.start - 24), hit.start)
        and _IS.fullmatch(folded, hit.end, name.start)
        for hit in place.hits
        if hit.end <= name.start
    )


_ONLY = re.compile(
    r",? (?:alone|single-handed(?:ly)?|by (?:him|her)self|allein|seule?|en solitario)\b(?! (?:among|in|has))"
)
_THE_ONLY = re.compile(
    r",? (?:which are |are |were |being )?(?:the|its|their) only (?:ones?|two|three|four|five|brands|founders"
    r"|members)\b"
    r"|,? (?:and )?(?:no others?|nobody else|no one else|that(?:'s| is) all)\b|[^.;,]{0,24} by themselves\b"
)
# "made only in A and B", "beschränkt sich auf A und B".
_NO_OTHER = re.compile(
    r"\b(?:only|solely|exclusively|nothing but|(?:limited|confined|restricted) to|nur|ausschließlich|lediglich"
    r"|beschränkt sich auf|exclusivement|uniquement|seulement|se (?:limite|borne) à|solo|sólo|únicamente"
    r"|exclusivamente|se limita a)\s(?:(?!not\b)[\w'’]+\s){0,4}$"
)
_THE = re.compile(r"(?:\b(?:its|the|their|whose)|['’]s?)\s$")
_IS = re.compile(r"(?: of (?:the )?[\w'’-]+(?: [\w'’-]+){0,2})? (?:is|was|has been) ")
_ARE = re.compile(r",? |:? |(?: of (?:the )?[\w'’-]+(?: [\w'’-]+){0,2})? (?:are|were) ")
_FOUNDED = re.compile(
    r"(?:co-?)?(?:founded|started|created|established|launched)|set up|gründeten|ont fondé|fondèrent|fundaron|crearon"
)
_MORE = re.compile(
    r"\b(?:joined|along with|together with|with (?:the )?help|later|also|among|including|other|others|too|as well as"
    r"|third|fourth|fifth|co-?founders?|unter anderem|gemeinsam mit|zusammen mit|avec|junto (?:a|con))\b"
)
_SMALL_GAP = 4
_COUNTED_GAP = 70  # characters between "two" and the first of two names
_ANY_COUNT = re.compile(rf"\b(?<!other )(?<!the first )(?P<count>{ANY_NUMBER})\b")
