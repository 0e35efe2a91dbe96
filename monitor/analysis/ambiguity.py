"""Whether the letters of a name are the name: brands that are ordinary words, places, or parts of others' names."""

import re
from collections import Counter
from collections.abc import Sequence
from enum import IntEnum
from typing import Protocol, TypeVar

from monitor.analysis.names import Name, fold
from monitor.analysis.text import Block, BlockKind, Document
from monitor.analysis.wordlists import words
from monitor.domain.brand import Entity
from monitor.domain.readings import Span


class Found(Protocol):
    """A candidate of the finder."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def name(self) -> Name: ...


_F = TypeVar("_F", bound=Found)


class Belief(IntEnum):
    WORD = 0  # not the name
    UNSURE = 1  # the name if something else in the answer says so
    NAME = 2


_TOKEN = re.compile(r"[^\W_]+(?:[.'-][^\W_]+)*\.?")
_NEXT = re.compile(r"[ \t]{1,2}([^\W_]+)")
_BEFORE = re.compile(r"([^\W_]+\.?)[ \t]{1,2}$")
_PLACE_SUFFIX = re.compile(r"(?:地方|地域|半島|高原|公園|州|県|市|山脈)")
_PERSON = re.compile(
    r"\b(?:founders?|co-?founders?|ceo|president|chair(?:man|woman)?|chief executive|Mr|Ms|Mrs|Dr|brothers|gründer"
    r"|fondateur|fundador|(?:founded|started|created|established|led|named) (?:by|after))\b"
    r"[^\w\n]{1,8}(?:[A-Z][\w.]+ ){1,2}$",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"(?:[ \t][A-Z0-9][\w'-]*)+")
_PRICE = re.compile(r"[$€£¥]\s?\d")
_TRADEMARK = re.compile(r"(?:[ \t]\w+)?[®™]")
_ARTICLE = re.compile(r"\b(?:a|an|the)\s$", re.IGNORECASE)
_PAIR = re.compile(r" (?:and|or|&|vs\.?|versus) [A-Z][a-z]")  # "Delta and United are ..."
_LEAD = re.compile(r"[\W_]*$")
_DAY_BEFORE = re.compile(
    r"\b(?:on|every|last|next|this|by|until|each|since|cyber|black|from|in|early|late)\s$", re.IGNORECASE
)
_DAY_AFTER = re.compile(
    r"\s(?:morning|afternoon|evening|night|through|to|until|\d{1,2}\b|and (?:tues|wednes|thurs|fri|satur|sun))"
    r"|s?\s?[-–]\s?(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)"
    r"|, \w+ \d|\s?[:–—]\s*(?:\d|closed|open\b|off\b)"
    r"|(?:'s|\s(?:is|was|isn't|wasn't|will be))\s(?:\w+\s){0,3}(?:day|days|holiday|weekday|workday|weekend|month)\b"
    r"(?!-to|\s(?:plan|sched))",
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"s [A-ZÄÖÜ]")  # German: "Apples Umsatz"
_YEAR = re.compile(r"\s\d{4}\b")
_CONTRACTED = re.compile(r"'(?:s|ll|d|ve|re)\b|[ \t]{1,2}\w+n't\b")
_PLURAL = re.compile(r"e?s\b")
_PERFECT = re.compile(r"[ \t]a (?:été|eu|fait|\w+ée?s?)\b")  # French: "a lancé"
_POINTED = re.compile(r"[ \t]{0,3}(?::|[–—]|-\s)[ \t]*[^\W\d_]")  # a word about it follows on the line
_LABEL = re.compile(r"^[^\w\n]*([^\W_][^:–—\n]{0,30}?)[ \t]{0,3}(?::|[–—]|-[ \t])", re.MULTILINE)
_PREPOSED = re.compile(
    r"\b(?:in|across|around|through|throughout|visit|visiting|explore|exploring|la|nach|durch|en|dans|en la)\s$",
    re.IGNORECASE,
)
_LA = re.compile(r"\b(?:la|una)\s$", re.IGNORECASE)
_GERUND = 5  # letters of the shortest "-ing" that opens a sentence: "Using"
_COMPANY = 2  # sure names that make an unsure one believable
_CLAUSE_WEIGHT = 2
_DOCUMENT_WEIGHT = 2  # the whole answer counts as much as one word of the clause


class Judge:
    """Knows which of the sheet's names need a second look."""

    def __init__(self, entities: Sequence[Entity]) -> None:
        names = [(entity, _bare(fold(name))) for entity in entities for name in (entity.name, *entity.aliases)]
        self._ordinary = frozenset(name for _, name in names if name in words("ordinary"))
        self._rare = frozenset(name for _, name in names if name in words("rare_words"))
        self._places = frozenset(name for e, name in names if name in words("places") or _also_place(e, name))

    def keep(self, document: Document, question: str, found: Sequence[_F]) -> list[_F]:
        """Return the candidates that are the name, judged together: one sure naming carries the unsure ones."""
        beliefs = [self._belief(document, question, one) for one in found]
        beliefs = [
            Belief.WORD if belief is Belief.NAME and _common_noun(document, one, found) else belief
            for one, belief in zip(found, beliefs, strict=True)
        ]
        sure = {one.name.entity for one, belief in zip(found, beliefs, strict=True) if belief is Belief.NAME}
        asked = {one.name.entity for one in found if one.name.written in question}
        company = _company(document, [one for one, belief in zip(found, beliefs, strict=True) if belief is Belief.NAME])
        labels = _labels(document, found) if Belief.UNSURE in beliefs else set()
        return [
            one
            for one, belief in zip(found, beliefs, strict=True)
            if belief is Belief.NAME
            or (belief is Belief.UNSURE and (one.name.entity in sure | asked or _listed(document, one, company)))
            or (belief is Belief.UNSURE and len(sure) >= _COMPANY and _acts(document, one))
            or (belief is Belief.UNSURE and _pointed(document, one, labels))
        ]

    def _belief(self, document: Document, question: str, one: Found) -> Belief:
        before, after = _around(document.plain, one)
        if _PLACE_SUFFIX.match(after) or (_PERSON.search(before) and not one.name.written.isupper()):
            return Belief.WORD
        folded = _bare(fold(document.plain[one.start : one.end]))
        shared = folded in self._ordinary | self._places | self._rare
        if shared and _others_name(before, after):
            return Belief.WORD
        if folded in self._places and _is_place(document, question, one, before):
            return Belief.WORD
        if folded in self._ordinary:
            return _ordinary(document, one, before, after)
        return Belief.WORD if folded in self._rare and _as_word(document, one, before, after) else Belief.NAME


