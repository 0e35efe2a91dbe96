"""A person in a role: CEO, founder, chair."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from monitor.analysis import belongings, proper, sameperson, standing, succession
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kept import asked_once
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.analysis.spans import Span, Stretch
from monitor.domain.brand import Fact, FactValue

_ENOUGH = 0.51  # more than a word that may mean anything
_ORGANISATION = re.compile(
    r"\b(?:group|inc|corp|corporation|company|foundation|trust|holdings?|ltd|llc|gmbh|ag|university"
    r"|collective|fund|capital|ventures"
    r"|partners|republic|kingdom|state|government|board|family|store|island|street|times|journal|college|school"
    r"|bank|museum|award|services?"
    r"|guarantee|business|school|exchange|market|index|hospitals?|clinic|airlines?|airways|airport|insurance"
    r"|city|county"
    r"|institute|council|association|union|league|programme|program|plan|club|award|awards|prize|agency"
    r"|ministry|commission"
    r"|authority|committee|department|court|church|park|airbus|boeing|app|cup|festival|summit|day|law|act"
    r"|pictures|studios?|entertainment|films|records|media|productions?|animation|broadcasting|television|press"
    r"|publishing|publishers|orchestra|motors|electronics|industries|systems|technologies|software|foods|energy)\b"
)
_KANA = re.compile(r"[ァ-ヺ]")


def _check(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is asked the same way
    return "" if isinstance(value, str) and value.strip() else "a person is written as a name, such as Ada Example"


def _advice(fact: Fact) -> str:
    if isinstance(fact.value, str) and len(fact.value.split()) < 2:  # noqa: PLR2004
        return "write the full name: a first name alone is found in too many places"
    return ""


def _same(a: Fact, b: Fact) -> bool:
    return fold(str(a.value)) == fold(str(b.value))


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    if asked.values.isdisjoint(place.spoken) and not _may_name(place, place):
        return []
    found = [replace(one, signs=standing.signs(place, one, asked)) for one in _tied(place, asked)]
    return [*found, *_open(place, asked, [(one.start, one.end) for one in found])]


@asked_once
def _may_name(place: Place, at: Span) -> bool:
    """Whether a name there, or in the label, is of more than one word, as a person's is."""
    names = [*proper.names(place, at.start, at.end)]
    names += proper.names(place, place.label.start, place.label.end) if place.label else ()
    return any(_is_of_several(place.page.document.plain[one.start : one.end]) for one in names)


def _is_of_several(words: str) -> bool:
    return len(words.split()) > 1 or _KANA.search(words) is not None


def _open(place: Place, asked: Asked, taken: Sequence[tuple[int, int]]) -> Iterator[Said]:
    """Names of persons that no rule ties to the post: what is said around them tells whether they hold it."""
    covered = _HALF * place.coverage(asked)
    for name in proper.names(place, place.start, place.end):
        if any(start < name.end and name.start < end for start, end in taken):
            continue
        if _may_fill(place, name, asked):
            words = place.page.document.plain[name.start : name.end]
            signs = {**standing.signs(place, name, asked), "open": 1.0}
            yield Said(start=name.start, end=name.end, value=words, shown=words, score=covered, signs=signs)


def _tied(place: Place, asked: Asked) -> Sequence[Said]:
    covered = max(place.coverage(asked, far=False), place.coverage(asked) if place.replies else 0.0)
    if former := list(_replaced(place, asked)):
        return [*former, *_follower(place, asked, former[0])]
    if covered < _ENOUGH and (bare := _bare(place, asked)):
        return [bare]
    if covered < _ENOUGH:
        return [*_in_weak_slot(place, asked, covered), *_next(place, asked)] or list(_loosely(place, asked, covered))
    if labelled := list(_as_label(place, asked, covered)):
        return labelled
    found = list(_known(place, asked, covered))
    taken = [(one.start, one.end) for one in found]
    for whole in proper.names(place, place.start, place.end):
        name = _without_post(place, whole, asked)
        fresh = not any(start < name.end and name.start < end for start, end in taken)
        if fresh and _may_fill(place, name, asked) and _in_slot(place, name, asked):
            words = place.page.document.plain[name.start : name.end]
            found.append(Said(start=name.start, end=name.end, value=words, shown=words, score=covered, exclusive=True))
    return found


