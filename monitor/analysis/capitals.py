"""Words with a capital that name nothing: a sentence's first word, a people, a shop, another fact's value."""

import re

from monitor.analysis import gazetteer
from monitor.analysis.cues import Asked
from monitor.analysis.places import Place
from monitor.analysis.spans import Span


def is_ordinary(place: Place, name: Span, asked: Asked) -> bool:
    """A capital at the beginning of a sentence makes no name; nor does a word of the general vocabulary."""
    words = place.page.document.plain[name.start : name.end].split()
    clause = place.clause(name.start)
    opens = name.start in {place.start, place.value_start, clause.start} and not place.label
    if _SHARES.match(place.page.folded, name.end) or " ".join(words).lower() in _SHOPS:
        return True
    if any(hit.concept.startswith("val:") and hit.start < name.end and name.start < hit.end for hit in place.hits):
        return True  # the value of another fact
    if gazetteer.is_region(" ".join(words)) and not gazetteer.is_region(str(asked.fact.value)):
        return True
    if len(words) > 1:
        return False
    if is_people(words[0]) or (place.page.document.lang == "de" and _is_described(place, name)):
        return True
    runs_on = bool(_RUNS_ON.match(place.page.document.plain, name.end))
    return opens or runs_on or any(hit.start <= name.start and name.end <= hit.end for hit in place.hits)


def is_people(word: str) -> bool:
    """Whether a word is of a people: "American"."""
    return bool(_DEMONYM.search(word))


def is_noun(place: Place, name: Span) -> bool:
    """Whether a German word with a capital stands behind an article, as only nouns do."""
    return bool(_GERMAN_NOUN.search(_before(place, name)))


def _is_described(place: Place, name: Span) -> bool:
    """Whether a German word is a noun behind an article, or behind an article and what it is like."""
    return is_noun(place, name) or bool(
        _GERMAN_PHRASE.search(place.page.folded, max(place.start, name.start - 40), name.start)
    )


_GERMAN_PHRASE = re.compile(r"\b(?:der|die|das|dem|ein|eine|einem) [a-zäöüß-]{3,}e[rnms]?\s$")


def _before(place: Place, name: Span) -> str:
    return place.page.folded[max(place.start, name.start - 12) : name.start]


_DEMONYM = re.compile(
    r"(?:[a-z]{2}ese|[a-z]{2}ish|[a-z]{2}ian|[a-z]{2}ican|[a-z]{2}ean|French|Dutch|Swiss|Greek|Czech)$"
)
_GERMAN_NOUN = re.compile(
    r"\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|im|am|zum|zur|ihr|ihre|ihrem|sein|seine)\s$"
)
_SHOPS = frozenset({"app store", "apple app store", "google play", "play store", "google play store", "ios", "android"})
_SHARES = re.compile(r"\s(?:shares?|stock|aktien|actions|acciones)\b")
_RUNS_ON = re.compile(r" [a-zà-ÿ]")
