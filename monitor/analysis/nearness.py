"""How strongly a value is tied to what a fact is about."""

import re
from collections.abc import Sequence

from monitor.analysis import changing, distances, lexicon
from monitor.analysis.cues import Asked
from monitor.analysis.distances import FAR
from monitor.analysis.lexicon import Hit
from monitor.analysis.moments import Moment
from monitor.analysis.page import Page
from monitor.analysis.places import Place
from monitor.analysis.quantities import Dimension, Quantity
from monitor.analysis.spans import Span

# Attributes that answers give figures for; one of them beside a figure, and not the fact's own, takes it away.
RIVALS = lexicon.listed("figures")
ENOUGH = 0.5
LOOSE = 0.3  # a value tied no more closely may yet be meant: what else speaks for it is weighed


def tie(place: Place, asked: Asked, at: Span) -> float:
    """Return 0..1: coverage of the fact's words, less what a rival attribute nearer by takes away."""
    covered = place.coverage(asked, at.start)
    covered = max(covered, by_value(place, asked, at, covered) if covered < ENOUGH else 0.0)
    if covered <= 0 or _of_another_scale(place, asked, at):
        return 0.0
    if isinstance(at, Moment) and not (_dates_it(place, asked, at) and not _counted_from(place, at)):
        return 0.0
    change = isinstance(at, Quantity) and changing.is_change(place, asked, at)
    if change or _otherwise(place, asked, at) or ("first" in asked.concepts and _another_first(place)):
        return 0.0
    own = distances.nearest(place.page.folded, at, _own(place, asked))
    rival = distances.nearest(place.page.folded, at, _rivals(place, asked))
    if rival < own or (own >= FAR and _labelled_as_rival(place, asked) and not _under_own_head(place, asked)):
        covered -= 0.4
    if place.label and at.start >= place.value_start and own >= 0:
        covered += 0.1 if place.labelled & asked.attribute else 0.0
    least = {"percent": _NEARLY, "money": _FAINTLY}.get(asked.kind, _CLEAR)
    if least <= covered < _CLEAR and _distinctly(place, asked, at):
        covered = _CLEAR
    if covered < ENOUGH:
        return max(0.0, covered)
    second = sum(1 for hit in place.hits if hit.concept in asked.second)
    far = 0.0 if own >= FAR else 0.0008 * min(own, 150)
    return max(0.0, min(1.0, covered + 0.05 * min(second, 2)) - far)


def is_apart(place: Place, asked: Asked, at: Span) -> bool:
    """Whether the words around make a figure a change, or that of another one: "another 500", "a second museum"."""
    return (isinstance(at, Quantity) and changing.is_change(place, asked, at)) or _otherwise(place, asked, at)


def by_value(place: Place, asked: Asked, at: Span, covered: float) -> float:
    """How much the sheet's own figure says by itself: 14.99 of one fact alone, or 2.6 % beside a word of it."""
    if isinstance(at, Moment):
        day = asked.kind == "date" and is_of_sheet(place, asked, at)
        return _VALUE_ALONE if day else 0.0
    if not isinstance(at, Quantity) or at.dimension is Dimension.DURATION or at.high is not None:
        return 0.0
    for one in asked.figures:
        here = any(hit.start < at.end and at.start < hit.end for hit in place.spoken.get(one.concept, ()))
        if here and abs(at.value - one.value) <= abs(one.value) * 1e-6 and not _of_another_fact(place, asked, at):
            if covered >= _SOME_WORD:
                return _VALUE_NAMED
            alone = (
                one.digits >= _TELLING_DIGITS
                and distances.nearest(place.page.folded, at, _rivals(place, asked)) > _BESIDE
            )
            return _VALUE_ALONE if alone else 0.0
    return 0.0


def _of_another_fact(place: Place, asked: Asked, at: Span) -> bool:
    """Whether the value's clause says a word that one other fact alone has: "extra audiobook time costs $9.99"."""
    clause, owners = place.clause(at.start), place.page.compiled.by_concept
    own = [hit for hit in place.hits if hit.concept in asked.own]
    own += [Hit(one.start, one.end, "") for one in place.page.mentions_in(clause)]  # a brand that is the brand's own
    for hit in place.hits:
        if any(one.start < hit.end and hit.start < one.end for one in own):
            continue
        if clause.start <= hit.start < clause.end and not hit.weak and not hit.concept.startswith("fig:"):
            facts = owners.get(hit.concept, ())
            if len(facts) == 1 and place.page.compiled.asked[facts[0]].index != asked.index:
                return True
    return False


