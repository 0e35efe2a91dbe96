"""What the sentences of an answer tell the reader to choose, and what they warn of."""

import re
from collections.abc import Iterator, Sequence
from itertools import filterfalse, repeat

import msgspec

from monitor.analysis.folding import foreign
from monitor.analysis.gated import Gated
from monitor.analysis.grouping import by_sentence
from monitor.analysis.spans import Span
from monitor.analysis.text import Document
from monitor.analysis.wordlists import pattern, signs, words
from monitor.domain.readings import Mention


class Told(msgspec.Struct, frozen=True):
    """A sentence that speaks for an entity, or against it."""

    entity: str
    sentence: Span
    good: bool


_NAME = r"\x00\d+\x00"  # stands for a name in a masked sentence
_NUMBER = re.compile(r"\x00(\d+)\x00")
_CHOOSE = Gated(pattern("choose", NAME=_NAME), signs("choose_signs"))
_AGAINST = Gated(pattern("against", NAME=_NAME), signs("against_signs"))
# A name that only labels what follows, "Acme: cheap and cheerful": all phrases but these say something before it.
_LABEL = re.compile(r"[^\w\x00]*\x00\d+\x00(?![ 'がはを])[^\x00]*$")
_VERDICT = re.compile(
    r"^\W*(?:verdict|bottom line|short answer|in short|tl;?dr|recommendation|conclusion|fazit|conclusión"
    r"|en résumé)\b",
    re.IGNORECASE,
)
_VERDICT_PAIR = re.compile(rf"{_NAME}(?:'s)? (?:for|if)\b", re.IGNORECASE)
_BETTER = re.compile(
    r"\x00(?P<number>\d+)\x00 (?:is|would be|ist|wäre|est|es|è|é) (?:much |far |viel |bien |mucho |molto )?"
    r"(?:better|besser|mieux|meilleure?|mejor|migliore|melhor)\b(?! \w)",
    re.IGNORECASE,
)
_AND = r"(?:and|or|und|oder|sowie|et|ou|y|o|e|en|of)"
_MORE = re.compile(
    rf"(?:, (?:the )?{_NAME})*,? {_AND} (?:the |a )?{_NAME}"
    r"(?! (?:is|are|was|has|can|will|does|ist|hat|est|a|es|tiene|isn't|doesn't|offers)\b)",
    re.IGNORECASE,
)
_NOT = (
    r"(?:\b(?:not|never|nobody|no one|no-one|hardly|neither|nor|nicht|kein\w*|nie|niemals|niemand|pas|jamais|personne"
    r"|no|nunca|jamás|nadie|tampoco|non|mai|nessuno|não|ninguém|niet|geen|nooit)\b|n't\b)"
)
_DENIED_BEFORE = re.compile(rf"{_NOT}\W*(?:\w+\W+){{0,2}}$", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:not|never|hardly|nicht|kein\w*|nie|niemals|pas|jamais|nunca|jamás|não|niet|geen|nooit)\b|n't\b",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:only|just|necessarily|simply|nur|seulement|solo|sólo|soltanto|wrong|enough|hesitate)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[.;:!?—–,]|\b(?:but|aber|sondern|mais|pero|sino|ma|maar|mas)\b", re.IGNORECASE)
_POINTS = ".,:;!?¡¿()*\"'«»„“”…–—"
_SPACE = re.compile(r"\s+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def told(document: Document, mentions: Sequence[Mention]) -> Iterator[Told]:
    """Yield what each sentence that names somebody recommends or warns of, in order."""
    unspaced = bool(_UNSPACED.search(foreign(document.folded)))
    for sentence, inside in by_sentence(document, mentions):
        folded = document.folded[sentence.start : sentence.end]
        if not _may_advise(folded, unspaced=unspaced) or folded.rstrip().endswith(("?", "？")):
            continue
        masked = masked_in(document, sentence, inside)
        if not _LABEL.match(masked):
            for number, good in sorted(_numbers(masked)):
                yield Told(inside[number].entity, sentence, good)


def _may_advise(folded: str, *, unspaced: bool) -> bool:
    """Whether a sentence holds any of the words that advice is given in, or no spaces between its words."""
    known, said = words("advice_words"), folded.split()
    if not known.isdisjoint(said) or not known.isdisjoint(
        map(str.strip, filterfalse(str.isalnum, said), repeat(_POINTS))
    ):
        return True
    return unspaced and bool(_UNSPACED.search(folded))


def _numbers(masked: str) -> Iterator[tuple[int, bool]]:
    """Yield the names of a masked sentence that a phrase points at, and whether it speaks for them."""
    lowered = masked.lower()
    chosen = _CHOOSE.pattern.finditer(masked) if _CHOOSE.may_match(lowered) else ()
    pairs = _VERDICT_PAIR.finditer(masked) if _VERDICT.match(masked) else ()
    for found in (*chosen, *pairs):
        denied = _denied(masked, found)
        if denied is not None:
            yield from ((number, not denied) for number in _listed(masked, found))
    warnings = list(_AGAINST.pattern.finditer(masked)) if _AGAINST.may_match(lowered) else []
    for found in warnings:
        yield from ((number, False) for number in _listed(masked, found))
    for found in _BETTER.finditer(masked) if warnings else ():
        yield int(found["number"]), True


def _listed(masked: str, found: re.Match[str]) -> Iterator[int]:
    """Yield the names of a phrase, and those that a list adds behind it: "Acme, Bolt and Crate"."""
    names = _NUMBER.findall(found[0])
    more = _MORE.match(masked, found.end()) if found[0].endswith("\0") else None
    yield from map(int, [*names, *(_NUMBER.findall(more[0]) if more else ())])


def _denied(masked: str, found: re.Match[str]) -> bool | None:
    """Whether a negation turns the phrase round; None where it only limits it: "don't just buy".

    A negation with "only" or "enough" inside the phrase turns nothing: "not only the best choice".
    """
    before = "" if _CLAUSE.match(found[0]) else _CLAUSE.split(masked[: found.start()])[-1]
    if _DENIED_BEFORE.search(before):
        return None if _ONLY.search(before + found[0]) else True
    return bool(_DENIED.search(found[0])) and not _ONLY.search(found[0])


def masked_in(document: Document, sentence: Span, inside: Sequence[Mention]) -> str:
    """Return the sentence with its names replaced by numbers, so that a pattern can speak of names."""
    pieces, at = [], sentence.start
    for number, mention in enumerate(inside):
        pieces += [document.plain[at : mention.start], f"\0{number}\0"]
        at = mention.end
    return _SPACE.sub(" ", "".join([*pieces, document.plain[at : sentence.end]]))
