"""What an attribute's words make an answer speak of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from monitor.analysis import families, gazetteer, lexicon, misread
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Spotter, Word

_EMPTY = lexicon.listed("empty")
_PROPER = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZÀ-Þ][\w&'-]*(?:\s(?:[A-ZÀ-Þ][\w&'-]*|of|de))*(?<! of)(?<! de)")
_QUOTED = re.compile(r"['\"‘“„«]([^'\"’”“»]*(?:'[^'\"’”“»\s]+[^'\"’”“»]*)*)['\"’”“»](?!\w)")


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """One thing that the answer must speak of; any of `concepts` says it."""

    concepts: frozenset[str]
    weight: float
    proper: bool = False  # a name: it reads the same in every language
    modifier: bool = False  # "security cameras", "separate fee": an answer may leave it out
    place: int = 0  # where it stands in the attribute

    @property
    def numbered(self) -> bool:
        """Whether it names one model of several."""
        return self.weight > 1.0

    @cached_property
    def country(self) -> bool:
        return any(gazetteer.is_country(gazetteer.usual(concept.removeprefix("="))) for concept in self.concepts)

    @cached_property
    def literal(self) -> bool:
        """Whether it is a word of the sheet that the general vocabulary does not know, if by its family."""
        return all(concept.startswith(("=", families.MARK)) for concept in self.concepts)


def without(text: str, names: Iterable[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?:'s|’s)?(?!\w)", " ", text, flags=re.IGNORECASE)
    text = re.sub(r"\bper (?:customer|person|head|user|account|capita|employee|member|household|order)\b", " ", text)
    text = re.sub(r"\([^)]*\b(?:latest|fy|\d{4})[^)]*\)", " ", text, flags=re.IGNORECASE)
    text = _OF_YEAR.sub(" ", text)
    return re.sub(r"(?<![A-Z])\b\d+(?:[.,]\d+)*\b", lambda found: _number(text, found), text)


# "turnover, financial year to March 2026": when, not of what.
_OF_YEAR = re.compile(
    r",?\s(?:in |for )?(?:the )?(?:last |past )?(?:(?:financial|fiscal|business) )?year"
    r" (?:to|ended|ending|until) (?:the end of )?"
    r"(?:\d{1,2} )?[A-Z]\w+(?: \d{1,2},)?(?: \d{4})?(?=$|[,;)])"
)


def _number(text: str, found: re.Match[str]) -> str:
    """Keep the number of a model, as in "Switch 2"; drop years and amounts."""
    named = _MODEL.search(text, 0, found.start())
    return found[0] if named and len(found[0]) < 4 else " "  # noqa: PLR2004  -- a year has four digits


_MODEL = re.compile(r"[A-Z][\w-]* $")


def anchors_of(
    text: str, plain: Spotter, generic: frozenset[str], kind: str = ""
) -> tuple[tuple[Anchor, ...], list[Word]]:
    """Turn an attribute's words into anchors: known concepts, names, and the remaining words as they are."""
    found, rest = _named(text)
    rest = _OUTSIDE.sub(_abroad, rest) if kind in families.KINDS else rest
    folded = fold(rest)
    hits = [hit for hit in plain.find(folded) if not misread.is_misread(rest, folded, hit, kind)]
    hits = [hit for hit in _outermost(hits) if not _is_body(folded, hit)]
    if kind == "flag":  # the "score" of "Nutri-Score" is part of a name
        hits = [hit for hit in hits if not (rest[hit.start].isupper() and folded[hit.start - 1 : hit.start] == "-")]
        hits = [hit for hit in hits if folded[hit.start : hit.end] != "people"]  # "people with diabetes": no employees
    found += [(anchor, []) for anchor in _conceptual(hits, generic, kind)]
    found += _remaining(rest, folded, [(hit.start, hit.end) for hit in hits], kind)
    if kind == "set" and (head := _TERM.match(_SORT.sub("", folded.lstrip()))) and head[0] in _KINDS_OF_THINGS:
        found.append(_literal(head[0], 0, proper=False))
    if not found and kind:  # "product lines": no word but such as say little
        found += [(anchor, []) for anchor in _conceptual(hits, _SAY_NOTHING, kind)]
        found = found or _remaining(rest, folded, [])
    kept: dict[frozenset[str], Anchor] = {}
    for anchor, _ in sorted(found, key=lambda one: one[0].place):
        kept.setdefault(anchor.concepts, anchor)
    return tuple(kept.values()), [word for _, words in found for word in words]


_OUTSIDE = re.compile(r"\boutside (?:of )?(?:the )?(?P<land>[A-Z]\w+(?: (?:Kingdom|States|Zealand|Republic))?)\b")


def _abroad(found: re.Match[str]) -> str:
    """Say "outside Japan" in a word that other languages have too; "outside London" stays as it is."""
    return "abroad" if gazetteer.is_country(gazetteer.usual(fold(found["land"]))) else found[0]


