"""What a figure counts: stores, people, a part only ("50 stores in Japan"), or nothing ("the two", "Switch 2")."""

import re

from monitor.analysis import gazetteer
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.places import Place
from monitor.analysis.quantities import Dimension, Quantity
from monitor.analysis.spans import Stretch

_STOP = re.compile(
    r"\b(?:of|in|on|at|for|and|or|with|by|to|from|as|per|worldwide|globally|today|now|across|around|is|are"
    r"|was|were|that|which|who|this|it|its|while|so|but|all|over|before|after|if|then"
    r"|von|in|im|und|oder|mit|auf|für|weltweit|die|der|das|sind|de|en|et|ou|dans|pour|avec|du|des|le|la"
    r"|les|y|o|con|para|por|el|los|a|à|au|aux|e)\b|[.,;:()|\n!?–—\[\]]|$"
)
_PEOPLE = re.compile(r"\b(?:people|persons|personen|menschen|personnes|personas|human beings)\b|人|名")
_COUNTED_PEOPLE = {"employees", "users", "subscribers", "customers", "passengers", "hosts", "guests"}
_EMPLOYS = re.compile(
    r"\b(?:leads?|leading|heads?|oversees?|manages?|commands?|responsible for|in charge of|presid\w+ over"
    r"|runs? (?:a|with)|(?:has|have)(?!\s(?:\w+ly\s)?(?!estimated|employed)\w{2,}(?:ed|ught|ven|sen|ken|pt)\b)"
    r"|counts?|numbers|with|group of|team of|führt|leitet|zählt|hat|dirige|compte|tiene"
    r"|cuenta con)\s(?:[\w'’]+\s){0,2}$"
)
_EMPLOYED = re.compile(
    r"\s(?:people|persons)\s(?:draw|earn|work|on (?:the|its)|strong|in total|across|at (?:its|the)"
    r"|to (?:look after|lead|manage)|under"
    r"|worldwide|around the (?:world|globe))"
)
_DOES_OTHERWISE = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|visit\w*|watch\w*|listen\w*|play\w*|buy|buys|bought|pay|paid|pays|subscrib\w*|live"
    r"|lives|lost|were|was"
    r"|died|attend\w*|shop|shops|eat|fly|travel\w*|read|reads|follow\w*|sign\w*|bank|trust|own|registered"
    r"|customers?|users?|fans"
    r"|students?|patients?|learn\w*|a (?:day|month|week|year)|each|every|who|struck|share)\b"
)
# What it did to so many: "hosted 5,000 people". Who leads, numbers or employs them has them.
_DONE_TO = re.compile(
    r"\b(?!led|headed|managed|supervised|employed|numbered|counted|total+ed|reached|retained|estimated|needed)\w{2,}ed"
    r"\s(?:about |around |roughly |nearly |almost |over |some |more than |at least |up to )?$"
)
_WORKERS = 0.2  # "3,100 people" of the number of employees
_BARE = 0.05  # a figure alone beside the attribute
_OWN_NOUN = 0.5  # "493 stores" of the number of stores
UNIT_NOUN = 0.15  # "330 mg" may be of anything
_COUNTER = re.compile(r"[件個社台点本種機名人棟床隻軒校館]|[かカヶケ箇]所|拠点")
_SMALL = 10  # "the two"
_MODEL_NUMBERS = 100  # "Switch 2"
_REACH = 32  # characters between a figure and what it counts
_WORDS = 3  # between them
_MODEL = re.compile(r"[A-Z][\w-]* $")
_REACH_BEFORE = 30  # characters between an attribute's word and its figure
_GAP = re.compile(r"(?:,? (?:whereas|while|against))?(?:[^\w,;.!?|]*[^\W\d]+){0,4}[^\w,;.!?|]*")
_EVERYDAY = frozenset({"=people", "=persons", "=units", "=items", "=pieces"})
_AND_MORE = re.compile(r"(?:, (?:the )?[A-Z]\w+)*,? (?:and|und|et|y|e) (?:(?:the|au|aux|en|le|la|les|in|im) )?[A-Z]\w+")
_CAPITAL = re.compile(r"\b[A-Z][A-Za-z.]+")
_IN_PLACE = re.compile(
    r"\W{1,3}(?:in|en|au|aux|across|throughout) (?:the |la |les "
    r"|los )?(?P<place>[A-Z][\w.]*(?: [A-Z]\w+)?)"
)
_OF_MANY = re.compile(r"^ (?:de|d') ?")  # "5,3 millions de contrats"
_ON_STAFF = re.compile(r" on (?:its |the |their )?")


