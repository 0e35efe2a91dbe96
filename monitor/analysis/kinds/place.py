"""A place: a town with its region or country, as "Delft, Netherlands"."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from monitor.analysis import gazetteer, proper, sametown, standing, towns
from monitor.analysis.cues import Asked
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.places import Place
from monitor.analysis.sametown import KANA
from monitor.analysis.spans import Span, Stretch
from monitor.domain.brand import Fact, FactValue

_ENOUGH = 0.45
_IN = re.compile(
    r"\b(?:in|to|near|from|out of|into|aus|von|bei|nach|à|en|au|aux|dans|de|is|are|was|ist|est|es|son"
    r"|lies in|sits in)\s(?:the |la |el |le |les |los |das |die |der )?(?:[\w-]+ )?(?:(?:city|town|village"
    r"|municipality|suburb|state) of )?$"
)


def _check(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is asked the same way
    return "" if isinstance(value, str) and value.strip() else "a place is written as words, such as Delft, Netherlands"


def _advice(fact: Fact) -> str:
    if isinstance(fact.value, str) and "," not in fact.value:
        return "add the region or country after a comma, so that an answer that names only the country is understood"
    return ""


def _same(a: Fact, b: Fact) -> bool:
    return gazetteer.parts(str(a.value)) == gazetteer.parts(str(b.value))


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    covered = place.coverage(asked)
    found = list(_tied(place, asked, covered))
    taken = [(one.start, one.end) for one in found]
    found = [replace(one, signs=_signs(place, one, asked)) for one in found]
    return [*found, *(_open(place, asked, covered, taken) if towns.stand(place) else ())]


def _open(place: Place, asked: Asked, covered: float, taken: Sequence[tuple[int, int]]) -> Iterator[Said]:
    """Other names that may be a town's: what is said around them tells whether they are meant."""
    for name in _names(place):
        if any(start < name.end and name.start < end for start, end in taken) or standing.is_brand(place, name):
            continue
        signs = _signs(place, name, asked)
        if towns.may_be(place, name, asked, signs):
            words = place.page.document.plain[name.start : name.end]
            yield Said(
                start=name.start, end=name.end, value=words, shown=words, score=_HALF * covered,
                signs={**signs, "open": 1.0},
            )  # fmt: skip


def _signs(place: Place, name: Span, asked: Asked) -> Mapping[str, float]:
    return {**towns.signs(place, name, asked), "slot": _in_slot(place, name, asked)}


def _tied(place: Place, asked: Asked, covered: float) -> Sequence[Said]:
    if covered < _ENOUGH:
        return list(_moved(place, asked)) or list(_began(place, asked)) or list(_loosely(place, asked, covered))
    found: list[Said] = []
    for name in _candidates(place, asked):
        words = place.page.document.plain[name.start : name.end]
        known = _is_known(words, asked)
        if (_same_clause if known else _in_slot)(place, name, asked):
            score = min(1.0, covered + 0.1 * known)
            found.append(Said(start=name.start, end=name.end, value=words, shown=words, score=score, exclusive=True))
    return found[:2]


def _loosely(place: Place, asked: Asked, covered: float) -> Iterator[Said]:
    """The sheet's own towns where little is said of what is there: other words may tell it."""
    for name in _names(place):
        words = place.page.document.plain[name.start : name.end]
        if _names_town(words, asked):
            score = _HALF * covered
            yield Said(start=name.start, end=name.end, value=words, shown=words, score=score)


_HALF = 0.5


def _candidates(place: Place, asked: Asked) -> list[Span]:
    """The names of the sheet's own place, where there are such, and the towns that only a region leaves open."""
    names, plain = _names(place), place.page.document.plain
    known = [name for name in names if _is_known(plain[name.start : name.end], asked)]
    if not known:
        return list(names)
    in_town = [name for name in known if _names_town(plain[name.start : name.end], asked)]
    own = in_town or known
    towns = [name for name in names if name not in own and _right_beside(place, name, asked)]
    towns += [name for name in names if name not in [*own, *towns] and _is_destination(place, name, asked)]
    left = bool(towns) and not any(_is_destination(place, one, asked) for one in own)
    return [*own, *(towns if left or not in_town else [])]


