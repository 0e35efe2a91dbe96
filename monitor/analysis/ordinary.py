"""Whether an ordinary word that is a brand's name is the name: by its capital, its grammar and what follows."""

import re

from monitor.analysis.beliefs import BEFORE, LEAD, NEXT, Belief, Found
from monitor.analysis.names import Name, fold
from monitor.analysis.text import Block, BlockKind, Document
from monitor.analysis.wordlists import words

_TRADEMARK = re.compile(r"(?:[ \t][\w-]+){0,3}[®™℠]")
_RENAMED = re.compile(r"[ \t]\((?:formerly|previously|once|now|ex-|ehemals|früher|vormals|anciennement|antes|ex)\b")
_PAIR = re.compile(r" (?:and|or|&|vs\.?|versus) [A-Z][a-z]")  # "Delta and United are ..."
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
_DOES = re.compile(
    r"[ \t]{1,2}[a-z]{2,}[^\Ws]s (?:an?|the|its|no|their|several|[$€£]?\d+)\b"
)  # "Target faces a lawsuit"
_PLURAL = re.compile(r"e?s\b")
_PERFECT = re.compile(r"[ \t]a (?:été|eu|fait|\w+ée?s?)\b")  # French: "a lancé"
_GERUND = 5  # letters of the shortest "-ing" that opens a sentence: "Using"


def ordinary(document: Document, one: Found, before: str, after: str) -> Belief:
    """Judge a name that is an ordinary word; `before` and `after` are what stands around it on its line."""
    written = document.text[one.start : one.end]
    day = fold(written) in words("weekdays")
    if (written.islower() and not one.name.lowered) or (day and _is_day(written, before, after)):
        return Belief.WORD
    following, previous = NEXT.match(after), BEFORE.search(before)
    word = following[1] if following else ""
    if previous and previous[1].lower() in words("determiners"):
        if previous[1] == "that" and (word in words("verbs") or word.endswith("ed")):  # "it says that Target closed"
            return Belief.NAME
        return _determined(previous[1].lower(), word, after)
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
    first = sentence is not None and bool(LEAD.fullmatch(document.plain[sentence.start : at]))
    return not (first and len(word) >= _GERUND and word.endswith("ing"))


def as_word(document: Document, one: Found, before: str, after: str) -> bool:
    """Whether a name that is hardly ever a word is one here: "the acme of taste"."""
    previous = BEFORE.search(before)
    determined = previous and previous[1].lower() in words("determiners")
    lower = document.text[one.start : one.end].islower() and not one.name.lowered
    return lower and bool(determined or after.startswith(" of "))


def _is_day(written: str, before: str, after: str) -> bool:
    dated = not written.lower().endswith("day") and _YEAR.match(after)  # "March 1987"
    return bool(dated or _DAY_BEFORE.search(before) or _DAY_AFTER.match(after))


def _determined(determiner: str, word: str, after: str) -> Belief:
    """Judge a name behind an article: it must modify a noun ("the Target app", "the Apple Watch")."""
    if _TRADEMARK.match(after) or _humped(word):
        return Belief.NAME
    if word[:1].isupper() and word.lower() not in words("title_nouns") | words("alien_heads") | words("weekdays"):
        return Belief.UNSURE
    modifies = word.islower() and word not in words("function") | words("verbs")
    return Belief.NAME if modifies and determiner not in {"this", "that"} else Belief.WORD


def _opens(document: Document, one: Found, block: Block | None) -> bool:
    """Whether the name stands where any word would have a capital: sentence, item or cell begin, or after a label."""
    sentence = document.sentence_of(one.start)
    start = max(sentence.start if sentence else 0, block.start if block else 0)
    lead = document.plain[start : one.start]
    return bool(LEAD.fullmatch(lead)) or lead.rstrip().endswith((":", "–", "—", "•"))


def _opening(written: str, name: Name, word: str, after: str) -> Belief:
    """Judge a name that stands where any word has a capital, by what follows it."""
    other = name.written.isascii() and not written.isascii()  # "Über"
    if other or _PLURAL.match(after) or (word.lower() in words("title_nouns") and not _TRADEMARK.match(after)):
        return Belief.WORD
    if word in words("verbs") or word.endswith(("ly", "ed")) or _humped(word):
        return Belief.NAME
    if any(sign.match(after) for sign in (_CONTRACTED, _TRADEMARK, _RENAMED, _DOES)):
        return Belief.NAME
    if word in words("function"):
        return Belief.NAME if _PAIR.match(after) else Belief.UNSURE if word == "for" else Belief.WORD
    plain = word[:1].islower() or (not word and fold(written) in words("label_words"))
    return Belief.UNSURE if plain else Belief.NAME


def _humped(word: str) -> bool:
    """Whether a word has a capital inside, as products have: "iPhone", "imageCLASS"."""
    return word[:1].islower() and not word.islower()
