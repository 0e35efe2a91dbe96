"""A plain yes or no behind a question that asks for a flag: the prompt's own, a heading's, a label's."""

import re

from monitor.analysis import polarity
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kept import once
from monitor.analysis.kind import Said
from monitor.analysis.places import Place
from monitor.analysis.spans import Stretch

_DOES = r"(?:it|they|you|we|he|she|there|that) (?:does|do|did|is|are|was|can|may|will|has|have)"
_END = r"(?=\s*(?:[.,:;!–—*]|$))"
_YES = re.compile(
    r"[\W_]*(?:(?:yes|yep|yeah|indeed|it is|they are|ja\b|oui|sí|si,|はい)(?![\w'])"
    rf"|(?:of course|certainly|absolutely|definitely|bien sûr|por supuesto|claro|natürlich|{_DOES}){_END})"
)
_NO = re.compile(
    r"[\W_]*(?:no|nope|nein|non|いいえ)\s*(?:[.,:;!–—*]|longer|not any|$)"
    r"|[\W_]*(?:not any ?more|not at all|no longer)\b"
    rf"|[\W_]*(?:{_DOES}(?:n't| not)|(?:it|they|you|that) cannot|never|not (?:quite|really|yet)"
    r"|(?:unfortunately|sadly|i'm afraid|absolutely|certainly|of course|definitely) not"
    r"|leider (?:nein|nicht)|nicht mehr|noch nicht|nie|niemals|plus maintenant|pas (?:encore|du tout)|jamais"
    rf"|ya no|todavía no|nunca|jamás){_END}"
)
_ASKS_WHAT = re.compile(
    r"[\W_]*(?:who|what|when|where|why|how|which|whose|wer|was|wann|wo|warum|wie|welche\w*|qui|que|quoi|quand|où"
    r"|pourquoi"
    r"|comment|quel\w*|combien|quién|qué|cuándo|dónde|cómo|cuál|cuánt\w*)\b"
)
_ENOUGH = 0.66
_BEGINNING = 6  # marks before the first word of an answer
_PLAIN = 0.9
_BARE = 4  # words: "No, not any more." goes on into the sentence behind it


def read(place: Place, asked: Asked) -> Said | None:
    """Return what a yes or no at the beginning of a place says of a flag that the question before it asks for."""
    if place.cell:
        return None
    begin, yes, no = _opening(place)
    question = _question(place) if yes or no else ""
    if not question or _ASKS_WHAT.match(question) or not _asks_for(place, question, asked):
        return None
    cost = not _COST.isdisjoint(asked.concepts)
    turned = (_parity(question, cost=cost) + _parity(asked.about, cost=cost)) % 2 == 1
    holds = bool(yes) != turned
    found = yes or no
    after = found.end() if found else begin
    goes_on = len(place.page.folded[after : place.end].split()) > _BARE
    span = Stretch(start=after if goes_on else begin, end=_told(place, after))
    at = found.start() if found else begin
    return Said(start=at, end=place.end, value=holds, shown="yes" if holds else "no", score=_PLAIN, span=span)


@once
def _opening(place: Place) -> tuple[int, re.Match[str] | None, re.Match[str] | None]:
    """Where a reply begins, and its yes or no; "Yes:" itself may be all that looks like a label there."""
    folded, label = place.page.folded, place.label
    begins = [label.start] if label else []
    begins.append(place.value_start if place.value_start < place.end else place.start)
    for begin in begins:
        yes, no = _YES.match(folded, begin, place.end), _NO.match(folded, begin, place.end)
        if yes or no:
            return begin, yes, no
    return begins[-1], None, None


def _parity(words: str, *, cost: bool) -> int:
    """The turns of a question or attribute, with "PFAS free" as one; `cost`: free is what costs nothing."""
    return polarity.parity(words) + (0 if cost else sum(1 for _ in _WITHOUT.finditer(fold(words))))


_COST = frozenset({"free", "topic:free_tier"})


_WITHOUT = re.compile(r"\w free\b(?! (?:of|to|for|with|shipping|delivery|trial|plan))")


def _told(place: Place, after: int) -> int:
    """Where the reply ends: a bare "No." goes on into the sentence behind it."""
    if len(place.page.folded[after : place.end].split()) > _BARE:
        return place.end
    following = place.page.document.sentences_in(Stretch(start=place.end, end=place.block.end))[:1]
    return following[0].end if following else place.end


def _question(place: Place) -> str:
    """The question right before a place: that of its label, its heading, or the prompt at the very beginning."""
    folded = place.page.folded
    for frame in reversed(place.frames):
        words = folded[frame.start : frame.end].strip(" *_#\n")
        if words.endswith(("?", "？")):
            return words
    blocks = place.page.document.blocks
    first = bool(blocks) and place.start - blocks[0].start <= _BEGINNING
    return fold(place.page.question) if first and place.page.question.strip().endswith(("?", "？")) else ""


def _asks_for(place: Place, question: str, asked: Asked) -> bool:
    found = place.page.compiled.spotter.find(question, place.page.document.lang)
    here = {hit.concept for hit in found}
    said = sum(anchor.weight for anchor in asked.anchors if anchor.concepts & here)
    names = all(anchor.concepts & here for anchor in asked.anchors if anchor.proper)
    telling = asked.distinct & asked.telling or asked.distinct
    known = (one for one in asked.anchors if not (one.literal or one.modifier or one.proper))
    names = names and all(one.concepts & here for one in known)
    return names and said >= _ENOUGH * asked.weight and (not telling or bool(telling & here))
