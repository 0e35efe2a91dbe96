"""The sheet's own owner, told by what it did: "X bought the chain", "X is behind it", "an X brand"."""

import re
from collections.abc import Iterator

from monitor.analysis.cues import Asked
from monitor.analysis.places import Place
from monitor.analysis.spans import Span, Stretch

_COMPANY = (
    r"(?:(?:the|this|das|die|den|la|le|l'|el) ?(?:\w+ )?(?:company|firm|brand|chain|group|business|maker|retailer"
    r"|bank|airline"
    r"|manufacturer|label|carrier|insurer|start-?up|operator|unternehmen|firma|marke|kette|konzern|entreprise"
    r"|société|marque|groupe"
    r"|chaîne|empresa|compañía|marca|cadena|grupo)|it\b)"
)
_DOES = re.compile(
    rf"(?:,? (?:which|who) |\s)(?:has |had |then |first |fully |later ){{0,2}}(?:bought|buys|acquired|acquires"
    rf"|took over|takes over"
    rf"|has bought|purchased|owned|owns|held|holds|controls|controlled|kaufte|übernahm|besitzt|a racheté|rachète"
    rf"|possède|compró"
    rf"|adquirió|posee) (?:out )?{_COMPANY}"
    rf"|\s(?:is|stands|stood|was|sits|steht|stand) (?:\w+ )?(?:behind|hinter|derrière|detrás de) {_COMPANY}"
    r"|\s(?:brand|company|subsidiary|label|unit|tochter|marke)\b(?=[,.;:]|\s(?:since|now|today|and|bought|seit))"
)
_DONE_BY = re.compile(
    r"\b(?:takeover by|taken over by|bought by|acquired by|purchase by|buyout by|sold to|sale to|snapped up by"
    r"|swallowed by"
    r"|übernahme durch|übernommen von|gekauft von|verkauf an|rachat par|racheté\w* par|vendu\w* à|comprad\w+ por"
    r"|vendid\w+ a)"
    r"\s(?:the |der |die |la |le |el )?(?:[\w-]+ ){0,3}$"
)
_BRAND_OF = re.compile(r"\b(?:brand|company|subsidiary|label|unit|tochter|marke)\b")
_REACH = 50  # characters


def told(place: Place, asked: Asked) -> Iterator[Span]:
    """Yield where an owner of the sheet is named as one who owns, bought or sold."""
    if "owner" not in asked.attribute:
        return
    folded, own = place.page.folded, asked.values
    for hit in place.hits:
        if hit.concept not in own:
            continue
        after = _DOES.match(folded, hit.end, place.end)
        if (
            after
            and _BRAND_OF.search(after[0])
            and not _IS_A.search(folded, max(place.start, hit.start - 20), hit.start)
        ):
            after = None
        if after or _DONE_BY.search(folded, max(place.start, hit.start - _REACH), hit.start):
            yield Stretch(start=hit.start, end=hit.end)
            return


_IS_A = re.compile(r"\b(?:is|it's|was|became|as|ist|est|es) (?:now |today )?(?:an?|the|eine?|une?|una?) $")
