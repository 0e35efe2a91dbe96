"""A name or short phrase: an exchange, a programme's name, a goal with its year."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from monitor.analysis import proper
from monitor.analysis.cues import Asked, plain_letters
from monitor.analysis.folding import WORD, fold
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.places import Place
from monitor.domain.brand import Fact, FactValue
from monitor.domain.readings import Span

_ENOUGH = 0.45
_ALIKE = 88
_MOST_WORDS = 6  # a longer text is a sentence, which no comparison of words can judge
_BY = re.compile(r"\s*\b(?:by|until|till|in|from|since|bis|d'ici|para|en)\s+(?:fy\s?)?(?P<year>(?:19|20)\d\d)\b")
_SMALL = frozenset(["a", "an", "the", "of", "for", "and", "or", "to", "in", "on", "by", "at", "its", "no", "with", "from", "der", "die", "das", "und", "le", "la", "les", "de", "du", "des", "et", "el", "los", "y"])


def _check(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is asked the same way
    return "" if isinstance(value, str) and value.strip() else "a text is written as words"


def _advice(fact: Fact) -> str:
    words = len(str(fact.value).split())
    if words > _MOST_WORDS:
        return (
            f"{words} words cannot be compared with what an answer says in its own words: write the name or figure that"
            " matters, or cut it into several facts of other kinds (flag, number, date)"
        )
    return ""


def _same(a: Fact, b: Fact) -> bool:
    return " ".join(fold(str(a.value)).split()) == " ".join(fold(str(b.value)).split())


def head(value: str) -> tuple[str, int | None]:
    """Part a goal from its year.

    >>> head("net zero by FY2050")
    ('net zero', 2050)
    """
    folded = fold(value)
    found = _BY.search(folded)
    if not found:
        return folded, None
    return (folded[: found.start()] + folded[found.end() :]).strip(), int(found["year"])


def _pattern(words: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in re.split(r"[\s-]+", words) if part]
    return re.compile(r"(?<!\w)" + r"[\s-]?".join(parts) + r"\w{0,4}(?!\w)")


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    covered = place.coverage(asked)
    found = list(_phrases(place, asked, covered))
    if found or covered < _ENOUGH:
        return found
    if _is_name(str(asked.fact.value)):
        return list(_other_names(place, asked, covered))
    return []


def _is_name(value: str) -> bool:
    words = [word for word in value.split() if word.lower() not in _SMALL]
    return 0 < len(words) <= 4 and all(word[0].isupper() for word in words)  # noqa: PLR2004


def _phrases(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    folded = place.page.folded
    taken: list[Span] = []
    for value in (asked.fact.value, *(one.value for one in asked.fact.before)):
        words, year = head(str(value))
        if len(words) < 3:  # noqa: PLR2004
            continue
        for match in _pattern(words).finditer(folded, place.start, place.end):
            said_year = _year(place, match.end()) if year else None
            shown = words if said_year is None else f"{words} by {said_year}"
            own = any(span.start < match.end() and match.start() < span.end for span in taken)
            proper_name = _is_name(str(value)) and len(words) > 4  # noqa: PLR2004
            if not own and (covered >= 0.3 or proper_name or year):  # noqa: PLR2004
                taken.append(Span(start=match.start(), end=match.end()))
                yield Said(
                    start=match.start(), end=match.end(), value=(words, said_year), shown=shown, score=min(1.0, 0.5 + covered)
                )


def _year(place: Place, after: int) -> int | None:
    clause = place.clause(after - 1)
    years = [one for one in place.moments if clause.start <= one.start < clause.end]
    later = [one for one in years if one.start >= after] or years
    return later[0].last.year if later else None


def _other_names(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """Another name in the slot where the fact's name would stand."""
    for name in proper.names(place, place.start, place.end):
        words = place.page.document.plain[name.start : name.end]
        if any(one.start < name.end and name.start < one.end for one in place.page.mentions) or len(words) < 3:  # noqa: PLR2004
            continue
        if proper.in_slot(place, name, asked.brand_words, asked.concepts | {asked.cue}):
            yield Said(start=name.start, end=name.end, value=(fold(words), None), shown=words, score=covered)


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:  # noqa: ARG001 -- every kind is asked the same way
    if not isinstance(said.value, tuple):
        return Match.UNREADABLE
    words, year = said.value
    true, true_year = head(str(value))
    if not _alike(str(words), true):
        return Match.OTHER
    if year is not None and true_year is not None and year != true_year:
        return Match.OTHER
    return Match.SAME


def _alike(words: str, true: str) -> bool:
    one, two = plain_letters(words).replace("-", " "), plain_letters(true).replace("-", " ")
    if fuzz.ratio(one, two) >= _ALIKE:
        return True
    content = [word for word in WORD.findall(two) if word not in _SMALL]
    return len(one) > 4 and (one in two or two in one) and bool(content)  # noqa: PLR2004


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return str(value)


KIND = Kind(name="text", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