def _loosely(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """The sheet's own names where little is said of the post: other words may tell it."""
    for one in _known(place, asked, covered):
        yield replace(one, score=_HALF * covered)


_HALF = 0.5


def _said(place: Place, name: Span, score: float, *, history: bool | None = None, span: Span | None = None) -> Said:
    words = place.page.document.plain[name.start : name.end]
    return Said(
        start=name.start, end=name.end, value=words, shown=words, score=score, exclusive=True, history=history,
        span=span,
    )  # fmt: skip


def _replaced(place: Place, asked: Asked) -> Iterator[Said]:
    """Former holders of a post, told as such: "took over from X", "X, then chief executive"."""
    for hit in place.hits if not asked.former.isdisjoint(place.spoken) else ():
        if hit.concept in asked.former and not any(
            one.concept in asked.current and one.start == hit.start for one in place.hits
        ):
            name = _whole(place, hit)
            span = succession.told_past(place, asked, name)
            if span and not _is_organisation(place, name):
                yield _said(place, name, _SURE, history=True, span=span)
                return


def _follower(place: Place, asked: Asked, former: Said) -> Iterator[Said]:
    """Who is said to hold the post in the words before: "is led by X, who took over from Y"."""
    if place.coverage(asked, far=False) < _ENOUGH:
        return
    for name in proper.names(place, place.start, former.start):
        behind = place.page.folded[name.end : former.span.start if former.span else former.start]
        free = _WHO.fullmatch(behind) and _may_fill(place, name, asked)
        if free and proper.in_slot(place, name, asked.brand_words, asked.slots):
            yield _said(place, name, _SURE, span=Stretch(start=place.clause(name.start).start, end=name.end))


_WHO = re.compile(r",? (?:who|qui|der|die|que|quien),? (?:a |had |has )?$|, (?:who|qui|der|die|que|quien) ")
_SURE = 0.8


def _bare(place: Place, asked: Asked) -> Said | None:
    """A name of the sheet that is the whole reply to a question for the post: "Ada Example.", "Ada, since 2023"."""
    if not (asked.telling & (place.page.asked_for | place.labelled) or place.start == place.value_start):
        return None
    begins = {hit.start for hit in place.hits if hit.concept in asked.values}
    opens = [at for at in begins if not place.page.folded[place.value_start : at].strip(" *_")]
    if not opens or not asked.telling & place.page.asked_for:
        return None
    name = next((one for one in proper.names(place, place.start, place.end) if one.start == opens[0]), None)
    rest = place.page.folded[name.end : place.end].strip(" .*_") if name else "-"
    alone = name is not None and (not rest or rest.startswith((", since", ", seit", ", depuis", ", desde", "(")))
    return (
        _said(place, name, _SURE) if name and alone and " " in rest + place.page.folded[name.start : name.end] else None
    )


def _in_weak_slot(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """The sheet's own name right beside a word that alone may mean anything: "créée en 1931 par X"."""
    if covered < _WEAK:
        return
    for hit in place.hits:
        if hit.concept in asked.current and len(place.page.document.plain[hit.start : hit.end].split()) > 1:
            name = _whole(place, hit)
            if not _is_tracked(place, name) and proper.in_slot(place, name, asked.brand_words, asked.slots):
                yield _said(place, name, covered)
                return


_WEAK = 0.45


def _next(place: Place, asked: Asked) -> Iterator[Said]:
    """Whom a sentence gives the post that the one before or the question speaks of: "His successor, X"."""
    if place.coverage(asked) >= _WEAK or succession.told_before(place, asked):
        for name in proper.names(place, place.start, place.end):
            if succession.follows(place, name) and _is_person(place, name):
                yield _said(place, name, _NEXT, history=False)
                return


_NEXT = 0.6


def _as_label(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """A name as the label of a post: "Ada Example - chairwoman of the board"."""
    label = place.label
    if label is None or place.labelled & asked.attribute:
        return
    posts = [hit for hit in place.hits if hit.concept in asked.attribute and hit.start - place.value_start <= _NEAR]
    if not any(proper.fills(place, place.value_start, hit.start, asked.brand_words) for hit in posts):
        return
    for name in proper.names(place, label.start, label.end):
        bare = place.page.folded[label.start : label.end].strip(" *_:–—-\n") == place.page.folded[name.start : name.end]
        if bare and _is_person(place, name):
            end = place.clause(posts[0].start).end
            yield _said(place, name, covered, span=Stretch(start=name.start, end=max(end, name.end)))


_NEAR = 24  # characters between a label and the post behind it


def _without_post(place: Place, name: Span, asked: Asked) -> Span:
    """The name alone, where words of the post have capitals too: "Group CEO Ada Example", "The Ferry Produced by"."""
    ends = [hit.end for hit in place.hits if hit.concept in asked.slots and name.start < hit.end <= name.end]
    found = _WORD.search(place.page.document.plain, max(ends), name.end) if ends else None
    return Stretch(start=found.start() if found else max(ends), end=name.end) if ends else name


_WORD = re.compile(r"\w")


def _may_fill(place: Place, name: Span, asked: Asked) -> bool:
    """Whether a name can be of whom holds the post: no place, no work of theirs, no words of the post itself."""
    folded = place.page.folded
    hits = [hit for hit in place.hits if hit.concept in asked.slots]
    if _WHERE.search(folded, max(place.start, name.start - 12), name.start):
        return False  # "produced in Hong Kong"
    if belongings.is_object(place, name, hits):
        return False
    if belongings.is_subject(place, name, hits) and not place.page.mentions_in(place.clause(name.start)):
        return False
    return not belongings.of_other(place, name, asked) and _is_person(place, name)


_WHERE = re.compile(r"\b(?:in|near|within|across|throughout) (?:the )?$")


def _in_slot(place: Place, name: Span, asked: Asked) -> bool:
    return proper.in_slot(place, name, asked.brand_words, asked.slots) or place.is_reply(name)


def _known(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    seen: set[tuple[int, int]] = set()
    for hit in place.hits:
        if hit.concept in asked.values:
            name = _whole(place, hit)
            if _is_tracked(place, name) or _is_organisation(place, name) or belongings.of_other(place, name, asked):
                continue
            if (name.start, name.end) not in seen:
                seen.add((name.start, name.end))
                past = hit.concept in asked.former and succession.was(place, name)
                yield _said(place, name, min(1.0, covered + 0.2), history=True if past else None)


def _whole(place: Place, hit: Hit) -> Span:
    """The full name in which a surname stands."""
    for name in proper.names(place, max(place.start, hit.start - 40), min(place.end, hit.end + 40)):
        if name.start <= hit.start and hit.end <= name.end:
            return name
    return Stretch(start=hit.start, end=hit.end)


def _is_organisation(place: Place, name: Span) -> bool:
    """Whether a surname stands in the name of a firm or family: "Brinck Holding", "the Brinck family"."""
    page = place.page
    return bool(_ORGANISATION.search(page.folded, name.start, name.end) or _BODY.match(page.folded, name.end))


_BODY = re.compile(r"['’]?s?[\s-](?:famil(?:y|ie|le|ia)|holding|foundation|stiftung|fondation|trust|estate|heirs)\b")


def _is_person(place: Place, name: Span) -> bool:
    words = place.page.document.plain[name.start : name.end]
    if _KANA.search(words):
        return "・" in words or "＝" in words
    if len(words.split()) < 2 or _ORGANISATION.search(fold(words)) or any(word.isdigit() for word in words.split()):  # noqa: PLR2004
        return False
    return not _is_tracked(place, name)


def _is_tracked(place: Place, name: Span) -> bool:
    """A brand that bears its founder's name is not its founder."""
    words = set(fold(place.page.document.plain[name.start : name.end]).split())
    if len(words) > 1 and words <= place.page.brand_words:
        return True
    met = place.page.mentions_at(name)
    return bool(met) and not all(_bears(place.page.document.plain, name, one) for one in met)


def _bears(plain: str, name: Span, mention: Span) -> bool:
    """Whether a person bears the brand's name: "Auguste Verdal" of the brand Verdal."""
    given = plain[name.start : mention.start].split()
    bare = len(plain[mention.start : mention.end].split()) == 1
    return bool(given) and bare and mention.end == name.end and all(word[0].isupper() for word in given)


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:  # noqa: ARG001 -- every kind is asked the same way
    return sameperson.compare(str(said.value), str(value))


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return str(value)


KIND = Kind(name="person", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
