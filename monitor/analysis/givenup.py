"""What a company is said to have given up or exchanged: "the practice was dropped", "switched from frozen to fresh"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.analysis import coverage, topics
from monitor.analysis.cues import Asked
from monitor.analysis.lexicon import Hit
from monitor.analysis.places import CARRIED, Place
from monitor.analysis.spans import Span, Stretch

_ENDED = (
    r"(?:dropped|ended|stopped|abolished|scrapped|discontinued|withdrawn|abandoned|given up|sold|shut down|closed"
    r"|phased out|lifted|removed"
    r"|axed|retired|halted|done away with)"
)
_NOUN = (
    r"(?:practice|policy|rule|service|offer|scheme|option|feature|programme|program|ban|business|operation|plan"
    r"|product|model|requirement"
    r"|restriction|range|line)"
)
# "The practice was dropped in 2021", "It ended that in May".
_GIVEN_UP = re.compile(
    rf"\W*(?:and |but |so )?(?:(?:the|this|that|both|all) )?(?:{_NOUN}s? |that |this |it |they )(?:(?:was|were"
    rf"|has been|have been|is|are)"
    rf" )(?:\w+ )?{_ENDED}\b"
    r"|\W*(?:and |but )?(?:it|they|the (?:company|firm|brand|group|chain)) (?:ended|stopped|dropped|scrapped"
    r"|abandoned|gave up|abolished"
    r"|discontinued) (?:it|that|this|them|the practice|the service|the policy)\b"
    r"|\W*(?:das|dies|der dienst|die regel|das angebot) wurde (?:[\w.]+ ){0,4}(?:eingestellt|abgeschafft|beendet)"
    r"|\W*(?:cela|ce service|cette pratique|l'offre) a été (?:\w+ )?(?:supprimée?|abandonnée?|arrêtée?)"
    r"|\W*(?:la empresa|la compañía|la marca) (?:l[oa]s?) (?:eliminó|suprimió|abandonó|retiró|suspendió)"
)
_SWITCH = re.compile(
    r"\b(?:switch|mov|chang|convert|shift|migrat|went|gone|go(?:es)?"
    r"|turn)\w* from (?P<old>[^.;,]{2,50}?) to (?P<new>[^.;,]{2,60})"
    r"|\b(?:leav\w+|left|abandon\w*|drop\w*|swap\w*|exchang\w*|trad(?:ed|es) in|replac\w*|gave up"
    r"|gives up) (?P<out>[^.;,]{2,50}?)"
    r" (?:for|with|by|in favou?r of) (?P<in>[^.;,]{2,60})"
)


@dataclass(frozen=True, kw_only=True)
class Switched:
    """What took another's place; `new`: the attribute is what came, not what went."""

    new: bool
    at: Span


def told(place: Place, clause: Span, asked: Asked) -> Span | None:
    """Return the words that say that what the sentence or label before speaks of has ended."""
    found = _GIVEN_UP.match(place.page.folded, clause.start, clause.end)
    if not found:
        return None
    before = frozenset[str]().union(*(concepts for frame, concepts in place.framed if frame.weight >= CARRIED))
    keys = coverage.keys_of(asked)
    if not all(anchor.concepts & before for anchor in keys):
        return None
    return Stretch(start=found.start(), end=found.end())


def switched(place: Place, clause: Span, hits: Sequence[Hit]) -> Switched | None:
    """Return what took another's place, where one of the two is what is asked for."""
    found = _SWITCH.search(place.page.folded, clause.start, clause.end) if hits else None
    if not found:
        return None
    old, new = ("old", "new") if found["old"] else ("out", "in")
    gone = [_against(hit) for hit in hits if found.start(old) <= hit.start < found.end(old)]
    come = [_against(hit) for hit in hits if found.start(new) <= hit.start < found.end(new)]
    at = Stretch(start=found.start(), end=found.end())
    if gone and all(gone):
        return Switched(new=True, at=at)  # "leaves rented servers for ..."
    if (come and all(come)) or (gone and not come):
        return Switched(new=False, at=at)
    return None


def _against(hit: Hit) -> bool:
    return topics.is_opposite(hit.concept)
