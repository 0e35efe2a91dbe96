"""A count or measure: 493 stores, 24 hours, 4.8 stars."""

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.analysis import comparing, durations, gazetteer, measures, unitalone
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.nearness import ENOUGH, by_value, tie
from monitor.analysis.places import Place
from monitor.analysis.quantities import Bound, Dimension, Quantity
from monitor.domain.brand import Fact, FactValue
from monitor.domain.readings import Span

_STOP = re.compile(
    r"\b(?:of|in|on|at|for|and|or|with|by|to|from|as|per|worldwide|globally|today|now|across|around|is|are"
    r"|was|were|that|which|who|this|it|its|while|so|but|all|over|before|after|if|then"
    r"|von|in|im|und|oder|mit|auf|für|weltweit|die|der|das|sind|de|en|et|ou|dans|pour|avec|du|des|le|la"
    r"|les|y|o|con|para|por|el|los|a|à|au|aux|e)\b|[.,;:()|\n!?–—\[\]]|$"
)
_PEOPLE = re.compile(r"\b(?:people|persons|personen|menschen|personnes|personas|human beings)\b|人|名")
_COUNTED_PEOPLE = {"employees", "users", "subscribers", "customers", "passengers", "hosts", "guests"}


def _check(value: FactValue, unit: str) -> str:  # noqa: ARG001  -- every kind is asked the same way
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "a number is written in figures, such as 493 or 4.8"
    return "" if abs(value) < 1e18 else "a number this large cannot be checked"  # noqa: PLR2004


def _advice(fact: Fact) -> str:
    if not fact.unit:
        return "say what is counted, as `unit: stores`, so that other figures beside it are not mistaken for this one"
    return ""


def _same(a: Fact, b: Fact) -> bool:
    return a.value == b.value and a.unit == b.unit


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    if not place.quantities:
        return []
    days = durations.in_days(asked.fact.unit)
    found = []
    for one in _joined(place, _elided(place)) if days else place.quantities:
        score = tie(place, asked, one)
        alone = unitalone.is_like(asked, one) and unitalone.speaks(place, one, asked)
        score = max(score, unitalone.SCORE) if alone else score
        if score <= 0 or _is_rate(place, one) or one.dimension in {Dimension.MONEY, Dimension.PERCENT}:
            continue
        given = not measures.behind(place.page.folded, one.end) and by_value(
            place, asked, one, place.coverage(asked, one.start)
        )
        fits = _fits(place, asked, one) or (_UNIT_NOUN if alone else _GIVEN if given else 0.0)
        if fits and score >= _TIED and score + fits >= ENOUGH:
            found.append(
                Said(
                    start=one.start,
                    end=one.end,
                    value=one,
                    shown=durations.shown(one, asked.fact.unit) if days else replace(one, unit=asked.fact.unit).shown,
                    score=min(1.0, score + fits),
                    exclusive=True,
                    scale=_scale(place, asked, one),
                )
            )
    return found


_GIVEN = 0.05  # for a figure of the sheet, whatever it counts here


def _fits(place: Place, asked: Asked, one: Quantity) -> float:
    """How well an amount is of what the fact counts or measures; 0: not at all."""
    if durations.in_days(asked.fact.unit):
        return durations.fits(place, asked, one)
    measure = measures.of_unit(asked.fact.unit)
    return _fits_measure(place, one, measure) if measure else _fits_noun(place, asked, one)


def _fits_measure(place: Place, one: Quantity, measure: measures.Measure) -> float:
    found = measures.behind(place.page.folded, one.end) if one.dimension is Dimension.PLAIN else None
    if found is None or found[0].dimension != measure.dimension:
        return 0.0
    return 0.0 if _PER_SO_MUCH.search(place.page.folded, max(place.start, one.start - 12), one.start) else _MEASURED


def _scale(place: Place, asked: Asked, one: Quantity) -> float:
    """How many of the sheet's units one of the answer's is: 1000 for kilograms against grams."""
    measure = measures.of_unit(asked.fact.unit)
    found = measures.behind(place.page.folded, one.end) if measure else None
    return found[0].size / measure.size if measure and found else 1.0


_MEASURED = 0.15
_PER_SO_MUCH = re.compile(r"\b(?:per|in|je|pro|pour|par|por|en|each|every)\s$")


def _is_rate(place: Place, one: Quantity) -> bool:
    """Tell "a month" in "$9.99 a month" from a time of one month."""
    if one.dimension is not Dimension.DURATION or not _ARTICLE.match(place.page.folded, one.start):
        return False
    clause = place.clause(one.start)
    counted = [other for other in place.quantities if clause.start <= other.start < other.end <= one.start]
    if any(one.start - other.end <= 1 for other in counted):
        return True
    return (
        bool(counted)
        and one.start - counted[-1].end <= _NEAR_RATE
        and not _LASTS.search(place.page.folded, clause.start, one.start)
    )


_NEAR_RATE = 24  # characters: "763,000 cars a year"
_LASTS = re.compile(
    r"\b(?:for|of|within|in|after|about|is|lasts?|gives?|gave|get|gets|got|have|has|takes?|pour|für|por)\s(?:\w+\s)?$"
)


