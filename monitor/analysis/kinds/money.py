"""An amount of money in one currency."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from monitor.analysis import comparing
from monitor.analysis.closeness import is_close
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.nearness import LOOSE, is_of_sheet, tie
from monitor.analysis.places import Place
from monitor.analysis.quantities import Dimension, Quantity
from monitor.domain.brand import Fact, FactValue

_LARGE = 1e6  # from here on a bare figure beside a money word is taken as money


def _check(value: FactValue, unit: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "an amount of money is written in figures, such as 19.99"
    if len(unit) != 3 or not unit.isalpha() or not unit.isupper():  # noqa: PLR2004
        return "money needs its currency as `unit`, in three capital letters such as EUR or USD"
    return ""


def _advice(fact: Fact) -> str:
    return "" if fact.about else "say what costs or earns this, as `about: annual revenue`"


def _same(a: Fact, b: Fact) -> bool:
    return a.value == b.value and a.unit == b.unit


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    found = []
    for one in (_scaled(place, asked, _of_its_land(asked, each)) for each in place.quantities):
        if not _is_money(place, one, asked) or _of_each_period(place, asked, one) or _under_other_head(place, asked):
            continue
        beside = _in_brackets(place, asked, one) or _beside_name(place, asked, one)
        score = max(tie(place, asked, one), _IN_BRACKETS if beside else 0.0)
        if score >= LOOSE or is_of_sheet(place, asked, one) or is_close(asked, one):
            found.append(Said(start=one.start, end=one.end, value=one, shown=one.shown, score=score, exclusive=True))
    return found


def _of_its_land(asked: Asked, one: Quantity) -> Quantity:
    """Leave open of which land "$" is where the sheet counts in dollars of another one than the United States."""
    return replace(one, unit="") if one.loose and asked.fact.unit in _DOLLARS else one


_DOLLARS = frozenset({"CAD", "AUD", "NZD", "SGD", "HKD", "TWD"})


def _scaled(place: Place, asked: Asked, one: Quantity) -> Quantity:
    """Read a bare figure in what its label, its column or the line above counts: "Revenue (DKK bn) | 33.2"."""
    if one.dimension is not Dimension.PLAIN or one.yearlike or not place.labelled & asked.attribute:
        return one
    for frame in place.frames:
        found = _COUNTED_IN.search(place.page.folded, frame.start, frame.end)
        if found:
            unit = _CODES.get(found["sign"] or "", (found["code"] or "").upper())
            size = next(size for name, size in _SIZES if found["scale"].startswith(name))
            return replace(
                one, dimension=Dimension.MONEY, unit=unit, value=one.value * size, high=one.high and one.high * size
            )
    return one


_COUNTED_IN = re.compile(
    r"[(\[,]\s?(?:in )?(?:(?P<sign>[€$£¥])|(?P<code>[a-z]{3}))?\s?"
    r"(?P<scale>bn|billions?|b|mrd\.?|milliard\w*|m|mn|mm|millions?|mio\.?|millones|thousands?|k)"
    r"(?:\s(?:of )?(?:euros?|dollars?|pounds?|kroner|kronor|yen|francs?|eur|usd|gbp|dkk|sek|nok|chf))?\s?[)\],]"
)
_CODES = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_SIZES = (("b", 1e9), ("mrd", 1e9), ("milliard", 1e9), ("m", 1e6), ("k", 1e3), ("thousand", 1e3))


def _of_each_period(place: Place, asked: Asked, one: Quantity) -> bool:
    """Whether so much is paid again and again, "4.90 a month", where the fact names a price that is paid once."""
    if one.value >= _SMALL or not _PERIODIC.match(place.page.folded, one.end):
        return False
    return not _PERIOD.search(fold(f"{asked.about} {asked.fact.says} {asked.fact.unit} {' '.join(asked.fact.cues)}"))


def _under_other_head(place: Place, asked: Asked) -> bool:
    """Whether the head of the column speaks of something else: "Free withdrawals" where the fact is a plan's price."""
    head = next(
        (concepts for frame, concepts in place.framed if place.cell and not frame.tight and frame.weight > _HEADING),
        None,
    )
    if not head or not head - place.page.compiled.products - place.page.compiled.generic:
        return False
    plain = {c for anchor in asked.anchors if not anchor.proper for c in anchor.concepts} | asked.second
    return plain.isdisjoint(head | place.labelled) or (plain.isdisjoint(head) and bool(head & asked.rivals))