def _is_body(folded: str, hit: lexicon.Hit) -> bool:
    """Whether "foundation" is an organisation that holds something, not the founding."""
    if hit.concept != "founding" or not folded.startswith("foundation", hit.start):
        return False
    return bool(_HELD_BY.search(folded, 0, hit.start))


_HELD_BY = re.compile(r"\b(?:by|belong\w*|held|hold\w*|owned|owns|of the|to the|the) (?:the )?(?:\w+ )?$")


def _named(text: str) -> tuple[list[tuple[Anchor, list[Word]]], str]:
    """Titles in quotation marks and models with a number; the text comes back with them blanked."""
    found = []
    for match in (*_QUOTED.finditer(text), *_NUMBERED.finditer(text)):
        title = match.re is _QUOTED
        if title and len(match[1].split()) < 2:  # noqa: PLR2004  -- one word in quotation marks is a word
            continue
        anchor, words = _literal(match[1] if title else match[0], match.start(), proper=True)
        found.append((anchor if title else replace(anchor, weight=_MODEL_WEIGHT), words))
        text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    return found, text


def _conceptual(hits: list[lexicon.Hit], generic: frozenset[str], kind: str) -> Iterator[Anchor]:
    """One anchor for each stretch of words that the vocabulary knows."""
    also, echoes = lexicon.general().also, lexicon.general().echoes
    for (start, _), concepts in _stretches(_meant(hits, kind)).items():
        special = frozenset(concepts - generic - echoes)
        if special:
            more = frozenset(other for concept in special for other in also.get(concept, ()))
            beside = special <= families.modifiers()
            weight = _BESIDE if beside else _weight(special)
            yield Anchor(concepts=special | more, weight=weight, modifier=beside, place=start)


def _weight(special: frozenset[str]) -> float:
    if special <= families.concepts():
        return _WIDE
    return _FAINT if special == {"name"} else 1.0


def _meant(hits: Sequence[lexicon.Hit], kind: str) -> list[lexicon.Hit]:
    """Leave out what words do not mean beside the others."""
    concepts = {hit.concept for hit in hits}
    meant = list(hits)
    if kind == "flag":  # whether it is listed, not where
        where = {"exchange", "debut"} if "listed" in concepts else set()
        meant = [hit for hit in meant if hit.concept not in where]
        meant = [hit for hit in meant if (hit.concept, hit.end - hit.start) not in _SMALL_WORDS]
        meant = [hit for hit in meant if hit.concept not in _DEEDS or not hit.weak] if len(concepts) > 1 else meant
    if any(hit.concept == "company" for hit in meant):  # "the year in which the company was started"
        began = {(hit.start, hit.end) for hit in meant if hit.weak and hit.concept == "founding"}
        meant = [hit for hit in meant if (hit.start, hit.end) not in began or hit.concept == "founding"]
    homes = {(hit.start, hit.end) for hit in meant if hit.concept == "hometown"}  # where a person lives, born or not
    return [hit for hit in meant if hit.concept != "founding" or (hit.start, hit.end) not in homes]


def _stretches(hits: Sequence[lexicon.Hit]) -> dict[tuple[int, int], set[str]]:
    """Return the concepts of each stretch: of the words that surely mean one, where there are such."""
    strong = {(hit.start, hit.end) for hit in hits if not hit.weak}
    groups: dict[tuple[int, int], set[str]] = {}
    for hit in hits:
        if not hit.weak or (hit.start, hit.end) not in strong:
            groups.setdefault((hit.start, hit.end), set()).add(hit.concept)
    return groups


_DEEDS = frozenset({"founding", "acquisition", "debut"})  # "items created with AI"
_SMALL_WORDS = frozenset({("owner", len("own")), ("opened", len("used"))})  # "of its own", "are used to"
_FIRST_NAME = re.compile(r"[A-Z]\w+")  # "Solis consoles sold": known words are taken out before
_HYPHENED = re.compile(r"(?!(?:non|re|co|pre|un|e|semi|anti|self|multi)-)(\w{2,})-(\w{4,})")


def _remaining(text: str, folded: str, known: list[tuple[int, int]], kind: str = "") -> list[tuple[Anchor, list[Word]]]:
    """The words that the vocabulary does not know."""
    proper = [match.span() for match in _PROPER.finditer(text)]
    proper += [match.span() for match in [_FIRST_NAME.match(text)] if match]
    found = []
    for match in _TERM.finditer(folded):
        if _inside(match.span(), known) or match[0] in _EMPTY or _SAYS_LITTLE.fullmatch(match[0]):
            continue
        if kind == "flag" and (parts := _HYPHENED.fullmatch(match[0])) and not _inside(match.span(), proper):
            for part in parts.groups():  # "region-locked": "a regional lock"
                one, more = _literal(part, match.start(), proper=False)
                found.append((one, more))
            continue
        named = _inside(match.span(), proper) and not _OF_LAND.fullmatch(match[0])
        anchor, words = _literal(match[0], match.start(), proper=named)
        anchor = replace(anchor, weight=_BESIDE) if _OF_LAND.fullmatch(match[0]) else anchor
        gap = _MODIFIES.match(folded, match.end())
        modifier = gap is not None and any(start == gap.end() for start, _ in known)
        modifier = modifier and not _BEHIND.match(folded, gap.end() if gap else 0)
        modifier = modifier and not _PARTICIPLE.match(folded, gap.end() if gap else 0)
        found.append((replace(anchor, modifier=modifier and not anchor.proper), words))
    return found