def is_of_sheet(place: Place, asked: Asked, at: Span) -> bool:
    """Whether a value is written as the sheet gives the fact's, today's or a former one."""
    return any(hit.start < at.end and at.start < hit.end for hit in place.figured.get(asked.index, ()))


_SOME_WORD = 0.15  # of the attribute, beside a figure that the sheet has
_VALUE_NAMED, _VALUE_ALONE = 0.65, 0.55
_TELLING_DIGITS = 3
_BESIDE = 30  # characters
_FAINTLY, _NEARLY, _CLEAR = 0.3, 0.45, 0.6
_UNDERSTOOD = frozenset({"revenue", "customers", "company"})  # "68 % goes to rights holders": of what comes in


def _distinctly(place: Place, asked: Asked, at: Span) -> bool:
    """Whether the value's clause says a word that only this fact of the sheet has."""
    clause = place.clause(at.start)
    telling = asked.distinct & asked.telling
    here = {hit.concept for hit in place.hits if clause.start <= hit.start < clause.end}
    missing = [one for one in asked.anchors if one.concepts.isdisjoint(here)]
    known = {c for c in telling & here if not c.startswith("=")} - RIVALS
    if known and asked.kind == "money" and all(one.literal and not one.proper for one in missing):
        return True  # "a fine of 64 million": whoever imposed it
    return not telling.isdisjoint(here) and all(not one.concepts.isdisjoint(_UNDERSTOOD) for one in missing)


def _dates_it(place: Place, asked: Asked, at: Span) -> bool:
    """Whether the year's own clause, its label or its heading says what happened."""
    clause = place if at.start < place.value_start else place.clause(at.start)
    own = [hit for hit in place.hits if hit.concept in asked.slots and clause.start <= hit.start < clause.end]
    if asked.kind == "date":  # "sold her last shares in 2012" is no first day of trading
        own = [hit for hit in own if not hit.weak or place.page.of_company(hit)]
    if own:
        if any(hit.start > at.end and _FROM_EVENT.search(place.page.folded, at.end, hit.start) for hit in own):
            return False  # "1990, two years after it was founded"
        return any(_same_event(place, asked, hit, at) for hit in own)
    return any(frame.weight > _ASIDE and concepts & asked.slots for frame, concepts in place.framed)


# What else may have happened in a year: "founded by two friends, who moved to Linz in 2011".
_FROM_EVENT = re.compile(r"\b(?:after|before|later|earlier|nach|vor der|später|après|avant|plus tard|después|antes)\b")


def _counted_from(place: Place, at: Moment) -> bool:
    """Whether a time is a bound, or counted from another event: "before 1640", "two years after it was founded"."""
    if place.page.says(_BOUND, max(place.start, at.start - 40), at.start):
        return True
    return at.relative and bool(_FROM_EVENT.search(place.page.folded, at.start, min(place.end, at.end + 8)))


_BOUND = re.compile(
    r"\b(?:before|after|prior to|earlier than|later than|no later than|vor|nach|avant|après|antes de"
    r"|después de)\s(?:the\s)?(?:(?:very )?(?:beginning|start|end|turn|close|dawn) of (?:the )?)?$"
)
_EVENT_VERB = re.compile(
    r"\b(?:active|performing|working|playing|moved|became|joined|left|retired|opened|launched|renamed|rebranded"
    r"|acquired|bought|sold|listed|went public"
    r"|expanded|relocated|stepped (?:down|back)|took over|taken over|died|introduced|released|merged|entered|switched"
    r"|closed|stopped|hired|won|passed|was born|has led|has run|has been|led|handed|transferred"
    r"|turned|grew|split"
    r"|wechselte|wurde geschäftsführer\w*|zog|übernahm|übernommen|verkauft|eröffnete|starb|trat"
    r"|est devenue?|devient|a rejoint|a quitté|rachetée?|a déménagé|vendue?"
    r"|se convirtió|se mudó|dejó|vendida|comprada|adquirida)\b"
)
_APPOSED = re.compile(r"[,(–—]\s*(?:(?:which|that|who|die|das|qui|que) )?(?:(?:was|were|had been|wurde|a été|fue) )?$")


def _same_event(place: Place, asked: Asked, hit: Hit, at: Span) -> bool:
    """Whether a year belongs to what `hit` says happened, and not to another event of the sentence."""
    folded = place.page.folded
    own = asked.told
    low, high = (hit.end, at.start) if hit.end <= at.start else (at.end, hit.start)
    if any(found[0] not in own for found in place.page.every(_EVENT_VERB, low, max(low, high))):
        return False
    if place.page.says(_GOES_ON, low, max(low, high)):
        return False
    inserted = at.end <= hit.start and _APPOSED.search(folded, max(at.end, hit.start - 30), hit.start)
    return not inserted or bool(_ONLY_COMMA.fullmatch(folded, at.end, inserted.end()))


