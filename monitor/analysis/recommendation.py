"""What an answer tells the reader to choose, what it puts first, and what it advises against."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitor.analysis.advice import Told, told
from monitor.analysis.comparisons import comparisons, general
from monitor.analysis.gated import Gated
from monitor.analysis.ranking import Ranking, rankings, ranks
from monitor.analysis.spans import Span, Stretch
from monitor.analysis.text import Document
from monitor.analysis.wordlists import pattern, signs
from monitor.domain.readings import Mention


@dataclass(frozen=True, kw_only=True)
class Advice:
    ranks: Mapping[str, tuple[int, Span]] = field(default_factory=dict)
    recommended: Mapping[str, Span] = field(default_factory=dict)  # in the order of the answer
    first_choice: str = ""
    against: Mapping[str, Span] = field(default_factory=dict)


_ASKS, _ASKS_OTHER = pattern("asks"), pattern("asks_other")
_INTRO = Gated(pattern("intro"), signs("intro_signs"))
_INTRO_OTHER = Gated(pattern("intro_other"), signs("intro_other_signs"))
_INTRO_AGAINST = Gated(pattern("intro_against"), signs("intro_against_signs"))
_ASKS_BEST = re.compile(
    r"\b(?:best|top|recommend\w*|suggest\w*|alternatives?|where (?:can|should) (?:I|we|you) (?:buy|get|find)"
    r"|which .{0,40}(?:should|would) (?:I|we|you))\b",
    re.IGNORECASE,
)
_ASKS_EITHER = re.compile(
    r"\b(?:or|vs\.?|versus|better|oder|besser|ou|meilleure?|o|mejor)\b|どちら|どっち", re.IGNORECASE
)
_WHICH = re.compile(
    r"\b(?:which (?:one )?(?:should|is right|to choose|would)|who should|choose|pick|verdict|recommendation"
    r"|bottom line"
    r"|when to (?:use|choose))\b",
    re.IGNORECASE,
)
_NEAR = 160  # characters before a list that may say what it is


def advise(document: Document, mentions: Sequence[Mention], question: str) -> Advice:
    """Read ranks, recommendations, first choice and warnings out of lists and phrases."""
    if not mentions:
        return Advice()
    lists = rankings(document, mentions)
    chosen = [ranking for ranking in lists if _recommends(ranking, question)]
    places = ranks(chosen)
    phrases = list(told(document, mentions))
    against = _warned(lists, phrases)
    recommended = {entity: span for entity, (_, span) in places.items()}
    for ranking in lists:
        if ranking in chosen or _which(ranking):
            recommended |= {e.entity: e.span for e in ranking.entries if e.entity and e.entity not in recommended}
    recommended = {one.entity: one.sentence for one in reversed(phrases) if one.good} | recommended
    if against or _ASKS_EITHER.search(question):
        recommended = _preferred(document, mentions, question, against) | recommended
    recommended = {entity: span for entity, span in recommended.items() if entity not in against}
    first = next((entity for entity, (rank, _) in places.items() if rank == 1), "")
    return Advice(ranks=places, recommended=recommended, first_choice=first, against=against)


def _warned(lists: Sequence[Ranking], phrases: Sequence[Told]) -> dict[str, Span]:
    """Return what phrases and whole lists advise against."""
    against = {one.entity: one.sentence for one in phrases if not one.good}
    for ranking in lists:
        if _INTRO_AGAINST.search(ranking.intro[-_NEAR:]):
            against |= {entry.entity: entry.span for entry in ranking.entries if entry.entity}
    return against


def _preferred(
    document: Document, mentions: Sequence[Mention], question: str, against: Mapping[str, Span]
) -> dict[str, Span]:
    """Return who is called better, all in all, than one that is advised against or that was asked about beside it."""
    either = question if _ASKS_EITHER.search(question) else ""
    return {
        one.better: Stretch(start=one.start, end=one.end)
        for one in comparisons(document, mentions)
        if general(one) and (one.worse in against or (one.worse in either and one.better in either))
    }


def _recommends(ranking: Ranking, question: str) -> bool:
    if _INTRO_OTHER.search(ranking.intro[-_NEAR:]) or _ASKS_OTHER.search(question):
        return False
    if ranking.ordered:
        return not question or bool(_ASKS.search(question) or _INTRO.search(ranking.intro))
    if ranking.table:
        return bool(_INTRO.search(ranking.intro[-_NEAR:])) and not _which(ranking)
    return bool(_INTRO.search(ranking.intro[-_NEAR:]) or _ASKS_BEST.search(question)) and not _which(ranking)


def _which(ranking: Ranking) -> bool:
    return bool(_WHICH.search(ranking.intro[-80:]))