def _inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _outermost(hits: list[lexicon.Hit]) -> list[lexicon.Hit]:
    return [
        hit
        for hit in hits
        if not any(
            other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
            for other in hits
        )
    ]


_SUFFIX = re.compile(r"(?:ations?|ity|ities|ing|ings|ed|es|s|ly|e|en|er|ung|ungen)$")


def _stem(folded: str) -> str:
    """Cut an ending off a word of some length: "passes" -> "pass".

    >>> _stem("passes"), _stem("accepted"), _stem("bus")
    ('pass', 'accept', 'bus')
    """
    return _SUFFIX.sub("", folded, count=1) if len(folded) > 5 else folded  # noqa: PLR2004


_SORT = re.compile(
    r"^(?:other|further|own|main|international|sister|luxury|premium|core|major|key|weitere|autres|otras) "
)
_BEHIND = re.compile(r"(?:of|in|on|to|by|as|without) ")  # "movements of its own"
_PARTICIPLE = re.compile(
    r"(?:owned|sold|made|held|offered|used|built|employed|paid|carried|served|opened|run|operated)\b"
)
_SAYS_LITTLE = re.compile(
    r".|\d+|fully|solely|\w+(?:ally|ently|antly|tely|edly|olly)"
)  # single letters, figures, adverbs
_KINDS_OF_THINGS = frozenset(
    "brands companies products lines labels firms businesses models items marken firmen marques marcas".split()
)
# "the Spanish competition authority": an answer may call it by the country.
_OF_LAND = re.compile(
    r"(?:european|american|british|german|french|spanish|italian|dutch|danish|swedish|norwegian|finnish|nordic"
    r"|asian|japanese|chinese"
    r"|indian|swiss|austrian|belgian|polish|portuguese|irish|scottish|canadian|australian|brazilian|mexican|global"
    r"|national|domestic)"
)
_MODEL_WEIGHT = 1.5  # "Switch 2" is another thing than "Switch"
_SAY_NOTHING = frozenset({"offers", "time", "company", "count", "share", "allowed", "paying", "grace", "minimum"})
_BESIDE = 0.3  # "airline alliance": an answer about the airline leaves it out
_WIDE = 0.6  # a word of a family, as one that the vocabulary does not know
_FAINT = 0.4  # "name of the app": many things are called something
_NUMBERED = re.compile(
    r"\b[A-Z][\w-]* (?:\d{1,3}|One|Two|Three|Four|Five|Six|Seven|II|III|IV|VI|Pro|Max|Plus|Mini|Air|Ultra|Lite|XL)\b"
)
_MODIFIES = re.compile(r"\s(?:service\s)?")
_TERM = re.compile(r"\w+(?:-\w+)*")


_ENDING = 4  # letters that a word may have behind its stem
_COMPOUND = 5  # letters of a word that a German compound may begin with


def of_country(name: str) -> tuple[Anchor, list[Word]]:
    """The anchor of a country by all its names and by what is of it: "British", "American"."""
    concept = f"={name}"
    words = [Word(text=one, concept=concept) for one in gazetteer.names_of(name)]
    words += [Word(text=one, concept=concept, open_end=True, longest_tail=4) for one in gazetteer.of_land(name)]
    return Anchor(concepts=frozenset({concept}), weight=1.0, proper=True), words


def _literal(text: str, place: int, *, proper: bool) -> tuple[Anchor, list[Word]]:
    folded = fold(text.strip(" '\""))
    concept = f"={folded}"
    stem = folded if proper else _stem(folded)
    open_end = stem != folded or (proper and len(folded) > 4)  # noqa: PLR2004 -- "Russia", "Russian"
    forms = {stem, stem.replace("-", " "), stem.replace("-", "")}
    tail = max(_ENDING, len(folded) - len(stem))  # the word itself has one of its endings: "destin-ations"
    words = [Word(text=form, concept=concept, open_end=open_end, longest_tail=tail) for form in forms]
    if len(stem) >= _COMPOUND:  # "Dieselmotoren"
        words.append(Word(text=stem, concept=concept, open_end=True, longest_tail=20, lang="de"))
    words += [Word(text=name, concept=concept) for name in gazetteer.names_of(folded) - {folded}] if proper else []
    return Anchor(concepts=frozenset({concept}), weight=1.0 if proper else 0.6, proper=proper, place=place), words