def _common_noun(document: Document, one: Found, found: Sequence[Found]) -> bool:
    """Whether a name in lower case behind an article is a noun: "a framework", where "Framework" is named elsewhere."""
    written = document.plain[one.start : one.end]
    if (
        not written.islower()
        or one.name.lowered
        or not _ARTICLE.search(document.plain, max(0, one.start - 6), one.start)
    ):
        return False
    elsewhere = (document.plain[other.start : other.end] for other in found if other.name.entity == one.name.entity)
    return document.plain[one.end : one.end + 1] != "-" and any(not other.islower() for other in elsewhere)


def _bare(folded: str) -> str:
    """Return a name without its article: "the gap" is as ordinary as "gap"."""
    return folded.removeprefix("the ")


def _also_place(entity: Entity, name: str) -> bool:
    """Whether the sheet's own look-alikes speak of a place of that name."""
    said = {word for phrase in entity.lookalikes if name in fold(phrase) for word in re.findall(r"\w+", fold(phrase))}
    return bool(said & words("geographic"))


def _around(plain: str, one: Found) -> tuple[str, str]:
    line = plain.rfind("\n", max(0, one.start - 60), one.start) + 1 or max(0, one.start - 60)
    return plain[line : one.start], plain[one.end : one.end + 40]


def _others_name(before: str, after: str) -> bool:
    following = _NEXT.match(after)
    if following and following[1][0].isupper() and following[1].lower() in words("alien_heads"):
        return True
    previous = _BEFORE.search(before)
    return bool(previous and previous[1][0].isupper() and previous[1].lower() in words("alien_prefixes"))


