"""Former names, told as such: "it replaced KazaNet", "the Hana Club was renamed"."""

import re
from collections.abc import Iterator

from monitor.analysis import proper
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kind import Said
from monitor.analysis.places import Place
from monitor.analysis.spans import Stretch
from monitor.analysis.textvalue import RARE, alike, finder, head, is_name, is_naming, of_longer_name

_SURE = 0.7  # how sure a former name is meant for the fact
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
_APART = r"(?:, (?:the|its|an?|die|der|das|le|la|el|su) [^,.;:]{2,40},)?"  # "Trailhead, the loyalty club, is renamed"
_GONE = re.compile(
    rf"[\"”“»'’]?{_APART},?\s(?:which |who )?(?:was (?:replaced|retired|renamed|dropped|discontinued|folded|scrapped"
    r"|superseded)|is (?:renamed|replaced)|becomes?|became"
    r"|gave way|gives way|gets? (?:a|its) new name|turn(?:s|ed) into|until (?:1|2)\d{{3}}"
    r"|wurde (?:ersetzt|umbenannt|abgelöst)"
    r"|a été remplacé\w*|est devenue?"
    r"|fue (?:sustituid|reemplazad)\w+|pasó a llamarse)\b|から改称|に改称"
)
_RENAMED = re.compile(
    rf"[\"”“»'’]?{_APART},?\s(?:which |who )?(?:is |was |has been |wurde |wird |a été |fue )?(?:renamed|rebranded"
    r"|umbenannt in|becomes|became|gets? (?:a|its) new name,"
    r"|turned into|rebaptisée?|renommée?|devient|est devenue?|rebautizad[oa]|pasó a llamarse)(?: as| to| into| en)?\s"
)
_QUOTE = 2  # marks before a name


def former(place: Place, asked: Asked) -> Iterator[Said]:
    """Yield a former name that is told as one: "it replaced KazaNet", whatever is said of it beside."""
    folded, about = place.page.folded, fold(f"{asked.about} {' '.join(asked.brand_words)}")
    for name in asked.fact.before:
        words, year = head(str(name.value))
        if year or not is_name(str(name.value)) or len(words) < RARE or alike(words, head(str(asked.fact.value))[0]):
            continue
        for found in finder(str(name.value), about).finditer(folded, place.start, place.end):
            once = _ONCE.search(folded, max(place.start, found.start() - 40), found.start())
            if other := given(place, found.end(), asked):
                yield other
                return
            if (once or is_gone(place, found.end())) and not of_longer_name(place, found, words, about):
                at = Stretch(start=found.start(), end=found.end())
                yield Said(
                    start=at.start, end=at.end, value=(words, None), shown=str(name.value), score=_SURE, history=True,
                    span=Stretch(start=once.start() if once else at.start, end=at.end),
                )  # fmt: skip
                return


def is_gone(place: Place, end: int) -> bool:
    """Whether the words behind a name tell that it was given up: "Trailhead is renamed Summit"."""
    return _GONE.match(place.page.folded, end, place.end) is not None


def given(place: Place, end: int, asked: Asked) -> Said | None:
    """The new name that a former one is said to have been given, where the sheet knows no such name."""
    found = _RENAMED.match(place.page.folded, end, place.end)
    names = proper.names(place, found.end(), place.end) if found else []
    if not names or not found or names[0].start > found.end() + _QUOTE:
        return None
    words = place.page.document.plain[names[0].start : names[0].end]
    if alike(fold(words), head(str(asked.fact.value))[0]) or is_naming(place, names[0], asked):
        return None
    return Said(start=names[0].start, end=names[0].end, value=(fold(words), None), shown=words, score=_SURE)
