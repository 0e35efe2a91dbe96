"""Numbers written as words, in English, German, French and Spanish."""

from collections.abc import Sequence
from functools import cache

import msgspec

_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"  # noqa: E501 -- a list of words
_DE = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"  # noqa: E501 -- a list of words
_FR = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_ES = "cero un dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"  # noqa: E501 -- a list of words
_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
}
_HUNDREDS_ES = "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "millions": 1e6, "billions": 1e9,
    "hundert": 1e2, "tausend": 1e3, "millionen": 1e6, "milliarde": 1e9, "milliarden": 1e9, "billionen": 1e12,
    "cent": 1e2, "cents": 1e2, "mille": 1e3, "milliard": 1e9, "milliards": 1e9,
    "cien": 1e2, "ciento": 1e2, "mil": 1e3, "millón": 1e6, "millones": 1e6, "billón": 1e12, "billones": 1e12,
    "dozen": 12, "dutzend": 12, "douzaine": 12, "docena": 12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
_OF_LANGUAGE = {
    "en": {"hundred", "thousand", "million", "billion", "trillion", "millions", "billions", "dozen", "lakh", "crore"},
    "de": {"hundert", "tausend", "million", "millionen", "milliarde", "milliarden", "billionen", "dutzend"},
    "fr": {"cent", "cents", "mille", "million", "millions", "milliard", "milliards", "douzaine"},
    "es": {"cien", "ciento", "mil", "millón", "millones", "billón", "billones", "docena"},
}
_JOINERS = {"and", "et", "y", "und"}
_ARTICLES = {"a", "an", "one", "ein", "eine", "einer", "einem", "einen", "un", "une", "una", "uno"}
_HALVES = {"half", "halbe", "halb", "demi", "demie", "medio", "media"}
_QUARTERS = {"quarter", "viertel", "quart", "cuarto"}
_PARTS = _HALVES | _QUARTERS
_WEAK = _ARTICLES | _PARTS
_INSIDE = _JOINERS | _WEAK | {"of", "de"}
_NO_END = _JOINERS | {"a", "an", "of", "de"}


def _numbered(words: str, start: int = 0, step: int = 1) -> dict[str, float]:
    return {word: float(start + step * i) for i, word in enumerate(words.split())}


def _german() -> dict[str, float]:
    ones, tens = _numbered(_DE), _numbered(_TENS["de"], 20, 10)
    small = ones | tens | {f"{o}und{t}": ones[o] + tens[t] for o in list(ones)[1:10] for t in tens}
    small["eins"] = 1.0
    large = {f"{o}hundert{rest}": 100 * ones[o] + small.get(rest, 0) for o in list(ones)[1:10] for rest in ("", *small)}
    thousands = {f"{word}tausend": 1000 * value for word, value in {**small, **large}.items() if value}
    return small | large | thousands


WORDS: dict[str, dict[str, float]] = {
    "en": _numbered(_EN) | _numbered(_TENS["en"], 20, 10),
    "de": _german(),
    "fr": _numbered(_FR) | _numbered(_TENS["fr"], 20, 10) | {"vingts": 20.0, "septante": 70.0, "nonante": 90.0},
    "es": _numbered(_ES) | _numbered(_TENS["es"], 20, 10) | _numbered(_HUNDREDS_ES, 200, 100),
}


class Spelled(msgspec.Struct, frozen=True, kw_only=True):
    """A number in words: its place in the text, its value, and whether it may be a mere article."""

    start: int
    end: int
    value: float
    weak: bool = False


def spelled(text: str, tokens: Sequence[tuple[int, int]], lang: str) -> list[Spelled]:
    """Return the numbers in words of a lower-case text whose words stand at `tokens`."""
    lang = lang if lang in WORDS else "en"
    known, scales, opening = WORDS[lang], _OF_LANGUAGE[lang], _opening(lang)
    found: list[Spelled] = []
    after = -1
    for index, (start, end) in enumerate(tokens):
        if index >= after and text[start:end] in opening:
            number, after = _sequence(text, tokens, index, known, scales)
            if number:
                found.append(number)
    return found


@cache
def _opening(lang: str) -> frozenset[str]:
    return frozenset({*WORDS[lang], *_OF_LANGUAGE[lang], *_HALVES, *_ARTICLES, *_QUARTERS})


def _sequence(
    text: str, tokens: Sequence[tuple[int, int]], first: int, known: dict[str, float], scales: set[str]
) -> tuple[Spelled | None, int]:
    words = _run(text, tokens, first, known, scales)
    while len(words) > 1 and words[-1] in _NO_END:
        words.pop()
    if not words:
        return None, first + 1
    value = _value(words, known)
    last = first + len(words) - 1
    weak = len(words) == 1 and words[0] in _WEAK
    if value is None:
        return None, first + 1
    return Spelled(start=tokens[first][0], end=tokens[last][1], value=value, weak=weak), last + 1


def _run(
    text: str, tokens: Sequence[tuple[int, int]], first: int, known: dict[str, float], scales: set[str]
) -> list[str]:
    words: list[str] = []
    for at in range(first, min(first + 12, len(tokens))):
        start, end = tokens[at]
        word = text[start:end]
        if words and (start - tokens[at - 1][1] != 1 or text[start - 1] not in " -\u00a0\n"):
            break
        if word not in known and word not in scales and (not words or word not in _INSIDE) and word not in _WEAK:
            break
        if word in _JOINERS and not _joins(text, tokens, at, words[-1], scales):
            break
        words.append(word)
    return words


def _joins(text: str, tokens: Sequence[tuple[int, int]], at: int, before: str, scales: set[str]) -> bool:
    """Whether "and" stands inside a number: after a scale, between tens and ones, before a half."""
    after = " ".join(text[start:end] for start, end in tokens[at + 1 : at + 3])
    joiner = text[tokens[at][0] : tokens[at][1]]
    return before in scales or joiner in {"y", "et"} or any(word in _PARTS for word in after.split())


def _value(words: list[str], known: dict[str, float]) -> float | None:
    total = current = last_scale = 0.0
    seen = False
    for at, word in enumerate(words):
        if word in _PARTS:
            part = 0.5 if word in _HALVES else 0.25
            if total and not current:  # "a billion and a half"
                total += part * last_scale
            else:
                current += part
            seen = True
        elif word in SCALES:
            current, total, last_scale = _scaled(SCALES[word], current, total)
            seen = True
        elif word in known:
            value = known[word]
            current = current * 20 if value == 20 and current == 4 else current + value  # noqa: PLR2004 -- quatre-vingts
            seen = True
        elif word in _ARTICLES:
            following = words[at + 1] if at + 1 < len(words) else ""
            if following in SCALES and not current:
                current = 1.0
            elif at == 0 and len(words) == 1:
                current, seen = 1.0, True
    return total + current if seen and total + current else None


def _scaled(scale: float, current: float, total: float) -> tuple[float, float, float]:
    if scale == 100:  # noqa: PLR2004 -- hundreds are added to what follows
        return (current or 1.0) * 100, total, scale
    return 0.0, total + (current or 1.0) * scale, scale
