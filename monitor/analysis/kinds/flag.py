"""Something that is so or is not: publicly traded, free, allowed."""

import re
from collections.abc import Sequence
from dataclasses import replace

from monitor.analysis import conditions, coverage, flagged, givenup, polarity, replies, topics
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
    if not hits and (given_up := givenup.told(place, clause, asked)):
        return _shown(place, clause, holds=polarity.parity(asked.about) % 2 == 1, at=given_up)
    if switched := givenup.switched(place, clause, hits):
        old = polarity.parity(asked.about) % 2 == 1
        return (
            _shown(place, clause, holds=old == switched.new, at=switched.at) if _spoken(place, clause, asked) else None
        )
    if not hits and not (place.labelled & asked.concepts and _labels(place, asked)):
        return None
    covered = coverage.covered(place, clause, asked)
    said = _turned(place, clause, asked, hits)
    if said is None:
        return None
    plainly = covered >= _LEAST and _speaks(place, clause, asked) and _enough(place, clause, asked, said, covered)
    start, end = (hits[0].start, hits[-1].end) if hits else (clause.start, clause.end)
    shown = "yes" if said.holds else "no"
    score = max(covered, _ENOUGH) if plainly else _HALF * covered
    span = Span(start=polarity.behind_particle(place.page.folded, clause), end=clause.end)
    return Said(
        start=start, end=end, value=said.holds, shown=shown, score=score, span=span, history=_history(place, clause)
    )


def _shown(place: Place, clause: Span, *, holds: bool, at: Span) -> Said:
    span = Span(start=polarity.behind_particle(place.page.folded, clause), end=clause.end)
    shown = "yes" if holds else "no"
    return Said(
        start=at.start, end=at.end, value=holds, shown=shown, score=_ENOUGH, span=span, history=_history(place, clause)
    )


def _spoken(place: Place, clause: Span, asked: Asked) -> bool:
    return coverage.covered(place, clause, asked) >= _ENOUGH and _speaks(place, clause, asked)


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


def _speaks(place: Place, clause: Span, asked: Asked) -> bool:
    return (
        _named(place, clause, asked)
        and _told_apart(place, clause, asked)
        and _priced(place, clause, asked)
        and _of_group(place, clause, asked)
        and not conditions.of_some(place, clause, asked)
    )


def _named(place: Place, clause: Span, asked: Asked) -> bool:
    """A flag about Russia is not asked where Russia is not spoken of."""
    spoken = coverage.spoken_here(place, clause) | coverage.spoken_near(place)
    missing = [anchor for anchor in coverage.keys_of(asked) if not anchor.concepts & spoken]
    if any(anchor.country for anchor in missing):
        return False
    proper = [anchor for anchor in missing if anchor.proper]
    return not proper or all(anchor in proper for anchor in missing)


