"""A name or short phrase: an exchange, a programme's name, a goal with its year."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from monitor.analysis import capitals, forms, kana, lexicon, owning, proper, quoted, renamed, standing, unique
from monitor.analysis.cues import Asked
from monitor.analysis.folding import WORD, fold
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.places import Place
from monitor.analysis.spans import Span, Stretch
from monitor.analysis.text import BlockKind
from monitor.analysis.textvalue import alike, finder, head, is_name, is_naming, of_longer_name
from monitor.domain.brand import Fact, FactValue

_SHORTEST = 3  # letters of a name
_MOST_WORDS = 6  # a longer text is a sentence, which no comparison of words can judge
_SENTENCE = 3  # words of a slogan, which no answer says by chance
_SHORT_NAME = 4  # letters at most: "Aera" may be anything
_BESIDE = 0.3  # of a fact's words, which make a phrase its value
_SURE = 0.7  # how sure an owner who is told as one is meant
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


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    found = [replace(one, signs=standing.signs(place, one, asked)) for one in _tied(place, asked)]
    taken = [(one.start, one.end) for one in found]
    return [*found, *_open(place, asked, taken)]


def _open(place: Place, asked: Asked, taken: Sequence[tuple[int, int]]) -> Iterator[Said]:
    """Values that no rule ties to the fact: what is said around them tells whether they are meant."""
    covered = _HALF * place.coverage(asked)
    for at in _loose(place, asked):
        if any(start < at.end and at.start < end for start, end in taken):
            continue
        taken = [*taken, (at.start, at.end)]
        words = place.page.document.plain[at.start : at.end]
        signs = {**standing.signs(place, at, asked), "open": 1.0}
        value = head(words)
        yield Said(start=at.start, end=at.end, value=value, shown=words, score=covered, signs=signs, span=None)


def _loose(place: Place, asked: Asked) -> Iterator[Span]:
    """The fact's own values wherever they stand, what a label gives as a whole, and names."""
    about = fold(f"{asked.about} {' '.join(asked.brand_words)}")
    for value in asked.given:
        if len(head(str(value))[0]) >= _SHORTEST:
            for match in finder(str(value), about).finditer(place.page.folded, place.start, place.end):
                named = place.page.document.plain[match.start()].isupper() or not str(value)[0].isupper()
                if named and not of_longer_name(place, match, str(value), about):
                    yield Stretch(start=match.start(), end=match.end())
    whole = _given(place)
    if whole and not is_naming(place, whole, asked):
        yield whole
    if is_name(str(asked.fact.value)) and place.block.kind is not BlockKind.HEADING:
        for name in proper.names(place, max(place.start, place.value_start), place.end):
            german = place.page.document.lang == "de" and not place.page.document.plain[name.start : name.end].count(
                " "
            )
            if not (
                german
                or name.end - name.start < _SHORTEST
                or is_naming(place, name, asked)
                or standing.is_brand(place, name)
            ) and not capitals.is_ordinary(place, name, asked):
                yield name


def _given(place: Place) -> Span | None:
    """The few words that are all that a label gives, without what stands in brackets behind them."""
    if place.label is None:
        return None
    found = _WHOLE.fullmatch(place.page.document.plain, place.value_start, place.end)
    if found is None or len(found["value"].split()) > _MOST_WORDS or _AMOUNT.match(found["value"]):
        return None
    return Stretch(start=found.start("value"), end=found.end("value"))


_WHOLE = re.compile(
    r"[\s*_:：\"“„«「『|–—-]*(?P<value>[^\s*_:：\"“„«「『|–—-][^\n.;。、()（）*_「」]{1,58}?)[\s*_\"”»」』.]*(?:[(（\[].*)?",
    re.DOTALL,
)
_AMOUNT = re.compile(r"[€$£¥~≈<>]{0,2}\s?\d")
_HALF = 0.5


def _tied(place: Place, asked: Asked) -> Sequence[Said]:
    covered = place.coverage(asked)
    found = list(forms.limits(place, asked, covered)) or list(_phrases(place, asked, covered))
    found = found or [_owner(place, at) for at in owning.told(place, asked)]
    if not found and covered < forms.ENOUGH:
        return list(renamed.former(place, asked))
    if found or covered < forms.ENOUGH:
        return found
    if "exchange" in asked.concepts:
        return list(forms.exchanges(place, asked))
    if found := list(forms.quotations(place, asked, place.coverage(asked, far=False))):
        return found
    if is_name(str(asked.fact.value)) and place.block.kind is not BlockKind.HEADING:
        return list(_other_names(place, asked, place.coverage(asked, far=False)))
    return []


