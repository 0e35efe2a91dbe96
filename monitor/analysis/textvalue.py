"""The value of a text fact as words: a name, a slogan, a goal with its year; how it is found, and what is the same."""

import re
from functools import lru_cache

from rapidfuzz import fuzz

from monitor.analysis import lexicon, proper
from monitor.analysis.cues import Asked
from monitor.analysis.folding import WORD, fold, plain_letters
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

SMALL = lexicon.listed("small")
RARE = 6  # letters: a shorter word may mean anything
_ALIKE = 88  # of 100
_TOO_SHORT = 4  # letters at most of what may not stand for a longer name
_LONGEST_NAME = 4  # words, small ones left out
_BY = re.compile(r"\s*\b(?:by|until|till|in|from|since|bis|d'ici|para|en)\s+(?:fy\s?)?(?P<year>(?:19|20)\d\d)\b")
_ARTICLE = re.compile(r"^(?:the|die|der|das|la|le|les|el|los|las) (?=.)")  # "Larch Trust" is the Larch Trust
_OF_RIVALS = frozenset({"owner", "acquisition"})
_FAMILY = re.compile(r"(?P<name>.+) family")
_FAMILIES = ("familie", "famille", "familia", "famiglia")
# "Interogo-Stiftung" is the Interogo Foundation.
_ORGANISED = re.compile(
    r"stiftung|foundation|fondation|fundación|trust|group|gruppe|groupe|grupo|holding|club|inc|ltd|gmbh|ag|fund|fonds"
    r"|programm?e?$|program|collective|family|familie|famille|familia|capital|partners|app$"
)


@lru_cache(maxsize=4096)
def head(value: str) -> tuple[str, int | None]:
    """Part a goal from its year.

    >>> head("net zero by FY2050")
    ('net zero', 2050)
    """
    folded = _ARTICLE.sub("", fold(value).split(":")[0].strip())
    found = _BY.search(folded)
    if not found:
        return folded, None
    return (folded[: found.start()] + folded[found.end() :]).strip(), int(found["year"])


@lru_cache(maxsize=4096)
def finder(value: str, about: str) -> re.Pattern[str]:
    """Find a value's words, or for a name the one word of it that is in no vocabulary and not of the attribute."""
    words, _ = head(value)
    forms = [_spaced(form) for form in _same_phrases(words)]
    rare = [word for word in _rare(value) if word not in about] if is_name(value) else []
    if len(rare) == 1 or (rare and len(value.split()) == 2):  # noqa: PLR2004 -- "Interogo Foundation", "Worn Wear"
        forms += [_spaced(word) for word in rare]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(forms)})(?:'s|s|e|en)?(?![a-z0-9])")


def _same_phrases(words: str) -> list[str]:
    """A phrase in the other languages: "carbon neutral", "neutralité carbone"; longer ones first, as they are to match.

    Without an order of their own they would stand in another one in each program, and the same answer be cut otherwise.
    """
    plain = words.replace("-", " ")
    groups = [group for group in lexicon.phrases() if plain in group]
    family = _FAMILY.fullmatch(words)
    spelled = {f"{word} {family['name']}" for word in _FAMILIES} if family else set[str]()
    return sorted({words}.union(spelled, *groups), key=lambda phrase: (-len(phrase), phrase))


def _spaced(words: str) -> str:
    return r"[\s-]?".join(re.escape(part) for part in re.split(r"[\s-]+", words) if part)


def _rare(value: str) -> list[str]:
    folded = fold(value)
    known = [(hit.start, hit.end) for hit in lexicon.general_spotter().find(folded)]
    return [
        match[0]
        for match in WORD.finditer(folded)
        if len(match[0]) >= RARE and match[0] not in SMALL and not any(s <= match.start() < e for s, e in known)
    ]


def is_name(value: str) -> bool:
    """Whether a value is a name, and no phrase."""
    words = [word for word in value.split() if word.lower() not in SMALL]
    return 0 < len(words) <= _LONGEST_NAME and words[0][0].isupper()


def is_naming(place: Place, name: Span, asked: Asked) -> bool:
    """Whether a name is a naming and no more: "Acme Link" is more, where the sheet says "Acme Circle"."""
    met = place.page.mentions_at(name)
    if not _OF_RIVALS.isdisjoint(asked.attribute):  # a rival may be said to own it, or to have been bought
        met = [one for one in met if set(fold(one.entity).split()) <= place.page.brand_words]
    if not met:
        return False
    longer = all(one.start == name.start and one.end < name.end for one in met)
    own = not place.page.brand_words.isdisjoint(fold(str(asked.fact.value)).split())
    return not (longer and own)


def of_longer_name(place: Place, match: re.Match[str], value: str, about: str) -> bool:
    """Whether one word of a name stands in another name: "Sakura Circle" where the sheet says "Hana Circle"."""
    if len(WORD.findall(match[0])) >= len(WORD.findall(head(value)[0])):
        return False
    known = {*WORD.findall(fold(value)), *WORD.findall(about), *WORD.findall(match[0])} | place.page.brand_words | SMALL
    names = proper.names(place, max(place.start, match.start() - 40), min(place.end, match.end() + 40))
    around = (one for one in names if one.start <= match.start() and match.end() <= one.end)
    return any(
        word not in known and not _ORGANISED.match(word)
        for one in around
        for word in WORD.findall(place.page.folded[one.start : one.end])
    )


def alike(words: str, true: str) -> bool:
    """Whether two texts say the same: spelled alike, in another language, or one the longer form of the other."""
    one, two = plain_letters(words).replace("-", " "), plain_letters(true).replace("-", " ")
    if fuzz.ratio(one, two) >= _ALIKE:
        return True
    if any(one in group and two in group for group in lexicon.phrases()):
        return True
    if len(one) <= _TOO_SHORT:
        return False
    return two in one or (one in two and 2 * len(one.split()) >= len(two.split()))