_ARTICLE = re.compile(r"(?:a|an|par|pro|al|un|une|eine?n?)\s")


def _joined(place: Place, found: Sequence[Quantity]) -> list[Quantity]:
    """Add up a time told in two units: "an hour and ten minutes"."""
    joined: list[Quantity] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and _goes_on(place, last, one):
            joined[-1] = replace(last, end=one.end, value=last.value + one.value, unit=one.unit)
        else:
            joined.append(one)
    return joined


def _goes_on(place: Place, last: Quantity, one: Quantity) -> bool:
    """Whether a time goes on in a smaller unit."""
    times = last.dimension is one.dimension is Dimension.DURATION and one.unit != last.unit
    other = one.value < _ALIKE * last.value  # "a full month, 30 days" says one time twice
    return times and other and bool(_JOINS.fullmatch(place.page.folded, last.end, one.start))


_ALIKE = 0.9
_JOINS = re.compile(r",? (?:and |und |et |y )?")


def _elided(place: Place) -> list[Quantity]:
    """Complete a figure without a unit by the one before it: "365 days unopened, 90 opened"."""
    found: list[Quantity] = []
    unit: Quantity | None = None
    for one in place.quantities:
        if one.dimension is Dimension.DURATION:
            unit = one
        elif one.dimension is Dimension.PLAIN and one.value < _OLDEST and _is_age(place, one):
            years = durations.in_days("years") or 1.0
            one = replace(one, dimension=Dimension.DURATION, value=one.value * years, unit="year")  # noqa: PLW2901 -- completed
        elif (
            one.dimension is Dimension.PLAIN and unit and not one.yearlike and _ELIDED.match(place.page.folded, one.end)
        ):
            days = durations.in_days(unit.unit) or 1.0
            one = replace(one, dimension=Dimension.DURATION, value=one.value * days, unit=unit.unit)  # noqa: PLW2901 -- completed
        found.append(one)
    return found


def _is_age(place: Place, one: Quantity) -> bool:
    """Whether so many years are meant: "from the age of 15"."""
    return _AGED.search(place.page.folded, max(place.start, one.start - 16), one.start) is not None


_OLDEST = 100
_AGED = re.compile(r"\b(?:age|aged|ages|age of|alter von|âge de|edad de)\s(?:of )?$")
_ELIDED = re.compile(
    r"\s(?:on|for|if|unopened|opened|when|once|after|with|without|auf|für|bei|pour|para)\b|\s*[|)]|\s*$"
)


def _fits_noun(place: Place, asked: Asked, one: Quantity) -> float:
    """How well what is counted fits: 0 where something else is counted."""
    if one.dimension is not Dimension.PLAIN or (one.yearlike and not _noun_hit(place, asked, one)):
        return 0.0
    if _noun_hit(place, asked, one):
        return _OWN_NOUN if _counted(asked) & asked.attribute else _UNIT_NOUN
    folded = place.page.folded
    stop = _STOP.search(folded, one.end, place.end)
    noun = folded[one.end : stop.start() if stop else place.end].strip(" -*_'\"")
    if not noun or noun.startswith(("[", "+")) or _COUNTER.match(noun):
        return 0.0 if _counts_nothing(place, one) else _bare(place, asked, one)
    if _PEOPLE.match(noun) and asked.concepts & _COUNTED_PEOPLE:
        return 0.2 if "employees" not in asked.concepts or _works_there(place, one) else 0.0
    return 0.0


def _works_there(place: Place, one: Quantity) -> bool:
    """Whether so many people work, rather than buy, watch or live: "she leads roughly 3,100 people"."""
    if any(hit.concept == "employees" and not hit.weak for hit in place.hits) or place.labelled & {"employees"}:
        return True
    clause, folded = place.clause(one.start), place.page.folded
    if _DOES_OTHERWISE.search(folded, one.end, clause.end):
        return False
    return bool(_EMPLOYS.search(folded, clause.start, one.start) or _EMPLOYED.match(folded, one.end))


