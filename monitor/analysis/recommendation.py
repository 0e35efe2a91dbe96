"""What an answer tells the reader to choose, what it puts first, and what it advises against."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.analysis.grouping import by_sentence
from monitor.analysis.ranking import Ranking, rankings, ranks
from monitor.analysis.text import Document
from monitor.analysis.wordlists import pattern, words
from monitor.domain.readings import Mention, Span


@dataclass(frozen=True, kw_only=True)
class Advice:
    ranks: Mapping[str, tuple[int, Span]] = field(default_factory=dict)
    recommended: Mapping[str, Span] = field(default_factory=dict)  # in the order of the answer
    first_choice: str = ""
    against: Mapping[str, Span] = field(default_factory=dict)


_NAME = r"\x00\d+\x00"  # stands for a name in a masked sentence
_NUMBER = re.compile(r"\x00(\d+)\x00")
_ASKS, _ASKS_OTHER = pattern("asks"), pattern("asks_other")
_INTRO, _INTRO_OTHER = pattern("intro"), pattern("intro_other")
_CHOOSE, _AGAINST = pattern("choose", NAME=_NAME), pattern("against", NAME=_NAME)
_ASKS_BEST = re.compile(
    r"\b(?:best|top|recommend\w*|suggest\w*|alternatives?|where (?:can|should) (?:I|we|you) (?:buy|get|find)"
    r"|which .{0,40}(?:should|would) (?:I|we|you))\b",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"^\W*(?:verdict|bottom line|short answer|in short|tl;?dr|recommendation|conclusion|fazit|conclusión|en résumé)\b",
    re.IGNORECASE,
)
_VERDICT_PAIR = re.compile(rf"{_NAME}(?:'s)? (?:for|if)\b", re.IGNORECASE)
_WHICH = re.compile(
    r"\b(?:which (?:one )?(?:should|is right|to choose|would)|who should|choose|pick|verdict|recommendation|bottom line"
    r"|when to (?:use|choose))\b",
    re.IGNORECASE,
)


_NEAR = 160  # characters before a list that may say what it is


def advise(document: Document, mentions: Sequence[Mention], question: str) -> Advice:
    """Read ranks, recommendations, first choice and warnings out of lists and phrases."""
    lists = rankings(document, mentions)
    chosen = [ranking for ranking in lists if _recommends(ranking, question)]
    places = ranks(chosen)
    told = list(_phrases(document, mentions))
    said = {entity: span for entity, span, good in told if good}
    against = {entity: span for entity, span, good in told if not good}
    recommended = {entity: span for entity, (_, span) in places.items()}
    for ranking in lists:
        if ranking in chosen or _which(ranking):
            recommended |= {e.entity: e.span for e in ranking.entries if e.entity and e.entity not in recommended}
    recommended = {entity: span for entity, span in (recommended | said).items() if entity not in against}
    first = next((entity for entity, (rank, _) in places.items() if rank == 1), "")
    return Advice(ranks=places, recommended=recommended, first_choice=first, against=against)


def _recommends(ranking: Ranking, question: str) -> bool:
    if _INTRO_OTHER.search(ranking.intro[-_NEAR:]) or _ASKS_OTHER.search(question):
        return False
    if ranking.ordered:
        return bool(_ASKS.search(question) or _INTRO.search(ranking.intro) or not question)
    if ranking.table:
        return bool(_INTRO.search(ranking.intro[-_NEAR:])) and not _which(ranking)
    return bool(_INTRO.search(ranking.intro[-_NEAR:]) or _ASKS_BEST.search(question)) and not _which(ranking)


def _which(ranking: Ranking) -> bool:
    return bool(_WHICH.search(ranking.intro[-80:]))


def _phrases(document: Document, mentions: Sequence[Mention]) -> Iterator[tuple[str, Span, bool]]:
    """Yield entities that a phrase points at, with its sentence, and whether it tells to choose them."""
    for sentence, inside in by_sentence(document, mentions).items():
        if words("advice_words").isdisjoint(document.folded[sentence.start : sentence.end].split()):
            continue
        masked = _masked(document, sentence, inside)
        good = [*_CHOOSE.finditer(masked)]
        if _VERDICT.match(masked):
            good += _VERDICT_PAIR.finditer(masked)
        for hits, chosen in ((good, True), (_AGAINST.finditer(masked), False)):
            for found in hits:
                number = _NUMBER.search(found[0])
                if number:
                    yield inside[int(number[1])].entity, sentence, chosen


def _masked(document: Document, sentence: Span, inside: Sequence[Mention]) -> str:
    """Return the sentence with its names replaced by numbers, so that a pattern can speak of names."""
    pieces, at = [], sentence.start
    for number, mention in enumerate(inside):
        pieces += [document.plain[at : mention.start], f"\0{number}\0"]
        at = mention.end
    return re.sub(r"\s+", " ", "".join([*pieces, document.plain[at : sentence.end]]))
