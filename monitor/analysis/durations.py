"""Times as values of a fact: told from a deadline, a rhythm and the time that something takes."""

import re
from functools import lru_cache

from msgspec.structs import replace

from monitor.analysis.cues import Asked
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.analysis.quantities import Dimension, Quantity

_DAYS = {
    "century": 36525.0, "decade": 3652.5,
    "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25,
    "stunde": 1 / 24, "tag": 1.0, "woche": 7.0, "monat": 365.25 / 12, "jahr": 365.25,
}  # fmt: skip
_FITS = 0.1
_OTHER_SCALE = 20  # from this factor on, "three minutes" beside "3 years" is mostly the time of something else
_DEADLINE = re.compile(
    r"\b(?:within|in|in under|inside|takes?|took|taking|needs?|every|each|per|the first|the next|another"
    r"|innerhalb(?: von)?|binnen|dauert|dauern|braucht|alle|dans(?: les)?|sous|tous les|toutes les|prend"
    r"|en|dentro de|cada|tarda)\s(?:(?:about|around|roughly|some|just|only|under|less than|at most|a|the|up to|etwa"
    r"|rund|nur|den|environ|seulement|unos|unas|solo) )*$"
)
# How long the money takes is not how long one may send something back.
_PAID_BACK = re.compile(
    r"\brefunds?\b[^;]{0,30}\b(?:takes?|took|arrives?|issued|processed|paid|made|within|in)\b|\bmoney (?:is"
    r"|arrives|comes)\b"
    r"|\berstattung\w*\b|\bremboursements?\b|\breembolsos?\b"
)
_REFUND_TIME = re.compile(
    r"\b(?:refund|processing|handling|repayment|reimbursement)[\s-](?:times?|period|speed|takes?|duration)\b"
    r"|\b(?:bearbeitungs|erstattungs)(?:zeit|dauer|frist)\b|\bdélai de (?:remboursement|traitement)\b"
    r"|\bplazo de (?:reembolso|tramitación)\b|\bmoney back (?:in|within|after)\b|返金まで|返金期間"
)
_ENDED = re.compile(r"\b(?:after|nach|après|después de|tras)\s(?:\w+ ){0,2}$")
_ENDS = re.compile(r"\b(?:end|expire|run out|runs out|lapse|terminate|over|erlischt|endet|läuft|expir|termin|caduc)\w*")
# Attributes that are themselves a deadline or the time that something takes.
_TAKES_TIME = re.compile(
    r"\b(?:time|window|return|refund|exchange|deliver|shipp|dispatch|cancel|notice|deadline|within|respon"
    r"|repl(?:y|ies)\b"
    r"|turnaround|trial|speed|takes?\b|frist|rückgabe|liefer|widerruf|versand|kündig|dauer|retour|livraison|délai"
    r"|devolu|entrega|plazo)"
)
# "Warranty claims", "the extended warranty": near the attribute and not the attribute.
_PROCEDURE = re.compile(
    r"[\s-](?:claim|repair|registration|request|case|service|servic|replacement|department|card|extension|team"
    r"|work|issue"
    r"|return|form|upgrade|question|proof|coverage (?:claim|extension))(?:s|ing)?\b"
)
_ADDED = re.compile(
    r"\b(?:extended|optional|additional|extra|paid|longer|supplementary|third-party|statutory|legal"
    r"|erweiterte?n?|verlängerte?n?"
    r"|gesetzliche[nr]?|zusätzliche[nr]?)[\s-](?:\w+ )?$"
)
_BREAK = re.compile(r"[,;:.!?()|]| and | but | und | et | y ")
_CLOSE = 24  # characters between a value and the attribute's word right beside it


@lru_cache(maxsize=1024)
def in_days(unit: str) -> float | None:
    """Return how many days one of a unit of time is; None for what is no unit of time.

    >>> in_days("weeks"), in_days("stores")
    (7.0, None)
    """
    folded = unit.strip().lower()
    return next((days for name, days in _DAYS.items() if folded.startswith(name)), None)


