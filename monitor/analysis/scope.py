"""Whether words assert something at all: questions, conditions, denials, hearsay and quotations do not."""

import re

from monitor.analysis import gazetteer, hearsay, quoted
from monitor.analysis.folding import fold
from monitor.analysis.gated import Gated
from monitor.analysis.kept import asked_once
from monitor.analysis.places import Place
from monitor.analysis.quantity import Quantity
from monitor.analysis.spans import Span
from monitor.domain.answers import Answer
from monitor.domain.brand import Fact

_CONDITION = re.compile(
    r"\b(?:if|unless|suppose|supposing|imagine|whether|in case|falls|wenn|sofern|ob|si|s'il|s'ils|sauf si"
    r"|a menos que)\b|もし|場合"
)
_IRREAL_WORDS = (
    *("would have", "could have", "might have", "should have", "had it", "would be", "were to", "may have"),
    *("if it had", "was supposed to", "hypothetical", "hätte", "wäre", "aurait", "serait", "habría", "sería"),
)
IRREAL = Gated(rf"\b(?:{'|'.join(_IRREAL_WORDS)})\b", _IRREAL_WORDS)
# "Had the firm gone public, ...", "Should it ever sell there, ...".
_INVERTED = re.compile(r"\W*(?:had|were|should) (?!to\b)(?:the |this |its |a )?\w+ (?:[^,]|(?<=\d),(?=\d))*$")
_QUESTION = re.compile(r"[?？]\s*[\"')\]»”]*\s*$")
_DENIES_ROW = re.compile(
    r"\W*(?:❌|✗|✘|🚫|(?:no(?!\. ?\d)|not|never|false|wrong|incorrect|untrue|nein|nicht|falsch|non|faux|pas"
    r"|falso|incorrecto)\b)"
)
_CONFIRMS = re.compile(
    r"[\s*_\"'”»).–—-]*(?:(?:that(?:'s| is) )?(?:true|correct|right|accurate)|yes|stimmt|richtig|wahr|vrai|exact"
    r"|cierto|verdadero"
    r"|correcto|✅|本当|正しい)\b(?! of)"
)
# "You get your money back if you cancel within two days": a condition that is the rule itself.
_POLICY = re.compile(
    r"\b(?:if|when|wenn|si) (?:you|nothing|no one|they|your|the (?:account|item|card|product)"
    r"|an? (?:account|item|customer)|sie|du|man|vous|usted)\b[^.;]{3,60}?"
    r"\b(?:within|in|for|after|up to|at least|before|binnen|innerhalb|für|seit|dans les|pendant|en|durante)"
    r"\s(?:\w+\s){0,2}$"
)
_NEGATION = re.compile(
    r"\b(?:not|n't|never|neither|nor|without|cannot|isn't|wasn't|aren't|weren't|doesn't|didn't|don't"
    r"|hasn't|haven't|hadn't|won't|no longer|rather than|instead of"
    r"|nicht|kein\w*|nie|niemals|weder|statt|ne|n'est|n'était|n'a|pas|jamais|plutôt que|ni|nunca|jamás"
    r"|en vez de|no(?!\s?[.,:;!]))\b|ではな|ではあり|ません|ない"
)
# "no more than 28 countries" says how many.
_NO_MORE = re.compile(
    r"\b(?:no|not|nicht|kein\w*|pas|no) (?:more|fewer|less|mehr|weniger|plus|moins|más|menos) (?:than|als|de"
    r"|que)\b|\bnot quite\b"
)
_FOR_NOTHING = re.compile(
    r"\b(?:at |for )?no (?:extra )?(?:charge|cost|fees?|penalty)\b"
    r"|\b(?:ohne (?:kosten|gebühr\w*)|sans frais|sin (?:coste|cargo|gastos))\b"
)
_JAPANESE_NOT = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{0,6}(?:ではな|ではあり)")
_JAPANESE_RATHER = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{0,12}ではなく")
_FUTURE = re.compile(
    r"\b(?:will have|expects? to|is expected to|plans to (?:open|reach|have)|forecast to|projected to"
    r"|wird voraussichtlich|prévoit|prevé)\b"
)
# Before an amount: what somebody expects, not what is.
_EXPECTED = re.compile(
    r"\b(?:will (?:be|reach|rise|grow|fall)|expect(?:s|ed|ing)?|anticipat\w+|plans to|forecasts?|forecasting"
    r"|projected"
    r"|projections?|guidance|outlook|guides? for|aims?|aiming|hopes?|hoping|targets?|targeting|planned|on track"
    r"|(?:the|its) (?:plan|goal|idea|aim) is|prognose\w*|erwartet|rechnet mit|prévision\w*|attend|vise|previsión"
    r"|previsiones"
    r"|espera|esperan|aspira)\b"
)
_LATER = re.compile(r"\b(?:by|at|before) the end of the decade\b")
_ANNOUNCED = re.compile(
    r"\b(?:will|shall|going to|is set to|are set to|due to|to be|from|starting|as of|announced|named|appointed"
    r"|incoming"
    r"|next|soon|successor|succeeds?|upcoming|planned|takes over|wird|werden|künftig\w*|designiert\w*"
    r"|nachfolger\w*|ab"
    r"|sera|deviendra|prochaine?|futur\w*|será|próxim[oa])\b"
)
_HEDGE = re.compile(
    r"\b(?:reportedly|apparently|probably|perhaps|maybe|possibly|likely|i think|i believe|as far as i know"
    r"|to my knowledge|it seems|seems to|believed to|thought to|may be|might be|could be"
    r"|allegedly|said to|unconfirmed|i'm not (?:sure|certain)"
    r"|wohl|vermutlich|wahrscheinlich|offenbar|angeblich|möglicherweise|probablement|apparemment|peut-être"
    r"|sans doute|selon|quizá|quizás|probablemente|al parecer|posiblemente)\b|おそらく|たぶん|と見られ|らしい|ようです"
)