def _moved(place: Place, asked: Asked) -> Iterator[Said]:
    """The sheet's own town where a company is said to be from, to have moved to or to have left: "It's from Delft"."""
    persons = not place.page.compiled.holders.isdisjoint(place.spoken)
    if "headquarters" not in asked.attribute or persons or _SOMEBODY.search(place.text):
        return  # a founder who moves takes no company along
    plain, folded = place.page.document.plain, place.page.folded
    for name in _names(place):
        words = plain[name.start : name.end]
        known = next(
            (one for one in asked.known if gazetteer.parts(words) & set(gazetteer.ordered(str(one.value))[:1])), None
        )
        if known is None or KANA.search(words):
            continue
        home = _HOME.fullmatch(folded, place.label.start, place.label.end) if place.label else None
        at_home = home and not folded[place.value_start : name.start].strip(" *_")
        came = _CAME.search(folded, max(place.start, name.start - _REACH), name.start)
        went = _WENT.search(folded, max(place.start, name.start - _REACH), name.start)
        if (known.former is None and (came or at_home)) or (known.former is not None and went):
            yield Said(
                start=name.start, end=name.end, value=words, shown=words, score=_ENOUGH + 0.1, exclusive=True,
                history=True if known.former is not None else None,
            )  # fmt: skip
            return


def _began(place: Place, asked: Asked) -> Iterator[Said]:
    """The sheet's own town where it is said to come from, or where all began: "it comes from Delft"."""
    if not asked.attribute & {"founding", "first"} or _SOMEBODY.search(place.text):
        return
    plain, folded = place.page.document.plain, place.page.folded
    for name in _names(place):
        words = plain[name.start : name.end]
        known = any(gazetteer.parts(words) & set(gazetteer.ordered(str(one.value))[:1]) for one in asked.known)
        if not known or KANA.search(words):
            continue
        started = _STARTED.search(folded, max(place.start, name.start - _REACH), name.start)
        labelled = place.label and "founding" in place.labelled and name.start >= place.value_start
        if started or labelled:
            yield Said(start=name.start, end=name.end, value=words, shown=words, score=_ENOUGH + 0.1, exclusive=True)
            return


_STARTED = re.compile(
    r"\b(?:comes? from|hails? from|goes back to|began|begins|beginnings|started|starts|start|birth|born|birthplace"
    r"|roots|origins?|founded"
    r"|opened|opens|first|stammt aus|kommt aus|entstand|begann|gegründet|anfänge|né|née|naquit|commencé|fondée?"
    r"|vient de|nació|empezó"
    r"|fundó|fundada|surgió)\b[^.;]{0,40}$"
)
_SOMEBODY = re.compile(
    r"\b(?:who|whom|he|she|his|her|him|family|parents|couple|brothers|er|seine|familie|qui|lui|famille|quien|familia)\b"
)
_HOME = re.compile(r"[\W_]*(?:home|home town|hometown|heimat|where|ort|town|city|stadt|ville|ciudad)[\W_]*")
_CAME = re.compile(
    r"(?:\b(?:firm|company|maker|brand|group|retailer|start-?up|airline|bank|chain|business|giant|specialist"
    r"|manufacturer|producer"
    r"|insurer|provider) (?:from|out of)|\b(?:it(?:'s| is)|they(?:'re| are)|(?:company|firm|brand|group|maker"
    r"|business)(?:'s| is)) from"
    r"|\b(?:moved|relocated|moving|relocating|decamped|shifted|moves)\b(?: (?!from\b)[\w-]+){0,4}? to"
    r"|\bzog\b(?: \w+){0,3} nach"
    r"|\b(?:a déménagé|s'est installée?)(?: \w+){0,2} à|\bse (?:mudó|trasladó) a|\bhails from|\bcomes from"
    r"|\bstammt aus|\bkommt aus)\s(?:the )?$"
)
_WENT = re.compile(
    r"\b(?:outgrew|left|moved (?:away |out )?from|moved out of|relocated from|verließ|a quitté|dejó)\s(?:the )?$"
)


def _right_beside(place: Place, name: Span, asked: Asked) -> bool:
    """Whether a town stands directly behind the attribute: "with head offices in Malmö"."""
    folded = place.page.folded
    return any(
        hit.concept in asked.attribute and _DIRECTLY.fullmatch(folded, hit.end, name.start) for hit in place.hits
    )


def _is_destination(place: Place, name: Span, asked: Asked) -> bool:
    """Whether a town is where the seat goes: "the head office moves from Delft to Malmö", "leaves Delft for Malmö"."""
    if not asked.attribute & {"headquarters"}:
        return False
    return bool(_GOES_TO.search(place.page.folded, place.clause(name.start).start, name.start))


_GOES_TO = re.compile(
    r"\b(?:(?:mov|relocat|transfer|shift)\w+ from [^.;]{2,50} to|(?:leav|left|quit|abandon)\w* [^.;]{2,40} for"
    r"|(?:zieht|zog|umzug) [^.;]{0,30}von [^.;]{2,40} nach|(?:déménage|quitte|transfér)\w* [^.;]{0,30}(?:à|pour)"
    r"|(?:traslad|mud)\w+ [^.;]{0,40} a)\s$"
)
_DIRECTLY = re.compile(r" (?:is |are |was )?(?:in|at|à|en) ")


