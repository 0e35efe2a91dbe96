"""What stands behind a number: a magnitude, a currency, per cent, a unit of time."""

import re

import msgspec

from monitor.analysis.quantity import Dimension

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
    "gbp": "GBP", "sek": "SEK", "dkk": "DKK", "nok": "NOK", "jpy": "JPY", "c$": "CAD", "ca$": "CAD", "cad": "CAD",
    "a$": "AUD", "au$": "AUD", "aud": "AUD", "nz$": "NZD", "nzd": "NZD", "hk$": "HKD", "hkd": "HKD", "s$": "SGD",
    "sgd": "SGD", "r$": "BRL", "brl": "BRL", "mx$": "MXN", "mxn": "MXN", "inr": "INR", "pln": "PLN",
    "cny": "CNY", "m€": "EUR",
}  # fmt: skip
_DOLLARS = r"dollars?|dólares|\$|ドル"  # of one of several countries
_CURRENCY_WORDS = (
    (r"us-dollars?|u\.s\. dollars?|us dollars?|dollars? us|usd|us\$|米ドル", "USD"),
    (r"canadian dollars?|cad\b|ca\$|kanadische\w* dollar|dollars? canadiens?|dólares canadienses|カナダ・?ドル", "CAD"),
    (r"australian dollars?|aud\b|au\$|australische\w* dollar|dólares australianos|オーストラリア・?ドル|豪ドル", "AUD"),
    (r"new zealand dollars?|nzd\b|nz\$", "NZD"),
    (r"singapore dollars?|sgd\b|s\$|シンガポール・?ドル", "SGD"),
    (r"hong kong dollars?|hkd\b|hk\$|香港ドル", "HKD"),
    (_DOLLARS, "USD"),
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
    (r"złot\w+|zł\b|pln\b", "PLN"),
    (r"kr\b\.?|kron(?:er|or|e|en|a)\b|coronas?\b|couronnes?\b|クローネ", ""),  # of one of several countries
)
_CURRENCY = re.compile(
    r"[ \u00a0]?(?:de |d'|of )?(?:"
    + "|".join(f"(?P<c{i}>{words})" for i, (words, _) in enumerate(_CURRENCY_WORDS))
    + r")(?![a-z\d])"
)
_CENTS = re.compile(r"[ \u00a0]?(?:¢|(?:us |euro |euro-?)?cents?\b|pence\b|céntimos?\b|centavos?\b|centimes?\b|セント)")
_PERCENT = re.compile(
    r"\s*-?(?:%|percent\b|per cent\b|percentage points?|prozent\b|pour cent\b|por ciento\b|パーセント|in every hundred)"
)
_DURATIONS = {
    "century": 36525.0,
    "decade": 3652.5,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 365.25 / 12,
    "year": 365.25,
    "minute": 1 / 1440,
}
_DURATION = re.compile(
    r"[\s-]?(?:full |whole |calendar |business |working |ganze[ns]? )?(?:"
    r"(?P<minute>minutes?|mins?\b|minuten?|minutos?|分)|(?P<hour>hours?|hrs?\b|h\b|stunden?|heures?|horas?|時間)"
    r"|(?P<day>days?|tagen?|tage|jours?|días?|dias?|日間?)|(?P<week>weeks?|wochen?|semaines?|semanas?|週間)"
    r"|(?P<month>months?|monaten?|monate?|mois|mes(?:es)?\b|[かヶカ]月)|(?P<year>years?|yrs?\b|jahren?|jahre?"
    r"|ans?\b|années?|años?|年間|年)|(?P<decade>decades?|jahrzehnten?|jahrzehnte|décennies?|décadas?)"
    r"|(?P<century>centur(?:y|ies)))"
    r"(?![a-z])"
)


class Tail(msgspec.Struct, frozen=True, kw_only=True):
    """The dimension that the words behind a number give it."""

    dimension: Dimension
    unit: str = ""  # ISO 4217 for money, "day" .. "year" for times
    factor: float = 1.0  # to days, for times
    end: int
    loose: bool = False  # "$", "dollars": of one of several countries


class Magnitude(msgspec.Struct, frozen=True, kw_only=True):
    """A word such as "million", "Mrd." or "k", and what follows it directly."""

    factor: float
    rest: float = 0.0  # 23万1,000: what is added after the magnitude
    sign: str = ""  # "m€" names a currency too
    end: int


_CELL_END = re.compile(r"\s*(?:[|)\n]|$)|\s{3}")  # blanks stand for the bars of a table
_CJK_PART = re.compile(r"(?P<number>\d{1,3}(?:,?\d{3})*)(?!\d)(?P<small>[千百])?(?P<myriad>[億万])?")
_CJK_SCALE = {"億": 1e8, "万": 1e4, "千": 1e3, "百": 1e2, None: 1.0}


def magnitude(folded: str, end: int, *, money: bool) -> Magnitude | None:
    """Read the magnitude behind a number that ends at `end`."""
    scale = _SCALE.match(folded, end)
    if not scale:
        return None
    word = scale["scale"]
    alone = len(word) == 1 and word in "kmb" and folded[end] == " "
    if alone and not money and not _CELL_END.match(folded, scale.end()):
        return None  # "5 m" is a length, "$5 m" and "5m" are not told apart from it elsewhere
    rest, stop = _rest(folded, scale.end()) if word in _MYRIADS else (0.0, scale.end())
    return Magnitude(
        factor=_SCALE_VALUE[word.rstrip(".")],
        rest=rest,
        sign="€" if word == "m€" else "",
        end=stop,
    )


_MYRIADS = frozenset("万億兆")


def _rest(folded: str, start: int) -> tuple[float, int]:
    """Read what a number goes on with behind 億 or 万, and where it ends: 2千万, 3,400万5千.

    >>> _rest("2億3,400万5千人", 2)
    (34005000.0, 10)
    """
    total = section = 0.0
    end = start
    while found := _CJK_PART.match(folded, end):
        section += float(found["number"].replace(",", "")) * _CJK_SCALE[found["small"]]
        if found["myriad"]:
            total, section = total + section * _CJK_SCALE[found["myriad"]], 0.0
        end = found.end()
        if not (found["small"] or found["myriad"]):
            break
    return total + section, end


def tail(folded: str, end: int, sign: str, *, yearlike: bool) -> Tail:
    """Read the unit behind a number; `sign`: the currency that stood before it."""
    if sign:
        after = _CURRENCY.match(folded, end)
        end = after.end() if after else end
        return Tail(dimension=Dimension.MONEY, unit=_CURRENCY_SIGN[sign], end=end, loose=sign == "$")
    if cents := _CENTS.match(folded, end):
        return Tail(dimension=Dimension.MONEY, factor=0.01, end=cents.end())
    if percent := _PERCENT.match(folded, end):
        return Tail(dimension=Dimension.PERCENT, unit="%", end=percent.end())
    if money := _CURRENCY.match(folded, end):
        words, unit = _CURRENCY_WORDS[int(str(money.lastgroup)[1:])]
        return Tail(dimension=Dimension.MONEY, unit=unit, end=money.end(), loose=words == _DOLLARS)
    if (duration := _DURATION.match(folded, end)) and not yearlike:
        unit = next(name for name, text in duration.groupdict().items() if text is not None)
        return Tail(dimension=Dimension.DURATION, unit=unit, factor=_DURATIONS[unit], end=duration.end())
    return Tail(dimension=Dimension.PLAIN, end=end)


def measures(folded: str, end: int) -> bool:
    """Whether per cent or a time stands at `end`: then even "a" or "one" before it is a number."""
    return bool(_PERCENT.match(folded, end) or _DURATION.match(folded, end))
