"""Countries and states by their names in five languages: enough to tell "CA" from "Nevada", a country from a town."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from monitor.analysis.folding import fold, plain_letters

_WORDS = Path(__file__).parent / "words"
_US = "united states"


def _lines(name: str) -> list[str]:
    return plain_letters(fold((_WORDS / name).read_text(encoding="utf-8"))).strip().splitlines()


@cache
def _countries() -> dict[str, str]:
    """Every name of a country -> its usual name."""
    table: dict[str, str] = {}
    for line in _lines("countries.txt"):
        names = line.split(" ; ")[0].split("|")
        table |= dict.fromkeys(names, names[0])
    return table


@cache
def _codes() -> dict[str, str]:
    """ISO 3166-1 alpha-2 -> usual name."""
    pairs = [line.split(" ; ") for line in _lines("countries.txt") if " ; " in line]
    return {code: names.split("|")[0] for names, codes in pairs for code in codes.split()}


@cache
def _cities() -> dict[str, str]:
    """Every name of a large city -> its usual name."""
    table: dict[str, str] = {}
    for line in _lines("cities.txt"):
        names = line.split("|")
        table |= dict.fromkeys(names, names[0])
    return table


@cache
def _states() -> dict[str, str]:
    """Every name or abbreviation of a state of the USA -> its usual name."""
    table: dict[str, str] = {}
    for line in _lines("states.txt"):
        names = line.split("|")
        table |= dict.fromkeys(names, names[0])
    return table


_SPLIT = re.compile(
    r"\s*[,(/·]\s*(?:(?:in|dans|en)\s)?(?:l['’])?|\sand\s|\s(?:im bundesstaat|in the state of|in|dans|en)\s(?:the\s)?"
)
_DECOR = re.compile(r"^(?:the|den|die|la|el|le|les|los)\s|\)|[*_.]+$|\b(?:州|市|県)$")


def ordered(name: str) -> list[str]:
    """Return a place's parts from town to country, each under its usual name.

    >>> ordered("Ventura, CA"), ordered("Delft, the Netherlands")
    (['ventura', 'california'], ['delft', 'netherlands'])
    """
    return list(_ordered(name))


@lru_cache(maxsize=4096)
def _ordered(name: str) -> tuple[str, ...]:
    found = []
    name = _REGION_FIRST.sub(r"\2, \1", name)
    for index, part in enumerate(_SPLIT.split(plain_letters(fold(name)))):
        bare = _DECOR.sub("", part.strip()).strip()
        if bare:
            found.append(_usual(bare, first=index == 0))
    return tuple(found)


_REGION_FIRST = re.compile(r"^(.+?[州県])の?(.+)$")  # so Japanese writes


def _usual(name: str, *, first: bool) -> str:
    """The usual name of a place; two letters that come first are no state."""
    city = _cities().get(name) if first else None
    state = _states().get(name) if not first or len(name) > 2 else None  # noqa: PLR2004
    return city or _countries().get(name) or state or name


def parts(name: str) -> frozenset[str]:
    return frozenset(_ordered(name))


@cache
def _usual_countries() -> frozenset[str]:
    return frozenset(_countries().values())


def is_country(part: str) -> bool:
    return part in _usual_countries()


def is_region(name: str) -> bool:
    """Whether it is a country or a state, by any of its names."""
    bare = plain_letters(fold(name)).strip(" .")
    return bare in _countries() or bare in _states()


def split(name: str) -> list[str]:
    """Return a place's parts as they are written.

    >>> split("Reno (Nevada)"), split("アイオワ州ダビューク")
    (['Reno', 'Nevada'], ['ダビューク', 'アイオワ州'])
    """
    parted = name if name.isascii() else _REGION_FIRST.sub(r"\2, \1", name)
    return [part.strip(" )") for part in _SPLIT.split(parted)]


@lru_cache(maxsize=4096)
def usual(name: str) -> str:
    """Return the usual name of a country, folded; anything else as it is."""
    bare = plain_letters(fold(name)).strip(" .")
    return _countries().get(bare, bare)


@cache
def _region_words() -> re.Pattern[str]:
    names = sorted({*_countries(), *CONTINENTS}, key=len, reverse=True)
    long = "|".join(re.escape(name) for name in names if len(name) > 3)  # noqa: PLR2004 -- "US" is looked for apart
    return re.compile(rf"\b(?:in|of|for|within) (?:the )?(?P<region>{long}|us|usa|uk|eu)\b")


CONTINENTS = ("europe", "north america", "south america", "latin america", "asia", "africa", "oceania", "australia")


_PREFIX = re.compile(
    r"^(?:the )?(?P<region>us|u\.s\.|uk|american|british|german|french|spanish|italian|dutch|swedish|danish|swiss"
    r"|japanese|chinese|indian|canadian|australian|brazilian|mexican) (?=price|retail|list|fee|cost|store|shop|revenue"
    r"|sales|employee|staff|member|customer|user|share|launch|market)"
)
_LANDS = {
    "us": "united states", "u.s.": "united states", "american": "united states", "uk": "united kingdom",
    "british": "united kingdom", "german": "germany", "french": "france", "spanish": "spain", "italian": "italy",
    "dutch": "netherlands", "swedish": "sweden", "danish": "denmark", "swiss": "switzerland", "japanese": "japan",
    "chinese": "china", "indian": "india", "canadian": "canada", "australian": "australia", "brazilian": "brazil",
    "mexican": "mexico",
}  # fmt: skip


def region_in(words: str) -> tuple[str, int, int] | None:
    """Return the region that an attribute names, and where: "price of the Solo plan in the United States"."""
    folded = plain_letters(fold(words))
    if first := _PREFIX.match(folded):
        return _LANDS[first["region"]], *first.span()
    found = _region_words().search(folded)
    return (usual(found["region"]), *found.span()) if found else None


_OF_LAND = {
    "united states": "american amerikanisch américain estadounidense u.s.",
    "united kingdom": "british britisch britanni británic",
    "germany": "german", "france": "french französisch français franc", "spain": "spanish spanisch espagnol español",
    "china": "chinese chinesisch chinois chin", "japan": "japanese japanisch japonais japon",
    "russia": "russian russisch russe rus",
    "india": "indian indisch indien", "italy": "italian italienisch", "netherlands": "dutch niederländ néerlandais",
    "sweden": "swedish schwedisch suédois", "denmark": "danish dänisch danois", "switzerland": "swiss schweizer suisse",
    "turkey": "turkish", "canada": "canadian kanadisch canadien", "australia": "australian", "brazil": "brazilian",
    "mexico": "mexican", "ukraine": "ukrainian", "israel": "israeli", "iran": "iranian", "south korea": "korean",
}  # fmt: skip


def of_land(name: str) -> list[str]:
    """Return the beginnings of words for what is of a country: "british"."""
    return [word for word in _OF_LAND.get(name, "").split() if len(word) > _SHORT_STEM]


_SHORT_STEM = 3


def names_of(region: str) -> set[str]:
    """Return all the names of a country that is given by its code or by one of its names, folded."""
    main = _codes().get(region) or _countries().get(plain_letters(region), region)
    return {name for name, usual in _countries().items() if usual == main and len(name) > 1} | {main}


def holding(places: list[str]) -> set[str]:
    """Return what surely holds these places: the country of a state."""
    return {_US} if any(part in _usual_states() for part in places[1:]) else set()


def in_other_state(said: Sequence[str], true: Sequence[str]) -> bool:
    """Whether both name a state, and not the same.

    >>> in_other_state(["oregon"], ["maine"]), in_other_state(["united states"], ["maine"])
    (True, False)
    """
    states = _usual_states()
    here, there = states.intersection(said), states.intersection(true)
    return bool(here and there) and here.isdisjoint(there)


@cache
def _usual_states() -> frozenset[str]:
    return frozenset(_states().values())
