"""A person in a role: CEO, founder, chair."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from monitor.analysis import kana, proper
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold, plain_letters
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.domain.brand import Fact, FactValue
from monitor.domain.readings import Span

_ALIKE = 86  # of 100: a slip of the pen, not another person
_KANA_SAME, _KANA_OTHER = 75, 50
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
    r"|authority|committee|department|court|church|park|airbus|boeing|app|cup|festival|summit|day|law|act)\b"
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
    covered = max(place.coverage(asked, far=False), place.coverage(asked) if place.replies else 0.0)
    if covered < _ENOUGH:
        return list(_succeeded(place, asked))
    found = list(_known(place, asked, covered))
    taken = [(one.start, one.end) for one in found]
    for name in proper.names(place, place.start, place.end):
        fresh = not any(start < name.end and name.start < end for start, end in taken)
        if fresh and _is_person(place, name) and _in_slot(place, name, asked):
            words = place.page.document.plain[name.start : name.end]
            found.append(Said(start=name.start, end=name.end, value=words, shown=words, score=covered, exclusive=True))
    return found


def _in_slot(place: Place, name: Span, asked: Asked) -> bool:
    return proper.in_slot(place, name, asked.brand_words, asked.slots) or place.is_reply(name)


def _succeeded(place: Place, asked: Asked) -> Iterator[Said]:
    """Who once held a post, told as gone without naming it: "he took over from Dana Whitcomb in 2017"."""
    former = {known.concept for known in asked.known if known.former is not None}
    if not former or asked.attribute.isdisjoint(_POSTS):
        return
    for said in _known(place, asked, _TOLD_AS_GONE):
        clause = place.clause(said.start)
        its = any(h.concept in former and h.start < said.end and said.start < h.end for h in place.hits)
        if its and not _others_post(place, asked, said) and _GONE.search(place.page.folded, clause.start, clause.end):
            yield said


def _others_post(place: Place, asked: Asked, at: Span) -> bool:
    """Whether another fact of the sheet gives that person another post."""
    all_asked = place.page.compiled.asked
    for hit in place.hits:
        if hit.concept.startswith("val:") and hit.start < at.end and at.start < hit.end:
            other = next((one for one in all_asked if any(known.concept == hit.concept for known in one.known)), None)
            if other and other.index != asked.index and not other.attribute.isdisjoint(_POSTS):
                return True
    return False


_POSTS = frozenset({"ceo", "chair", "cfo", "president", "officer"})
_TOLD_AS_GONE = 0.5
_GONE = re.compile(
    r"\b(?:took over from|takes? over from|taking over from|succeed(?:s|ed|ing)|replac(?:es|ed|ing)"
    r"|stepped (?:down|aside|back)|steps down"
    r"|resign(?:s|ed)|predecessor|in succession to|gave up the (?:job|post)|handed (?:over|the)|sustituy\w+"
    r"|relev\w+|suced\w+"
    r"|succ[eéè]d\w*|remplac\w*|folgte auf|löste|abgelöst|nachfolge\w*"
    r"|dimi\w+|démission\w*|trat zurück)\b|後任|退任|交代"
)


def _known(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    concepts = {known.concept for known in asked.known}
    seen: set[tuple[int, int]] = set()
    for hit in place.hits:
        if hit.concept in concepts:
            name = _whole(place, hit)
            if _is_tracked(place, name) or _is_organisation(place, name):
                continue
            if (name.start, name.end) not in seen:
                seen.add((name.start, name.end))
                words = place.page.document.plain[name.start : name.end]
                yield Said(
                    start=name.start,
                    end=name.end,
                    value=words,
                    shown=words,
                    score=min(1.0, covered + 0.2),
                    exclusive=True,
                )


def _whole(place: Place, hit: Hit) -> Span:
    """The full name in which a surname stands."""
    for name in proper.names(place, max(place.start, hit.start - 40), min(place.end, hit.end + 40)):
        if name.start <= hit.start and hit.end <= name.end:
            return name
    return Span(start=hit.start, end=hit.end)


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
    words, true = fold(str(said.value)), fold(str(value))
    if _KANA.search(str(said.value)):
        sounds = kana.alike(str(said.value), str(value))
        return Match.SAME if sounds >= _KANA_SAME else Match.OTHER if sounds < _KANA_OTHER else Match.NEAR
    return Match.SAME if _one_person(plain_letters(words), plain_letters(true)) else Match.OTHER


_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord herr frau m mme mlle monsieur madame sr sra señor señora".split()
)


def _one_person(words: str, true: str) -> bool:
    said, real = words.replace(".", "").split(), true.replace(".", "").split()
    said = [word for word in said if word not in _TITLES] or said
    if not said or not real:
        return False
    if real[0] in said and real[-1] in said:
        return True
    if fuzz.ratio(words, true) >= _ALIKE:
        return True
    if fuzz.ratio(said[-1].removesuffix("'s"), real[-1]) < _ALIKE:
        return False
    return len(said) == 1 or (said[0][0] == real[0][0] and (len(said[0]) == 1 or real[0].startswith(said[0][:3])))


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return str(value)


KIND = Kind(name="person", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
