"""Whether the words right beside a value or its attribute narrow it: a part, a deputy, a quarter, somebody else's."""

import re

from monitor.analysis import lexicon
from monitor.analysis.cues import Asked
from monitor.analysis.folding import WORD
from monitor.analysis.kind import Said
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import Place
from monitor.analysis.spans import Stretch

_SMALL = lexicon.listed("small")
_OWNED = re.compile(
    r"(?:['’]s?|\b(?:its|their))\s(?:[\w-]+\s){0,2}?(?P<part>department|subsidiary|division|branch|plant|factory|team"
    r"|union|app|academy|arm|unit|foundation|museum|laboratory|lab|cables?|supplier|distributor|dealer|licensee"
    r"|research centre|works council|charity|club|blog|newsletter)\b"
)
_NARROWS = re.compile(
    r"\b(?P<word>us|u\.s\.|uk|american|european|asian|african|regional|north american|latin american|german|french"
    r"|british|japanese|chinese|emea|apac|deputy|vice|assistant|divisional|online|digital|subscription|ancillary"
    r"|wholesale|export|foreign|overseas|domestic|quarterly|first-quarter|half-year|advertising|licensing|service"
    r"|seasonal|temporary|stellvertretende\w*|regionale\w*|adjointe?|suplente)[\s-]$"
)
_PERIOD = re.compile(
    r"\b(?:(?:first|second|third|fourth|last|latest) (?:quarter|half)|quarterly|(?:three|six|nine) months|q[1-4]|h[12]"
    r"|quartal|halbjahr|trimestre|semestre)\b"
)
_EARNED = frozenset({"revenue", "profit"})
_EXTENDED = re.compile(r"\b(?:extend\w*|prolong\w*|verläng\w*|étend\w*|ampli\w*|lengthen\w*)\s(?:\w+\s){0,4}$")
_OTHERS_OWN = re.compile(r"\s(?:\w+\s){1,2}(?:of|at|by|from) (?:other|third|partner|independent|franchis)")
_OPENS = re.compile(r"\b(?:opens?|close|closes|adds?|to open|to close)\s(?:\w+\s){0,2}$")
_WITH_MORE = re.compile(r"\s(?:with|including|plus|together with) (?:the |an? )(?!tax|vat|shipping|delivery)\w+")
_OF_WHOM = re.compile(r"\s(?:of|for|at) (?:the )?(?:\w+ )?(?P<name>[A-Z]\w+)")
_FROM = re.compile(r"\sfrom (?P<what>[a-z][\w-]+)\s")


def is_narrowed(place: Place, said: Said, asked: Asked) -> bool:
    """Whether a value is of less, of more or of another's than the fact speaks of."""
    clause, folded = place.clause(said.start), place.page.folded
    own = [hit for hit in place.hits if hit.concept in asked.telling and clause.start <= hit.start < clause.end]
    words = asked.words
    part = _OWNED.search(folded, clause.start, max(clause.start, said.start))
    if part and part["part"] not in words and not _is_own(place, asked, part.start("part")):
        return True
    if own and all(_qualified(place, hit, words) for hit in own):
        return True
    if asked.kind == "person":
        return any(_of_somebody_else(place, hit, words) for hit in own)
    return asked.measured and _of_other_size(place, said, asked, own)


def _is_own(place: Place, asked: Asked, at: int) -> bool:
    return any(hit.concept in asked.own and hit.start <= at < hit.end for hit in place.hits)


def _qualified(place: Place, hit: Hit, words: str) -> bool:
    """Whether a word before the attribute makes it another: "deputy CEO", "US headquarters"."""
    found = _NARROWS.search(place.page.folded, max(place.start, hit.start - 18), hit.start)
    return found is not None and found["word"][:_STEM] not in words


_STEM = 5  # letters that "European" and "Europe" share


def _of_somebody_else(place: Place, hit: Hit, words: str) -> bool:
    """Whether a post is held elsewhere: "CEO of the retailer Elko", "CEO for Asia"."""
    found = _OF_WHOM.match(place.page.document.plain, hit.end)
    if found is None:
        return False
    named = set(WORD.findall(place.page.folded, found.start(), found.end()))
    known = named & place.page.brand_words or named & set(WORD.findall(words)) - _SMALL
    met = place.page.mentions_at(Stretch(start=found.start("name"), end=found.end("name")))
    return not known and all(one.entity != place.page.brand for one in met)


def _of_other_size(place: Place, said: Said, asked: Asked, own: list[Hit]) -> bool:
    clause, folded, words = place.clause(said.start), place.page.folded, asked.words
    before = (folded, max(clause.start, said.start - 45), said.start)
    if asked.concepts & _EARNED:
        period = _PERIOD.search(folded, clause.start, clause.end)
        sources = (_FROM.match(folded, hit.end) for hit in own)
        if (period and period[0] not in words) or any(one and one["what"] not in words for one in sources):
            return True
    if asked.concepts & _EARNED and any(_share_of(folded, hit, said) for hit in own):
        return True
    if asked.kind == "money":
        return bool(asked.product and _WITH_MORE.match(folded, said.end))
    if asked.kind != "number":
        return False
    return bool(_EXTENDED.search(*before) or _OPENS.search(*before) or _OTHERS_OWN.match(folded, said.end))


def _share_of(folded: str, hit: Hit, said: Said) -> bool:
    """Whether an amount in apposition is of a share: "a third of its revenue, 104 million, comes from Germany"."""
    apposed = folded[hit.end : max(hit.end, said.start)] in {", ", " (", ", about ", ", some ", " – "}
    return apposed and bool(_SHARE.search(folded, max(0, hit.start - 60), hit.start))


_SHARE = re.compile(r"\b(?:third|quarter|half|fifth|tenth|percent|per cent|part|share|most|bulk)\sof\s[^.;,]{0,50}$")