_HEADING = 0.6
_SMALL = 1e5  # larger sums a year are revenue and the like, whose facts often leave the year out
_TIMES = r"(?:months?|years?|weeks?|days?|nights?|mo|yr|monat\w*|jahr\w*|woche\w*|tag|nacht|mois|ans?|mes(?:es)?|ano)\b"
_PERIODIC = re.compile(rf"\s*(?:(?:/|per|an?|each|every|pro|im|par|al|por)\s?{_TIMES}|(?:monthly|yearly|annually)\b)")
_PERIOD = re.compile(rf"\b(?:{_TIMES}|monthly|yearly|annual|annually|weekly|daily|nightly|subscription|abo\b)")


def _in_brackets(place: Place, asked: Asked, one: Quantity) -> bool:
    """Whether the price stands in brackets right behind the product that the fact names: "Fjord One (€349)"."""
    if not asked.product or one.dimension is not Dimension.MONEY:
        return False
    folded, name = place.page.folded, asked.product
    at = folded.rfind(name, place.start, one.start)
    if at < 0 or _PART_OF.search(folded, max(place.start, at - 20), at):
        return False
    return bool(_OPENS.fullmatch(folded, at + len(name), one.start) and _CLOSES.match(folded, one.end))


def _beside_name(place: Place, asked: Asked, one: Quantity) -> bool:
    """Whether the price stands right beside the product's name: "Double Dooley, $6.49", "$6.49 for a Double Dooley"."""
    if not asked.priced or one.dimension is not Dimension.MONEY:
        return False
    folded, name = place.page.folded, asked.priced
    at = folded.rfind(name, place.start, one.start)
    if at >= 0 and _SEPARATES.fullmatch(folded, at + len(name), one.start):
        closes = _CLOSES.match(folded, one.end) is not None
        return closes and not _PART_OF.search(folded, max(place.start, at - 20), at)
    behind = folded.find(name, one.end, min(place.end, one.end + len(name) + _REACH))
    if behind < 0 or _MORE.match(folded, behind + len(name)):
        return False
    return _FOR_THE.fullmatch(folded, one.end, behind) is not None


_REACH = 30  # characters between a price and the product behind it
_SEPARATES = re.compile(r"\s*(?:[,:–—|-]|at|for|now|from|is)?\s?(?:(?:about|around|only|just|now|ab|nur|à|por) )?")
_FOR_THE = re.compile(
    r" (?:for|für|pour|por) (?:(?:the|an?|das|den|die|eine?n?|le|la|un|une|el) )?(?:\w+ ){0,2}",
)
_MORE = re.compile(r"\w|['’]s \w| \d")
_PART_OF = re.compile(r"(?:\w|\b(?:for|of|with|to|fits|für|von|mit|pour|avec|para|con)\s(?:\w+\s)?)$")
_OPENS = re.compile(r"\s*[(\[]\s*(?:(?:about|around|approx\.?|ca\.?|circa|currently|now|price:?|~|≈) ?)?")
_CLOSES = re.compile(r"\s*(?:[)\],;]|incl)")
_IN_BRACKETS = 0.6


_COUNTED = re.compile(
    r"\s(?:of (?:its |the |their )?)?(?!sales|this|its|was|is|has|as|across|yes|plus|less|versus|euros|dollars)"
    r"[a-z]{3,}(?:s|people|children|personnes|personen|menschen)\b"
)


def _is_money(place: Place, one: Quantity, asked: Asked) -> bool:
    if one.dimension is Dimension.MONEY:
        return True
    if one.dimension is Dimension.PLAIN and _COUNTED.match(place.page.folded, one.end):
        return False  # "84 million guests"
    value = asked.fact.value
    large = isinstance(value, int | float) and value >= _LARGE
    return one.dimension is Dimension.PLAIN and large and one.value >= _LARGE


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:
    one = said.value
    if not isinstance(one, Quantity) or not isinstance(value, int | float):
        return Match.UNREADABLE
    if one.unit and asked.fact.unit and one.unit != asked.fact.unit:
        return Match.UNREADABLE
    tolerance = asked.fact.tolerance if asked.fact.tolerance is not None else 0.01
    found = comparing.amounts(one, float(value), tolerance)
    open_ = one.loose and asked.fact.unit in _DOLLARS  # another amount may be that of the United States
    return Match.UNREADABLE if open_ and found is Match.OTHER else found


_WORDS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def _show(value: FactValue, unit: str) -> str:
    if not isinstance(value, int | float):
        return str(value)
    for size, word in _WORDS:
        if abs(value) >= size:
            return f"{unit} {value / size:.6g} {word}".strip()
    return f"{unit} {value:,}".strip()


KIND = Kind(name="money", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