def shown(one: Quantity, unit: str) -> str:
    """Give the time in the sheet's unit where it comes out whole there, else as the answer counts it."""
    fact_days, own_days = in_days(unit) or 1.0, _DAYS.get(one.unit, 1.0)
    whole = all(_whole(value / fact_days) for value in (one.value, *((one.high,) if one.high else ())))
    days = fact_days if whole else own_days
    count = one.value / days
    noun = unit if whole else f"{one.unit}s"
    noun = noun.removesuffix("s") if round(count, 6) == 1 and one.high is None else noun
    return replace(one, value=count, high=one.high and one.high / days, dimension=Dimension.PLAIN, unit=noun).shown


def _whole(count: float) -> bool:
    return round(count) >= 1 and abs(count - round(count)) < 1e-6  # noqa: PLR2004 -- noise of the arithmetic


def fits(place: Place, asked: Asked, one: Quantity) -> float:
    """How well a time fits the attribute; 0 for a deadline, a rhythm, and the time of a thing beside it."""
    if one.dimension is not Dimension.DURATION or _of_something_else(place, asked, one):
        return 0.0
    value = asked.fact.value
    target = value * (in_days(asked.fact.unit) or 1.0) if isinstance(value, int | float) else 0.0
    far = bool(target) and one.value > 0 and not 1 / _OTHER_SCALE < one.value / target < _OTHER_SCALE
    return 0.0 if far and not _beside(place, asked, one) else _FITS


def _of_something_else(place: Place, asked: Asked, one: Quantity) -> bool:
    folded = place.page.folded
    clause = place.clause(one.start)
    about = asked.told
    if "refund" not in about and _PAID_BACK.search(folded, clause.start, one.start):
        return True
    if "refund" not in about and place.label and _REFUND_TIME.search(folded, place.label.start, place.label.end):
        return True
    if _TAKES_TIME.search(about):
        return False
    before = folded[max(place.start, one.start - 40) : one.start]
    if _DEADLINE.search(before):
        return True
    if _ENDED.search(before) and not _ENDS.search(folded, place.start, place.end):
        return True
    hits = _own(place, asked, one)
    return bool(hits) and all(_qualified(place, asked, hit) or _follows(place, one, hit) for hit in hits)


def _own(place: Place, asked: Asked, one: Quantity) -> list[Hit]:
    """The attribute's own words in the clause of a value."""
    clause = place.clause(one.start)
    wanted = asked.slots
    return [hit for hit in place.hits if hit.concept in wanted and clause.start <= hit.start < clause.end]


def _qualified(place: Place, asked: Asked, hit: Hit) -> bool:
    """Tell "warranty claims" and "an extended warranty" from the warranty, unless the sheet speaks of them itself."""
    folded = place.page.folded
    about = asked.told
    found = _PROCEDURE.match(folded, hit.end) or _ADDED.search(folded, max(place.start, hit.start - 30), hit.start)
    return found is not None and found[0].strip(" -") not in about


def _follows(place: Place, one: Quantity, hit: Hit) -> bool:
    """Whether the attribute comes up only behind a comma after the value: "lasts 20 years, beyond its warranty"."""
    return one.end <= hit.start and bool(_BREAK.search(place.page.folded, one.end, hit.start))


def _beside(place: Place, asked: Asked, one: Quantity) -> bool:
    """Whether the attribute's own word stands right at the value: "30-day warranty", "Warranty: 30 days"."""
    if place.label and one.start >= place.value_start and place.labelled & asked.slots:
        return True
    for hit in _own(place, asked, one):
        low, high = (hit.end, one.start) if hit.end <= one.start else (one.end, hit.start)
        if high - low <= _CLOSE and not _BREAK.search(place.page.folded, low, high):
            return True
    return False