def _owner(place: Place, at: Span) -> Said:
    words = place.page.document.plain[at.start : at.end]
    return Said(start=at.start, end=at.end, value=(fold(words), None), shown=words, score=_SURE)


def _phrases(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """The words of the fact's own values, today's or former ones."""
    about = fold(f"{asked.about} {' '.join(asked.brand_words)}")
    values = [str(value) for value in asked.given]
    known = [year for value in values if (year := head(value)[1])]
    taken: list[Span] = []
    for value in values:
        words, year = head(value)
        found = finder(value, about).finditer(place.page.folded, place.start, place.end)
        for match in found if len(words) >= _SHORTEST else ():
            at = Stretch(start=match.start(), end=match.end())
            own = any(span.start < at.end and at.start < span.end for span in taken)
            if own or of_longer_name(place, match, value, about) or not _is_meant(place, asked, value, at, covered):
                continue
            taken.append(at)
            former = value != str(asked.fact.value)
            if former and (other := renamed.given(place, at.end, asked)):
                yield other
                continue
            said = _year(place, at.end, known) if year else None
            yield Said(
                start=at.start, end=at.end, value=(words, said), shown=f"{words} by {said}" if said else words,
                score=min(1.0, 0.5 + covered), span=at,
                history=True if former and renamed.is_gone(place, at.end) else None,
            )  # fmt: skip


def _is_meant(place: Place, asked: Asked, value: str, at: Span, covered: float) -> bool:
    """Whether a value's words are meant for the fact: quoted, hinted at, of no other fact, or beside its words."""
    words, year = head(value)
    if len(words.split()) >= _SENTENCE and quoted.whole(place, at):
        return True
    name = is_name(value) and len(words) > _SHORT_NAME
    if name and unique.is_hinted(place, asked, at):
        return True
    if _only_named(place, asked, at):
        return False
    whole = len(WORD.findall(place.page.folded, at.start, at.end)) == len(WORD.findall(value))
    alone = whole and fold(value) in asked.lone
    return alone or covered >= _BESIDE or (name and covered > 0) or bool(year)


def _only_named(place: Place, asked: Asked, at: Span) -> bool:
    """Whether one word, the name of a thing, is used and not given: "the Solis has a 7-inch screen"."""
    if "name" not in asked.concepts or place.page.folded.count(" ", at.start, at.end):
        return False
    clause = place.clause(at.start)
    told = any(hit.concept == "name" and clause.start <= hit.start < clause.end for hit in place.hits)
    return not (told or place.labelled & asked.attribute or proper.in_slot(place, at, asked.brand_words, asked.slots))


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
            is_naming(place, name, asked)
            or len(words) < _SHORTEST
            or covered < forms.ENOUGH
            or capitals.is_ordinary(place, name, asked)
        ):
            continue
        if name.start < place.value_start or not (_slot_of_one(place, asked, name) or place.is_reply(name)):
            continue  # the words of a label are no value
        if proper.in_slot(place, name, asked.brand_words, asked.slots) or place.is_reply(name):
            yield Said(start=name.start, end=name.end, value=(fold(words), None), shown=words, score=covered)


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
    if _KANA.search(words) and not _KANA.search(str(value)):
        return _compare_sounds(words, str(value))
    if words in {forms.LIMITED, forms.WITHOUT_LIMIT}:
        return forms.compare_limits(words, f"{value} {asked.fact.says}")
    true, true_year = head(str(value))
    if not alike(str(words), true):
        return Match.OTHER
    if year is not None and true_year is not None and year != true_year:
        return Match.OTHER
    return Match.SAME


def _compare_sounds(words: str, value: str) -> Match:
    """Hold a name in katakana against one in Latin letters."""
    if known := [group for group in lexicon.phrases() if words in group]:
        return Match.SAME if any(head(value)[0] in group for group in known) else Match.OTHER
    sounds = kana.alike(words, value) if is_name(value) and not _HAN.search(words) else _SOUNDS_LITTLE
    return Match.SAME if sounds >= _SOUNDS_ALIKE else Match.OTHER if sounds < _SOUNDS_LITTLE else Match.UNREADABLE


_KANA, _HAN = re.compile(r"[ァ-ヺ]"), re.compile(r"[一-龠ぁ-ん]")
_SOUNDS_ALIKE, _SOUNDS_LITTLE = 80, 40  # of 100


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return str(value)


KIND = Kind(name="text", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
