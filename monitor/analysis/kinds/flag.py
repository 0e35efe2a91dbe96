"""Something that is so or is not: publicly traded, free, allowed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.analysis import gazetteer, polarity, replies
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.domain.brand import Fact, FactValue
from monitor.domain.readings import Span

_SOME = re.compile(
    r"\b(?:some|certain|a few|most|many|several|not all|not every|einige|manche|nicht alle|certaine?s|quelques"
    r"|pas tou\w+|algun[oa]s|ciert[oa]s|no tod[oa]s)\b"
)
_EVERY = re.compile(r"\b(?:every|all|each)\b")
_LABELLED = 0.5  # for a plain yes or no behind a label
_ENOUGH = 0.66  # to take "it is so" from words without a turn
_LEAST = 0.4  # a "not", a "stopped" make a looser word plain


def _check(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is asked the same way
    return "" if isinstance(value, bool) else "a flag is true or false"


def _advice(fact: Fact) -> str:
    if not fact.about.lower().startswith("whether"):
        return "write `about` as what is true or false, beginning with whether: `about: whether pets are allowed`"
    return ""


def _same(a: Fact, b: Fact) -> bool:
    return a.value is b.value


def _read(place: Place, asked: Asked) -> Sequence[Said]:
    answered = replies.read(place, asked)
    if answered:
        return [answered]
    return [said for clause in place.clauses if (said := _of_clause(place, clause, asked))]


def _of_clause(place: Place, clause: Span, asked: Asked) -> Said | None:
    hits = [hit for hit in place.hits if clause.start <= hit.start < clause.end and hit.concept in asked.concepts]
    if not hits and not place.labelled & asked.concepts:
        return None
    covered = place.coverage(asked, clause.start)
    if covered < _LEAST or not _speaks(place, clause, asked):
        return None
    said = _turned(place, clause, asked, hits)
    if said is None or not _enough(place, clause, asked, said, covered):
        return None
    start, end = (hits[0].start, hits[-1].end) if hits else (clause.start, clause.end)
    shown = "yes" if said.holds else "no"
    return Said(start=start, end=end, value=said.holds, shown=shown, score=max(covered, _ENOUGH), span=clause)


def _speaks(place: Place, clause: Span, asked: Asked) -> bool:
    return (
        _named(place, asked)
        and _spoken_of(place, clause, asked)
        and _told_apart(place, clause, asked)
        and _priced(place, clause, asked)
    )


def _turned(place: Place, clause: Span, asked: Asked, hits: list[Hit]) -> polarity.Reading | None:
    """What the clause says, with "some" and "not every" read for what they are."""
    said = polarity.read(place, clause, asked, hits)
    if said is None or not hits or not _SOME.search(place.page.folded, clause.start, hits[-1].start):
        return said
    if _EVERY.search(fold(asked.about)):
        return replace(said, holds=False, turns=1, answer=False)  # "not every hospital has one"
    return None if said.turns else said  # "some parts are not sold" leaves open what holds of the others


def _enough(place: Place, clause: Span, asked: Asked, said: polarity.Reading, covered: float) -> bool:
    """Whether enough of the attribute is said: a "not" makes a looser word plain, a yes must say it all."""
    answer = bool(place.label) and covered >= _LABELLED
    if said.answer and covered < _ENOUGH and not answer:
        return False
    plain = said.turns % 2 == 0 and not said.answer
    if plain and (covered < _ENOUGH or not _predicated(place, clause, asked)):
        return False
    if not plain and not said.answer and not _main(asked) and not _predicated(place, clause, asked):
        return _ended(place, clause)
    return not (plain or said.answer) or _all_here(place, clause, asked)


def _ended(place: Place, clause: Span) -> bool:
    """Whether what is asked is said to be over or barred, which needs no other verb."""
    return polarity.is_ended(place.page.folded, clause)


def _named(place: Place, asked: Asked) -> bool:
    """A flag about Russia is not asked where Russia is not spoken of."""
    concepts = place.page.concepts_in(place).union(*(concepts for _, concepts in place.framed))
    missing = [anchor for anchor in asked.anchors if anchor.proper and not anchor.concepts & concepts]
    if any(gazetteer.is_country(gazetteer.usual(c.removeprefix("="))) for anchor in missing for c in anchor.concepts):
        return False
    return not missing or all(anchor.concepts & concepts for anchor in asked.anchors if not anchor.proper)


def _all_here(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether all that is asked stands in the clause, its label or the head of its column."""
    here = _here(place, clause)
    rare = [anchor for anchor in asked.anchors if anchor.literal and not anchor.proper and not anchor.modifier]
    spoken = sum(1 for anchor in rare if anchor.concepts & here)
    return all(concepts & here for concepts in _main(asked)) and 2 * spoken >= len(rare)


def _spoken_of(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether at least one of the known words of what is asked stands there."""
    here, main = _here(place, clause), _main(asked)
    last = next((anchor for anchor in reversed(asked.anchors) if not anchor.proper), None)
    if not main:  # what is said stands last: "whether the ice cream is kosher"
        return last is None or bool(last.concepts & here)
    return any(concepts & here for concepts in main)


def _told_apart(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether something stands there that only this fact of the sheet speaks of: of two about desserts, "gelatine"."""
    telling = asked.distinct & asked.telling or asked.distinct
    return not telling or bool(telling & _here(place, clause)) or asked.cue in place.spoken


def _priced(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether "free" or a price is said, where that is what is asked."""
    return "free" not in asked.concepts or place.cell or bool(_COST & _here(place, clause))


_COST = frozenset({"free", "paid", "price", "fee", "paying"})


def _here(place: Place, clause: Span) -> set[str]:
    here = {hit.concept for hit in place.hits if clause.start <= hit.start < clause.end}
    return here.union(*(concepts for frame, concepts in place.framed if frame.weight >= _BESIDE))


def _main(asked: Asked) -> list[frozenset[str]]:
    return [anchor.concepts for anchor in asked.anchors if not anchor.proper and not anchor.literal]


_BESIDE = 0.8
_TRADES = re.compile(
    r"\b(?:sells?|sold|selling|sales?|offers?|offering|deliver\w*|ships?|shipping|shipped|suppl(?:y|ies|ied|ying)"
    r"|available|stores?"
    r"|shops?|showrooms?|dealers?|outlets?|branches|operat\w+|business|market|active|present|presence|buy"
    r"|accounts?|customers|opened"
    r"|returned|back|licen[cs]e\w*|holds?|trades?|trading|export\w*|verkauf\w*|vertreib\w*|liefert?|läden"
    r"|filialen|geschäft\w*|aktiv"
    r"|vend\w*|livr\w*|magasins|présent\w*|boutiques|venden?|vendiendo|tiendas|opera|presente|licencia"
    r"|lizenz\w*)\b|販売|店舗|営業"
)


def _predicated(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether the clause says what is asked of the thing: that it is published, allowed, offered."""
    if any(anchor.country for anchor in asked.anchors):
        return bool(_TRADES.search(place.page.folded, clause.start, clause.end))
    if not asked.generics - {"time", "count", "company", "share", "products"}:
        return True
    wanted = asked.generics | {"offers", "allowed"}
    return any(hit.concept in wanted and clause.start <= hit.start < clause.end for hit in place.hits)


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:  # noqa: ARG001 -- every kind is asked the same way
    return Match.SAME if said.value is value else Match.OTHER


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return "yes" if value else "no"


KIND = Kind(name="flag", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