_GOES_ON = re.compile(r",\s(?:\w+ly\s)?[a-z]{2,}(?:ed|te|ten|ó)\s")  # "who created the company, admitted in the 1990s"
_ONLY_COMMA = re.compile(r"[,)\s:–—]*")
_ASIDE = 0.45  # the weight of the sentence before


def _of_another_scale(place: Place, asked: Asked, at: Span) -> bool:
    """Whether the clause speaks of the yearly price where the fact is of the monthly one, and so on."""
    against = lexicon.general().against
    scales = [one for one in asked.generics if one in against]
    if not scales:
        return False
    clause = place.clause(at.start)
    here = {hit.concept for hit in place.hits if clause.start <= hit.start < clause.end} | place.labelled
    return any(against[one] in here and one not in here for one in scales)


_OTHER_FIRST = re.compile(
    r"^\W*(?:us|u\.s\.|american|german|japanese|french|british|uk|chinese|european|overseas|foreign"
    r"|international|non-\w+|big|large)\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:outside|abroad|overseas|in the (?:us|uk|united)|in (?:america|germany|france|japan|china"
    r"|britain))\b"
)


def _otherwise(place: Place, asked: Asked, at: Span) -> bool:
    """Whether the attribute is qualified as another one: "a voluntary excess", "a second museum"."""
    if not isinstance(at, Quantity | Moment):
        return False
    clause = place.clause(at.start)
    own = [hit for hit in place.hits if hit.concept in asked.telling and clause.start <= hit.start < clause.end]
    return bool(own) and all(_is_other(place.page, hit, clause, asked.told) for hit in own)


def _is_other(page: Page, hit: Hit, clause: Span, about: str) -> bool:
    found = page.first(_OTHER, max(clause.start, hit.start - 24), hit.start)
    return found is not None and found["which"] not in about


_OTHER = re.compile(
    r"\b(?P<which>another|second|third|fourth|other|further|additional|extra|optional|voluntary|extended|planned|new"
    r"|future|upcoming|proposed|potential|competing|rival|typical|average industry|weitere[rns]?|zweite[rns]?"
    r"|andere[rns]?"
    r"|freiwillige[rns]?|zusätzliche[rns]?|autre|deuxième|second|nouveau|nouvelle|otr[oa]|segund[oa]"
    r"|nuev[oa])\s(?:\w+\s)?$"
)


def _another_first(place: Place) -> bool:
    """Tell the first of something else: "the first US store", "the first store outside Sweden"."""
    folded = place.page.folded
    for hit in place.hits:
        if hit.concept == "first":
            after = folded[hit.end : min(place.end, hit.end + 45)]
            if _OTHER_FIRST.search(after) or _ELSEWHERE.search(after):
                return True
    return False


def _own(place: Place, asked: Asked) -> Sequence[Hit]:
    """The words of the attribute itself."""
    if asked.index not in place.own:
        place.own[asked.index] = [
            hit for hit in place.hits if hit.concept in asked.concepts or hit.concept == asked.cue
        ]
    return place.own[asked.index]


def _rivals(place: Place, asked: Asked) -> Sequence[Hit]:
    if asked.index not in place.rivals:
        place.rivals[asked.index] = _find_rivals(place, asked)
    return place.rivals[asked.index]


def _find_rivals(place: Place, asked: Asked) -> list[Hit]:
    mine = [(hit.start, hit.end) for hit in place.hits if hit.concept in asked.concepts]
    return [
        hit
        for hit in place.hits
        if (hit.concept in RIVALS or hit.concept in asked.rivals)
        and hit.concept not in asked.concepts
        and not hit.weak
        and not any(start < hit.end and hit.start < end for start, end in mine)
    ]


def _labelled_as_rival(place: Place, asked: Asked) -> bool:
    """Whether the label names a sibling's own word, such as "guest" where the fact is of hosts."""
    return bool(place.labelled & asked.rivals) and not place.labelled & asked.distinct


def _under_own_head(place: Place, asked: Asked) -> bool:
    """Whether the head of a cell's column speaks of the fact, whatever its row is."""
    return place.cell and any(not frame.tight and concepts & asked.telling for frame, concepts in place.framed)