_EMPLOYS = re.compile(
    r"\b(?:leads?|leading|heads?|oversees?|manages?|commands?|responsible for|in charge of|presid\w+ over"
    r"|runs? (?:a|with)|has|have"
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


def _counts_nothing(place: Place, one: Quantity) -> bool:
    """Tell "the two" and "Switch 2" from a count."""
    if one.value <= _SMALL and not place.page.folded[one.start].isdigit():
        return True
    return one.value < _MODEL_NUMBERS and bool(_MODEL.search(place.page.document.plain, place.start, one.start))


def _bare(place: Place, asked: Asked, one: Quantity) -> float:
    return 0.05 if _labelled(place, asked, one) or _at_cue(place, asked, one) else 0.0


_OWN_NOUN = 0.5  # "493 stores" of the number of stores
_UNIT_NOUN = 0.15  # "330 mg" may be of anything
_COUNTER = re.compile(r"[件個社台点本種機名人棟床隻軒校館]|[かカヶケ箇]所|拠点")
_SMALL = 10
_MODEL_NUMBERS = 100
_MODEL = re.compile(r"[A-Z][\w-]* $")
_TIED = 0.3  # a unit alone ("50,000 miles") says nothing of what is measured


_GAP = re.compile(r"(?:,? (?:whereas|while|against))?(?:[^\w,;.!?|]*[^\W\d]+){0,4}[^\w,;.!?|]*")


def _labelled(place: Place, asked: Asked, one: Quantity) -> bool:
    """Whether the figure is the value of a label that names the attribute."""
    label = place.label
    if not label or one.start < place.value_start:
        return False
    return bool(place.labelled & (_counted(asked) or asked.attribute))


def _at_cue(place: Place, asked: Asked, one: Quantity) -> bool:
    folded = place.page.folded
    wanted = _counted(asked)
    return any(
        hit.end <= one.start <= hit.end + 30 and _GAP.fullmatch(folded, hit.end, one.start)
        for hit in place.hits
        if hit.concept in wanted
    )


def _counted(asked: Asked) -> frozenset[str]:
    """The concepts of what is counted: the unit's, and where it is an everyday word, the attribute's too."""
    if not asked.units or asked.units <= _EVERYDAY:
        return asked.units | asked.attribute
    return asked.units


_EVERYDAY = frozenset({"=people", "=persons", "=units", "=items", "=pieces"})


def _restricted(place: Place, asked: Asked, low: int, high: int) -> bool:
    """Tell whether a part only is counted: "seventeen Russian stores", "50 stores in Japan"."""
    plain = place.page.document.plain
    own = place.page.mentions_in(Span(start=low, end=high))
    for word in _CAPITAL.finditer(plain, low, high):
        if place.page.document.lang != "de" and not any(one.start <= word.start() < one.end for one in own):
            return True
    tail = _IN_PLACE.match(plain, high)
    if not tail or _AND_MORE.match(plain, tail.end()) or not gazetteer.is_country(gazetteer.usual(tail["place"])):
        return False
    return fold(tail["place"]) not in fold(asked.fact.says)


_AND_MORE = re.compile(r"(?:, (?:the )?[A-Z]\w+)*,? (?:and|und|et|y|e) (?:(?:the|au|aux|en|le|la|les|in|im) )?[A-Z]\w+")
_CAPITAL = re.compile(r"\b[A-Z][A-Za-z.]+")
_IN_PLACE = re.compile(
    r"\W{1,3}(?:in|en|au|aux|across|throughout) (?:the |la |les "
    r"|los )?(?P<place>[A-Z][\w.]*(?: [A-Z]\w+)?)"
)


def _noun_hit(place: Place, asked: Asked, one: Quantity) -> bool:
    wanted = _counted(asked)
    folded = place.page.folded
    for hit in place.hits:
        if hit.concept in wanted and one.end <= hit.start <= one.end + 32:
            if hit.weak and hit.concept == "employees" and not _works_there(place, one):
                continue
            between = _OF_MANY.sub(" ", folded[one.end : hit.start])
            if _restricted(place, asked, one.end, hit.end):
                return False
            if _ON_STAFF.fullmatch(between):
                return True
            stop = _STOP.search(between)
            if (not stop or stop.start() == len(between)) and between.count(" ") <= 3:  # noqa: PLR2004 -- words
                return True
    return False


_OF_MANY = re.compile(r"^ (?:de|d') ?")  # "5,3 millions de contrats"
_ON_STAFF = re.compile(r" on (?:its |the |their )?")


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:
    one = said.value
    if not isinstance(one, Quantity) or not isinstance(value, int | float):
        return Match.UNREADABLE
    days = durations.in_days(asked.fact.unit)
    if said.scale != 1.0:
        one = replace(one, value=one.value * said.scale, high=one.high and one.high * said.scale)
    tolerance = asked.fact.tolerance if asked.fact.tolerance is not None else 0.01
    if days:
        target = value * days
        off = 0.015 if one.unit in {"week", "month", "year"} and not asked.fact.unit.startswith(one.unit) else tolerance
        found = comparing.amounts(one, target, max(off, tolerance), least="minimum" in asked.generics)
        return Match.NEAR if found is Match.OTHER and _rounded_to_unit(one, target, asked.fact.unit) else found
    return comparing.amounts(one, float(value), tolerance, least="minimum" in asked.generics)


def _rounded_to_unit(one: Quantity, days: float, unit: str) -> bool:
    """Whether a time is told in a coarser unit than the sheet's, and as near as that: 2 hours of 132 minutes."""
    told, own = durations.in_days(one.unit) or 0.0, durations.in_days(unit) or 0.0
    share = _ABOUT_HALF if one.bound is Bound.ABOUT else _QUARTER
    exact = one.high is None and one.bound in {Bound.ABOUT, Bound.EXACT}
    return told > own and exact and abs(one.value - days) <= share * told


_ABOUT_HALF, _QUARTER = 0.5, 0.25  # of the coarser unit


def _show(value: FactValue, unit: str) -> str:
    number = f"{value:,}" if isinstance(value, int | float) else str(value)
    return f"{number} {unit}".strip()


KIND = Kind(name="number", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