def _is_place(document: Document, question: str, one: Found, before: str) -> bool:
    clause = document.clause_of(one.start) or Span(start=one.start, end=one.end)
    product = _PRODUCT.match(document.plain, one.end, clause.end)
    behind = product.end() if product else one.end
    local = _talk(document.plain[clause.start : one.start] + document.plain[behind : clause.end])
    bias = 0
    if _place(document, one) is None:
        bias = max(-_DOCUMENT_WEIGHT, min(_DOCUMENT_WEIGHT, _talk(document.plain + " " + question)))
    score = _CLAUSE_WEIGHT * local + bias + (2 if _PREPOSED.search(before) else 0)
    if _LA.search(before) and document.lang == "es":
        score += 3
    return score > 0


def _talk(text: str) -> int:
    """Words about lands less words about firms."""
    said = Counter(word.lower().rstrip(".") for word in _TOKEN.findall(text))
    lands = sum(count for word, count in said.items() if word in words("geographic"))
    firms = sum(count for word, count in said.items() if word in words("commercial"))
    return lands - firms - len(_PRICE.findall(text))


def _ordinary(document: Document, one: Found, before: str, after: str) -> Belief:
    written = document.text[one.start : one.end]
    day = fold(written) in words("weekdays")
    if (written.islower() and not one.name.lowered) or (day and _is_day(written, before, after)):
        return Belief.WORD
    following, previous = _NEXT.match(after), _BEFORE.search(before)
    word = following[1] if following else ""
    if previous and previous[1].lower() in words("determiners"):
        return _determined(previous[1].lower(), word)
    if _foreign(document, written, word, after):
        return Belief.NAME
    block = document.block_of(one.start)
    if _opens(document, one, block) or (block and block.kind is BlockKind.HEADING):
        return _opening(written, one.name, word, after)
    return Belief.UNSURE if previous and not day and _longer(document, one, before, previous) else Belief.NAME


def _foreign(document: Document, written: str, word: str, after: str) -> bool:
    """Whether an English word is the subject of a verb of another language: "Target wurde", "Apple a lancé"."""
    if document.lang == "de" and _GENITIVE.match(after):
        return True
    if document.lang == "en" or not written[:1].isupper() or fold(written) in words("native_words"):
        return False
    return word in words("verbs_other") or bool(_PERFECT.match(after)) or (word == "a" and document.lang == "fr")


def _longer(document: Document, one: Found, before: str, previous: re.Match[str]) -> bool:
    """Whether the capitalised word before may belong to a longer name: "Golden Apple", not "Using Notion"."""
    word = previous[1]
    if not word[0].isupper() or word.lower() in words("openers"):
        return False
    if document.lang == "de":  # every noun has a capital
        return fold(document.plain[one.start : one.end]) in words("native_words")
    sentence = document.sentence_of(one.start)
    at = one.start - len(before) + previous.start(1)
    first = sentence is not None and bool(_LEAD.fullmatch(document.plain[sentence.start : at]))
    return not (first and len(word) >= _GERUND and word.endswith("ing"))


def _as_word(document: Document, one: Found, before: str, after: str) -> bool:
    """Whether a name that is hardly ever a word is one here: "the acme of taste"."""
    previous = _BEFORE.search(before)
    determined = previous and previous[1].lower() in words("determiners")
    lower = document.text[one.start : one.end].islower() and not one.name.lowered
    return lower and bool(determined or after.startswith(" of "))


def _is_day(written: str, before: str, after: str) -> bool:
    dated = not written.lower().endswith("day") and _YEAR.match(after)  # "March 1987"
    return bool(dated or _DAY_BEFORE.search(before) or _DAY_AFTER.match(after))