def _same_clause(place: Place, name: Span, asked: Asked) -> bool:
    """Whether the attribute is spoken of where the name stands, and not only in another clause of the sentence."""
    spots = [hit.start for hit in place.hits if hit.concept in asked.slots]
    clause = place.clause(name.start)
    return not spots or any(clause.start <= spot < clause.end for spot in spots)


def _names(place: Place) -> list[Span]:
    """Names with their region: "Reno, Nevada" is one."""
    plain = place.page.document.plain
    joined: list[Span] = []
    for name in _whole_names(place):
        if place.page.mentions_at(name) or _DEMONYM.match(plain, name.end):
            continue
        if joined and _continues(plain[joined[-1].end : name.start], plain[name.start : name.end]):
            joined[-1] = Stretch(start=joined[-1].start, end=name.end)
        else:
            joined.append(name)
    return joined


def _whole_names(place: Place) -> list[Span]:
    """The names of a place, those of the sheet by all their words: "La Chaux-de-Fonds", "Le Locle"."""
    sheet = place.page.compiled.towns
    whole = [Stretch(start=hit.start, end=hit.end) for hit in place.hits if hit.concept in sheet]
    whole = [one for one in whole if place.page.document.plain[one.start].isupper()]
    found: list[Span] = []
    for name in proper.names(place, place.start, place.end):
        wider = next((one for one in whole if one.start <= name.start and name.end <= one.end), name)
        if wider not in found:
            found.append(wider)
    kanji = _KANJI.match(place.page.document.plain, place.value_start, place.end) if place.label else None
    return [Stretch(start=kanji.start("name"), end=kanji.end("name")), *found] if kanji else found


_KANJI = re.compile(r"[\s*_:：]*(?P<name>[一-龠々]{2,8})(?=[\s*_、（(]|$)")


def _continues(gap: str, name: str) -> bool:
    """Whether a name says where the town before it lies: "Reno, Nevada", "Reno in Nevada"."""
    if _REGION_GAP.fullmatch(gap):
        return True
    return bool(_IN_GAP.fullmatch(gap)) and gazetteer.is_region(name)


_REGION_GAP = re.compile(
    r",\s(?:(?:in|dans|en) )?(?:the |le |la |l['’])?(?:state of )?|\s?\(|,?\sim Bundesstaat |州|県|市|州の"
)
_IN_GAP = re.compile(r",?\s(?:in|dans|en)\s(?:the )?")


def _is_known(words: str, asked: Asked) -> bool:
    if KANA.search(words):
        return any(sametown.sounds(words, str(known.value)) for known in asked.known)
    said = gazetteer.parts(words)
    return any(said & gazetteer.parts(str(known.value)) for known in asked.known)


def _names_town(words: str, asked: Asked) -> bool:
    """Whether a town of the sheet itself is named, not only the region around it."""
    said = gazetteer.parts(words)
    return any(town in said for known in asked.known for town in gazetteer.ordered(str(known.value))[:1])


def _in_slot(place: Place, name: Span, asked: Asked) -> bool:
    folded = place.page.folded
    clause = place.clause(name.start)
    if any(hit.concept in place.page.compiled.people and name.start <= hit.start < name.end for hit in place.hits):
        return False  # "founded by Ada Example"
    if towns.is_none(place, name):
        return False
    if place.labelled & asked.attribute:
        return name.start >= place.value_start and proper.fills(place, place.value_start, name.start)
    for hit in place.hits:
        if hit.concept in asked.attribute and clause.start <= hit.start < clause.end:
            if folded.startswith("office", hit.start):
                continue  # a company has offices in many towns
            if (
                folded[hit.start - 1] != "-"
                and hit.end <= name.start <= hit.end + _REACH
                and _IN.search(folded, hit.start, name.start)
            ):
                return not _ELSEWHERE.search(folded, hit.end, name.start)
            if folded[name.end : hit.start] in {"-", " "}:  # "Delft-based"
                return hit.concept == "headquarters" and name.start > place.start
    return False


_DEMONYM = re.compile(r" (?:town|city|village|capital|state|province|company|firm|brand|port|region|suburb)\b")
_REACH = 60  # characters between "headquarters" and the name of the town
_ELSEWHERE = re.compile(r",|\b(?:and|with|where|y|und|et)\b")


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:  # noqa: ARG001 -- every kind is asked the same way
    return sametown.compare(str(said.value), str(value))


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return str(value)


KIND = Kind(name="place", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
