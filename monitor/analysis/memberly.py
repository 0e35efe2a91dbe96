"""One member of a set told as one of them: "X, one of the three founders", "Y, which belongs to Acme"."""

import re

from monitor.analysis.cues import Asked
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

_REACH = 60  # characters behind a name in which it is said what it is
_FOUNDER = re.compile(
    r"[^.;]{0,24}?\b(?:(?:one|another|the third|the second|the other) of (?:the )?(?:two |three |four |five "
    r"|six )?(?:original )?"
    r"(?:co-?)?founders\b|l'un(?:e)? des (?:\w+ )?fondat|un[oa] de l[oa]s (?:\w+ )?fundador"
    r"|eine[rs]? der (?:\w+ )?gründer)"
)
_OWNED = re.compile(
    r",? (?:(?:which|that|who) )?(?:(?:also |now |wholly )?(?:belongs to|is part of|is owned by|forms part of"
    r"|sits under)|is "
    r"(?:an?|the|its|one of) (?:[\w-]+ ){0,3}(?:brand|subsidiary|label|unit|arm|division|sister|offshoot)s?\b)"
    r"|, (?:the|an?|its|one of|another) (?:[\w'’-]+ ){0,3}(?:brand|subsidiary|label|arm|unit|division|offshoot"
    r"|chain)s?\b"
)
_OWNS = re.compile(
    r"\b(?:owns|also owns|owner of|besitzt|possède|posee)\s(?:the |a |die |la |le |el )?(?:[\w-]+ ){0,2}$"
)


def is_one(place: Place, name: Span, asked: Asked) -> bool:
    """Whether the words around the name of a member say that it is one."""
    folded = place.page.folded
    if "founder" in asked.attribute:
        label = place.label
        labelled = label is not None and label.start <= name.start < label.end
        after = place.value_start if labelled else name.end
        return bool(_FOUNDER.match(folded, after, min(place.end, after + _REACH)))
    if "owner" not in asked.attribute:
        return False
    if _OWNS.search(folded, max(place.start, name.start - _REACH), name.start):
        return True
    return bool(_OWNED.match(folded, name.end, min(place.end, name.end + _REACH)))