def _told_apart(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether something stands there that only this fact of the sheet speaks of: of two about desserts, "gelatine"."""
    telling = asked.distinct & asked.telling or asked.distinct
    if coverage.of_market(place, clause, asked):
        return True
    return not telling or bool(telling & coverage.spoken_here(place, clause)) or asked.cue in place.spoken


def _priced(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether "free" or a price is said, where that is what is asked."""
    return "free" not in asked.concepts or place.cell or bool(coverage.COSTS & coverage.spoken_here(place, clause))


def _of_group(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether words on those who pay exclude the others, where these are asked: "for paying guests only"."""
    groups = coverage.GROUPS & asked.concepts
    if not groups:
        return True
    here = coverage.spoken_here(place, clause)
    if any(topics.opposite(group) in here for group in groups):
        return bool(_EXCLUDES.search(place.page.folded, clause.start, clause.end))
    return True


_EXCLUDES = re.compile(
    r"\b(?:only|reserved|exclusive\w*|limited|restricted|solely|nur|ausschließlich|vorbehalten|exklusiv|seul\w*"
    r"|réserv\w+|uniquement|solo|sólo|únicamente|reservad\w+)\b|限定|のみ|だけ"
)


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


def _enough(place: Place, clause: Span, asked: Asked, said: polarity.Reading, covered: float) -> bool:
    """Whether enough of the attribute is said: a "not" makes a looser word plain, a yes must say it all."""
    keys = coverage.keys_of(asked)
    topical = any(anchor.country or any(map(topics.is_topic, anchor.concepts)) for anchor in keys)
    plain = said.turns % 2 == 0 and not said.answer
    if (plain or said.answer) and covered < _ENOUGH:
        return False
    if plain and not _predicated(place, clause, asked):
        return False
    if (topical or covered <= _LOOSELY) and not said.answer and not plain and not _denies(place, clause, asked):
        return False
    half = len(keys) > 1 and covered <= _LOOSELY and not polarity.is_ended(place.page.folded, clause)
    if said.turns % 2 == 1 and not topical and half:
        return False  # "can be anything from nearly nothing" has one word of two
    return (said.turns % 2 == 1 and not topical) or coverage.all_here(place, clause, asked, most=plain)


def _predicated(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether the clause says what is asked of the thing: that it is published, allowed, offered."""
    if any(anchor.country for anchor in asked.anchors):
        does = flagged.MAKES if flagged.MAKES.search(fold(asked.about)) else _TRADES
        return bool(does.search(place.page.folded, clause.start, clause.end))
    if not asked.generics - _SAY_LITTLE:
        return True
    wanted = (asked.generics - {"company"}) | {"offers", "allowed"}
    folded = place.page.folded
    low = max(clause.start, min(place.value_start, clause.end))
    said = (hit for hit in place.hits if hit.concept in wanted and low <= hit.start < clause.end)
    if any(folded[hit.start : hit.end] not in _NO_OFFER for hit in said):
        return True
    return bool(_CAN.search(place.page.folded, low, clause.end))


_SAY_LITTLE = frozenset({"time", "count", "company", "share", "products"})
_NO_OFFER = frozenset({"found", "added"})  # "a bag of cash was found"
_TRADES = re.compile(
    r"\b(?:sells?|sold|selling|sales?|offers?|offering|deliver\w*|runs?|running|serv(?:es|ing)|ships?|shipping"
    r"|shipped|suppl(?:y|ies|ied|ying)"
    r"|available|stores?"
    r"|shops?|showrooms?|dealers?|outlets?|branches|operat\w+|business|market|active|present|presence|buy"
    r"|accounts?|customers|opened"
    r"|returned|back|licen[cs]e\w*|holds?|trades?|trading|export\w*|verkauf\w*|vertreib\w*|liefert?|läden"
    r"|filialen|geschäft\w*|aktiv"
    r"|vend\w*|livr\w*|magasins|présent\w*|boutiques|venden?|vendiendo|tiendas|oper(?:a|an|ando|ar)|presente|licencia"
    r"|lizenz\w*|bank)\b|販売|店舗|営業"
)
_CAN = re.compile(
    r"\b(?:can|may|able to|possible|starts?|started|starting|begins?|began|begun|launch(?:es|ed)?|introduc(?:es"
    r"|ed)|opens?|opened|adopt(?:s|ed)?"
    r"|bring(?:s|ing)? (?:back|in)|brought (?:back|in)|roll(?:s|ed) out|switch(?:es|ed)?|stor(?:es?|ed|ing)|kept"
    r"|held|hosts?|hosted|equipped|fitted"
    r"|is standard|are standard|as standard|remains?|lets?|gives?|happens?|takes? place|trains?"
    r"|trained|fed|gespeichert|aufbewahrt|liegen|stehen|gelagert|conservé\w*|stocké\w*|hébergé\w*|almacen\w+"
    r"|guard\w+|lean(?:s|ed)?|rel(?:y|ies|ied)|employs?|compris\w+|includ\w+|part of"
    r"|cover(?:s|ed)|covering"
    r"|welcomed?|exists?|there(?: is| are|'s)|kann|können|möglich|enthalten|peut|peuvent|possible|compris\w*"
    r"|inclus\w*"
    r"|posible|puede\w*|incluid\w+)\b|可能|でき|使って|使い|聴け|含まれ"
)


def _denies(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether a "not" is one of what is asked: "no lossless tier", "does not sell", and not "neither was caught"."""
    said = asked.generics - _SAY_LITTLE or any(a.country for a in asked.anchors)
    if (said and _predicated(place, clause, asked)) or polarity.is_ended(place.page.folded, clause):
        return True
    if any(anchor.country for anchor in asked.anchors):
        return False
    folded = place.page.folded
    hits = [hit for hit in place.hits if clause.start <= hit.start < clause.end and hit.concept in asked.concepts]
    return any(
        topics.is_opposite(hit.concept)
        or _NO.search(folded, max(clause.start, hit.start - 24), hit.start)
        or _IS_NOT.match(folded, hit.end)
        for hit in hits
    )


_NO = re.compile(
    r"\b(?:no|without|free of|free from|(?:does|do|did|will|has|have|is|are) not|\w+n't|never|nicht|keine?\w*"
    r"|ohne|sans"
    r"|aucune?|pas d[e'’]|sin|ningun\w*)\b[^,;.]*$"
)
_IS_NOT = re.compile(
    r"[^,;.]{0,12}\b(?:(?:is|are|was|were)n't|(?:is|are) (?:not|no longer)|has no|have no)\b"
    r"|[^,;.]{0,30}\bnicht\b|(?:は|が)(?:な|あり)"
)


def _compare(said: Said, value: FactValue, asked: Asked) -> Match:  # noqa: ARG001 -- every kind is asked the same way
    return Match.SAME if said.value is value else Match.OTHER


def _show(value: FactValue, unit: str) -> str:  # noqa: ARG001 -- every kind is shown the same way
    return "yes" if value else "no"


KIND = Kind(name="flag", check=_check, advice=_advice, same=_same, read=_read, compare=_compare, show=_show)
