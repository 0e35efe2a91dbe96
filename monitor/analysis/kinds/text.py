"""A name or short phrase: an exchange, a programme's name, a goal with its year."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from monitor.analysis import capitals, forms, lexicon, owning, proper, quoted, unique
from monitor.analysis.cues import Asked
from monitor.analysis.folding import WORD, fold, plain_letters
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.places import Place
from monitor.analysis.text import BlockKind
from monitor.domain.brand import Fact, FactValue
from monitor.domain.readings import Span

_ALIKE = 88
_SHORTEST = 3  # letters of a name
_MOST_WORDS = 6  # a longer text is a sentence, which no comparison of words can judge
_BY = re.compile(r"\s*\b(?:by|until|till|in|from|since|bis|d'ici|para|en)\s+(?:fy\s?)?(?P<year>(?:19|20)\d\d)\b")
_ARTICLE = re.compile(r"^(?:the|die|der|das|la|le|les|el|los|las) (?=.)")  # "Larch Trust" is the Larch Trust
_SMALL = lexicon.listed("small")
# Many who own: of what a brand makes, not of the brand.
_USERS = re.compile(r"owners|besitzern?|propriétaires|propietari[oa]s|dueñ[oa]s")


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
    folded = _ARTICLE.sub("", fold(value).split(":")[0].strip())
    found = _BY.search(folded)
    if not found:
        return folded, None
    return (folded[: found.start()] + folded[found.end() :]).strip(), int(found["year"])


@lru_cache(maxsize=4096)
def _finder(value: str, about: str) -> re.Pattern[str]:
    """Find a value's words, or for a name the one word of it that is in no vocabulary and not of the attribute."""
    words, _ = head(value)
    forms = [_spaced(form) for form in _same_phrases(words)]
    rare = [word for word in _rare(value) if word not in about] if _is_name(value) else []
    if len(rare) == 1 or (rare and len(value.split()) == 2):  # noqa: PLR2004 -- "Interogo Foundation", "Worn Wear"
        forms += [_spaced(word) for word in rare]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(forms)})(?:'s|s|e|en)?(?![a-z0-9])")


def _same_phrases(words: str) -> set[str]:
    """A phrase in the other languages: "carbon neutral", "neutralité carbone"."""
    plain = words.replace("-", " ")
    groups = [group for group in lexicon.phrases() if plain in group]
    family = _FAMILY.fullmatch(words)
    spelled = (
        {f"{word} {family['name']}" for word in ("familie", "famille", "familia", "famiglia")} if family else set()
    )
    return {words}.union(spelled, *groups)


_FAMILY = re.compile(r"(?P<name>.+) family")


def _spaced(words: str) -> str:
    return r"[\s-]?".join(re.escape(part) for part in re.split(r"[\s-]+", words) if part)


def _rare(value: str) -> list[str]:
    folded = fold(value)
    known = [(hit.start, hit.end) for hit in lexicon.general_spotter().find(folded)]
    return [
        match[0]
        for match in WORD.finditer(folded)
        if len(match[0]) >= _RARE and match[0] not in _SMALL and not any(s <= match.start() < e for s, e in known)
    ]


_RARE = 6  # letters: a shorter word may mean anything


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    covered = place.coverage(asked)
    found = list(forms.limits(place, asked, covered)) or list(_phrases(place, asked, covered))
    found = found or [_owner(place, at) for at in owning.told(place, asked)]
    if not found and covered < forms.ENOUGH:
        return list(_replaced(place, asked))
    if found or covered < forms.ENOUGH:
        return found
    if "exchange" in asked.concepts:
        return list(forms.exchanges(place, asked))
    if found := list(forms.quotations(place, asked, place.coverage(asked, far=False))):
        return found
    if _is_name(str(asked.fact.value)) and place.block.kind is not BlockKind.HEADING:
        return list(_other_names(place, asked, place.coverage(asked, far=False)))
    return []


def _owner(place: Place, at: Span) -> Said:
    words = place.page.document.plain[at.start : at.end]
    return Said(start=at.start, end=at.end, value=(fold(words), None), shown=words, score=_TOLD)


_SENTENCE = 3  # words of a slogan, which no answer says by chance


def _is_name(value: str) -> bool:
    words = [word for word in value.split() if word.lower() not in _SMALL]
    return 0 < len(words) <= 4 and words[0][0].isupper()  # noqa: PLR2004


_ONCE = re.compile(
    r"(?:\b(?:replac(?:ed|es|ing)|formerly|previously|used to be(?: called| known as)?|(?:once|then|originally"
    r"|initially) called"
    r"|was (?:once |then |originally )?(?:called|known as|named)|renamed from|succeed(?:ed|s)|took over from"
    r"|instead of"
    r"|früher(?:er)?|ehemals|ehemalige[rsn]?|ersetzte|löste|hieß (?:früher|zuvor|einst)|anciennement|auparavant"
    r"|ex-|a remplacé"
    r"|remplace|antes|antiguamente|sustituyó a|reemplazó a)|旧|前身の)"
    r"\s?(?:the |the old |its |das |die |den |le |la |el |as )?[\"“„«'‘]?$"
)
_GONE = re.compile(
    r"[\"”“»'’]?,?\s(?:which |who )?(?:was (?:replaced|retired|renamed|dropped|discontinued|folded|scrapped"
    r"|superseded)|is (?:renamed|replaced)|becomes?|became"
    r"|gave way|gives way|turn(?:s|ed) into|until (?:1|2)\d{3}|wurde (?:ersetzt|umbenannt|abgelöst)"
    r"|a été remplacé\w*|est devenue?"
    r"|fue (?:sustituid|reemplazad)\w+|pasó a llamarse)\b|から改称|に改称"
)


def _replaced(place: Place, asked: Asked) -> Iterator[Said]:
    """A former name, told as one: "it replaced KazaNet", whatever is said of it beside."""
    folded, about = place.page.folded, fold(f"{asked.about} {' '.join(asked.brand_words)}")
    for former in asked.fact.before:
        words, year = head(str(former.value))
        if (
            year
            or not _is_name(str(former.value))
            or len(words) < _RARE
            or _alike(words, head(str(asked.fact.value))[0])
        ):
            continue
        for found in _finder(str(former.value), about).finditer(folded, place.start, place.end):
            once = _ONCE.search(folded, max(place.start, found.start() - 40), found.start())
            if other := _renamed(place, found.end(), asked):
                yield other
                return
            if (once or _GONE.match(folded, found.end(), place.end)) and not _of_longer_name(
                place, found, words, about
            ):
                at = Span(start=found.start(), end=found.end())
                yield Said(
                    start=at.start, end=at.end, value=(words, None), shown=str(former.value), score=_TOLD, history=True,
                    span=Span(start=once.start() if once else at.start, end=at.end),
                )  # fmt: skip
                return


def _renamed(place: Place, end: int, asked: Asked) -> Said | None:
    """The new name that a former one is said to have been given, where the sheet knows no such name."""
    found = _RENAMED.match(place.page.folded, end, place.end)
    names = proper.names(place, found.end(), place.end) if found else []
    if not names or not found or names[0].start > found.end() + _QUOTE:
        return None
    words = place.page.document.plain[names[0].start : names[0].end]
    if _alike(fold(words), head(str(asked.fact.value))[0]) or _is_brand(place, names[0], asked):
        return None
    return Said(start=names[0].start, end=names[0].end, value=(fold(words), None), shown=words, score=_TOLD)


_RENAMED = re.compile(
    r"[\"”“»'’]?,?\s(?:which |who )?(?:is |was |has been |wurde |wird |a été |fue )?(?:renamed|rebranded"
    r"|umbenannt in|becomes|became"
    r"|turned into|rebaptisée?|renommée?|devient|est devenue?|rebautizad[oa]|pasó a llamarse)(?: as| to| into| en)?\s"
)
_QUOTE = 2  # marks before a name
_TOLD = 0.7


def _phrases(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    folded = place.page.folded
    about = fold(f"{asked.about} {' '.join(asked.brand_words)}")
    taken: list[Span] = []
    values = (asked.fact.value, *(one.value for one in asked.fact.before))
    known = [year for value in values if (year := head(str(value))[1])]
    for value in (asked.fact.value, *(one.value for one in asked.fact.before)):
        words, year = head(str(value))
        if len(words) < 3:  # noqa: PLR2004
            continue
        for match in _finder(str(value), about).finditer(folded, place.start, place.end):
            said_year = _year(place, match.end(), known) if year else None
            shown = words if said_year is None else f"{words} by {said_year}"
            own = any(span.start < match.end() and match.start() < span.end for span in taken)
            if _of_longer_name(place, match, str(value), about):
                continue
            proper_name = _is_name(str(value)) and len(words) > 4  # noqa: PLR2004
            in_quotes = len(words.split()) >= _SENTENCE and quoted.whole(
                place, Span(start=match.start(), end=match.end())
            )
            at = Span(start=match.start(), end=match.end())
            hinted = proper_name and unique.is_hinted(place, asked, at)
            alone = fold(str(value)) in asked.lone and len(WORD.findall(match[0])) == len(WORD.findall(str(value)))
            if not in_quotes and not hinted and _only_named(place, asked, at):
                continue
            if not own and (in_quotes or hinted or alone or covered >= 0.3 or (proper_name and covered > 0) or year):  # noqa: PLR2004
                taken.append(Span(start=match.start(), end=match.end()))
                yield Said(
                    start=match.start(),
                    end=match.end(),
                    value=(words, said_year),
                    shown=shown,
                    score=min(1.0, 0.5 + covered),
                    span=Span(start=match.start(), end=match.end()),
                )


def _only_named(place: Place, asked: Asked, at: Span) -> bool:
    """Whether one word, the name of a thing, is used and not given: "the Solis has a 7-inch screen"."""
    if "name" not in asked.concepts or place.page.folded.count(" ", at.start, at.end):
        return False
    clause = place.clause(at.start)
    told = any(hit.concept == "name" and clause.start <= hit.start < clause.end for hit in place.hits)
    return not (told or place.labelled & asked.attribute or proper.in_slot(place, at, asked.brand_words, asked.slots))


def _of_longer_name(place: Place, match: re.Match[str], value: str, about: str) -> bool:
    """Whether one word of a name stands in another name: "Sakura Circle" where the sheet says "Hana Circle"."""
    if len(WORD.findall(match[0])) >= len(WORD.findall(head(value)[0])):
        return False
    known = {*WORD.findall(fold(value)), *WORD.findall(about)} | place.page.brand_words | _SMALL
    names = proper.names(place, max(place.start, match.start() - 40), min(place.end, match.end() + 40))
    around = (one for one in names if one.start <= match.start() and match.end() <= one.end)
    return any(
        word not in known and not _ORGANISED.match(word)
        for one in around
        for word in WORD.findall(place.page.folded[one.start : one.end])
    )


# "Interogo-Stiftung" is the Interogo Foundation.
_ORGANISED = re.compile(
    r"stiftung|foundation|fondation|fundación|trust|group|gruppe|groupe|grupo|holding|club|inc|ltd|gmbh|ag|fund|fonds"
    r"|programm?e?$|program|collective|family|familie|famille|familia|capital|partners|app$"
)


def _year(place: Place, after: int, known: Sequence[int]) -> int | None:
    """The year beside a goal: one that the sheet knows, where it stands there too, else the next."""
    clause = place.clause(after - 1)
    years = [one for one in place.moments if clause.start <= one.start < clause.end and not one.relative]
    exact = [one.first.year for one in years if one.first.year == one.last.year]
    for year in known:
        if year in exact:
            return year
    later = [one for one in years if one.start >= after] or years
    if later and any(later[0].first.year <= year <= later[0].last.year for year in known[:1]):
        return known[0]
    return later[0].last.year if later else None


def _other_names(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """Another name in the slot where the fact's name would stand."""
    for name in proper.names(place, place.start, place.end):
        words = place.page.document.plain[name.start : name.end]
        if (
            _is_brand(place, name, asked)
            or len(words) < _SHORTEST
            or covered < forms.ENOUGH
            or capitals.is_ordinary(place, name, asked)
        ):
            continue
        if name.start < place.value_start or not (_slot_of_one(place, asked, name) or place.is_reply(name)):
            continue  # the words of a label are no value
        if proper.in_slot(place, name, asked.brand_words, asked.slots) or place.is_reply(name):
            yield Said(start=name.start, end=name.end, value=(fold(words), None), shown=words, score=covered)


def _is_brand(place: Place, name: Span, asked: Asked) -> bool:
    """Whether a name is a naming and no more: "Acme Link" is more, where the sheet says "Acme Circle"."""
    met = place.page.mentions_at(name)
    if "owner" in asked.attribute:  # a rival may be said to own it
        met = [one for one in met if set(fold(one.entity).split()) <= place.page.brand_words]
    if not met:
        return False
    longer = all(one.start == name.start and one.end < name.end for one in met)
    own = not place.page.brand_words.isdisjoint(fold(str(asked.fact.value)).split())
    return not (longer and own)


def _slot_of_one(place: Place, asked: Asked, name: Span) -> bool:
    """Whether any word that opens the slot speaks of one thing: "owners praise it" names no owner."""
    clause, folded = place.clause(name.start), place.page.folded
    hits = [hit for hit in place.hits if clause.start <= hit.start < clause.end]
    hits += place.page.hits_in(place.label) if place.label else []
    opening = [hit for hit in hits if hit.concept in asked.slots]
    return any(not _USERS.fullmatch(folded, hit.start, hit.end) for hit in opening)


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:
    if not isinstance(said.value, tuple):
        return Match.UNREADABLE
    words, year = said.value
    if words in {forms.LIMITED, forms.WITHOUT_LIMIT}:
        return forms.compare_limits(words, f"{value} {asked.fact.says}")
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
    if any(one in group and two in group for group in lexicon.phrases()):
        return True
    if len(one) <= 4:  # noqa: PLR2004 -- too short to stand for a longer name
        return False
    return two in one or (one in two and 2 * len(one.split()) >= len(two.split()))


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return str(value)


KIND = Kind(name="text", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
