"""Whether a clause speaks of a product or a branch that bears the brand's name: "Acme Kids", "Acme of America"."""

import re

from monitor.analysis import gazetteer
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kind import Said
from monitor.analysis.places import Place
from monitor.analysis.spans import Stretch

_ARTICLE = re.compile(r"\W*(?:(?:the|its|der|die|das|le|la|el) )?")
_MORE = re.compile(r" (?P<of>of )?(?P<more>[A-Z][\w-]*)")
_NO_PRODUCT = frozenset(
    "inc ltd llc gmbh ag se sa plc nv ab oy group corp corporation co company holding holdings i ceo cfo cto president"
    " chairman founder who is was in to on and or at for of it has had the if when since".split()
)
_COMPANY_WIDE = frozenset({"year", "date", "number", "money", "percent", "place"})


def of_product(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the subject is another product of the sheet, or a longer name that begins with the brand's."""
    if asked.kind not in _COMPANY_WIDE or place.cell:
        return False
    if asked.kind == "place" and place.label and _regional(place):
        return True
    return _begins_with_product(place, said, asked) or _longer_name(place, said, asked) or _namesake(place, said, asked)


def _regional(place: Place) -> bool:
    """Whether the label is a country or continent: "Europe: Jonas Richter, based in Munich"."""
    label = place.label
    words = place.page.folded[label.start : label.end].strip(" *_:–—-") if label else ""
    return gazetteer.is_region(words) or words in gazetteer.CONTINENTS


def _begins_with_product(place: Place, said: Said, asked: Asked) -> bool:
    clause, products = place.clause(said.start), place.page.compiled.products
    mine = asked.own | {asked.thing} | asked.second
    said_words = asked.told
    opening = _ARTICLE.match(place.page.folded, clause.start)
    at = opening.end() if opening else clause.start
    for hit in place.hits:
        if hit.start == at and hit.concept in products and hit.end <= said.start:
            if place.page.mentions_at(hit):
                continue  # "Brunnhof" is no product named Brunn
            return hit.concept not in mine and place.page.folded[hit.start : hit.end] not in said_words
    return False


def _longer_name(place: Place, said: Said, asked: Asked) -> bool:
    clause, plain = place.clause(said.start), place.page.document.plain
    relative = _WHICH.match(place.page.folded, clause.start)  # "Acme of America, which has its offices in Portland"
    start = max(place.start, clause.start - _BEFORE_WHICH) if relative else clause.start
    mentions = place.page.mentions_in(Stretch(start=start, end=max(said.start, clause.start)))
    if not mentions:
        return False
    last = mentions[-1]
    found = _MORE.match(plain, last.end)
    if found is None or found.end() > said.start or last.start - clause.start > _OPENING:
        return False
    more = fold(found["more"])
    if more in _NO_PRODUCT or re.search(
        rf"(?<!\w){re.escape(more)}", fold(f"{asked.about} {asked.fact.says} {asked.fact.unit}")
    ):
        return False
    start = found.start("more")
    return not any(hit.start <= start < hit.end and not hit.concept.startswith(("=", "val:")) for hit in place.hits)


# What bears a brand's name and is none: "the Acme Family Foundation", "l'abbaye d'Acme".
_BODY = re.compile(
    r"(?: [A-Z][\w-]*){0,2} (?P<body>Foundation|Trust|Museum|Institute|University|College|School|Hospital|Charity|Fund"
    r"|Prize|Award|Stadium|Theatre|Theater|Abbey|Castle|Orchestra|Festival|Cup|FC|Stiftung|River|Valley)\b"
)
_BODY_OF = re.compile(
    r"\b(?P<body>abbaye|abbey|abtei|abadía|château|castle|schloss|castillo|monastery|kloster|monasterio|university"
    r"|université|universität|universidad|rivière|river|fluss|río|village|dorf|pueblo|forêt|forest|battle|bataille"
    r"|schlacht|batalla|fondation|foundation|stiftung|fundación|musée|museum|museo|bishop|duke|earl|count|comte|comté"
    r"|county|parish|paroisse) (?:of |de la |de |d'|du |von |von der )$"
)


def _namesake(place: Place, said: Said, asked: Asked) -> bool:
    """Whether the last name before a value is part of that of a foundation, an abbey, a club."""
    start = max(place.start, said.start - _FAR)
    mentions = place.page.mentions_in(Stretch(start=start, end=said.start))
    if not mentions:
        return False
    last = mentions[-1]
    found = _BODY.match(place.page.document.plain, last.end) or _BODY_OF.search(
        place.page.folded, max(place.start, last.start - 24), last.start
    )
    found = found or _APPOSED.match(place.page.document.plain, last.end)
    if found is None or _SENTENCE.search(place.page.folded, last.end, said.start):
        return False
    return fold(found["body"]) not in asked.told


# "Acme Rovers, who play in the seventh tier", "the Acme Dance Theatre, a small company in Leeds".
_APPOSED = re.compile(r"(?: [A-Z][a-z][\w-]+){0,2} (?P<body>[A-Z][a-z][\w-]+),? (?=an? [a-z]|who |which )")
_FAR = 90  # characters between such a name and the value
_SENTENCE = re.compile(r"[;:]|\b(?:but|while|whereas|aber|mais|pero)\b")
_WHICH = re.compile(r"\W*(?:which|who|whose|die|der|das|qui|que)\b")
_BEFORE_WHICH = 40  # characters
_OPENING = 25  # characters before the name