def _determined(determiner: str, word: str) -> Belief:
    """Judge a name behind an article: it must modify a noun ("the Target app")."""
    modifies = word.islower() and word not in words("function") | words("verbs")
    return Belief.NAME if modifies and determiner not in {"this", "that"} else Belief.WORD


def _opens(document: Document, one: Found, block: Block | None) -> bool:
    """Whether the name stands where any word would have a capital: sentence, item or cell begin, or after a label."""
    sentence = document.sentence_of(one.start)
    start = max(sentence.start if sentence else 0, block.start if block else 0)
    lead = document.plain[start : one.start]
    return bool(_LEAD.fullmatch(lead)) or lead.rstrip().endswith((":", "–", "—", "•"))


def _opening(written: str, name: Name, word: str, after: str) -> Belief:
    """Judge a name that stands where any word has a capital, by what follows it."""
    other = name.written.isascii() and not written.isascii()  # "Über"
    if other or _PLURAL.match(after) or (word.lower() in words("title_nouns") and not _TRADEMARK.match(after)):
        return Belief.WORD
    if word in words("verbs") or word.endswith(("ly", "ed")) or _CONTRACTED.match(after) or _TRADEMARK.match(after):
        return Belief.NAME
    if word in words("function"):
        return Belief.NAME if _PAIR.match(after) else Belief.UNSURE if word == "for" else Belief.WORD
    if word[:1].isupper() or word[:1].isdigit():
        return Belief.NAME
    if word or fold(written) in words("label_words"):
        return Belief.UNSURE
    return Belief.NAME


def _company(document: Document, sure: Sequence[Found]) -> set[tuple[str, int]]:
    """Return the lists and tables in which a name that is beyond doubt leads an item or fills a cell."""
    return {place for one in sure for place in [_place(document, one)] if place}


def _acts(document: Document, one: Found) -> bool:
    """Whether the next word may be a verb of which the name is the subject: "American lags"."""
    following = _NEXT.match(document.plain, one.end)
    return bool(following and following[1].islower() and following[1].endswith("s"))


def _listed(document: Document, one: Found, company: set[tuple[str, int]]) -> bool:
    return _place(document, one) in company


def _place(document: Document, one: Found) -> tuple[str, int] | None:
    block = document.block_of(one.start)
    if block is None or not _LEAD.fullmatch(document.plain[block.start : one.start]):
        return None
    if block.list_id is not None and block.leads:
        return ("list", block.list_id)
    return ("table", block.table) if block.table is not None else None


def _pointed(document: Document, one: Found, labels: set[tuple[str, int]]) -> bool:
    """Whether a line is about the name ("Apple: a good choice") and no line beside it begins with a mere label."""
    block = document.block_of(one.start)
    if block is None or block.kind in {BlockKind.HEADING, BlockKind.CELL}:
        return False
    line = max(block.start, document.plain.rfind("\n", block.start, one.start) + 1)
    leads = _LEAD.fullmatch(document.plain[line : one.start]) and _POINTED.match(document.plain, one.end)
    return bool(leads) and document.text[one.start].isupper() and _lines(block) not in labels


def _labels(document: Document, found: Sequence[Found]) -> set[tuple[str, int]]:
    """Return the lists and paragraphs in which a line begins with a label that is no name of the sheet."""
    named = {fold(document.plain[one.start : one.end]) for one in found}
    return {
        _lines(block)
        for block in document.blocks
        for label in _LABEL.findall(document.plain[block.start : block.end])
        if fold(label) not in named and _is_label(label)
    }


def _is_label(label: str) -> bool:
    known = words("label_words") | words("title_nouns") | words("weekdays") | words("field_labels")
    return fold(label) in known or label.rsplit(maxsplit=1)[-1].islower()


def _lines(block: Block) -> tuple[str, int]:
    return ("list", block.list_id) if block.list_id is not None else ("block", block.start)