def fits(place: Place, asked: Asked, one: Quantity) -> float:
    """How well what is counted fits: 0 where something else is counted."""
    if one.dimension is not Dimension.PLAIN:
        return 0.0
    if _noun_hit(place, asked, one):
        return _OWN_NOUN if _counted(asked) & asked.attribute else UNIT_NOUN
    if one.yearlike:
        return 0.0
    folded, stop = place.page.folded, place.page.first(_STOP, one.end, place.end)
    noun = folded[one.end : stop.start() if stop else place.end].strip(" -*_'\"")
    if not noun or noun.startswith(("[", "+")) or _COUNTER.match(noun):
        return 0.0 if _counts_nothing(place, one) else _bare(place, asked, one)
    if _PEOPLE.match(noun) and asked.concepts & _COUNTED_PEOPLE:
        return _WORKERS if "employees" not in asked.concepts or _works_there(place, one) else 0.0
    return 0.0


def _works_there(place: Place, one: Quantity) -> bool:
    """Whether so many people work, rather than buy, watch or live: "she leads roughly 3,100 people"."""
    clause, folded = place.clause(one.start), place.page.folded
    if _DONE_TO.search(folded, clause.start, one.start):
        return False
    if any(hit.concept == "employees" and not hit.weak for hit in place.hits) or place.labelled & {"employees"}:
        return True
    if _DOES_OTHERWISE.search(folded, one.end, clause.end):
        return False
    return bool(_EMPLOYS.search(folded, clause.start, one.start) or _EMPLOYED.match(folded, one.end))


def _counts_nothing(place: Place, one: Quantity) -> bool:
    """Tell "the two" and "Switch 2" from a count."""
    if one.value <= _SMALL and not place.page.folded[one.start].isdigit():
        return True
    return one.value < _MODEL_NUMBERS and bool(_MODEL.search(place.page.document.plain, place.start, one.start))


def _bare(place: Place, asked: Asked, one: Quantity) -> float:
    """How well a figure without a noun fits."""
    return _BARE if _labelled(place, asked, one) or _at_cue(place, asked, one) else 0.0


def _labelled(place: Place, asked: Asked, one: Quantity) -> bool:
    """Whether the figure is the value of a label that names the attribute."""
    label = place.label
    if not label or one.start < place.value_start:
        return False
    return bool(place.labelled & (_counted(asked) or asked.attribute))


def _at_cue(place: Place, asked: Asked, one: Quantity) -> bool:
    """Whether the figure stands right behind a word of the attribute."""
    folded = place.page.folded
    wanted = _counted(asked)
    return any(
        hit.end <= one.start <= hit.end + _REACH_BEFORE and _GAP.fullmatch(folded, hit.end, one.start)
        for hit in place.hits
        if hit.concept in wanted
    )


def _counted(asked: Asked) -> frozenset[str]:
    """The concepts of what is counted: the unit's, and where it is an everyday word, the attribute's too."""
    if not asked.units or asked.units <= _EVERYDAY:
        return asked.units | asked.attribute
    return asked.units


def _restricted(place: Place, asked: Asked, low: int, high: int) -> bool:
    """Tell whether a part only is counted: "seventeen Russian stores", "50 stores in Japan"."""
    plain = place.page.document.plain
    own = place.page.mentions_in(Stretch(start=low, end=high))
    for word in _CAPITAL.finditer(plain, low, high):
        if place.page.document.lang != "de" and not any(one.start <= word.start() < one.end for one in own):
            return True
    tail = _IN_PLACE.match(plain, high)
    if not tail or _AND_MORE.match(plain, tail.end()) or not gazetteer.is_country(gazetteer.usual(tail["place"])):
        return False
    return fold(tail["place"]) not in fold(asked.fact.says)


def _noun_hit(place: Place, asked: Asked, one: Quantity) -> bool:
    """Whether what the fact counts stands right behind the figure."""
    wanted = _counted(asked)
    folded = place.page.folded
    for hit in place.hits:
        if hit.concept in wanted and one.end <= hit.start <= one.end + _REACH:
            if hit.weak and hit.concept == "employees" and not _works_there(place, one):
                continue
            between = _OF_MANY.sub(" ", folded[one.end : hit.start])
            if _restricted(place, asked, one.end, hit.end):
                return False
            if _ON_STAFF.fullmatch(between):
                return True
            stop = _STOP.search(between)
            if (not stop or stop.start() == len(between)) and between.count(" ") <= _WORDS:
                return True
    return False
