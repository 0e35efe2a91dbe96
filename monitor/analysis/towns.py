"""Names that may be a town's by how they stand: behind "in", before a state, as all that a label gives.

Whether one is meant for a fact then tells what is said around it (`relevance`).
"""

import re
from collections.abc import Mapping

from monitor.analysis import capitals, gazetteer, standing
from monitor.analysis.cues import Asked
from monitor.analysis.kept import once
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

_SITS = re.compile(
    r"\b(?:in|im|at|from|out of|near|to|outside|around|aus|bei|nach|à|au|en|dans|près de)\s"
    r"(?:(?:the|la|le|les|el|los|der|den)\s)?(?:[\wäöüß]+(?:n|schen|ischen)\s)?"
    r"(?:(?:city|town|village|suburb|state) of )?$"
)
_STANDS = re.compile(
    r"\b(?:[Ii][nm]|[Aa]t|[Ff]rom|[Nn]ear|[Tt]o|[Aa]us|[Nn]ach|[Àà]|[Ee]n|[Dd]ans)\s(?:\w+\s){0,2}[A-ZÀ-Þ]|[州市県]"
    r"|[ァ-ヺー]{2}(?:\([^)\n]{2,30}\))?[にで](?!す)"
)
_BEGINS = re.compile(
    r"\b(?:comes? from|hails? from|goes back to|began|begins?|beginnings?|started|starts?|born|birth|birthplace|cradle"
    r"|roots?|origins?|originated|founded|founding|set up|established|invented|created|opened|opens|first|earliest"
    r"|stammt aus|kommt aus|entstand\w*|entstanden|begann|gegründet|gründe\w+|gründung|anfänge|erfunden|eröffne\w+"
    r"|erste[nrs]?|ursprung|wiege"
    r"|née?s?|naquit|vu le jour|commencé|fondée?|fondèrent|créée?|création|débuts?|débuté|ouvr\w+"
    r"|première?|inventée?|origines?"
    r"|nació|nacida|empezó|comenzó|fundó|fundada|fundaron|crearon|creada|surgió|abri\w+"
    r"|primer[oa]?|inventad[oa]|orígenes|origen)\b"
    r"|創業|設立|発祥|開業|誕生|1号店|発明"
)

# Of these nothing else begins as a rule than the company itself.
_FOUNDS = (
    r"\b(?:comes? from|hails? from|goes back to|began|begins|beginnings?|started out|born|birth|birthplace|cradle|roots"
    r"|origins?|originated|founded|founding|set up|established|stammt aus|kommt aus|entstand\w*|begann|gegründet"
    r"|gründe\w+|gründung|anfänge|ursprung|wiege|née?s?|naquit|vu le jour|fondée?|fondèrent|créée?|création|débuts?"
    r"|origines?|nació|nacida|empezó|fundó|fundada|fundaron|creada|surgió|orígenes|origen)\b|創業|設立|発祥|誕生"
)
_FOUNDED = re.compile(rf"(?:{_FOUNDS})[^.;!?]{{0,45}}$")
_FOUNDED_THERE = re.compile(rf"[^.;!?,]{{0,14}}(?:{_FOUNDS})")
_ASKS = re.compile(_FOUNDS)


@once
def stand(place: Place) -> bool:
    """Whether a name stands there as a town's may."""
    plain = place.page.document.plain
    return bool(place.label) or place.cell or _STANDS.search(plain, place.start, place.end) is not None


def signs(place: Place, name: Span, asked: Asked) -> Mapping[str, float]:
    """Return what speaks for a name's being a town's, and where what began is asked, for its being told."""
    page, clause = place.page, place.clause(name.start)
    begins = page.says(_BEGINS, clause.start, clause.end) or "founding" in place.labelled
    asks = not asked.changes
    founded = "founding" in place.labelled or _is_founded(place, name)
    parts = gazetteer.split(page.document.plain[name.start : name.end])
    own = any(gazetteer.parts(parts[0]) & set(gazetteer.ordered(str(one.value))[:1]) for one in asked.known)
    land, asks_land = gazetteer.is_region(parts[0]), gazetteer.is_region(gazetteer.split(str(asked.fact.value))[0])
    return {
        "sits": _sits(page.folded, place, name),
        "regional": any(gazetteer.is_region(part) for part in parts[1:]),
        "filled": standing.fills(place, name),
        "begins": begins,
        "begun": (1.0 if begins else -1.0) if asks else (-1.0 if begins else 0.0),
        "founded": (1.0 if _ASKS.search(asked.about.lower()) else 0.4) if founded and asks else 0.0,
        "level": 1.0 if own or land == asks_land else -1.0 if land else 0.0,
        "another": standing.is_of_another(place, name, asked),
        "opens": name.start <= clause.start + 2,
    }


def _is_founded(place: Place, name: Span) -> bool:
    """Whether something is said to have been founded there, right before the name or behind it."""
    folded = place.page.folded
    before = _FOUNDED.search(folded, max(place.start, name.start - _REACH), name.start)
    return before is not None or _FOUNDED_THERE.match(folded, name.end, place.end) is not None


_REACH = 60


def _sits(folded: str, place: Place, name: Span) -> bool:
    before = _SITS.search(folded, max(place.start, name.start - 40), name.start)
    return before is not None or _SITS_BEFORE.match(folded, name.end, place.end) is not None


_SITS_BEFORE = re.compile(r"\)?[市県州]?(?:の[^、。,]{0,12})?[でに](?!す)")


def may_be(place: Place, name: Span, asked: Asked, told: Mapping[str, float]) -> bool:
    """Whether a name may be a town's, or a land's where a land is asked."""
    plain = place.page.document.plain
    if told["level"] < 1 or not (told["sits"] or told["regional"] or told["filled"]):
        return False
    if any(hit.concept in asked.attribute and hit.start < name.end and name.start < hit.end for hit in place.hits):
        return False
    if "・" in plain[name.start : name.end] and not told["regional"]:
        return False  # a person's name
    return not is_none(place, name)


def is_none(place: Place, name: Span) -> bool:
    """Whether a word with a capital is surely no town: a people, a German noun, the first word of a sentence."""
    plain = place.page.document.plain
    words = plain[name.start : name.end]
    if " " in words or not words.isalpha():
        return False
    if capitals.is_people(words) or (place.page.document.lang == "de" and capitals.is_noun(place, name)):
        return True
    return not plain[place.value_start : name.start].strip(_AROUND) and standing.runs_on(place, name)


_AROUND = " *_:：–—-•\n\t"
