"""Something that is so or is not: publicly traded, free, allowed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitor.analysis import coverage, givenup, polarity, replies, signs, topics
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.kind import Kind, Match, Said
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import CARRIED, Place
from monitor.analysis.spans import Span, Stretch
from monitor.domain.brand import Fact, FactValue

_SOME = re.compile(
    r"\b(?:some|certain|a few|most|many|several|not all|not every|einige|manche|nicht alle|certaine?s|quelques"
    r"|pas tou\w+|algun[oa]s|ciert[oa]s|no tod[oa]s)\b"
)
_EVERY = re.compile(r"\b(?:every|all|each)\b")
_ENOUGH = 0.66  # to take "it is so" from words without a turn
_LOOSELY = 0.5  # by words that say it only beside others: the "not" must be theirs
_HALF = 0.5  # what words count that may be of something beside it
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
    hits = [hit for hit in hits if not _without(place, hit)]
    if not hits and (given_up := givenup.told(place, clause, asked)):
        return _shown(place, clause, holds=polarity.parity(asked.about) % 2 == 1, at=given_up)
    if switched := givenup.switched(place, clause, hits):
        old = polarity.parity(asked.about) % 2 == 1
        return (
            _shown(place, clause, holds=old == switched.new, at=switched.at) if _spoken(place, clause, asked) else None
        )
    if not hits and not _carried(place, clause, asked):
        return None
    said = _turned(place, clause, asked, hits)
    if said is None:
        return None
    seen = signs.of_clause(place, clause, asked, said, hits)
    covered = seen["covered"]
    plainly = covered >= _LEAST and signs.told(seen) and _enough(asked, said, seen)
    start, end = (hits[0].start, hits[-1].end) if hits else (clause.start, clause.end)
    shown = "yes" if said.holds else "no"
    score = max(covered, _ENOUGH) if plainly else _HALF * covered
    span = Stretch(start=polarity.behind_particle(place.page.folded, clause), end=clause.end)
    return Said(
        start=start, end=end, value=said.holds, shown=shown, score=score, span=span, history=_history(place, clause),
        signs=seen,
    )  # fmt: skip


def _without(place: Place, hit: Hit) -> bool:
    """Whether a word of the sheet stands in one that says the lack of it: "cordless" where cords are asked for."""
    return (
        hit.concept.startswith("=")
        and place.page.folded.endswith("less", hit.start, hit.end)
        and (not hit.concept.endswith("less"))
    )


def _carried(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether a clause without a word of what is asked may still tell it: behind a label, a heading, the question."""
    if place.labelled & asked.concepts and _labels(place, asked):
        return True
    if place.cell or clause != place.clauses[0]:
        return False
    near = frozenset[str]().union(*(concepts for frame, concepts in place.framed if frame.weight >= CARRIED))
    if place.replies:
        near |= place.page.asked_for
    return all(anchor.concepts & near for anchor in coverage.keys_of(asked))


def _shown(place: Place, clause: Span, *, holds: bool, at: Span) -> Said:
    span = Stretch(start=polarity.behind_particle(place.page.folded, clause), end=clause.end)
    shown = "yes" if holds else "no"
    return Said(
        start=at.start, end=at.end, value=holds, shown=shown, score=_ENOUGH, span=span, history=_history(place, clause)
    )


def _spoken(place: Place, clause: Span, asked: Asked) -> bool:
    return coverage.covered(place, clause, asked) >= _ENOUGH and signs.speaks(place, clause, asked)


def _history(place: Place, clause: Span) -> bool | None:
    """Whether the clause tells how it once was: "before the change it cost 70 cents"; False: till a year to come."""
    bound = _BOUND.search(place.page.folded, clause.start, clause.end)
    if bound and int(bound["year"]) > place.page.today.year:
        return False
    folded = place.page.folded
    once = _OPENS_ONCE.match(folded, clause.start, clause.end) or _ONCE.search(folded, clause.start, clause.end)
    return True if once else None


_BOUND = re.compile(r"\b(?:before|until|till|bis|vor|avant|jusqu'en|antes de|hasta)\s(?:\w+\s)?(?P<year>20\d\d)\b")
_OPENS_ONCE = re.compile(
    r"\W*(?:before (?:the|that|then|this)\b|until then|till then|back then|in those days|as late as|davor\b|bis dahin"
    r"|avant cela|jusque-là|hasta entonces|antes de eso)"
)
_ONCE = re.compile(r"\bused to\b|\bdid (?!not|n't)[a-z]{3,}|\byears afterwards\b|以前は|かつて")


def _labels(place: Place, asked: Asked) -> bool:
    """Whether a label speaks of what is asked and of little else: a longer one qualifies it."""
    label = place.label
    if label is None or asked.index in place.owners.full:
        return True
    return len(place.page.folded[label.start : label.end].split()) <= _LONGEST_LABEL


_LONGEST_LABEL = 6  # words


def _turned(place: Place, clause: Span, asked: Asked, hits: list[Hit]) -> polarity.Reading | None:
    """What the clause says, with "some" and "not every" read for what they are."""
    keys = frozenset(concept for anchor in coverage.keys_of(asked) for concept in anchor.concepts)
    plain = [hit for hit in hits if hit.concept in keys]
    contrary = [hit for hit in hits if hit.concept not in keys and topics.is_opposite(hit.concept)]
    said = polarity.read(place, clause, asked, [*plain, *contrary] if plain else hits)
    if said is None or not hits or not _SOME.search(place.page.folded, clause.start, hits[-1].start):
        return said
    if _EVERY.search(fold(asked.about)):
        return replace(said, holds=False, turns=1, answer=False)  # "not every hospital has one"
    return None if said.turns else said  # "some parts are not sold" leaves open what holds of the others


def _enough(asked: Asked, said: polarity.Reading, seen: Mapping[str, float]) -> bool:
    """Whether enough of the attribute is said: a "not" makes a looser word plain, a yes must say it all."""
    covered, topical, turned = seen["covered"], seen["topical"], said.turns % 2 == 1
    plain = not turned and not said.answer
    if (plain or said.answer) and covered < _ENOUGH:
        return False
    if plain and not seen["predicated"]:
        return False
    if (topical or covered <= _LOOSELY) and not said.answer and not plain and not seen["denies"]:
        return False
    half = len(coverage.keys_of(asked)) > 1 and covered <= _LOOSELY and not seen["ended"]
    if turned and not topical and half:
        return False  # "can be anything from nearly nothing" has one word of two
    return (turned and not topical) or bool(seen["most"] if plain else seen["all"])


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:  # noqa: ARG001 -- every kind is asked the same way
    return Match.SAME if said.value is value else Match.OTHER


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return "yes" if value else "no"


KIND = Kind(name="flag", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
