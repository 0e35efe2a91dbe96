"""Whether words speak of something else than the brand as a whole: a part of it, another one, a variant."""

import re
from collections.abc import Iterable

from monitor.analysis.folding import fold
from monitor.analysis.kept import asked_once
from monitor.analysis.places import Place
from monitor.analysis.spans import Span, Stretch


def of_another(place: Place, at: Span, about: str) -> bool:
    """Whether the clause begins with a name that is neither tracked nor on the sheet: "TOEFL costs about $255".

    `about`: the fact's own words, folded; who stands in these, such as a buyer, is no other.
    """
    if _otherwise(place, at):
        return True
    stranger = _stranger(place, at)
    return bool(stranger) and stranger not in about


@asked_once
def _otherwise(place: Place, at: Span) -> bool:
    """Whether the words around make a value another's, whatever fact is asked for."""
    clause, page = place.clause(at.start), place.page
    if _AGAINST.search(page.folded, clause.start, at.start) and not _EARLIER.match(page.folded, at.end):
        return True
    if _VARIANT.match(page.folded, clause.start, at.start):
        return True
    other = _AT_OTHER.match(page.document.plain, at.end, clause.end)
    return bool(other) and not page.mentions_in(Stretch(start=at.end, end=min(clause.end, at.end + 40)))


@asked_once
def _stranger(place: Place, at: Span) -> str:
    """The name, folded, that the clause of a value begins with and that nobody knows; "": none."""
    page, clause = place.page, place.clause(at.start)
    found = _BEGINS.match(page.document.plain, clause.start, at.start)
    if not found or page.document.lang == "de":  # where every noun has a capital
        return ""
    span = Stretch(start=found.start("name"), end=found.end("name"))
    known = any(hit.concept.startswith(("=", "val:")) for hit in page.hits_in(span))
    ours = not page.brand_words.isdisjoint(fold(found["name"]).split())
    return "" if known or ours or page.mentions_at(span) else fold(found["name"])


def of_part(place: Place, at: Span, about: str, own: Iterable[Span] = (), *, priced: bool = False) -> bool:
    """Whether the clause speaks of a part or a relation of the company: "The plant in Linz employs 90 people".

    `about`: the fact's own words, folded; `own`: the words of the attribute itself: "its head office" is no part where
    the headquarters are asked for; `priced`: a price is asked for, and a plan is no part but what has one.
    """
    clause = place.clause(at.start)
    if place.page.says(_ALONE, clause.start, clause.end):
        return True
    if place.label and _names_part(place, about):
        return True
    found = _part(place, at)
    if (
        found is None
        or (priced and found["part"] in _OFFERED)
        or (found["part"] in about and not _founded_body(found["part"], about))
    ):
        return False
    return found["part"] == "foundation" or not any(one.start <= found.start("part") < one.end for one in own)


_PART = re.compile(
    r"\W*(?:(?:in fact|however|today|also|moreover|by contrast|for example|meanwhile|still|instead),? )?(?:the"
    r"|its|their|a|an|one)\s(?:[\w'’-]+\s){0,2}?(?P<part>plant|factory|branch|subsidiary|division|department"
    r"|warehouse|foundation|workshop|showroom|parent company|packaging|museum|site|dairy|mill|brewery|winery|hospital"
    r"|clinic|hotel|store|shop|restaurant|office|campus|laborator(?:y|ies)|lab|base|depot|arm|yard|refinery"
    r"|mine|terminal"
    r"|studio|kitchen|farm|lounge|centre|center|gallery|outlet|complex|works|facility|pump|motor|lid|plan|tier"
    r"|segment|unit|arm|label|model|battery|cable|charger|handle|blade|frame)\b(?! as a whole| itself)"
)


_OFFERED = frozenset({"plan", "tier", "model", "unit"})


@asked_once
def _part(place: Place, at: Span) -> re.Match[str] | None:
    return _PART.match(place.page.folded, place.clause(at.start).start, at.start)


def _founded_body(part: str, about: str) -> bool:
    """Whether "foundation" is the founding on the sheet and a body in the answer: "the foundation was set up"."""
    return part == "foundation" and bool(_OF_FOUNDATION.search(about))


_OF_FOUNDATION = re.compile(r"\b(?:year|date|day|time) of (?:the |its )?foundation\b")
_PART_LABEL = re.compile(
    r"\b(?:subsidiary|branch|division|plant|unit|segment|foundation|tochter\w*|niederlassung|filiale|zweigstelle"
    r"|succursale"
    r"|sucursal)\b|子会社|支社|法人"
)


def _names_part(place: Place, about: str) -> bool:
    """Whether the label names a part of the company: "US subsidiary founded: 1982"."""
    label = place.label
    found = _PART_LABEL.search(place.page.folded, label.start, label.end) if label else None
    return found is not None and found[0] not in about


# "The pump alone carries five years", "in 2025 alone": of a part, of a time.
_ALONE = re.compile(
    r"\balone\b|\ballein(?:e)?\b|\bà (?:elle|lui) seule?\b|\b(?:él|ella) sol[oa]\b|\bpor sí sol[oa]\b|だけで"
)
_VARIANT = re.compile(
    r"\W*(?:the|its|a|an|another|die|das|eine?|la|le|une|una|el)\s(?:[\w-]+\s){0,2}(?:version|variant|edition"
    r"|variety|recipe"
    r"|generation|sorte|variante|édition|versión)\b(?! of the brand)"
)
_AT_OTHER = re.compile(r"[^.;,]{0,12}?\b(?:at|bei|chez) [A-Z][a-z]\w+")
_AGAINST = re.compile(
    r"\b(?:against|versus|vs\.?|compared (?:with|to)|gegenüber|contre|frente a)\s(?:(?:about|around|roughly"
    r"|some|just|nearly"
    r"|almost|over|under|rund|etwa|environ|unos|unas|less than|more than|moins de|plus de|menos de|más de"
    r"|weniger als)\s)*$"
)
_EARLIER = re.compile(
    r"[^.;]{0,25}\b(?:(?:19|20)\d\d|years? (?:earlier|before|ago)|before|previously|last year|vorjahr|zuvor"
    r"|auparavant|antes)\b"
)
_BEGINS = re.compile(
    r"\W*(?:The )?(?P<name>[A-Z]{3,}|[A-Z]\w+(?: (?:[A-Z]\w+|\d+))+) (?=[a-z]+(?:s|ed)\b|has\b|is\b|was\b)"
)
