"""Amounts in a text: plain numbers, money, percentages and durations, with their bounds and hedges."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.analysis.numberwords import Spelled
from monitor.domain.readings import Span

# A number of 5,000 digits is no claim; int() would refuse it and float() would make it infinite.
_MOST_DIGITS = 18


class Dimension(StrEnum):
    PLAIN = "plain"
    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"  # value is in days


class Bound(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    CAP = "cap"  # "up to": the most that there is, said exactly
    FLOOR = "floor"  # "at least": a bound, or the least that is asked for


@dataclass(frozen=True, kw_only=True)
class Quantity(Span):
    value: float
    dimension: Dimension
    bound: Bound = Bound.EXACT
    unit: str = ""  # ISO 4217 for money, "day" .. "year" for durations as written
    high: float | None = None  # upper end of a range "10-12"
    yearlike: bool = False  # "2024": four digits that may be a year
    weak: bool = False  # "one", "a": perhaps no number at all

    @property
    def shown(self) -> str:
        number = _plain(self.value) if self.high is None else f"{_plain(self.value)}-{_plain(self.high)}"
        sign = _SIGNS[self.bound]
        if self.dimension is Dimension.PERCENT:
            return f"{sign}{number} %"
        if self.dimension is Dimension.DURATION:
            return f"{sign}{number} days"
        return f"{sign}{number} {self.unit}".rstrip()


_WHOLE = 10_000  # from here on parts of one are noise of the arithmetic
_SIGNS = {
    Bound.EXACT: "", Bound.ABOUT: "about ", Bound.OVER: "over ", Bound.UNDER: "under ", Bound.CAP: "up to ",
    Bound.FLOOR: "at least ",
}  # fmt: skip


def _plain(value: float) -> str:
    rounded = round(value, 6) if abs(value) < _WHOLE else round(value)
    return str(int(rounded)) if rounded == int(rounded) else f"{rounded:.10g}"


_DIGITS = re.compile(
    r"(?<![\w.,#])(?<!\w[-/])(?P<cur>us\$|c\$|a\$|r\$|hk\$|\$|€|£|¥|₹|chf |usd |eur |gbp |sek |dkk |jpy )?\s?"
    r"(?P<number>\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)(?P<plus>\+)?"
)
_CJK_DIGITS = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff])(?P<number>\d+(?:[.,]\d+)*)")
_SCALE = re.compile(
    r"[\s\u00a0-]?(?P<scale>thousand|million(?:s|en|es)?|millón|billion(?:s|en)?|trillion|milliarden?|milliards?"
    r"|mil millones|millones|mrd\.?|mio\.?|mn\b|mm\b|bn\b|tsd\.?|tausend|mille\b|mil\b|[kmb]\b|m€|crore|lakh|hundred"
    r"|dozen|百万|千万|万|億|兆|千)"
)
_SCALE_VALUE = {
    "thousand": 1e3, "million": 1e6, "millions": 1e6, "millionen": 1e6, "millones": 1e6, "millón": 1e6, "billion": 1e9,
    "billions": 1e9, "billionen": 1e12, "trillion": 1e12, "milliarde": 1e9, "milliarden": 1e9, "milliard": 1e9,
    "milliards": 1e9, "mil millones": 1e9, "mrd": 1e9, "mio": 1e6, "mn": 1e6, "mm": 1e6, "bn": 1e9, "tsd": 1e3,
    "tausend": 1e3, "mille": 1e3, "mil": 1e3, "k": 1e3, "m": 1e6, "b": 1e9, "m€": 1e6, "crore": 1e7, "lakh": 1e5,
    "hundred": 1e2, "dozen": 12, "万": 1e4, "億": 1e8, "兆": 1e12, "千": 1e3, "百万": 1e6, "千万": 1e7,
}  # fmt: skip
_CURRENCY_SIGN = {
    "us$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "chf": "CHF", "usd": "USD", "eur": "EUR",
    "gbp": "GBP", "sek": "SEK", "dkk": "DKK", "jpy": "JPY", "c$": "CAD", "a$": "AUD", "r$": "BRL", "hk$": "HKD",
    "m€": "EUR",
}  # fmt: skip
_CURRENCY_WORDS = (
    (r"us-dollars?|u\.s\. dollars?|us dollars?|dollars? us|dollars?|dólares|usd|us\$|\$|ドル|米ドル", "USD"),
    (r"euros?|eur\b|€|ユーロ", "EUR"),
    (r"pounds?(?: sterling)?|gbp|£|libras|pfund|livres|ポンド", "GBP"),
    (r"yen|jpy|円|¥", "JPY"),
    (r"swedish kron\w+|sek|schwedische kronen|couronnes suédoises|coronas suecas|クローナ", "SEK"),
    (r"danish kron\w+|dkk", "DKK"),
    (r"norwegian kron\w+|nok\b", "NOK"),
    (r"(?:swiss )?francs?|chf|franken|francos", "CHF"),
    (r"rupees?|inr\b|₹", "INR"),
    (r"yuan|renminbi|rmb|cny|元|人民元", "CNY"),
    (r"won\b|krw|ウォン", "KRW"),
)
_CURRENCY = re.compile(
    r"[ \u00a0]?(?:de |d'|of )?(?:"
    + "|".join(f"(?P<c{i}>{words})" for i, (words, _) in enumerate(_CURRENCY_WORDS))
    + ")"
)
_PERCENT = re.compile(
    r"\s*-?(?:%|percent\b|per cent\b|percentage points?|prozent\b|pour cent\b|por ciento\b|パーセント|in every hundred)"
)
_DURATIONS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25, "minute": 1 / 1440}
_DURATION = re.compile(
    r"[\s-]?(?:full |whole |calendar |business |working |ganze[ns]? )?(?:"
    r"(?P<minute>minutes?|mins?\b|minuten?|minutos?|分)|(?P<hour>hours?|hrs?\b|h\b|stunden?|heures?|horas?|時間)"
    r"|(?P<day>days?|tagen?|tage|jours?|días?|dias?|日間?)|(?P<week>weeks?|wochen?|semaines?|semanas?|週間)"
    r"|(?P<month>months?|monaten?|monate?|mois|mes(?:es)?\b|[かヶカ]月)|(?P<year>years?|yrs?\b|jahren?|jahre?"
    r"|ans?\b|années?|años?|年間|年))"
    r"(?![a-z])"
)
_ABOUT = (
    "about|around|roughly|approximately|approx\\.?|circa|ca\\.?|c\\.|some|nearly|almost|close to|just under|just over"
    "|a little under|a little over|a little more than|a little less than|slightly more than|slightly less than"
    "|slightly over|slightly under|somewhere around|near|~|≈|estimated|an estimated|about a|roughly a|well-nigh"
    "|etwa|rund|ungefähr|circa|knapp|fast|gut|gegen|annähernd|environ|près de|presque|autour de|quelque|à peu près"
    "|un peu moins de|un peu plus de|unos|unas|casi|aproximadamente|alrededor de|cerca de|約|およそ|ほぼ|おおよそ"
    "|in the region of"
)
_OVER = (
    "over|more than|above|upwards of|exceeding|exceeds|in excess of|beyond|well over|far more than"
    "|greater than|>|über|mehr als|plus de|au-delà de"
    "|más de|superior a"
)
_UNDER = "under|less than|fewer than|below|well under|<|unter|weniger als|moins de|menos de"
_CAP = (
    "up to|at most|no more than|not more than|a maximum of|maximum|as much as|bis zu|höchstens|maximal"
    "|jusqu'à|au plus"
    "|hasta|como máximo"
)
_FLOOR = (
    "at least|no fewer than|not less than|a minimum of|minimum|mindestens|wenigstens|au moins|d'au moins|minimum de"
    "|al menos|por lo menos|mínimo de|mínima de|como mínimo"
)
_BEFORE = re.compile(
    rf"(?:(?P<about>{_ABOUT})|(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<cap>{_CAP})"
    rf"|(?P<floor>{_FLOOR}))(?: the| a| an)?\s*[$€£¥]?\s*$"
)
_AFTER_OVER = re.compile(r" ?(?:\+|or more|plus\b|und mehr|ou plus|o más|以上|超)")
_AFTER_ABOUT = re.compile(r" ?(?:or so|oder so|environ|前後|ほど|程度)")
_RANGE = re.compile(r"\s?(?:-|–|—|to|bis|à|a|~|から)\s?(?P<high>\d+(?:[.,]\d+)*)(?![\d-])")
_FRACTIONS = re.compile(
    r"\b(?<!and )(?P<top>one|a|two|three|four|five|six|seven|eight|nine|zwei|drei|vier|neun|ein|deux|trois"
    r"|quatre|neuf|un|dos"
    r"|tres|cuatro|nueve)[\s-](?P<part>half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|eighths?"
    r"|tenths?|drittel"
    r"|viertel|fünftel|zehntel|tiers|quarts?|cinquièmes?|dixièmes?|tercios?|cuartos?|quintos?|décimos?|cuartas partes"
    r"|terceras partes)\b(?! of an? | million| billion)"
    r"|\b(?P<in>one|two|three|four|five|six|seven|eight|nine|\d{1,2}) (?:in|out of)(?: every)? (?P<of>two"
    r"|three|four|five|ten|10|100|\d)\b"
    r"|\b(?P<half>half(?: of| the)|the majority of|la moitié|die hälfte|la mitad)"
)
_TOP = {
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "zwei": 2, "drei": 3, "vier": 4, "neun": 9, "ein": 1, "deux": 2, "trois": 3, "quatre": 4, "neuf": 9, "un": 1,
    "dos": 2,
    "tres": 3, "cuatro": 4, "nueve": 9, "ten": 10,
}  # fmt: skip
_PART = (
    ("hal", 2), ("third", 3), ("drittel", 3), ("tiers", 3), ("terc", 3), ("quar", 4), ("four", 4), ("viertel", 4),
    ("cuart", 4), ("fif", 5), ("fünf", 5), ("cinq", 5), ("quint", 5), ("six", 6), ("eigh", 8), ("ten", 10),
    ("zehn", 10), ("dix", 10), ("déc", 10),
)  # fmt: skip
_COMMA_DECIMAL = {"de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "no", "fi", "pl", "cs", "tr", "ru"}


def amount(number: str, lang: str) -> float | None:
    """Read digits with separators as the language writes them; None for what is no number.

    >>> amount("2,3", "de"), amount("216,000", "en"), amount("1.000", "de"), amount("97.8", "en")
    (2.3, 216000.0, 1000.0, 97.8)
    """
    number = re.sub(r"[ \u00a0\u202f\u2009'’]", "", number)
    if len(number) > _MOST_DIGITS:
        return None
    decimal, group = (",", ".") if lang in _COMMA_DECIMAL else (".", ",")
    parts = number.split(group)
    grouped = all(len(part.split(decimal)[0]) == 3 for part in parts[1:]) and len(parts[0]) <= 3  # noqa: PLR2004
    if len(parts) > 1 and not grouped:  # "97,8" in an English text, "97.8" in a German one
        decimal, group = group, decimal
    try:
        return float(number.replace(group, "").replace(decimal, "."))
    except ValueError:
        return None


def find(folded: str, spelled: Sequence[Spelled], lang: str, low: int, high: int) -> list[Quantity]:
    """Return every amount between two offsets of a folded text, in order, without overlaps.

    `spelled` are the numbers in words that stand there.
    """
    digits = _DIGIT.search(folded, low, high)
    if not digits and not spelled:
        return _fractions(folded, low, high) if _HALF.search(folded, low, high) else []
    in_words = spelled or " out of " in folded[low:high] or _HALF.search(folded, low, high)
    found = _fractions(folded, low, high) if in_words else []
    taken = [(quantity.start, quantity.end) for quantity in found]
    if digits:
        found += _written(folded, lang, low, high, taken)
    for one in spelled:
        if not _meets((one.start, one.end), taken) and not (one.weak and not _UNITS.match(folded, one.end)):
            quantity = _dimensioned(folded, one.start, one.end, one.value, "", weak=one.weak)
            if not quantity.weak:
                found.append(quantity)
                taken.append((quantity.start, quantity.end))
    return sorted(found, key=lambda quantity: quantity.start)


_UNITS = re.compile(f"{_PERCENT.pattern}|{_DURATION.pattern}")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|号")
_DIGIT = re.compile(r"\d")
_HALF = re.compile(r"majority|moitié|hälfte|mitad")


def _written(folded: str, lang: str, low: int, high: int, taken: list[tuple[int, int]]) -> list[Quantity]:
    """Amounts in digits; their places are added to `taken`."""
    found = []
    numbers = [*_DIGITS.finditer(folded, low, high)]
    if lang == "ja" or not folded.isascii():
        numbers += _CJK_DIGITS.finditer(folded, low, high)
    for match in numbers:
        value = amount(match["number"], lang)
        if value is not None and not _ORDINAL.match(folded, match.end()) and not _meets(match.span("number"), taken):
            found.append(_measured(folded, match, value))
            taken.append((found[-1].start, found[-1].end))
    return found


def _meets(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)


def _measured(folded: str, match: re.Match[str], value: float) -> Quantity:
    groups = match.groupdict()
    sign = (groups.get("cur") or "").strip()
    yearlike = len(match["number"]) == 4 and match["number"].isdigit() and 1500 <= value <= 2100  # noqa: PLR2004
    start, end = match.start("cur") if sign else match.start("number"), match.end()
    return _dimensioned(
        folded, start, end, value, sign, yearlike=yearlike and not sign, plus=bool(groups.get("plus")), digits=True
    )


def _dimensioned(
    folded: str, start: int, end: int, value: float, sign: str, *, weak: bool = False, yearlike: bool = False,
    plus: bool = False, digits: bool = False,
) -> Quantity:  # fmt: skip
    high = None
    if digits and (span := _RANGE.match(folded, end)) and not yearlike:
        high = amount(span["high"], "en")
        if high is not None and high > value:
            end = span.end()
        else:
            high = None
    while scale := _SCALE.match(folded, end):
        factor = _SCALE_VALUE[scale["scale"].rstrip(".")]
        alone = len(scale["scale"]) == 1 and scale["scale"] in "kmb" and folded[end] == " "
        if alone and not sign and not _CELL_END.match(folded, scale.end()):
            break  # "5 m" is a length, "$5 m" and "5m" are not told apart from it elsewhere
        value, high, end, yearlike, weak = value * factor, high and high * factor, scale.end(), False, False
        rest = _CJK_REST.match(folded, end)
        if rest:  # 23万1,000
            value, end = value + float(rest["rest"].replace(",", "")), rest.end("rest")
        if scale["scale"] == "m€":
            sign = "€"
    bound = _bound(folded, start, end, plus=plus)
    dimension, unit, factor, end = _tail(folded, end, sign, yearlike=yearlike)
    bound = bound if bound is not Bound.EXACT else _bound(folded, start, end, plus=plus)
    return Quantity(
        start=start, end=end, value=value * factor, dimension=dimension, bound=bound, unit=unit,
        high=None if high is None else high * factor, yearlike=yearlike and dimension is Dimension.PLAIN,
        weak=weak and dimension is Dimension.PLAIN,
    )  # fmt: skip


_CELL_END = re.compile(r"\s*(?:[|)\n]|$)")
_CJK_REST = re.compile(r"(?<=[万億])(?P<rest>\d{1,3}(?:,?\d{3})*)(?!\d)")


def _tail(folded: str, end: int, sign: str, *, yearlike: bool) -> tuple[Dimension, str, float, int]:
    if sign:
        after = _CURRENCY.match(folded, end)
        return Dimension.MONEY, _CURRENCY_SIGN[sign], 1.0, after.end() if after else end
    if percent := _PERCENT.match(folded, end):
        return Dimension.PERCENT, "%", 1.0, percent.end()
    if money := _CURRENCY.match(folded, end):
        index = next(name for name, text in money.groupdict().items() if text is not None)
        return Dimension.MONEY, _CURRENCY_WORDS[int(index[1:])][1], 1.0, money.end()
    if (duration := _DURATION.match(folded, end)) and not yearlike:
        unit = next(name for name, text in duration.groupdict().items() if text is not None)
        return Dimension.DURATION, unit, _DURATIONS[unit], duration.end()
    return Dimension.PLAIN, "", 1.0, end


def _bound(folded: str, start: int, end: int, *, plus: bool) -> Bound:
    before = _BEFORE.search(folded, max(0, start - 28), start)
    if before and (before.start() == 0 or not folded[before.start() - 1].isalnum() or before.group()[0] > "\u3000"):
        return Bound(str(before.lastgroup))
    if plus or _AFTER_OVER.match(folded, end):
        return Bound.OVER
    return Bound.ABOUT if _AFTER_ABOUT.match(folded, end) else Bound.EXACT


def _fractions(folded: str, low: int, high: int) -> list[Quantity]:
    found = []
    for match in _FRACTIONS.finditer(folded, low, high):
        if match["half"]:
            value = 50.0
        elif match["in"]:
            of = _TOP.get(match["of"]) or float(match["of"])
            value = 100.0 * (_TOP.get(match["in"]) or float(match["in"])) / of
        else:
            value = 100.0 * _TOP[match["top"]] / next(n for stem, n in _PART if match["part"].startswith(stem))
        bound = _bound(folded, match.start(), match.end(), plus=False)
        bound = Bound.OVER if match["half"] and match["half"].startswith("the maj") else bound
        bound = Bound.ABOUT if bound is Bound.EXACT else bound  # a fraction is said for what is near it
        if 0 < value <= 100:  # noqa: PLR2004
            found.append(
                Quantity(
                    start=match.start(),
                    end=match.end(),
                    value=value,
                    dimension=Dimension.PERCENT,
                    unit="%",
                    bound=bound,
                )
            )
    return found