def asserted(place: Place, at: Span) -> bool:
    """Whether the place asserts what stands at `at`."""
    if not _is_said(place, at):
        return False
    ruled = isinstance(getattr(at, "value", None), Quantity) and _is_rule(place, at)
    return ruled or not _conditional(place, at)


@asked_once
def _is_said(place: Place, at: Span) -> bool:
    """Whether it is said outright, not asked, wished, reported or quoted."""
    if not place.cell and _QUESTION.search(place.text):
        return False
    if place.cell and at.end <= place.start and _DENIES_ROW.match(place.page.folded, place.start, place.end):
        return False  # the value stands in the label, and the cell beside it says no
    clause = place.clause(at.start)
    words = (
        place.page.folded[clause.start : at.end]
        + place.page.folded[at.end : min(clause.end, at.end + 15)].split(",")[0]
    )
    if IRREAL.search(words) or _INVERTED.match(words) or hearsay.is_hearsay(place):
        return False
    if quoted.whole(place, at) or _CONFIRMS.match(place.page.folded, place.end):
        return True
    return not quoted.within(place, at)


@asked_once
def _is_rule(place: Place, at: Span) -> bool:
    """Whether the condition is the rule itself that an amount tells."""
    return _POLICY.search(place.page.folded, place.clause(at.start).start, at.start) is not None


@asked_once
def _conditional(place: Place, at: Span) -> bool:
    """Inside "if ...," itself; what follows its comma or colon is said outright."""
    folded = place.page.folded
    clause = place.clause(at.start)
    for found in _CONDITION.finditer(folded, clause.start, at.start):
        if folded.find(",", found.end(), at.start) < 0 and folded.find(": ", found.end(), at.start) < 0:
            return True
    return False


@asked_once
def denied(place: Place, at: Span) -> bool:
    """Whether a "not" shortly before the value takes it back."""
    folded = place.page.folded
    clause = place.clause(at.start)
    if _JAPANESE_NOT.match(folded, at.end):
        return True
    before = folded[max(clause.start, at.start - 40) : at.start]
    if not _NEGATION.search(before):
        return False
    before = _JAPANESE_RATHER.sub("", before)
    before = _FOR_NOTHING.sub("", _NO_MORE.sub("", before))
    found = list(_NEGATION.finditer(before))
    if not found:
        return False
    between = before[found[-1].end() :]
    return not re.search(r"[,;:()]|\bbut\b|\bonly\b|\bsondern\b|\bmais\b|\bsino\b", between)


def future(place: Place, at: Span) -> bool:
    """Whether a clause speaks of what is still to come."""
    clause = place.clause(at.start)
    if any(one.first > place.page.today for one in place.moments if clause.start <= one.start < clause.end):
        return True
    page = place.page
    if page.says(_FUTURE, clause.start, clause.end) or page.says(_LATER, clause.start, clause.end):
        return True
    return page.says(_EXPECTED, clause.start, max(at.start, clause.start))


def expected(place: Place, at: Span) -> bool:
    """Whether an amount is what somebody expects: "management expects revenue of 32 billion"."""
    return place.page.says(_EXPECTED, place.clause(at.start).start, at.start)


def announced(place: Place, at: Span) -> bool:
    """Whether what is said is told as coming, not as being so."""
    clause = place.clause(at.start)
    return future(place, at) or place.page.says(_ANNOUNCED, clause.start, clause.end)


def hedged(place: Place, at: Span) -> bool:
    """Whether the answer says that it is not sure."""
    clause = place.clause(at.start)
    return place.page.says(_HEDGE, clause.start, clause.end)


def applies(place: Place, fact: Fact, answer: Answer) -> bool:
    """Whether a fact of one region, plan or time is what this place, or its question, speaks of."""
    if not fact.applies_to:
        return True
    around = fold(answer.question) + " " + place.page.folded[place.block.start : place.block.end]
    around += " ".join(place.page.folded[frame.start : frame.end] for frame in place.frames)
    return all(_speaks_of(around, name, wanted, answer) for name, wanted in fact.applies_to.items())


def _speaks_of(around: str, name: str, wanted: str, answer: Answer) -> bool:
    value = fold(str(wanted))
    if name in {"region", "country"} and answer.locale_country and fold(answer.locale_country) == value:
        return True
    if name == "language":
        return answer.lang[:2].lower() == value[:2]
    spellings = {value, *gazetteer.names_of(value)}
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", around) for one in spellings)
