"""For whom alone a policy holds: "free returns for members" says nothing of free returns."""

import re

from monitor.analysis.cues import Asked
from monitor.analysis.folding import fold
from monitor.analysis.places import Place
from monitor.analysis.spans import Span

_WHO = (
    r"(?P<who>member|subscriber|cardholder|insider|vip|loyalty|premium (?:user|customer)|plus (?:user|customer)"
    r"|account holder|mitglied|abonnent|membre|abonné|adhérent|miembro|socio|suscriptor)"
)
_FOR = (
    r"(?:for|to|if you(?:['’]re| are)(?: an?)?|unless you(?:['’]re| are)(?: an?)?|(?:un)?less one is an?|as an?|für"
    r"|wenn sie|pour|si vous êtes|para|si eres|a (?:los|las))"
)
_OF_SOME = re.compile(
    rf"\b{_FOR}\s(?:(?:(?:its|our|the|all|paying|registered|signed-up|club|programme|program|loyalty|die|les|nos|los"
    rf"|sus|ihre)\s){{0,3}}){_WHO}"
    rf"|(?:^|[.;,:]\s|\bonly\s|\bnur\s)\W*{_WHO.replace('who', 'own')}(?:s|en|e|er)?\s(?:get|enjoy|have|can|receive"
    r"|may|pay|bekommen|erhalten|bénéficient|ont|peuvent|tienen|pueden)\b"
)


def of_some(place: Place, clause: Span, asked: Asked) -> bool:
    """Whether what a clause says holds only for those who belong to something that the fact does not name."""
    folded = place.page.folded
    found = _OF_SOME.search(folded, clause.start, clause.end) or _UNLESS.match(folded, clause.end, place.end)
    if found is None:
        return False
    who = next(name for name in (found.groupdict().get("who"), found.groupdict().get("own")) if name)
    fact = asked.fact
    return who not in fold(f"{fact.about} {fact.says} {' '.join(fact.cues)}")


_UNLESS = re.compile(rf"[\s,;]*unless\s[^.;]{{0,30}}?{_WHO}")
