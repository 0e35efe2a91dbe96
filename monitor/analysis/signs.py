"""What speaks for a clause's telling whether something is so, each thing by itself: rules and a net go by it."""

import re
from collections.abc import Mapping

from monitor.analysis import conditions, coverage, flagged, polarity, topics
from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

NAMES = (
    "turns", "answer", "ended", "covered", "keys_here", "keys_near", "literal", "topical", "country", "strong", "named",
    "apart", "priced", "group", "some", "predicated", "denies", "all", "most", "counted", "otherwise",
)  # fmt: skip


def of_clause(place: Place, clause: Span, asked: Asked, said: polarity.Reading, hits: list[Hit]) -> Mapping[str, float]:
    """Return each sign by its name, 0..1, `turns` as a count."""
    keys = coverage.keys_of(asked)
    here, near = coverage.spoken_here(place, clause), coverage.spoken_near(place)
    return {
        "turns": said.turns,
        "answer": said.answer,
        "ended": polarity.is_ended(place.page.folded, clause),
        "covered": coverage.covered(place, clause, asked),
        "keys_here": _share([bool(anchor.concepts & here) for anchor in keys]),
        "keys_near": _share([bool(anchor.concepts & (near | here)) for anchor in keys]),
        "literal": _share([anchor.literal for anchor in keys]),
        "topical": any(anchor.country or any(map(topics.is_topic, anchor.concepts)) for anchor in keys),
        "country": any(anchor.country for anchor in asked.anchors),
        "strong": any(not hit.weak for hit in hits),
        **_subject(place, clause, asked),
        "predicated": _predicated(place, clause, asked),
        "denies": _denies(place, clause, asked),
        "all": coverage.all_here(place, clause, asked),
        "most": coverage.all_here(place, clause, asked, most=True),
    }


def speaks(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether a clause speaks of the very thing that is asked, and of all of it."""
    return told(_subject(place, clause, asked))


def told(signs: Mapping[str, float]) -> bool:
    """The same of signs."""
    return bool(signs["named"] and signs["apart"] and signs["priced"] and signs["group"] and not signs["some"])


def _subject(place: Place, clause: Span, asked: Asked) -> Mapping[str, float]:
    """Return the signs that a clause speaks of the very thing that is asked."""
    return {
        "named": _named(place, clause, asked),
        "apart": _told_apart(place, clause, asked),
        "priced": _priced(place, clause, asked),
        "group": _of_group(place, clause, asked),
        "some": conditions.of_some(place, clause, asked),
    }


def _share(held: list[bool]) -> float:
    return sum(held) / len(held) if held else 0.0


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


def _predicated(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether the clause says what is asked of the thing: that it is published, allowed, offered."""
    if any(anchor.country for anchor in asked.anchors):
        does = flagged.MAKES if flagged.MAKES.search(fold(asked.about)) else _TRADES
        return place.page.says(does, clause.start, clause.end)
    if not asked.generics - _SAY_LITTLE:
        return True
    wanted = (asked.generics - {"company"}) | {"offers", "allowed"}
    folded = place.page.folded
    low = max(clause.start, min(place.value_start, clause.end))
    said = (hit for hit in place.hits if hit.concept in wanted and low <= hit.start < clause.end)
    if any(folded[hit.start : hit.end] not in _NO_OFFER for hit in said):
        return True
    return place.page.says(_CAN, low, clause.end)


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
    r"|ofrec\w+|offr\w+|propos\w+|biete[nt]?|anbiet\w+|angeboten"
    r"|lizenz\w*|bank)\b|販売|店舗|営業|提供|取り扱|展開"
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
